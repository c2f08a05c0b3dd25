// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {MonthRing} from "../../contracts/libraries/MonthRing.sol";
import {PeriodId, POSTING_WINDOW} from "../../contracts/types/PeriodId.sol";
import {Check} from "../support/Check.sol";
import {vm} from "../support/Vm.sol";

/// @title MonthRingTest
/// @notice A ring against an amount a month that is never forgotten, as months pass and statements come late.
contract MonthRingTest is Check {
    using MonthRing for uint256;

    uint16 private constant FIRST = 24321;
    uint256 private constant MONTHS = 30;

    uint256[MONTHS] private _truth;

    function testFuzz_remembersEveryMonthThatCanBePosted(uint256 seed) external {
        uint256 ring = 0;
        for (uint256 current = POSTING_WINDOW; current < MONTHS; ++current) {
            uint256 draw = mix(seed, current);
            for (uint256 i = draw % 5; i != 0; --i) {
                draw = mix(draw, i);
                uint256 month = current - (draw % (POSTING_WINDOW + 1));
                uint256 amount = magnitude(draw >> 8, type(uint48).max / 8);
                if (_truth[month] + amount > type(uint48).max) continue;
                ring = ring.add(_period(month), amount);
                _truth[month] += amount;
            }
            for (uint256 month = current - POSTING_WINDOW; month <= current; ++month) {
                same(ring.amountIn(_period(month)), _truth[month], "amount");
            }
            if (current + 1 < MONTHS) same(ring.amountIn(_period(current + 1)), 0, "a month to come");
        }
    }

    /// Months that share an entry are told apart, however far they lie from another.
    function testFuzz_noMonthForAnother(uint16 month, uint16 other, uint48 amount) external pure {
        if (month == other || month == 0) return;
        uint256 ring = uint256(0).add(PeriodId.wrap(month), amount);
        same(ring.amountIn(PeriodId.wrap(other)), 0, "another month");
        same(ring.amountIn(PeriodId.wrap(month)), amount, "the month");
    }

    /// An amount that does not fit is refused and never runs into the next entry.
    function testFuzz_refusesWhatDoesNotFit(uint48 before, uint256 excess) external {
        uint256 ring = uint256(0).add(PeriodId.wrap(FIRST), before);
        uint256 amount = type(uint48).max - before + bound(excess, 1, type(uint64).max);
        vm.expectRevert(
            abi.encodeWithSelector(
                SafeCast.SafeCastOverflowedUintDowncast.selector,
                uint8(48),
                uint256(before) + amount
            )
        );
        this.add(ring, amount);
    }

    function add(uint256 ring, uint256 amount) external pure returns (uint256) {
        return ring.add(PeriodId.wrap(FIRST), amount);
    }

    function _period(uint256 month) private pure returns (PeriodId) {
        return PeriodId.wrap(uint16(FIRST + month));
    }
}
