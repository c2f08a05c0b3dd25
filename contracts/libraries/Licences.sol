// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Act, Licence} from "../interfaces/IResources.sol";

/// @title Licences
/// @notice What a licence allows everybody, before any permission of the holder.
/// @dev | licence         | Lend | Reproduce, Distribute | Adapt         |
///      | --------------- | ---- | --------------------- | ------------- |
///      | CC0, PDM        | yes  | yes                   | yes           |
///      | BY, BY_SA       | yes  | yes                   | yes           |
///      | BY_NC, BY_NC_SA | yes  | no business           | no business   |
///      | BY_ND           | yes  | yes                   | no            |
///      | BY_NC_ND        | yes  | no business           | no            |
///      | Reserved, None  | yes  | no                    | no            |
/// "No business": yes, save for members that are in business.
library Licences {
    /// @param commercial whether who uses the work is in business
    function permits(Licence licence, Act act, bool commercial) internal pure returns (bool) {
        if (act == Act.Lend) return true;
        if (licence == Licence.None || licence == Licence.Reserved) return false;
        if (commercial && _noBusiness(licence)) return false;
        return !(act == Act.Adapt && _noDerivatives(licence));
    }

    function _noBusiness(Licence licence) private pure returns (bool) {
        return licence == Licence.BY_NC || licence == Licence.BY_NC_SA || licence == Licence.BY_NC_ND;
    }

    function _noDerivatives(Licence licence) private pure returns (bool) {
        return licence == Licence.BY_ND || licence == Licence.BY_NC_ND;
    }
}
