// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Ledger} from "../../contracts/Ledger.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {Check} from "../support/Check.sol";
import {Consortium} from "../support/Consortium.sol";
import {vm} from "../support/Vm.sol";

/// @title CashierTest
/// @notice Assets of 6 to 18 decimals: what goes in comes out, to the last unit, and strays belong to nobody.
contract CashierTest is Check {
    mapping(uint8 decimals => Consortium) private consortia;
    uint256 private began;

    function setUp() external {
        began = 1788264000;
        vm.warp(began);
        uint8[4] memory decimals = [7, 8, 13, 18];
        for (uint256 i = 0; i < 4; ++i) consortia[decimals[i]] = new Consortium(decimals[i]);
        consortia[6] = new Consortium(0);
        uint8[5] memory all = [6, 7, 8, 13, 18];
        for (uint256 i = 0; i < 5; ++i) {
            consortia[all[i]].admit(1);
            consortia[all[i]].admit(1);
        }
    }

    /// Invariant 2, across deposits and withdrawals of any size.
    function testFuzz_whatGoesInComesOut(uint256 seed) external {
        Consortium c = consortia[[6, 7, 8, 13, 18][seed % 5]];
        Ledger ledger = c.ledger();
        uint256 scale = c.scale();
        uint256 strays = magnitude(mix(seed, 1), 1 << 40);
        c.mint(address(ledger), strays);
        uint64[2] memory deposited;
        uint256[2] memory paid;
        uint256 now_ = began;
        for (uint256 round = 0; round < 3; ++round) {
            for (uint32 i = 0; i < 2; ++i) {
                uint256 own = mix(seed, 10 + 2 * round + i);
                uint64 amount = uint64(magnitude(own, 1 << 60));
                c.fund(3 + i, amount);
                deposited[i] += amount;
                uint256 cash = deposited[i] - paid[i];
                _announce(c, 3 + i, uint64(1 + (mix(own, 1) % cash)));
            }
            now_ += 7 days;
            vm.warp(now_);
            for (uint32 i = 0; i < 2; ++i) {
                paid[i] += ledger.withdraw(MemberId.wrap(3 + i));
                same(c.asset().balanceOf(c.payeeOf(3 + i)), paid[i] * scale, "paid out");
                same(ledger.account(MemberId.wrap(3 + i)).cash, deposited[i] - paid[i], "cash");
            }
            uint256 backing = uint256(deposited[0]) + deposited[1] - paid[0] - paid[1];
            same(ledger.backing(), backing, "backing");
            same(c.asset().balanceOf(address(ledger)), backing * scale + strays, "held");
        }
    }

    /// A withdrawal is executable from its notice to its window's last second, and not a second around.
    function testFuzz_noticeAndWindow(uint256 wait) external {
        Consortium c = consortia[8];
        c.fund(3, 5e6);
        _announce(c, 3, 5e6);
        uint256 edge = wait % 2 == 0 ? c.NOTICE() : uint256(c.NOTICE()) + c.WINDOW();
        wait = (wait >> 8) % 4 == 0 ? bound(wait >> 16, 0, 60 days) : edge + ((wait >> 16) % 5) - 2;
        vm.warp(began + wait);
        bool open = wait >= c.NOTICE() && wait <= uint256(c.NOTICE()) + c.WINDOW();
        Ledger ledger = c.ledger();
        try ledger.withdraw(MemberId.wrap(3)) {
            check(open, "paid out of its time");
        } catch {
            check(!open, "not paid in its time");
        }
    }

    function _announce(Consortium c, uint32 member, uint64 amount) private {
        Ledger ledger = c.ledger();
        address key = c.addressOf(member);
        vm.prank(key);
        ledger.announceWithdrawal(MemberId.wrap(member), amount);
    }
}
