// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Ledger} from "../../contracts/Ledger.sol";
import {Price} from "../../contracts/interfaces/IFeeSchedule.sol";
import {AccountView, Desks} from "../../contracts/interfaces/ILedger.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {Mode} from "../../contracts/types/Statement.sol";
import {Check} from "../support/Check.sol";
import {Consortium} from "../support/Consortium.sol";
import {Draft, Line, Statements} from "../support/Statements.sol";
import {vm} from "../support/Vm.sol";

contract CommonsTest is Check {
    function test_feesOfTheOpenMonthStayInThePosition() external {
        vm.warp(1788264000);
        Consortium c = new Consortium(8);
        c.admit(1);
        c.admit(1);
        Price[] memory prices = new Price[](1);
        prices[0] = Price(1, 1, 10e6, 1e6);
        c.publish(prices, c.month() + 1);
        vm.warp(1788264000 + 31 days);
        // A ledger for which nobody called sync(COMMONS).
        Ledger ledger = c.createLedger(
            Desks(address(0), address(0), address(0), address(c.pricing()), address(0))
        );
        ledger.sync(MemberId.wrap(3));
        ledger.sync(MemberId.wrap(4));
        c.mint(address(this), 100e8);
        c.asset().approve(address(ledger), 100e8);
        ledger.deposit(MemberId.wrap(4), 100e6);
        for (uint32 number = 1; number <= 2; ++number) {
            Line[] memory lines = new Line[](1);
            lines[0] = Line(1, 1, 0);
            Draft memory d = Draft(3, 4, number, c.month(), c.month(), 20e6, bytes32(uint256(1)), lines);
            bytes32 digest = Statements.digest(address(ledger), Statements.structHash(d));
            bytes memory batch = Statements.pack(d, 0, Statements.sign(c.keyOf(4), digest));
            address key = c.addressOf(3);
            vm.prank(key);
            ledger.post(MemberId.wrap(3), Mode.AllOrNothing, batch);
        }
        AccountView memory commons = ledger.account(MemberId.wrap(1));
        same(commons.cash, 0, "cash of COMMONS in the open month");
        same(commons.position, 2e6, "position of COMMONS");
    }
}
