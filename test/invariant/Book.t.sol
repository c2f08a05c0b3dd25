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
import {Rehearsal} from "./Rehearsal.sol";
import {Tariff} from "./Tariff.sol";
import {AgreementActions} from "./actions/AgreementActions.sol";
import {CashActions} from "./actions/CashActions.sol";
import {ClaimActions} from "./actions/ClaimActions.sol";
import {ClockActions} from "./actions/ClockActions.sol";
import {CompensationActions} from "./actions/CompensationActions.sol";
import {InvoiceActions} from "./actions/InvoiceActions.sol";
import {JudgingActions} from "./actions/JudgingActions.sol";
import {OfficeActions} from "./actions/OfficeActions.sol";
import {PostingActions} from "./actions/PostingActions.sol";
import {ReliefActions} from "./actions/ReliefActions.sol";
import {ReversalActions} from "./actions/ReversalActions.sol";
import {WorkActions} from "./actions/WorkActions.sol";

/// @title Handler
/// @notice Everything that anyone can do to a consortium, for the fuzzer to do in any order.
/// @dev Stands in this file because the runner knows the contracts of test files only.
contract Handler is
    PostingActions,
    ClaimActions,
    JudgingActions,
    ReversalActions,
    CashActions,
    InvoiceActions,
    ReliefActions,
    WorkActions,
    AgreementActions,
    CompensationActions,
    ClockActions,
    OfficeActions
{
    /// @notice The actions, the frequent ones several times.
    function menu() external pure returns (bytes4[] memory selectors) {
        bytes4[92] memory all = [
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
            this.unseat.selector,
            this.relieve.selector,
            this.endRelief.selector,
            this.openGrant.selector,
            this.fundGrant.selector,
            this.fundGrant.selector,
            this.returnGrant.selector,
            this.accredit.selector,
            this.registerWork.selector,
            this.license.selector,
            this.permit.selector,
            this.permit.selector,
            this.transferWork.selector,
            this.setCommercial.selector,
            this.agree.selector,
            this.agree.selector,
            this.agreeAgain.selector,
            this.endAgreement.selector,
            this.nameLenders.selector,
            this.nameLenders.selector,
            this.compensate.selector,
            this.compensate.selector,
            this.lapse.selector,
            this.raiseInvoice.selector,
            this.payInvoice.selector,
            this.post.selector,
            this.post.selector,
            this.post.selector
        ];
        selectors = new bytes4[](all.length);
        for (uint256 i = 0; i < all.length; ++i) selectors[i] = all[i];
    }
}

/// @title BookInvariants
/// @notice DESIGN.md 3.4, by its numbers, after anything that anyone can do in any order.
contract BookInvariants is Comparison, Rehearsal {
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
        furnish(handler);
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
        rehearse(handler);
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
        if (handler.calls() % 2 == 0) reliefsKeepToTheirCaps(handler);
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
        if (handler.calls() % 2 == 0) sameReliefs(handler);
        else samePromises(handler);
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
        same(cash + ledger.bonds(), ledger.backing(), "2: sum of cash and what is set aside");
        same(ledger.bonds(), handler.setAside(), "2: bonds of claims, grants and compensation");
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
            for (uint8 tier = 0; tier <= tariff.TIERS(); ++tier) {
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
}
