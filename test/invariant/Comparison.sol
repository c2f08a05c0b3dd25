// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Ledger} from "../../contracts/Ledger.sol";
import {Claims} from "../../contracts/desks/Claims.sol";
import {Claim, Stage} from "../../contracts/interfaces/IClaims.sol";
import {AccountView, PostedBatch, Withdrawal} from "../../contracts/interfaces/ILedger.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {PeriodId} from "../../contracts/types/PeriodId.sol";
import {Check} from "../support/Check.sol";
import {DeskFold} from "../support/DeskFold.sol";
import {LedgerFold} from "../support/LedgerFold.sol";
import {Bill} from "./Billing.sol";
import {Case, Docket} from "./Docket.sol";

/// @title Comparison
/// @notice Invariant 6: every view of the ledger and its desks is what the logs alone come to.
abstract contract Comparison is Check {
    function sameAccounts(Docket world) internal view {
        (Ledger ledger, LedgerFold fold) = (world.ledger(), world.fold());
        same(PeriodId.unwrap(ledger.openPeriod()), fold.open(), "6: open month");
        same(ledger.backing(), fold.backing(), "6: backing");
        same(ledger.bonds(), fold.bonds(), "6: bonds");
        for (uint32 id = 1; id <= world.LAST(); ++id) {
            AccountView memory one = ledger.account(MemberId.wrap(id));
            LedgerFold.Account memory other = fold.account(id);
            same(one.position, other.position, "6: position");
            same(int256(one.cash), other.cash, "6: cash");
            same(one.supplied, other.supplied, "6: supplied");
            same(one.standing, other.standing, "6: standing");
            same(one.advances, other.advances, "6: advances");
            same(one.debts, other.debts, "6: debts");
            same(one.indebtedSince, other.indebtedSince, "6: indebted since");
            same(one.room, fold.room(id), "6: room");
            same(one.free, fold.free(id), "6: free");
        }
    }

    /// @dev One member with all others at each step, so that all have their turn.
    function samePairs(Docket world) internal view {
        (Ledger ledger, LedgerFold fold, uint32 last) = (world.ledger(), world.fold(), world.LAST());
        uint32 member = 1 + uint32(world.calls() % last);
        MemberId a = MemberId.wrap(member);
        uint256 advances = 0;
        uint256 debts = 0;
        for (uint32 other = 1; other <= last; ++other) {
            MemberId b = MemberId.wrap(other);
            (uint256 advance, uint256 debt) = (world.advances().advanceOf(b, a), ledger.debtOf(a, b));
            same(advance, fold.advanceOf(other, member), "6: an advance");
            same(debt, fold.debtOf(member, other), "6: a debt");
            advances += advance;
            debts += debt;
        }
        AccountView memory one = ledger.account(a);
        same(one.advances, advances, "6: sum of advances");
        same(one.debts, debts, "6: sum of debts");
        Withdrawal memory waits = ledger.withdrawalOf(a);
        LedgerFold.Announcement memory announced = fold.withdrawalOf(member);
        same(waits.amount, announced.amount, "6: an announcement");
        same(waits.readyAt, announced.readyAt, "6: its notice");
        same(uint160(waits.payee), uint160(announced.payee), "6: its payee");
    }

    function sameClaims(Docket world) internal view {
        (Claims claims, DeskFold fold) = (world.claims(), world.deskFold());
        for (uint256 i = 0; i < world.cases(); ++i) {
            Case memory one = world.caseAt(i);
            Claim memory claim = claims.claimOf(one.bill.digest);
            same(
                keccak256(abi.encode(claim)),
                keccak256(abi.encode(fold.claimOf(one.bill.digest))),
                "6: a claim"
            );
            same(uint8(claim.stage), uint8(one.stage), "a claim's stage");
            same(claim.since, one.since, "since when it runs");
            (uint32 supplier, uint32 consumer) = (one.bill.supplier, one.bill.consumer);
            uint256 count = claims.openClaims(MemberId.wrap(supplier), MemberId.wrap(consumer));
            same(count, fold.openClaims(supplier, consumer), "6: claims of a pair");
            same(count, world.openClaims(supplier, consumer), "claims of a pair");
        }
    }

    /// @dev A few of the bills at each step, so that all have their turn.
    function sameBills(Docket world) internal view {
        (Ledger ledger, LedgerFold fold, DeskFold desks) = (world.ledger(), world.fold(), world.deskFold());
        uint256 count = world.bills();
        for (uint256 i = 0; i < 4 && i < count; ++i) {
            Bill memory one = world.bill((4 * world.calls() + i) % count);
            PostedBatch memory batch = ledger.batchOf(one.batchRoot);
            LedgerFold.Batch memory other = fold.batchOf(one.batchRoot);
            same(MemberId.unwrap(batch.supplier), other.supplier, "6: a batch's supplier");
            same(PeriodId.unwrap(batch.period), other.period, "6: a batch's month");
            same(batch.postedAt, other.postedAt, "6: when a batch was posted");
            check(fold.numberUsed(one.supplier, one.number), "6: a number used");
            (uint256 given, bool whole) = desks.givenBack(one.digest);
            same(given, one.given, "6: given back");
            same(whole, one.whole, "6: given back whole");
            for (uint32 n = 0; n < one.records.length; ++n) {
                bool back = world.reversals().isGivenBack(one.digest, n);
                same(desks.isGivenBack(one.digest, n), back, "6: a record given back");
                bytes32 leaf = world.leafOf(one, n);
                same(world.claims().provenIn(leaf), desks.provenIn(leaf), "6: a receipt");
                same(world.provenIn(leaf), desks.provenIn(leaf), "a receipt");
            }
        }
    }

    function sameClocks(Docket world) internal view {
        (Ledger ledger, LedgerFold fold, DeskFold desks) = (world.ledger(), world.fold(), world.deskFold());
        same(ledger.pausedUntil(), fold.pausedUntil(), "6: paused until");
        same(ledger.pausedSeconds(), fold.pausedSeconds(block.timestamp), "6: seconds paused");
        for (uint8 stage = 1; stage <= uint8(Stage.Ruled); ++stage) {
            uint256 reading = desks.clock(Stage(stage), block.timestamp);
            same(world.claims().clock(Stage(stage)), reading, "6: a desk's clock");
        }
    }
}
