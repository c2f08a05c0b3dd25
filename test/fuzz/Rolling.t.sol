// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Ledger} from "../../contracts/Ledger.sol";
import {Price} from "../../contracts/interfaces/IFeeSchedule.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {Mode} from "../../contracts/types/Statement.sol";
import {Check} from "../support/Check.sol";
import {Consortium} from "../support/Consortium.sol";
import {Draft, Line, Statements} from "../support/Statements.sol";
import {vm} from "../support/Vm.sol";

/// @title RollingTest
/// @notice Invariant 3: two consortia live through the same months; in one, everybody is disturbed all the time.
contract RollingTest is Check {
    uint32 private constant LAST = 6;

    Consortium private quiet;
    Consortium private busy;
    uint256 private clock;
    uint32 private number;

    function setUp() external {
        clock = 1788264000;
        vm.warp(clock);
        quiet = _found();
        busy = _found();
        clock += 31 days;
        vm.warp(clock);
        quiet.ledger().closePeriod();
        busy.ledger().closePeriod();
    }

    function testFuzz_touchingMakesNoDifference(uint256 seed, uint256 steps) external {
        for (uint256 step = 0; step < 1 + (steps % 16); ++step) {
            uint256 own = mix(seed, step);
            if (own % 3 == 0) {
                for (uint256 months = 1 + ((own >> 8) % 3); months != 0; --months) _nextMonth(own);
            } else {
                ++number;
                (uint32 supplier, uint32 consumer) = (_member(own >> 8), _member(own >> 16));
                _post(quiet, supplier, consumer, uint32((own >> 24) % 40), type(uint64).max, Mode.Skip);
                _post(busy, supplier, consumer, uint32((own >> 24) % 40), type(uint64).max, Mode.Skip);
                _disturb(own);
            }
            _alike();
        }
    }

    /// A statement that is skipped leaves the accounts of both its parties as they are.
    function test_aSkippedStatementDoesNotCountStandingTwice() external {
        _post(quiet, 3, 4, 1, type(uint64).max, Mode.AllOrNothing);
        clock += 31 days;
        vm.warp(clock);
        quiet.ledger().closePeriod();
        uint256 before = _standing(3);
        check(before != 0, "nothing was supplied");
        for (uint256 i = 0; i < 3; ++i) {
            ++number;
            _post(quiet, 4, 3, 1, 0, Mode.Skip); // above the maximum
            same(_standing(3), before, "standing of a skipped statement's consumer");
            _post(quiet, 3, 3, 1, 0, Mode.Skip); // both parties are one
            same(_standing(3), before, "standing of a skipped statement's only party");
        }
    }

    function _nextMonth(uint256 seed) private {
        clock += 31 days;
        vm.warp(clock);
        while (quiet.open() < quiet.month()) {
            quiet.ledger().closePeriod();
            busy.ledger().closePeriod();
            _disturb(seed);
        }
    }

    /// @dev Everything that should not matter.
    function _disturb(uint256 seed) private {
        Ledger ledger = busy.ledger();
        for (uint32 id = 1; id <= LAST; ++id) {
            uint256 draw = mix(seed, id) % 4;
            if (draw == 0) ledger.touch(MemberId.wrap(id));
            if (draw == 1) ledger.sync(MemberId.wrap(id));
            if (draw == 2 && id > 2) _post(busy, _member(mix(seed, 9)), id, 1, 0, Mode.Skip);
        }
    }

    function _alike() private view {
        for (uint32 id = 1; id <= LAST; ++id) {
            bytes memory one = abi.encode(quiet.ledger().account(MemberId.wrap(id)));
            bytes memory other = abi.encode(busy.ledger().account(MemberId.wrap(id)));
            same(keccak256(other), keccak256(one), "3: an account that was disturbed");
        }
    }

    function _post(
        Consortium c,
        uint32 supplier,
        uint32 consumer,
        uint32 quantity,
        uint64 maximum,
        Mode mode
    ) private {
        Line[] memory lines = new Line[](1);
        lines[0] = Line(1, quantity, 0);
        uint16 month = c.month();
        Draft memory draft = Draft(
            supplier,
            consumer,
            number,
            month,
            month,
            maximum,
            bytes32(uint256(1)),
            lines
        );
        bytes32 digest = Statements.digest(address(c.ledger()), Statements.structHash(draft));
        bytes memory batch = Statements.pack(draft, 0, Statements.sign(c.keyOf(consumer), digest));
        Ledger ledger = c.ledger();
        address key = c.addressOf(supplier);
        vm.prank(key);
        ledger.post(MemberId.wrap(supplier), mode, batch);
    }

    function _standing(uint32 member) private view returns (uint256) {
        return quiet.ledger().account(MemberId.wrap(member)).standing;
    }

    function _member(uint256 seed) private pure returns (uint32) {
        return uint32(bound(seed, 3, LAST));
    }

    function _found() private returns (Consortium c) {
        c = new Consortium(8);
        while (c.admit(1) != LAST) continue;
        Price[] memory prices = new Price[](1);
        prices[0] = Price(1, 1, 7_777_777, 131_313);
        c.publish(prices, c.month() + 1);
        for (uint32 id = 3; id <= LAST; ++id) c.fund(id, 500e6);
    }
}
