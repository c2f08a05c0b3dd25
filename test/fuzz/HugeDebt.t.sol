// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Ledger} from "../../contracts/Ledger.sol";
import {Claims} from "../../contracts/desks/Claims.sol";
import {RecordTree} from "../../contracts/libraries/RecordTree.sol";
import {Price} from "../../contracts/interfaces/IFeeSchedule.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {Mode} from "../../contracts/types/Statement.sol";
import {Check} from "../support/Check.sol";
import {Consortium} from "../support/Consortium.sol";
import {Draft, Line, Statements} from "../support/Statements.sol";
import {vm} from "../support/Vm.sol";

contract HugeDebtTest is Check {
    function test_aHugeDebtDoesNotHoldUpAnothersBatch() external {
        vm.warp(1788264000);
        Consortium c = new Consortium(8);
        for (uint256 i = 0; i < 4; ++i) c.admit(1); // 3 honest supplier, 4 debtor, 5 its accomplice, 6 honest consumer
        Price[] memory prices = new Price[](1);
        prices[0] = Price(1, 1, 100e6, 0);
        c.publish(prices, c.month() + 1);
        vm.warp(1788264000 + 31 days);
        Ledger ledger = c.ledger();
        ledger.closePeriod();
        c.fund(6, 1000e6);
        // The accomplice bills close to 2^63, the most that posting lets a member acknowledge.
        uint256 full = uint256(uint64(type(int64).max)) / 100e6;
        uint256 n = full / type(uint32).max + 1;
        Line[] memory lines = new Line[](n);
        for (uint256 i = 0; i < n; ++i)
            lines[i] = Line(1, uint32(i + 1 < n ? type(uint32).max : full % type(uint32).max), 0);
        _post(
            c,
            5,
            _pack(c, Draft(5, 4, 1, c.month(), c.month(), type(uint64).max, bytes32(uint256(1)), lines))
        );
        check(ledger.account(MemberId.wrap(4)).debts > 9e18, "no huge debt");
        lines = new Line[](1);
        lines[0] = Line(1, 1, 0);
        bytes memory first = _pack(
            c,
            Draft(3, 4, 1, c.month(), c.month(), 100e6, bytes32(uint256(1)), lines)
        );
        bytes memory second = _pack(
            c,
            Draft(3, 6, 2, c.month(), c.month(), 100e6, bytes32(uint256(1)), lines)
        );
        _post(c, 3, bytes.concat(first, second));
        _claimIsSettled(c);
    }

    /// @dev Half of what an account's debts can count is out of posting's reach.
    function _claimIsSettled(Consortium c) private {
        c.fund(3, 5e6);
        Line[] memory lines = new Line[](1);
        lines[0] = Line(1, 1, 0);
        // One record of one loan: its leaf is the top of its tree, which nobody asks about here.
        bytes32 top = keccak256("leaf");
        bytes32 root = RecordTree.seal(RecordTree.domain(block.chainid, address(c.ledger())), top, 100e6, 1);
        Draft memory d = Draft(3, 4, 9, c.month(), c.month(), 100e6, root, lines);
        Claims claims = c.claims();
        uint256 before = c.ledger().account(MemberId.wrap(4)).debts;
        vm.prank(c.addressOf(3));
        bytes32 claim = claims.claim(MemberId.wrap(3), Statements.pack(d, 0, ""), top, 1);
        vm.warp(block.timestamp + 45 days);
        c.ledger().closePeriod();
        claims.settle(claim);
        check(c.ledger().account(MemberId.wrap(4)).debts == before + 100e6, "the claim is no debt");
    }

    function _pack(Consortium c, Draft memory d) private view returns (bytes memory) {
        bytes32 digest = Statements.digest(address(c.ledger()), Statements.structHash(d));
        return Statements.pack(d, 0, Statements.sign(c.keyOf(d.consumer), digest));
    }

    function _post(Consortium c, uint32 supplier, bytes memory batch) private {
        address key = c.addressOf(supplier);
        Ledger ledger = c.ledger();
        vm.prank(key);
        ledger.post(MemberId.wrap(supplier), Mode.Acknowledge, batch);
    }
}
