// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {PeriodId} from "../types/PeriodId.sol";

/// @title MonthRing
/// @notice What was counted in each of the last four months, in one word: no slot a month, and none a statement.
/// @dev Four entries of 64 bits, a month's by its number modulo four: the month in the upper 16 bits, the amount in
/// the lower 48. As many months can be open to posting, so a month that can still be asked for was not overwritten.
library MonthRing {
    uint256 private constant ENTRY = type(uint64).max;

    /// @notice What was counted in a month.
    function amountIn(uint256 ring, PeriodId month) internal pure returns (uint256) {
        uint64 entry = uint64(ring >> _shift(month));
        return entry >> 48 == PeriodId.unwrap(month) ? uint48(entry) : 0;
    }

    /// @notice Counts an amount in a month; what was counted four months or longer before is forgotten.
    function add(uint256 ring, PeriodId month, uint256 amount) internal pure returns (uint256) {
        uint256 sum = SafeCast.toUint48(amountIn(ring, month) + amount);
        uint256 shift = _shift(month);
        uint256 entry = (uint256(PeriodId.unwrap(month)) << 48) | sum;
        return (ring & ~(ENTRY << shift)) | (entry << shift);
    }

    function _shift(PeriodId month) private pure returns (uint256) {
        return uint256(PeriodId.unwrap(month) % 4) * 64;
    }
}
