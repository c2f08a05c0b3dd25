// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PostedBatch} from "../../contracts/interfaces/ILedger.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {ServiceRecord} from "../../contracts/types/ServiceRecord.sol";
import {RecordTrees} from "../support/RecordTrees.sol";
import {Draft, Line, Statements} from "../support/Statements.sol";
import {Tariff} from "./Tariff.sol";
import {World} from "./World.sol";

/// @notice A statement with its records, as it was charged.
/// @param packed as in a batch, up to its signature
/// @param postedAt when it was charged, in seconds since 1970
/// @param relieved what others paid of its gross
/// @param given what was given back of its gross
/// @param aided the part of it that went to RELIEF
/// @param whole whether it was refunded whole
/// @param back the places of the records that were given back, one bit each
struct Bill {
    uint32 supplier;
    uint32 consumer;
    uint32 number;
    bytes packed;
    bytes32 digest;
    ServiceRecord[] records;
    uint256 gross;
    uint256 fee;
    uint256 acknowledged;
    uint256 relieved;
    bytes32 batchRoot;
    bytes32[] path;
    uint256 postedAt;
    uint256 given;
    uint256 aided;
    bool whole;
    uint256 back;
}

/// @title Billing
/// @notice Statements and their records, good and bad, and the file of those that were charged.
abstract contract Billing is World {
    /// @notice Which numbers a supplier has used: one bit each, plainly.
    mapping(uint32 supplier => mapping(uint32 number => bool)) public used;

    /// @notice The claim that charged a record by its receipt.
    mapping(bytes32 leaf => bytes32 digest) public provenIn;

    Bill[] internal _bills;
    mapping(bytes32 digest => uint256) private _charges;

    function bills() external view returns (uint256) {
        return _bills.length;
    }

    function bill(uint256 index) external view returns (Bill memory) {
        return _bills[index];
    }

    function leafOf(Bill calldata one, uint256 index) external view returns (bytes32) {
        return RecordTrees.leaf(_parties(one.supplier, one.consumer), one.records[index]);
    }

    /// @dev Invariant 5: what was charged is filed, and no statement is charged twice.
    function _file(Bill memory one) internal {
        one.postedAt = block.timestamp;
        _expect(++_charges[one.digest] == 1, "5: a statement was charged twice");
        PostedBatch memory batch = ledger.batchOf(one.batchRoot);
        bool found = MemberId.unwrap(batch.supplier) == one.supplier && batch.postedAt == one.postedAt;
        _expect(found, "the batch is not where it was posted");
        _bills.push(one);
    }

    function _billOf(
        Draft memory draft,
        ServiceRecord[] memory records
    ) internal view returns (Bill memory one) {
        one.supplier = draft.supplier;
        one.consumer = draft.consumer;
        one.number = draft.number;
        one.packed = Statements.pack(draft, 0, "");
        one.digest = _digest(draft);
        one.records = records;
    }

    function _digest(Draft memory draft) internal view returns (bytes32) {
        return Statements.digest(address(ledger), Statements.structHash(draft));
    }

    function _parties(uint32 supplier, uint32 consumer) internal view returns (RecordTrees.Parties memory) {
        return RecordTrees.Parties(RecordTrees.domain(address(ledger)), supplier, consumer);
    }

    /// @dev But for countersignature and room.
    function _admissible(Draft memory draft) internal view returns (bool) {
        uint16 current = c.month();
        return
            draft.consumer != draft.supplier &&
            draft.consumer != 2 &&
            draft.supplier != 2 &&
            draft.lastPeriod >= current &&
            draft.period <= current &&
            draft.period + 3 >= current &&
            _activeIn(draft.supplier, draft.period) &&
            _activeIn(draft.consumer, draft.period) &&
            !used[draft.supplier][draft.number];
    }

    /// @dev What a unit costs between the two: what they agreed where the schedule is not cheaper.
    function _unit(
        Draft memory draft,
        uint16 service,
        uint8 tier
    ) internal view returns (Tariff.Quote memory quote) {
        quote = tariff.quote(draft.period, service, tier);
        (bool agreed, uint64 price) = agreements.priceOf(
            draft.supplier,
            draft.consumer,
            draft.period,
            service
        );
        if (agreed && price <= quote.price) quote.price = price;
    }

    /// @dev What a line comes to without fee.
    function _grossOf(Draft memory draft, uint256 i) internal view returns (uint256) {
        uint8 tier = _tierIn(draft.consumer, draft.period);
        return uint256(_unit(draft, draft.lines[i].service, tier).price) * draft.lines[i].quantity;
    }

    /// @dev Whether a line may use its work, and what it earns its holder. Nobody asks itself, nor owes itself anything.
    function _license(
        Draft memory draft,
        uint256 i
    ) internal view returns (bool allowed, uint32 holder, uint256 royalty) {
        Line memory line = draft.lines[i];
        if (line.resource == 0) return (true, 0, 0);
        holder = works.holderIn(line.resource, draft.period);
        // Every member is of one kind; COMMONS is of none.
        uint8 kind = draft.consumer == 1 ? 0 : 1;
        (allowed, royalty) = works.useOf(line.resource, line.service, kind, draft.period);
        if (holder == draft.consumer || (!allowed && holder == draft.supplier)) return (true, holder, 0);
        royalty *= line.quantity;
    }

    function _priced(
        Draft memory draft
    ) internal view returns (bool, uint256 gross, uint256 fee, uint256 royalties) {
        uint8 tier = _tierIn(draft.consumer, draft.period);
        for (uint256 i = 0; i < draft.lines.length; ++i) {
            Line memory line = draft.lines[i];
            Tariff.Quote memory quote = _unit(draft, line.service, tier);
            (bool allowed, , uint256 royalty) = _license(draft, i);
            if (!quote.offered || !allowed) return (false, 0, 0, 0);
            gross += uint256(quote.price) * line.quantity;
            fee += uint256(quote.fee) * line.quantity;
            royalties += royalty;
        }
        bool within = gross + fee + royalties <= draft.maximum;
        return (draft.lines.length != 0 && within, gross, fee, royalties);
    }

    /// @dev A supplier; every other time one of a few, so that pairs meet again.
    function _supplier(uint256 seed) internal view returns (uint32) {
        return _active(mix(seed, 1), seed % 2 == 0 ? uint32(bound(seed >> 8, 3, 5)) : _member(seed >> 8));
    }

    /// @dev That member or, mostly, the next one that can give and draw this month.
    function _active(uint256 seed, uint32 member) private view returns (uint32) {
        if (seed % 16 == 0) return member;
        for (uint32 i = 0; i < LAST && !_activeIn(member, c.month()); ++i) member = _next(member);
        return member;
    }

    function _next(uint32 member) private view returns (uint32) {
        return 3 + ((member - 2) % (population - 2));
    }

    /// @dev A statement, each of its parts odd once in `odds` times; one in `works_` names works.
    function _draft(
        uint256 seed,
        uint32 supplier,
        uint256 odds,
        uint256 works_
    ) internal view returns (Draft memory draft, ServiceRecord[] memory records) {
        uint16 current = c.month();
        draft.supplier = supplier;
        draft.consumer = uint32(bound(seed >> 8, 3, mix(seed, 10) % 2 == 0 ? 6 : population));
        draft.consumer = _active(mix(seed, 11), draft.consumer);
        if (draft.consumer == supplier && mix(seed, 1) % odds != 0) {
            draft.consumer = _active(mix(seed, 12), _next(supplier));
        }
        if (mix(seed, 2) % odds == 0) draft.consumer = uint32((seed >> 16) % 16);
        else if (mix(seed, 13) % odds < odds / 10 && supplier != 1) draft.consumer = 1;
        draft.number = uint32((seed >> 32) % 600);
        if (mix(seed, 3) % odds == 0) draft.number = uint32(seed >> 64);
        draft.period = current;
        if ((seed >> 95) % 2 == 0) draft.period -= uint16((seed >> 96) % 4);
        if (mix(seed, 4) % odds == 0) draft.period = uint16(current + 2 - ((seed >> 100) % 8));
        draft.lastPeriod = current + uint16((seed >> 104) % 3);
        if (mix(seed, 5) % odds == 0) draft.lastPeriod = current - 1;
        draft.lines = new Line[](mix(seed, 7) % odds == 0 ? 0 : 1 + ((seed >> 108) % 3));
        for (uint256 i = 0; i < draft.lines.length; ++i) {
            uint256 own = mix(seed, 200 + i);
            uint16 service = uint16(1 + (own % 3));
            for (uint256 n = 0; n < 3 && !_offered(draft, service); ++n) service = 1 + (service % 3);
            if (mix(own, 1) % odds == 0) service = uint16(own >> 64);
            draft.lines[i] = Line(
                service,
                uint32((own >> 8) % (own % (draft.consumer == 1 ? 5 : 19) == 0 ? 1 << 32 : 5)),
                0
            );
            if (mix(seed, 14) % works_ == 0) draft.lines[i].resource = _work(mix(own, 2), draft, i, odds);
        }
        records = _records(mix(seed, 6), draft, odds);
        draft.root = bytes32(mix(seed, 9));
        if (records.length != 0) {
            (draft.root, ) = RecordTrees.build(_parties(supplier, draft.consumer), records);
        }
        draft.maximum = type(uint64).max;
        (, uint256 gross, uint256 fee, uint256 royalties) = _priced(draft);
        uint256 due = gross + fee + royalties;
        if (mix(seed, 8) % odds == 0 && due != 0) --due;
        else if (seed % 3 == 0) due += seed % 1e6;
        draft.maximum = due > type(uint64).max ? type(uint64).max : uint64(due);
    }

    /// @dev A work that the line may use, if there is one; none for one line in four.
    function _work(
        uint256 seed,
        Draft memory draft,
        uint256 i,
        uint256 odds
    ) private view returns (uint32 work) {
        uint32 count = works.last();
        if (seed % 4 == 0) return 0;
        if (mix(seed, 1) % odds == 0) return uint32((seed >> 8) % (count + 2));
        for (uint32 n = 0; n < count && n < 6; ++n) {
            draft.lines[i].resource = 1 + uint32(((seed >> 8) + n) % count);
            (bool allowed, , uint256 royalty) = _license(draft, i);
            if (allowed) work = draft.lines[i].resource;
            if (royalty != 0) break;
        }
    }

    function _offered(Draft memory draft, uint16 service) private view returns (bool) {
        return tariff.quote(draft.period, service, _tierIn(draft.consumer, draft.period)).offered;
    }

    /// @dev One or two records a line, out of a few requests, so that some are charged twice. Now and then one
    /// carries another amount than it should. None where an amount would be far too large.
    function _records(
        uint256 seed,
        Draft memory draft,
        uint256 odds
    ) private view returns (ServiceRecord[] memory records) {
        uint8 tier = _tierIn(draft.consumer, draft.period);
        records = new ServiceRecord[](2 * draft.lines.length);
        uint256 count = 0;
        for (uint256 i = 0; i < draft.lines.length; ++i) {
            Line memory line = draft.lines[i];
            uint256 price = _unit(draft, line.service, tier).price;
            if (price * line.quantity > 1 << 60) return new ServiceRecord[](0);
            uint32 rest = line.quantity;
            if (rest > 1 && mix(seed, i) % 2 == 0) {
                records[count++] = _record(mix(seed, 10 + i), line.service, 1, price);
                --rest;
            }
            records[count++] = _record(mix(seed, 20 + i), line.service, rest, price);
        }
        if (count != 0 && seed % odds == 0) records[0].amount += uint64(seed >> 200) & 0xffff;
        assembly ("memory-safe") {
            mstore(records, count)
        }
    }

    function _record(
        uint256 seed,
        uint16 service,
        uint32 quantity,
        uint256 price
    ) private pure returns (ServiceRecord memory) {
        return
            ServiceRecord({
                request: keccak256(abi.encode("request", seed % 3)),
                service: service,
                charge: (seed >> 8) % 8 == 0 ? 1 : 0,
                quantity: quantity,
                amount: uint64(price * quantity),
                // The same for one request, mostly, so that a receipt may be shown again.
                details: (seed >> 16) % 4 == 0 ? bytes32(mix(seed, 1)) : bytes32(0)
            });
    }

    function _sum(ServiceRecord[] memory records) internal pure returns (uint256 sum) {
        for (uint256 i = 0; i < records.length; ++i) sum += records[i].amount;
    }
}
