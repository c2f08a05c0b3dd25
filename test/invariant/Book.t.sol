// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Ledger} from "../../contracts/Ledger.sol";
import {AccountView} from "../../contracts/interfaces/ILedger.sol";
import {FeeSchedule} from "../../contracts/policy/FeeSchedule.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {PeriodId} from "../../contracts/types/PeriodId.sol";
import {Roles} from "../../contracts/types/Roles.sol";
import {EagerBook} from "../support/EagerBook.sol";
import {vm} from "../support/Vm.sol";
import {Bill} from "./Billing.sol";
import {Comparison} from "./Comparison.sol";
import {Tariff} from "./Tariff.sol";
import {CashActions} from "./actions/CashActions.sol";
import {ClaimActions} from "./actions/ClaimActions.sol";
import {ClockActions} from "./actions/ClockActions.sol";
import {JudgingActions} from "./actions/JudgingActions.sol";
import {OfficeActions} from "./actions/OfficeActions.sol";
import {PostingActions} from "./actions/PostingActions.sol";
import {ReversalActions} from "./actions/ReversalActions.sol";

/// @title Handler
/// @notice Everything that anyone can do to a consortium, for the fuzzer to do in any order.
/// @dev Stands in this file because the runner knows the contracts of test files only.
contract Handler is
    PostingActions,
    ClaimActions,
    JudgingActions,
    ReversalActions,
    CashActions,
    ClockActions,
    OfficeActions
{
    /// @notice The actions, the frequent ones several times.
    function menu() external pure returns (bytes4[] memory selectors) {
        bytes4[65] memory all = [
            this.post.selector,
            this.post.selector,
            this.post.selector,
            this.postOdd.selector,
            this.relay.selector,
            this.relay.selector,
            this.claim.selector,
            this.claim.selector,
            this.claim.selector,
            this.claim.selector,
            this.claim.selector,
            this.dispute.selector,
            this.dispute.selector,
            this.disputeFor.selector,
            this.disputeFor.selector,
            this.accept.selector,
            this.prove.selector,
            this.withdrawClaim.selector,
            this.award.selector,
            this.award.selector,
            this.appeal.selector,
            this.appeal.selector,
            this.rule.selector,
            this.rule.selector,
            this.settle.selector,
            this.settle.selector,
            this.again.selector,
            this.refund.selector,
            this.refundStatement.selector,
            this.duplicate.selector,
            this.duplicate.selector,
            this.noDuplicate.selector,
            this.deposit.selector,
            this.deposit.selector,
            this.announce.selector,
            this.withdraw.selector,
            this.withdraw.selector,
            this.advance.selector,
            this.recall.selector,
            this.repay.selector,
            this.payDebt.selector,
            this.payDebt.selector,
            this.stray.selector,
            this.wait.selector,
            this.wait.selector,
            this.waitForEdge.selector,
            this.sleep.selector,
            this.close.selector,
            this.closeAll.selector,
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
            this.resume.selector,
            this.seat.selector,
            this.unseat.selector
        ];
        selectors = new bytes4[](all.length);
        for (uint256 i = 0; i < all.length; ++i) selectors[i] = all[i];
    }
}

