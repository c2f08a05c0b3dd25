// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Check} from "../support/Check.sol";
import {World} from "./World.sol";
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

/// @title Rehearsal
/// @notice Has a world do everything that it can, until every outcome that there is has come about.
abstract contract Rehearsal is Check {
    World private _stage;
    uint256 private _draws;

    /// @dev Lets what takes time to begin have begun before a run: reliefs, grants, works, agreements, namings.
    function furnish(World stage) internal {
        _stage = stage;
        _times(4, ReliefActions.relieve.selector);
        _times(3, ReliefActions.openGrant.selector);
        _times(5, ReliefActions.fundGrant.selector);
        _times(5, WorkActions.registerWork.selector);
        _times(6, WorkActions.permit.selector);
        _times(4, AgreementActions.agree.selector);
        _times(3, CompensationActions.nameLenders.selector);
        _times(2, ClockActions.sleep.selector);
        _times(1, ClockActions.closeAll.selector);
    }

    function rehearse(World stage) internal {
        _stage = stage;
        _untilPosted();
        _untilJudged();
        _untilGivenBack();
        _untilPaid();
        _untilAided();
        _untilKept();
        _untilGone();
    }

    function _untilPosted() private {
        bytes4 post = PostingActions.post.selector;
        _until("post anything", _do(post));
        _until("post all or nothing", _do(post));
        _until("post and skip", _do(PostingActions.postOdd.selector));
        _until("post and acknowledge", _do(post));
        _until("relay anything", _do(PostingActions.relay.selector));
        _until("a debt arose", _do(post));
        _times(20, CashActions.deposit.selector);
    }

    /// @dev Every way that a claim can go, and every end that it can come to.
    function _untilJudged() private {
        bytes4 claim = ClaimActions.claim.selector;
        bytes4 dispute = ClaimActions.dispute.selector;
        bytes4 settle = JudgingActions.settle.selector;
        bytes memory awarded = bytes.concat(claim, dispute, JudgingActions.award.selector);
        bytes memory ruled = bytes.concat(
            awarded,
            JudgingActions.appeal.selector,
            JudgingActions.rule.selector
        );
        _until("seat", _do(OfficeActions.seat.selector));
        _until("dispute many", bytes.concat(claim, dispute));
        _until("disputeFor", bytes.concat(claim, ClaimActions.disputeFor.selector));
        _until("accept", bytes.concat(claim, ClaimActions.accept.selector));
        _until("prove", bytes.concat(claim, ClaimActions.prove.selector));
        _until("withdrawClaim", bytes.concat(claim, ClaimActions.withdrawClaim.selector));
        _until("forfeit", bytes.concat(claim, dispute, ClaimActions.withdrawClaim.selector));
        _until("Unchallenged", bytes.concat(claim, settle));
        _until("Lapsed", bytes.concat(claim, dispute, settle));
        _until("Awarded", bytes.concat(awarded, settle));
        _until("rule", ruled);
        _until("Ruled", bytes.concat(ruled, settle));
        _until("a claim became a debt", bytes.concat(claim, settle));
        _until("again", _do(JudgingActions.again.selector));
        _until("unseat", _do(OfficeActions.unseat.selector));
        _until("nobody sits", _do(OfficeActions.unseat.selector));
    }

    function _untilGivenBack() private {
        bytes4 post = PostingActions.post.selector;
        bytes memory whole = bytes.concat(post, ReversalActions.refundStatement.selector);
        _until("refund", bytes.concat(post, ReversalActions.refund.selector));
        _until("refundStatement", whole);
        _until("duplicate", bytes.concat(post, ReversalActions.duplicate.selector));
        _until("duplicate within a statement", bytes.concat(post, ReversalActions.duplicate.selector));
        _until("a debt was cancelled", whole);
        _until("a supplier lacked room", whole);
    }

    function _untilPaid() private {
        bytes4 advance = CashActions.advance.selector;
        _times(20, CashActions.deposit.selector);
        _until("payDebt", _do(CashActions.payDebt.selector));
        _until("advance", _do(advance));
        _until("recall", bytes.concat(advance, CashActions.recall.selector));
        _until("repay", bytes.concat(advance, CashActions.repay.selector));
        _until("stray", _do(CashActions.stray.selector));
        _until("withdraw", bytes.concat(CashActions.announce.selector, CashActions.withdraw.selector));
        bytes memory paused = bytes.concat(CashActions.announce.selector, ClockActions.wait.selector);
        paused = bytes.concat(paused, OfficeActions.pause.selector, CashActions.withdraw.selector);
        _until("pause", paused);
        _until("withdraw while paused", paused);
        _until("resume", bytes.concat(OfficeActions.pause.selector, OfficeActions.resume.selector));
    }

    function _untilGone() private {
        _until("applyFor", _do(OfficeActions.applyFor.selector));
        _until("sync", _do(OfficeActions.sync.selector));
        _until("admit", _do(OfficeActions.admit.selector));
        _until("suspend", _do(OfficeActions.suspend.selector));
        _until("reinstate", _do(OfficeActions.reinstate.selector));
        _until("publish", _do(OfficeActions.publish.selector));
        _until("takeBack", bytes.concat(OfficeActions.publish.selector, OfficeActions.takeBack.selector));
        _until("waitForEdge", _do(ClockActions.waitForEdge.selector));
        _times(9, ClockActions.sleep.selector);
        _until("close", bytes.concat(ClockActions.sleep.selector, ClockActions.close.selector));
        _until("touch", _do(ClockActions.touch.selector));
        _until("scheduleTier", _do(OfficeActions.scheduleTier.selector));
        bytes memory overdue = bytes.concat(
            ClockActions.sleep.selector,
            OfficeActions.suspendDebtor.selector
        );
        _until("suspendDebtor", bytes.concat(PostingActions.post.selector, overdue));
        _until("depart", _do(OfficeActions.depart.selector));
    }

    /// @dev What others pay of statements, and get of them.
    function _untilAided() private {
        bytes4 post = PostingActions.post.selector;
        _times(20, CashActions.deposit.selector);
        _until("accredit", _do(ReliefActions.accredit.selector));
        _until("relieve", _do(ReliefActions.relieve.selector));
        _until("openGrant", _do(ReliefActions.openGrant.selector));
        _until("fundGrant", _do(ReliefActions.fundGrant.selector));
        _until("registerWork", _do(WorkActions.registerWork.selector));
        _until("permit", _do(WorkActions.permit.selector));
        _until("agree", _do(AgreementActions.agree.selector));
        _until("agreeAgain", _do(AgreementActions.agreeAgain.selector));
        bytes memory opened = bytes.concat(ReliefActions.relieve.selector, ClockActions.sleep.selector, post);
        _until("RELIEF paid", opened);
        bytes memory given = bytes.concat(ReliefActions.openGrant.selector, ReliefActions.fundGrant.selector);
        _until("a grant paid", bytes.concat(given, ClockActions.sleep.selector, post, post));
        _until("relieved and in debt", bytes.concat(opened, post));
        bytes memory shared = bytes.concat(WorkActions.registerWork.selector, WorkActions.permit.selector);
        _until("royalties", bytes.concat(shared, ClockActions.sleep.selector, post, post, post));
        _until(
            "agreed",
            bytes.concat(AgreementActions.agree.selector, ClockActions.sleep.selector, post, post)
        );
        _until("COMMONS supplied", _do(post));
        _until("COMMONS drew", _do(post));
        _until("COMMONS owes", _do(post));
        _until("RELIEF got back", bytes.concat(post, post, ReversalActions.refundStatement.selector));
    }

    /// @dev What was promised is kept, ended, or given back.
    function _untilKept() private {
        bytes4 sleep = ClockActions.sleep.selector;
        bytes memory named = bytes.concat(
            CompensationActions.nameLenders.selector,
            PostingActions.post.selector
        );
        bytes memory paid = bytes.concat(named, sleep, CompensationActions.compensate.selector);
        _until("name", named);
        _until("compensated in part", paid);
        _until("compensated to the cap", paid);
        _until("nothing to compensate", paid);
        _until("lapse", bytes.concat(named, sleep, sleep, sleep, CompensationActions.lapse.selector));
        _until("endRelief", bytes.concat(ReliefActions.relieve.selector, ReliefActions.endRelief.selector));
        bytes memory given = bytes.concat(ReliefActions.openGrant.selector, ReliefActions.fundGrant.selector);
        _until("returnGrant", bytes.concat(given, sleep, ReliefActions.returnGrant.selector));
        _until(
            "endAgreement",
            bytes.concat(AgreementActions.agree.selector, AgreementActions.endAgreement.selector)
        );
        _until("license", bytes.concat(sleep, WorkActions.license.selector));
        _until("transferWork", _do(WorkActions.transferWork.selector));
        _until("reassign", _do(WorkActions.transferWork.selector));
        _until("setCommercial", _do(WorkActions.setCommercial.selector));
        bytes memory asked = bytes.concat(
            InvoiceActions.raiseInvoice.selector,
            InvoiceActions.payInvoice.selector
        );
        _until("raiseInvoice", asked);
        _until("payInvoice", asked);
        _until("an invoice repaid an advance", bytes.concat(CashActions.advance.selector, asked));
    }

    function _do(bytes4 action) private pure returns (bytes memory) {
        return abi.encodePacked(action);
    }

    /// @dev Repeats actions, each four bytes, one after the other, until an outcome has come about.
    function _until(string memory outcome, bytes memory actions) private {
        for (uint256 i = 0; _stage.succeeded(outcome) == 0; ++i) {
            check(i < 50 * actions.length, string.concat("never came about: ", outcome));
            bytes4 action;
            uint256 from = 4 * (i % (actions.length / 4));
            for (uint256 n = 4; n != 0; --n) action = (action >> 8) | bytes4(actions[from + n - 1]);
            _act(action);
        }
    }

    function _times(uint256 count, bytes4 action) private {
        for (uint256 i = 0; i < count; ++i) _act(action);
    }

    function _act(bytes4 action) private {
        (bool done, ) = address(_stage).call(abi.encodeWithSelector(action, mix(++_draws, 7)));
        check(done, "an action reverted");
    }
}
