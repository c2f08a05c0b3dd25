// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";
import {IDesk} from "./IDesk.sol";

/// @title IAdvances
/// @notice Credit without default: a sponsor's own cash in a member's account, to be spent but not withdrawn.
/// @dev Amounts are millionths of a credit. The risk is the sponsor's alone. The ledger logs what is given and
/// returned (`AdvanceGiven`, `AdvanceReturned`).
interface IAdvances is IDesk {
    error AdvanceAmountZero();
    error AdvanceToSelf(MemberId member);
    /// @dev More is asked back than this sponsor lent this member.
    error AdvanceExceeded(MemberId sponsor, MemberId member, uint256 amount, uint256 owed);

    /// @notice Lends a sponsor's free cash to a member, which can spend but not withdraw it. A key of the sponsor
    /// with the rights to cash and to countersign.
    function advance(MemberId sponsor, MemberId member, uint64 amount) external;

    /// @notice Takes back an advance as far as the member's settled cash reaches. A cash key of the sponsor.
    function recallAdvance(MemberId sponsor, MemberId member, uint64 amount) external;

    /// @notice Pays back an advance. A cash key of the member.
    function repayAdvance(MemberId member, MemberId sponsor, uint64 amount) external;

    /// @notice What a member still owes a sponsor.
    function advanceOf(MemberId sponsor, MemberId member) external view returns (uint256);
}
