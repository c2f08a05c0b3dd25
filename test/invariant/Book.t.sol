// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Ledger} from "../../contracts/Ledger.sol";
import {AccountView} from "../../contracts/interfaces/ILedger.sol";
import {FeeSchedule} from "../../contracts/policy/FeeSchedule.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {PeriodId} from "../../contracts/types/PeriodId.sol";
import {Check} from "../support/Check.sol";
import {EagerBook} from "../support/EagerBook.sol";
import {vm} from "../support/Vm.sol";
import {Tariff} from "./Tariff.sol";
import {CashActions} from "./actions/CashActions.sol";
import {ClockActions} from "./actions/ClockActions.sol";
import {OfficeActions} from "./actions/OfficeActions.sol";
import {PostingActions} from "./actions/PostingActions.sol";

/// @title Handler
/// @notice Everything that anyone can do to a consortium, for the fuzzer to do in any order.
/// @dev Stands in this file because the runner knows the contracts of test files only.
contract Handler is PostingActions, CashActions, ClockActions, OfficeActions {
    /// @notice The actions, the frequent ones several times.
    function menu() external pure returns (bytes4[] memory selectors) {
        bytes4[29] memory all = [
            this.post.selector,
            this.postOdd.selector,
            this.relay.selector,
            this.deposit.selector,
            this.announce.selector,
            this.withdraw.selector,
            this.advance.selector,
            this.recall.selector,
            this.repay.selector,
            this.payDebt.selector,
            this.stray.selector,
            this.wait.selector,
            this.waitForEdge.selector,
            this.sleep.selector,
            this.close.selector,
            this.closeAll.selector,
            this.touch.selector,
            this.applyFor.selector,
            this.admit.selector,
            this.suspend.selector,
            this.reinstate.selector,
            this.depart.selector,
            this.scheduleTier.selector,
            this.sync.selector,
            this.suspendDebtor.selector,
            this.publish.selector,
            this.takeBack.selector,
            this.pause.selector,
            this.resume.selector
        ];
        selectors = new bytes4[](all.length);
        for (uint256 i = 0; i < all.length; ++i) selectors[i] = all[i];
    }
}

