// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Ledger} from "../../contracts/Ledger.sol";
import {Claims} from "../../contracts/desks/Claims.sol";
import {Pricing} from "../../contracts/desks/Pricing.sol";
import {Claim, Stage} from "../../contracts/interfaces/IClaims.sol";
import {Named} from "../../contracts/interfaces/ICompensation.sol";
import {AccountView, PostedBatch, Withdrawal} from "../../contracts/interfaces/ILedger.sol";
import {Grant, Relief} from "../../contracts/interfaces/IReliefs.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {PeriodId} from "../../contracts/types/PeriodId.sol";
import {Check} from "../support/Check.sol";
import {DeskFold} from "../support/DeskFold.sol";
import {LedgerFold} from "../support/LedgerFold.sol";
import {PricingFold} from "../support/PricingFold.sol";
import {Bill} from "./Billing.sol";
import {Case, Docket} from "./Docket.sol";
import {ReliefTwin} from "./ReliefTwin.sol";

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
            if (id > 2) {
                same(one.supplied, other.supplied, "6: supplied");
                same(one.standing, other.standing, "6: standing");
            }
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

    /// @dev One relief, one giver and one member at each step, so that all have their turn.
    function sameReliefs(Docket world) internal view {
        (Pricing pricing, PricingFold fold) = (world.pricing(), world.pricingFold());
        same(pricing.lastRelief(), fold.lastRelief(), "6: reliefs");
        if (pricing.lastRelief() == 0) return;
        uint32 relief = 1 + uint32((world.calls() / 2) % pricing.lastRelief());
        (Relief memory terms, ) = pricing.reliefOf(relief);
        bytes32 told = keccak256(abi.encode(fold.reliefOf(relief)));
        same(keccak256(abi.encode(terms)), told, "6: terms of a relief");
        (Grant memory grant, Grant memory other) = (pricing.grantOf(relief), fold.grantOf(relief));
        same(grant.balance, other.balance, "6: what is left of a grant");
        same(grant.given, other.given, "6: what was given");
        address giver = address(uint160(0x91e0 + ((world.calls() / 2) % 3)));
        same(pricing.givenBy(relief, giver), fold.givenBy(relief, giver), "6: what somebody gave");
        uint32 member = 3 + uint32((world.calls() / 2) % 10);
        uint16 month = world.c().month() - uint16((world.calls() / 2) % 4);
        (uint256 own, uint256 all) = pricing.relieved(relief, MemberId.wrap(member), PeriodId.wrap(month));
        (uint256 ownToo, uint256 allToo) = fold.relieved(relief, member, month);
        same(own, ownToo, "6: what a relief paid for one");
        same(all, allToo, "6: what a relief paid");
        (address key, uint16 service) = (world.c().addressOf(1), uint16(1 + ((world.calls() / 2) % 4)));
        check(pricing.isAccredited(key, service) == fold.isAccredited(key, service), "6: an attestor");
    }

    /// @dev No relief pays beyond its caps, nor a grant beyond what it holds; one of them at each step.
    function reliefsKeepToTheirCaps(Docket world) internal view {
        (Pricing pricing, ReliefTwin twin) = (world.pricing(), world.reliefs());
        if (twin.count() == 0) return;
        uint32 relief = 1 + uint32((world.calls() / 2) % twin.count());
        (Relief memory terms, bool isGrant) = pricing.reliefOf(relief);
        uint32 member = 3 + uint32((world.calls() / 6) % 10);
        uint16 month = world.c().month() - uint16((world.calls() / 4) % 4);
        (uint256 own, uint256 all) = pricing.relieved(relief, MemberId.wrap(member), PeriodId.wrap(month));
        check(own <= terms.memberCap, "a relief paid one more than its cap");
        check(all <= terms.cap, "a relief paid more than its cap");
        same(own, twin.paidFor(relief, month, member), "what a relief paid for one");
        same(all, twin.paid(relief, month), "what a relief paid");
        Grant memory grant = pricing.grantOf(relief);
        check(isGrant || grant.given == 0, "a relief that was given money");
        check(grant.balance <= grant.given, "2: a grant holds more than its givers can claim");
        same(grant.balance, twin.one(relief).balance, "what is left of a grant");
    }

    /// @dev One naming, net, invoice, agreement and work at each step.
    function samePromises(Docket world) internal view {
        (PricingFold fold, uint256 calls) = (world.pricingFold(), world.calls() / 2);
        MemberId member = MemberId.wrap(uint32(3 + (calls % 10)));
        uint16 month = world.c().month() + 3 - uint16((calls / 10) % 16);
        (uint16 rate, uint64 cap) = world.compensation().namedFor(member, PeriodId.wrap(month));
        Named memory named = fold.namedFor(MemberId.unwrap(member), month);
        check(rate == named.rate && cap == named.cap, "6: a naming");
        // What a watched account netted is written when it is rolled; else it is zero.
        int256 net = world.ledger().netOf(member, PeriodId.wrap(month));
        if (net != 0) same(net, world.fold().netOf(MemberId.unwrap(member), month), "6: a net");
        if (fold.lastInvoice() != 0) {
            uint32 invoice = 1 + uint32(calls % fold.lastInvoice());
            bytes32 told = keccak256(abi.encode(fold.invoiceOf(invoice)));
            same(keccak256(abi.encode(world.advances().invoiceOf(invoice))), told, "6: an invoice");
        }
        if (fold.lastAgreement() != 0) {
            uint32 agreement = 1 + uint32(calls % fold.lastAgreement());
            (PeriodId from, PeriodId until) = world.register().agreementOf(agreement);
            (uint16 fromToo, uint16 untilToo) = fold.agreementOf(agreement);
            check(PeriodId.unwrap(from) == fromToo, "6: an agreement's first month");
            check(PeriodId.unwrap(until) == untilToo, "6: an agreement's last month");
        }
        if (fold.lastResource() != 0) {
            uint32 work = 1 + uint32(calls % fold.lastResource());
            uint32 holder = MemberId.unwrap(world.resources().holderOf(work));
            same(holder, fold.holderOf(work), "6: a work's holder");
            same(holder, world.works().holder(work), "a work's holder");
        }
    }
}