/// @title BookInvariants
/// @notice DESIGN.md 3.4, by its numbers, after anything that anyone can do in any order.
contract BookInvariants is Comparison {
    struct Selectors {
        address addr;
        bytes4[] selectors;
    }

    Handler internal handler;
    Ledger internal ledger;
    EagerBook internal twin;
    uint32 internal last;
    uint256 private _draws;

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

    /// The invariants would hold of a handler that can do nothing: each of its actions has to work, and every end of
    /// a claim has to come about.
    function test_everyActionWorks() external {
        _untilPosted();
        _untilJudged();
        _untilGivenBack();
        _untilPaid();
        _untilGone();
        check(bytes(handler.mismatch()).length == 0, handler.mismatch());
        handler.endAll();
        check(bytes(handler.mismatch()).length == 0, handler.mismatch());
    }

    /// 1 to 5, 9. The book stands as in a twin that settles everybody at every close; nobody could do what the rules
    /// forbid, nor was kept from what they allow; strangers end every claim.
    function invariant_1_to_5_and_9_theBookIsItsTwin() external {
        vm.warp(handler.now_());
        check(bytes(handler.mismatch()).length == 0, handler.mismatch());
        _nothingIsMadeOrLost();
        _asTheEagerTwin();
        _nothingIsGivenBackTwice();
        if (handler.calls() % 32 == 0) _everyClaimEnds();
    }

    /// 6. Whoever has the logs can rebuild every account, pair, claim, batch, number and announcement; totals are the
    /// sums of their parts.
    function invariant_6_stateIsTheFoldOfLogs() external {
        vm.warp(handler.now_());
        sameAccounts(handler);
        samePairs(handler);
        sameClaims(handler);
        sameBills(handler);
        sameClocks(handler);
    }

    /// 7. The prices of every month that is open to posting are those with which it began. 9, 10. Anybody closes a
    /// month that is over; not a proof, but a witness: it costs the same in every state that was reached.
    function invariant_7_9_and_10_pricesAndMonthsKeepToTheCalendar() external {
        vm.warp(handler.now_());
        _pricesOfABegunMonthNeverChange();
        if (handler.open() >= handler.c().month()) return;
        uint256 gas = gasleft();
        ledger.closePeriod();
        // Cold storage is dearer than warm by less than this, one account more by more.
        check(gas - gasleft() < handler.closeGas() + 15_000, "10: the cost of a close");
    }

    /// @dev 1. Σ positions = 0; 2. Σ cash + bonds = backing, nobody below zero, assets exact but for what strayed in.
    function _nothingIsMadeOrLost() private view {
        int256 positions = 0;
        uint256 cash = 0;
        for (uint32 id = 1; id <= last; ++id) {
            AccountView memory one = ledger.account(MemberId.wrap(id));
            positions += one.position;
            cash += one.cash;
            check(one.position + int256(one.cash) >= 0, "1: an account below zero");
        }
        same(positions, 0, "1: sum of positions");
        same(cash + ledger.bonds(), ledger.backing(), "2: sum of cash and bonds");
        same(ledger.bonds(), 5e6 * handler.cases(), "2: a bond for each claim that runs");
        uint256 held = handler.c().asset().balanceOf(address(ledger));
        same(held, ledger.backing() * handler.c().scale() + handler.strays(), "2: assets held");
    }

    /// @dev 3. However late accounts were rolled, they stand as in a book that settles everybody at every close.
    function _asTheEagerTwin() private view {
        same(PeriodId.unwrap(ledger.openPeriod()), handler.open(), "open month");
        same(ledger.backing(), twin.backing(), "backing");
        same(ledger.bonds(), twin.bonds(), "bonds");
        same(ledger.pausedSeconds(), handler.paused(), "seconds paused");
        for (uint64 role = Roles.ARBITER; role <= Roles.APPELLATE; ++role) {
            same(handler.c().charter().vacantSeconds(role), handler.vacant(role), "seconds vacant");
        }
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

    /// @dev 5. What was given back of a statement is what its bill says, never more than its gross, each record once.
    function _nothingIsGivenBackTwice() private view {
        uint256 count = handler.bills();
        // A few of them at each step, so that all have their turn.
        for (uint256 i = 0; i < 4 && i < count; ++i) {
            Bill memory one = handler.bill((4 * handler.calls() + i) % count);
            (uint256 given, bool whole) = handler.reversals().givenBack(one.digest);
            same(given, one.given, "5: given back");
            same(whole, one.whole, "5: given back whole");
            check(given <= one.gross, "5: more was given back than charged");
            for (uint32 n = 0; n < one.records.length; ++n) {
                bool back = one.whole || (one.back >> n) & 1 == 1;
                same(handler.reversals().isGivenBack(one.digest, n), back, "5: a record given back");
            }
        }
    }

    /// @dev One of the months at each step, so that all have their turn.
    function _pricesOfABegunMonthNeverChange() private view {
        Tariff tariff = handler.tariff();
        FeeSchedule schedule = handler.c().schedule();
        uint16 month = handler.c().month() - uint16(handler.calls() % 4);
        for (uint16 service = 1; service <= tariff.SERVICES(); ++service) {
            for (uint8 tier = 1; tier <= tariff.TIERS(); ++tier) {
                Tariff.Quote memory began = tariff.quote(month, service, tier);
                (bool offered, uint64 price, uint64 fee, ) = schedule.priceOf(
                    PeriodId.wrap(month),
                    service,
                    tier,
                    1
                );
                check(offered == began.offered, "7: offered");
                same(price, began.price, "7: price");
                same(fee, began.fee, "7: fee");
            }
        }
    }

    /// @dev 9. From wherever a run has come to, strangers end every claim and every bond comes back. Leaves the state
    /// changed: what an invariant does is thrown away.
    function _everyClaimEnds() private {
        handler.endAll();
        check(bytes(handler.mismatch()).length == 0, handler.mismatch());
        same(handler.cases(), 0, "9: a claim does not end");
    }

    function _untilPosted() private {
        bytes4 post = handler.post.selector;
        _until("post anything", _do(post));
        _until("post all or nothing", _do(post));
        _until("post and skip", _do(handler.postOdd.selector));
        _until("post and acknowledge", _do(post));
        _until("relay anything", _do(handler.relay.selector));
        _until("a debt arose", _do(post));
        for (uint256 i = 0; i < 20; ++i) handler.deposit(mix(i, 4));
    }

    /// @dev Every way that a claim can go, and every end that it can come to.
    function _untilJudged() private {
        bytes4 claim = handler.claim.selector;
        bytes4 dispute = handler.dispute.selector;
        bytes4 settle = handler.settle.selector;
        bytes memory awarded = bytes.concat(claim, dispute, handler.award.selector);
        bytes memory ruled = bytes.concat(awarded, handler.appeal.selector, handler.rule.selector);
        _until("seat", _do(handler.seat.selector));
        _until("dispute many", bytes.concat(claim, dispute));
        _until("disputeFor", bytes.concat(claim, handler.disputeFor.selector));
        _until("accept", bytes.concat(claim, handler.accept.selector));
        _until("prove", bytes.concat(claim, handler.prove.selector));
        _until("withdrawClaim", bytes.concat(claim, handler.withdrawClaim.selector));
        _until("forfeit", bytes.concat(claim, dispute, handler.withdrawClaim.selector));
        _until("Unchallenged", bytes.concat(claim, settle));
        _until("Lapsed", bytes.concat(claim, dispute, settle));
        _until("Awarded", bytes.concat(awarded, settle));
        _until("rule", ruled);
        _until("Ruled", bytes.concat(ruled, settle));
        _until("a claim became a debt", bytes.concat(claim, settle));
        _until("again", _do(handler.again.selector));
        _until("unseat", _do(handler.unseat.selector));
        _until("nobody sits", _do(handler.unseat.selector));
    }

    function _untilGivenBack() private {
        bytes4 post = handler.post.selector;
        bytes memory whole = bytes.concat(post, handler.refundStatement.selector);
        _until("refund", bytes.concat(post, handler.refund.selector));
        _until("refundStatement", whole);
        _until("duplicate", bytes.concat(post, handler.duplicate.selector));
        _until("duplicate within a statement", bytes.concat(post, handler.duplicate.selector));
        _until("a debt was cancelled", whole);
        _until("a supplier lacked room", whole);
    }

    function _untilPaid() private {
        bytes4 advance = handler.advance.selector;
        for (uint256 i = 0; i < 20; ++i) handler.deposit(mix(i, 5));
        _until("payDebt", _do(handler.payDebt.selector));
        _until("advance", _do(advance));
        _until("recall", bytes.concat(advance, handler.recall.selector));
        _until("repay", bytes.concat(advance, handler.repay.selector));
        _until("stray", _do(handler.stray.selector));
        _until("withdraw", bytes.concat(handler.announce.selector, handler.withdraw.selector));
        bytes memory paused = bytes.concat(handler.announce.selector, handler.wait.selector);
        paused = bytes.concat(paused, handler.pause.selector, handler.withdraw.selector);
        _until("pause", paused);
        _until("withdraw while paused", paused);
        _until("resume", bytes.concat(handler.pause.selector, handler.resume.selector));
    }

    function _untilGone() private {
        _until("applyFor", _do(handler.applyFor.selector));
        _until("sync", _do(handler.sync.selector));
        _until("admit", _do(handler.admit.selector));
        _until("suspend", _do(handler.suspend.selector));
        _until("reinstate", _do(handler.reinstate.selector));
        _until("publish", _do(handler.publish.selector));
        _until("takeBack", bytes.concat(handler.publish.selector, handler.takeBack.selector));
        _until("waitForEdge", _do(handler.waitForEdge.selector));
        for (uint256 i = 0; i < 9; ++i) handler.sleep(mix(i, 6));
        _until("close", bytes.concat(handler.sleep.selector, handler.close.selector));
        _until("touch", _do(handler.touch.selector));
        _until("scheduleTier", _do(handler.scheduleTier.selector));
        bytes memory overdue = bytes.concat(handler.sleep.selector, handler.suspendDebtor.selector);
        _until("suspendDebtor", bytes.concat(handler.post.selector, overdue));
        _until("depart", _do(handler.depart.selector));
    }

    function _do(bytes4 action) private pure returns (bytes memory) {
        return abi.encodePacked(action);
    }

    /// @dev Repeats actions, each four bytes, one after the other, until an outcome has come about.
    function _until(string memory outcome, bytes memory actions) private {
        for (uint256 i = 0; handler.succeeded(outcome) == 0; ++i) {
            check(i < 50 * actions.length, string.concat("never came about: ", outcome));
            bytes4 action;
            uint256 at = 4 * (i % (actions.length / 4));
            for (uint256 n = 4; n != 0; --n) action = (action >> 8) | bytes4(actions[at + n - 1]);
            (bool done, ) = address(handler).call(abi.encodeWithSelector(action, mix(++_draws, 7)));
            check(done, string.concat("an action reverted: ", outcome));
        }
    }
}
