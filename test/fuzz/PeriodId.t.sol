// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PeriodId, periodOf} from "../../contracts/types/PeriodId.sol";
import {Check} from "../support/Check.sol";

/// @title PeriodIdTest
/// @notice Months against a calendar that is counted day by day.
contract PeriodIdTest is Check {
    /// Every month of 380 years: each begins where the one before it ends, and holds its edges.
    function test_calendarIsHalfOpenAndWithoutGaps() external pure {
        uint256 second = 0;
        for (uint256 year = 1970; year < 2350; ++year) {
            for (uint256 month = 1; month <= 12; ++month) {
                PeriodId period = PeriodId.wrap(uint16(12 * year + month - 1));
                uint256 end = second + _days(year, month) * 1 days;
                same(period.start(), second, "start");
                same(period.end(), end, "end");
                check(periodOf(second) == period && periodOf(end - 1) == period, "edges");
                check(periodOf(end) == period.next() && period < period.next(), "next");
                second = end;
            }
        }
    }

    function testFuzz_aMomentLiesInItsMonth(uint40 moment) external pure {
        uint256 time = bound(moment, 0, 50_000_000_000);
        PeriodId period = periodOf(time);
        check(period.start() <= time && time < period.end(), "outside its month");
    }

    function testFuzz_order(uint16 first, uint16 second, uint8 months) external pure {
        (PeriodId a, PeriodId b) = (PeriodId.wrap(first), PeriodId.wrap(second));
        check((a < b) == (first < second) && (a <= b) == (first <= second), "order");
        check((a == b) == (first == second), "equality");
        if (first <= type(uint16).max - months)
            same(PeriodId.unwrap(a.plus(months)), uint256(first) + months, "plus");
    }

    function _days(uint256 year, uint256 month) private pure returns (uint256) {
        if (month == 2) {
            bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
            return leap ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }
}