/// @title BookInvariants
/// @notice DESIGN.md 3.4, by its numbers, after anything that anyone can do in any order.
contract BookInvariants is Check {
    struct Selectors {
        address addr;
        bytes4[] selectors;
    }

    Handler internal handler;
    Ledger internal ledger;
    EagerBook internal twin;
    uint32 internal last;

    function setUp() external {
        handler = new Handler();
        ledger = handler.ledger();
        twin = handler.twin();
        last = handler.LAST();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (Selectors[] memory targets) {
        targets = new Selectors[](1);
        targets[0] = Selectors(address(handler), handler.menu());
    }

    /// The invariants would hold of a handler that can do nothing: each of its actions has to work.
    function test_everyActionWorks() external {
        _until("post anything", handler.post.selector);
        _until("post all or nothing", handler.post.selector);
        _until("post and skip", handler.postOdd.selector);
        _until("post and acknowledge", handler.post.selector);
        _until("relay anything", handler.relay.selector);
        _until("a debt arose", handler.post.selector);
        _until("deposit", handler.deposit.selector);
        for (uint256 i = 0; i < 20; ++i) handler.deposit(mix(i, 4));
        _until("payDebt", handler.payDebt.selector);
        _until("advance", handler.advance.selector);
        for (uint256 i = 0; i < 20; ++i) handler.advance(mix(i, 3));
        _until("recall", handler.recall.selector);
        _until("repay", handler.repay.selector);
        _until("stray", handler.stray.selector);
        _until("applyFor", handler.applyFor.selector);
        _until("sync", handler.sync.selector);
        _until("admit", handler.admit.selector);
        _until("suspend", handler.suspend.selector);
        _until("reinstate", handler.reinstate.selector);
        _until("publish", handler.publish.selector);
        _until("takeBack", handler.takeBack.selector);
        for (uint256 i = 0; i < 12; ++i) handler.announce(mix(i, 5));
        for (uint256 i = 0; i < 5; ++i) handler.wait(2 days - 1);
        _until("pause", handler.pause.selector);
        _until("withdraw while paused", handler.withdraw.selector);
        _until("resume", handler.resume.selector);
        _until("waitForEdge", handler.waitForEdge.selector);
        for (uint256 i = 0; i < 9; ++i) handler.sleep(mix(i, 6));
        _until("close", handler.close.selector);
        _until("touch", handler.touch.selector);
        _until("scheduleTier", handler.scheduleTier.selector);
        _until("suspendDebtor", handler.suspendDebtor.selector);
        _until("depart", handler.depart.selector);
        check(bytes(handler.mismatch()).length == 0, handler.mismatch());
    }

    /// @dev Repeats an action until it has had an outcome.
    function _until(string memory outcome, bytes4 selector) private {
        for (uint256 i = 0; handler.succeeded(outcome) == 0; ++i) {
            check(i < 60, string.concat("never came about: ", outcome));
            (bool done, ) = address(handler).call(abi.encodeWithSelector(selector, mix(i, 7)));
            check(done, string.concat("an action reverted: ", outcome));
        }
    }

    /// 1. Σ positions = 0; 2. Σ cash = backing, nobody below zero, assets exact but for what strayed in.
    function invariant_1_and_2_nothingIsMadeOrLost() external view {
        int256 positions = 0;
        uint256 cash = 0;
        for (uint32 id = 1; id <= last; ++id) {
            AccountView memory one = ledger.account(MemberId.wrap(id));
            positions += one.position;
            cash += one.cash;
            check(one.position + int256(one.cash) >= 0, "1: an account below zero");
        }
        same(positions, 0, "1: sum of positions");
        same(cash, ledger.backing(), "2: sum of cash");
        uint256 held = handler.c().asset().balanceOf(address(ledger));
        same(held, ledger.backing() * handler.c().scale() + handler.strays(), "2: assets held");
    }

    /// 3. However late accounts were rolled, they stand as in a book that settles everybody at every close.
    /// 4, 5, 9. And nobody could do what the rules forbid, nor was kept from what they allow.
    function invariant_3_to_5_and_9_asTheEagerTwin() external view {
        check(bytes(handler.mismatch()).length == 0, handler.mismatch());
        same(PeriodId.unwrap(ledger.openPeriod()), handler.open(), "open month");
        same(ledger.backing(), twin.backing(), "backing");
        for (uint32 id = 1; id <= last; ++id) {
            AccountView memory one = ledger.account(MemberId.wrap(id));
            EagerBook.Account memory other = twin.account(id);
            same(one.position, other.position, "3: position");
            same(int256(one.cash), other.cash, "3: cash");
            same(one.supplied, other.supplied, "3: supplied");
            same(one.standing, other.standing, "3: standing");
            same(one.advances, other.advances, "3: advances");
            same(one.debts, other.debts, "3: debts");
            same(one.indebtedSince, other.indebtedSince, "3: indebted since");
            same(one.room, twin.room(id), "3: room");
            same(one.free, twin.free(id), "3: free");
        }
    }

    /// 6. Totals are the sums of their parts.
    function invariant_6_totalsAreSumsOfPairs() external view {
        for (uint32 member = 1; member <= last; ++member) {
            uint256 advances = 0;
            uint256 debts = 0;
            for (uint32 other = 1; other <= last; ++other) {
                MemberId a = MemberId.wrap(member);
                MemberId b = MemberId.wrap(other);
                advances += ledger.advanceOf(b, a);
                debts += ledger.debtOf(a, b);
            }
            AccountView memory one = ledger.account(MemberId.wrap(member));
            same(one.advances, advances, "advances");
            same(one.debts, debts, "debts");
        }
    }

    /// 7. The prices of every month that is open to posting are those with which it began.
    function invariant_7_pricesOfABegunMonthNeverChange() external {
        vm.warp(handler.now_());
        Tariff tariff = handler.tariff();
        FeeSchedule schedule = handler.c().schedule();
        uint16 month = handler.c().month();
        for (uint16 back = 0; back < 4; ++back) {
            for (uint16 service = 1; service <= tariff.SERVICES(); ++service) {
                for (uint8 tier = 1; tier <= tariff.TIERS(); ++tier) {
                    Tariff.Quote memory began = tariff.quote(month - back, service, tier);
                    (bool offered, uint64 price, uint64 fee) = schedule.priceOf(
                        PeriodId.wrap(month - back),
                        service,
                        tier
                    );
                    check(offered == began.offered, "7: offered");
                    same(price, began.price, "7: price");
                    same(fee, began.fee, "7: fee");
                }
            }
        }
    }

    /// 10. Not a proof, but a witness: closing costs the same in every state that was reached.
    function invariant_9_and_10_closingIsConstantWork() external {
        vm.warp(handler.now_());
        if (handler.open() >= handler.c().month()) return;
        uint256 gas = gasleft();
        ledger.closePeriod();
        // Cold storage is dearer than warm by less than this, one account more by more.
        check(gas - gasleft() < handler.closeGas() + 15_000, "10: the cost of a close");
    }
}
