// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IAgreements} from "../interfaces/IAgreements.sol";
import {IFeeSchedule} from "../interfaces/IFeeSchedule.sol";
import {IPricing, Order} from "../interfaces/IPricing.sol";
import {IRegister} from "../interfaces/IRegister.sol";
import {IResources} from "../interfaces/IResources.sol";
import {Legs} from "../libraries/Legs.sol";
import {Lines} from "../libraries/Lines.sol";
import {Aid} from "../types/Aid.sol";
import {FIRST_MEMBER, MemberId} from "../types/MemberId.sol";
import {PeriodId} from "../types/PeriodId.sol";
import {PricedLine, UnitPrice} from "../types/PricedLine.sol";
import {Fault} from "../types/Statement.sol";
import {Attestors} from "./Attestors.sol";
import {Desk} from "./Desk.sol";
import {Relieving} from "./Relieving.sol";

/// @title Pricing
/// @notice See IPricing.
contract Pricing is Relieving, Attestors {
    /// @inheritdoc IPricing
    IFeeSchedule public immutable SCHEDULE;

    /// @inheritdoc IPricing
    IResources public immutable RESOURCES;

    constructor(
        address charter,
        IRegister register,
        IFeeSchedule schedule,
        IResources resources
    ) Desk(charter, register) {
        SCHEDULE = schedule;
        RESOURCES = resources;
    }

    /// @inheritdoc IPricing
    function priceOf(
        PeriodId period,
        uint16 service,
        uint8 tier,
        uint8 supplierTier
    ) external view returns (bool offered, uint64 price, uint64 fee, bool plain) {
        bool bounded;
        (offered, price, fee, bounded) = SCHEDULE.priceOf(period, service, tier, supplierTier);
        plain = offered && !bounded && !_relievable(period, service, tier);
    }

    /// @inheritdoc IPricing
    function unitPrice(
        MemberId supplier,
        MemberId consumer,
        PeriodId period,
        uint16 service,
        uint8 tier,
        uint8 supplierTier
    ) external view returns (bool offered, uint64 price, uint64 fee) {
        UnitPrice memory unit = _scheduled(period, service, tier, supplierTier);
        _agree(unit, supplier, consumer, period, service);
        return (unit.offered, unit.price, unit.fee);
    }

    /// @inheritdoc IPricing
    /// @dev Its faults come in this order: no lines; the two's choices; what is not offered; works; the maximum.
    function quote(
        Order calldata order,
        bytes calldata packed
    )
        external
        view
        returns (
            Fault fault,
            uint256 gross,
            uint256 fee,
            uint256 relief,
            uint256 royalties,
            uint256[] memory legs
        )
    {
        PricedLine[] memory lines = _read(order, packed);
        (fault, gross, fee) = _offered(order, lines);
        if (fault != Fault.None) return (fault, gross, fee, 0, 0, legs);

        Case memory subject;
        subject.consumer = order.consumer;
        subject.period = order.period;
        subject.tier = order.tier;
        (fault, gross, fee) = _licensed(order, subject, lines);
        if (fault != Fault.None) return (fault, gross, fee, 0, 0, legs);

        // 255 lines of at most 97 bits each: far from the end of 256.
        for (uint256 i = 0; i < lines.length; ++i) {
            PricedLine memory line = lines[i];
            line.gross = _grossOf(order, line);
            gross += line.gross;
            fee += uint256(line.unit.fee) * line.quantity;
            royalties += line.royalty;
        }
        uint256 due = gross + fee + royalties;
        if (due > order.maximum) return (Fault.AboveMaximum, due, order.maximum, 0, 0, legs);

        // None is above the maximum of 64 bits by now, nor is any part of them.
        subject.room = order.reliefRoom;
        if (order.countersigned) relief = _relieveAll(subject, lines);
        legs = _legsOf(subject, lines, royalties != 0);
    }

    /// @inheritdoc IPricing
    function settle(
        MemberId supplier,
        MemberId consumer,
        uint32 number,
        PeriodId period,
        uint256[] calldata legs
    ) external nonReentrant returns (uint256 granted) {
        if (msg.sender != address(ledger)) revert PricingLedgerOnly(msg.sender);
        for (uint256 i = 0; i < legs.length; ++i) {
            if (Legs.isAid(legs[i])) granted += _settleAid(consumer, period, legs[i]);
        }
        emit LegsSettled(supplier, number, consumer, granted, legs);
    }

    /// @dev The lines with what a unit of each costs.
    function _read(
        Order calldata order,
        bytes calldata packed
    ) private view returns (PricedLine[] memory lines) {
        lines = new PricedLine[](Lines.count(packed, order.lineSize));
        for (uint256 i = 0; i < lines.length; ++i) {
            PricedLine memory line = lines[i];
            (line.service, line.quantity, line.resource) = Lines.line(packed, order.lineSize, i);
            // Lines of one service, each for a work of its own, mostly stand together.
            if (i != 0 && lines[i - 1].service == line.service) {
                line.unit = lines[i - 1].unit;
                continue;
            }
            line.unit = _scheduled(order.period, line.service, order.tier, order.supplierTier);
            if (order.choosy) _agree(line.unit, order.supplier, order.consumer, order.period, line.service);
        }
    }

    /// @dev Whether there is anything, whether the two choose to, and whether the schedule prices it.
    function _offered(
        Order calldata order,
        PricedLine[] memory lines
    ) private view returns (Fault fault, uint256 found, uint256 limit) {
        uint256 count = lines.length;
        if (count == 0) return (Fault.NoLines, 0, 0);
        if (order.choosy) {
            uint16[] memory services = new uint16[](count);
            uint256[] memory prices = new uint256[](count);
            for (uint256 i = 0; i < count; ++i) {
                services[i] = lines[i].service;
                prices[i] = uint256(lines[i].unit.price) + lines[i].unit.fee;
            }
            (fault, found, limit) = REGISTER.refusal(
                order.supplier,
                order.consumer,
                order.period,
                services,
                prices
            );
            if (fault != Fault.None) return (fault, found, limit);
        }
        for (uint256 i = 0; i < count; ++i) {
            if (!lines[i].unit.offered) return (Fault.NotOffered, lines[i].service, order.tier);
        }
        return (Fault.None, 0, 0);
    }

    /// @dev Whether the works may be used so, and what their holders are due. A holder may let itself be supplied, and
    /// may supply, without permission of its own; it owes itself nothing.
    function _licensed(
        Order calldata order,
        Case memory subject,
        PricedLine[] memory lines
    ) private view returns (Fault, uint256 found, uint256 limit) {
        for (uint256 i = 0; i < lines.length; ++i) {
            PricedLine memory line = lines[i];
            if (line.resource == 0) continue;
            if (!order.countersigned) return (Fault.WorkClaimed, line.resource, 0);
            _know(subject);
            (bool allowed, MemberId holder, uint64 royalty) = RESOURCES.useOf(
                line.resource,
                line.service,
                SCHEDULE.actOf(line.service, order.period),
                subject.kind,
                order.period
            );
            if (holder == order.consumer) continue;
            if (allowed) {
                line.holder = holder;
                line.royalty = uint256(royalty) * line.quantity;
            } else if (!(holder == order.supplier)) {
                return (Fault.LicenceForbids, line.resource, line.service);
            }
        }
        return (Fault.None, 0, 0);
    }

    /// @dev What a line comes to without fee. The schedule's least raises no agreed price; its most holds for all.
    function _grossOf(Order calldata order, PricedLine memory line) private view returns (uint256 gross) {
        gross = uint256(line.unit.price) * line.quantity;
        if (!line.unit.bounded) return gross;
        (uint64 minimum, uint64 cap) = SCHEDULE.boundsOf(
            order.period,
            line.service,
            order.tier,
            order.supplierTier
        );
        if (gross < minimum && !line.unit.agreed) gross = minimum;
        if (gross > cap) gross = cap;
    }

    /// @dev What reliefs and grants pay of all lines. COMMONS pays in full: it is no member.
    function _relieveAll(
        Case memory subject,
        PricedLine[] memory lines
    ) private view returns (uint256 relieved_) {
        if (subject.consumer < FIRST_MEMBER) return 0;
        subject.aids = new Aid[](_aidLimit(lines.length));
        for (uint256 i = 0; i < lines.length; ++i) {
            relieved_ += _relieve(subject, lines[i].service, lines[i].gross);
        }
    }

    /// @dev One leg for each relief that pays something, then one for each holder that is due something.
    function _legsOf(
        Case memory subject,
        PricedLine[] memory lines,
        bool royal
    ) private pure returns (uint256[] memory legs) {
        uint256 count = 0;
        legs = new uint256[](subject.count + (royal ? lines.length : 0));
        for (uint256 i = 0; i < subject.count; ++i) {
            Aid aid = subject.aids[i];
            if (aid.paid() != 0) legs[count++] = Legs.aid(aid.relief(), aid.paid());
        }
        if (royal) {
            uint256 first = count;
            for (uint256 i = 0; i < lines.length; ++i) {
                if (lines[i].royalty == 0) continue;
                uint32 holder = MemberId.unwrap(lines[i].holder);
                uint256 place = first;
                while (place < count && Legs.target(legs[place]) != holder) ++place;
                if (place == count) legs[count++] = Legs.royalty(holder, lines[i].royalty);
                else legs[place] += lines[i].royalty;
            }
        }
        assembly ("memory-safe") {
            mstore(legs, count)
        }
    }

    /// @dev The schedule's price of a unit.
    function _scheduled(
        PeriodId period,
        uint16 service,
        uint8 tier,
        uint8 supplierTier
    ) private view returns (UnitPrice memory unit) {
        (unit.offered, unit.price, unit.fee, unit.bounded) = SCHEDULE.priceOf(
            period,
            service,
            tier,
            supplierTier
        );
    }

    /// @dev Puts an agreed price in the schedule's place where it is no higher.
    function _agree(
        UnitPrice memory unit,
        MemberId supplier,
        MemberId consumer,
        PeriodId period,
        uint16 service
    ) private view {
        if (!unit.offered) return;
        (bool agreed, uint64 price) = IAgreements(address(REGISTER)).agreedPrice(
            supplier,
            consumer,
            period,
            service
        );
        if (agreed && price <= unit.price) {
            unit.agreed = true;
            unit.price = price;
        }
    }
}
