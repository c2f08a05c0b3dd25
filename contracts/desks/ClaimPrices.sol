// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Claim, IClaims} from "../interfaces/IClaims.sol";
import {IPricing, Order} from "../interfaces/IPricing.sol";
import {Membership} from "../interfaces/IRegister.sol";
import {StatementCodec} from "../libraries/StatementCodec.sol";
import {FIRST_MEMBER, MemberId} from "../types/MemberId.sol";
import {NO_PERIOD, PeriodId, POSTING_WINDOW, periodOf} from "../types/PeriodId.sol";
import {ServiceRecord} from "../types/ServiceRecord.sol";
import {Fault, Statement} from "../types/Statement.sol";
import {Desk} from "./Desk.sol";

/// @title ClaimPrices
/// @notice Whether a statement could be posted but for its countersignature, and what it comes to.
abstract contract ClaimPrices is IClaims, Desk {
    /// @notice What services cost between two members.
    IPricing public immutable PRICING;

    constructor(IPricing pricing) {
        PRICING = pricing;
    }

    /// @dev The same questions as in posting, in the same order; never relieved and without works.
    function _price(
        MemberId supplier,
        Statement memory statement,
        bytes calldata packed,
        uint8 tier,
        uint8 supplierTier,
        uint256 limit
    ) internal view returns (uint64, uint64) {
        (Fault fault, uint256 found, uint256 bound) = _admissible(supplier, statement);
        if (fault != Fault.None) revert ClaimFault(supplier, statement.number, fault, found, bound);
        uint256 gross;
        uint256 fee;
        (fault, gross, fee, , , ) = PRICING.quote(
            Order({
                supplier: supplier,
                consumer: statement.consumer,
                period: statement.period,
                tier: tier,
                supplierTier: supplierTier,
                choosy: true,
                countersigned: false,
                lineSize: uint8(statement.lineSize),
                maximum: statement.maximum,
                reliefRoom: 0
            }),
            StatementCodec.linesOf(packed, statement)
        );
        if (fault != Fault.None) revert ClaimFault(supplier, statement.number, fault, gross, fee);
        if (gross + fee > limit) revert ClaimTooLarge(gross + fee, limit);
        // Both are at most the maximum of 64 bits by now.
        return (uint64(gross), uint64(fee));
    }

    /// @dev What named records of a claim come to. Each must carry the price of its service, as the auditor demands; where
    /// the schedule bounds what a line costs, what its receipt says. The tree keeps their sum within what was claimed.
    function _priceRecords(
        bytes32 id,
        Claim memory claim_,
        PeriodId period,
        ServiceRecord[] calldata records
    ) internal view returns (uint256 gross, uint256 fee) {
        for (uint256 i = 0; i < records.length; ++i) {
            ServiceRecord calldata record = records[i];
            (bool offered, uint256 price, uint256 fee_) = PRICING.unitPrice(
                claim_.supplier,
                claim_.consumer,
                period,
                record.service,
                claim_.tier,
                claim_.supplierTier
            );
            uint256 due = price * record.quantity;
            bool priced = record.amount == due || _bounded(claim_, period, record.service);
            if (!offered || !priced) revert ClaimRecordPriced(id, i, record.amount, due);
            gross += record.amount;
            fee += fee_ * record.quantity;
        }
    }

    function _bounded(
        Claim memory claim_,
        PeriodId period,
        uint16 service
    ) private view returns (bool bounded) {
        (, , , bounded) = PRICING.SCHEDULE().priceOf(period, service, claim_.tier, claim_.supplierTier);
    }

    function _admissible(
        MemberId supplier,
        Statement memory statement
    ) private view returns (Fault, uint256 found, uint256 bound) {
        MemberId consumer = statement.consumer;
        uint256 month = PeriodId.unwrap(statement.period);
        PeriodId now_ = periodOf(block.timestamp);
        uint256 current = PeriodId.unwrap(now_);
        if (consumer == supplier) return (Fault.SameParty, MemberId.unwrap(consumer), 0);
        if (consumer < FIRST_MEMBER) return (Fault.Reserved, MemberId.unwrap(consumer), 0);
        if (supplier < FIRST_MEMBER) return (Fault.Reserved, MemberId.unwrap(supplier), 0);
        if (statement.lastPeriod < now_) {
            return (Fault.Expired, current, PeriodId.unwrap(statement.lastPeriod));
        }
        if (month > current) return (Fault.PeriodAhead, month, current);
        if (month + POSTING_WINDOW < current) return (Fault.PeriodPast, month, current - POSTING_WINDOW);
        if (!_ranIn(supplier, statement.period)) {
            return (Fault.SupplierInactive, MemberId.unwrap(supplier), 0);
        }
        if (!_ranIn(consumer, statement.period)) {
            return (Fault.ConsumerInactive, MemberId.unwrap(consumer), 0);
        }
        if (statement.lineCount == 0) return (Fault.NoLines, 0, 0);
        return (Fault.None, 0, 0);
    }

    /// @dev Whether a member could give and draw in a month.
    function _ranIn(MemberId member, PeriodId month) private view returns (bool) {
        Membership memory membership = REGISTER.membership(member);
        if (membership.since == NO_PERIOD || month < membership.since) return false;
        return membership.until == NO_PERIOD || month <= membership.until;
    }

    function _tierIn(MemberId member, PeriodId month) internal view returns (uint8) {
        Membership memory membership = REGISTER.membership(member);
        return month < membership.tierSince ? membership.priorTier : membership.tier;
    }
}
