// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Act, Licence} from "../../contracts/interfaces/IResources.sol";
import {Licences} from "../../contracts/libraries/Licences.sol";
import {Check} from "../support/Check.sol";

/// @title LicencesTest
/// @notice Licences.permits against the names of the licences, read letter by letter, and what must follow from what.
contract LicencesTest is Check {
    /// As IResources lists them; an act is forbidden by what stands in a name.
    string[10] private names = [
        "-",
        "CC0",
        "PDM",
        "BY",
        "BY-SA",
        "BY-NC",
        "BY-ND",
        "BY-NC-SA",
        "BY-NC-ND",
        "-"
    ];

    function testFuzz_asNamed(uint256 licence, uint256 act, bool commercial) external view {
        (licence, act) = (bound(licence, 0, 9), bound(act, 0, 3));
        bytes memory name = bytes(names[licence]);
        bool expected =
            act == uint256(Act.Lend) ||
                (name.length > 1 &&
                    !(commercial && _has(name, "NC")) &&
                    !(act == uint256(Act.Adapt) && _has(name, "ND")));
        same(Licences.permits(Licence(licence), Act(act), commercial), expected, "permits");
    }

    /// Whoever is in business may do no more than others, and who may make something new may also copy.
    function testFuzz_order(uint256 licence) external pure {
        Licence one = Licence(bound(licence, 0, 9));
        for (uint256 act = 0; act < 4; ++act) {
            check(
                !Licences.permits(one, Act(act), true) || Licences.permits(one, Act(act), false),
                "business"
            );
            for (uint256 business = 0; business < 2; ++business) {
                bool may = Licences.permits(one, Act(act), business == 1);
                check(!may || act == 0 || Licences.permits(one, Act.Reproduce, business == 1), "copy");
            }
        }
    }

    function _has(bytes memory name, bytes2 part) private pure returns (bool) {
        for (uint256 i = 1; i < name.length; ++i) {
            if (name[i - 1] == part[0] && name[i] == part[1]) return true;
        }
        return false;
    }
}
