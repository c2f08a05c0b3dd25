// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Standing} from "../../contracts/libraries/Standing.sol";
import {Check} from "../support/Check.sol";

/// @title StandingTest
/// @notice Decay does not depend on how often it is looked at.
contract StandingTest is Check {
    /// Invariant 3: in two steps or in one.
    function testFuzz_twoStepsAreOne(uint64 standing, uint256 first, uint256 second) external pure {
        (first, second) = (bound(first, 0, 600), bound(second, 0, 600));
        uint256 once = Standing.decay(standing, first + second);
        same(Standing.decay(Standing.decay(standing, first), second), once, "path");
    }

    function testFuzz_asCountedMonthByMonth(uint64 standing, uint256 months) external pure {
        months = bound(months, 0, 600);
        uint256 left = standing;
        for (uint256 i = 0; i < months; ++i) left = (left * 11) / 12;
        same(Standing.decay(standing, months), left, "decay");
    }

    function testFuzz_neverGrowsNorReorders(uint64 low, uint64 high, uint256 months) external pure {
        months = bound(months, 0, 600);
        if (low > high) (low, high) = (high, low);
        check(Standing.decay(low, months) <= low, "grew");
        check(Standing.decay(low, months) <= Standing.decay(high, months), "reordered");
    }

    /// The short cut past FORGOTTEN_AFTER cuts nothing off.
    function test_theLargestStandingIsForgottenInTime() external pure {
        uint256 left = type(uint64).max;
        for (uint256 i = 0; i < Standing.FORGOTTEN_AFTER; ++i) left = (left * 11) / 12;
        same(left, 0, "left");
    }
}
