// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Outcome, Stage} from "../../../contracts/interfaces/IClaims.sol";
import {RecordProof, ServiceRecord} from "../../../contracts/types/ServiceRecord.sol";
import {RecordTrees} from "../../support/RecordTrees.sol";
import {Draft, Statements} from "../../support/Statements.sol";
import {vm} from "../../support/Vm.sol";
import {Case, Docket} from "../Docket.sol";
import {Tariff} from "../Tariff.sol";

/// @title ClaimActions
/// @notice What parties do about statements that nobody countersigned.
abstract contract ClaimActions is Docket {
    function claim(uint256 seed) external acting {
        _claim(seed);
        _claim(mix(seed, 77));
    }

    function dispute(uint256 seed) external acting movingNothing("a dispute") {
        if (_cases.length == 0) return;
        uint32 consumer = _cases[_case(seed, Stage.Open)].bill.consumer;
        bytes32[] memory list = _list(seed, consumer);
        (address who, bool holds) = _caller(consumer, mix(seed, 1));
        uint256 expected = _disputable(consumer, list);
        bool done;
        vm.prank(who);
        try claims.dispute(_id(consumer), list) returns (uint256 disputed) {
            done = true;
            _expect(disputed == expected, "other claims were disputed");
            _disputed(consumer, list);
        } catch {
            done = false;
        }
        _settle("dispute", done, holds && expected != 0);
        if (expected > 1) _settle("dispute many", done, holds);
    }

    function disputeFor(uint256 seed) external acting movingNothing("a dispute") {
        if (_cases.length == 0) return;
        uint32 consumer = _cases[_case(seed, Stage.Open)].bill.consumer;
        bytes32[] memory list = _list(seed, consumer);
        uint40 deadline = uint40(block.timestamp + (seed % 100) - 5);
        bytes32 hash = Statements.disputeHash(consumer, list, deadline);
        bytes32 digest = Statements.digest(address(ledger), hash);
        (bytes memory signature, bool signed) = _signature(consumer, digest, mix(seed, 1));
        uint256 expected = _disputable(consumer, list);
        bool done;
        vm.prank(STRANGER);
        try claims.disputeFor(_id(consumer), list, deadline, signature) returns (uint256 disputed) {
            done = true;
            _expect(disputed == expected, "other claims were disputed");
            _disputed(consumer, list);
        } catch {
            done = false;
        }
        _settle("disputeFor", done, signed && expected != 0 && deadline >= block.timestamp);
    }

    function accept(uint256 seed) external acting {
        if (_cases.length == 0) return;
        uint256 i = _case(seed, seed % 2 == 0 ? Stage.Open : Stage.Disputed);
        Case memory one = _cases[i];
        (bytes memory signature, bool signed) = _signature(one.bill.consumer, one.bill.digest, mix(seed, 1));
        if (signed) _consent(one.bill.consumer, one.gross + one.fee);
        bool done;
        vm.prank(STRANGER);
        try claims.accept(one.bill.digest, signature) {
            done = true;
            _end(i, Outcome.Accepted, one.gross, one.fee);
        } catch {
            done = false;
        }
        _settle("accept", done, signed && _unjudged(one) && _chargeable(one.gross + one.fee));
    }

    function prove(uint256 seed) external acting {
        if (_cases.length == 0) return;
        uint256 i = _case(seed, seed % 2 == 0 ? Stage.Open : Stage.Disputed);
        Case memory one = _cases[i];
        RecordTrees.Parties memory parties = _parties(one.bill.supplier, one.bill.consumer);
        bool[] memory known = RecordTrees.places(mix(seed, 1), one.bill.records.length);
        RecordProof memory proof = RecordTrees.prove(parties, one.bill.records, known);
        ServiceRecord[] memory shown = RecordTrees.shown(one.bill.records, proof);
        (bytes[] memory receipts, bool received) = _receipts(parties, shown, mix(seed, 2));
        (bool priced, uint256 gross, uint256 fee) = _pricedRecords(one, shown);
        (address who, bool holds) = _caller(one.bill.supplier, mix(seed, 3));
        received = received && _unspent(parties, shown);
        if (mix(seed, 4) % 8 == 0) (shown[0].details, received) = (bytes32(seed), false);
        if (received) _consent(one.bill.consumer, gross + fee);
        bool done;
        vm.prank(who);
        try claims.prove(_id(one.bill.supplier), one.bill.packed, shown, proof, receipts) {
            done = true;
            for (uint256 n = 0; n < shown.length; ++n) {
                provenIn[RecordTrees.leaf(parties, shown[n])] = one.bill.digest;
            }
            _end(i, Outcome.Proven, gross, fee);
        } catch {
            done = false;
        }
        bool predicted = holds && received && priced && _unjudged(one) && _chargeable(gross + fee);
        // The register forgets agreements once nothing can be posted for their months.
        if (predicted && one.period + 3 < c.month() && _agreedIn(one)) predicted = done;
        _settle("prove", done, predicted);
    }

    function withdrawClaim(uint256 seed) external acting {
        if (_cases.length == 0) return;
        uint256 i = _case(seed, seed % 2 == 0 ? Stage.Open : Stage.Disputed);
        Case memory one = _cases[i];
        (address who, bool holds) = _caller(one.bill.supplier, mix(seed, 1));
        bool done;
        vm.prank(who);
        try claims.withdrawClaim(one.bill.digest) {
            done = true;
            _end(i, Outcome.Withdrawn, 0, 0);
        } catch {
            done = false;
        }
        _settle("withdrawClaim", done, holds && _unjudged(one));
    }

    function _claim(uint256 seed) private {
        uint32 supplier = _supplier(mix(seed, 1));
        (Draft memory draft, ServiceRecord[] memory records) = _draft(mix(seed, 2), supplier, 100, 40);
        (address who, bool holds) = _caller(supplier, mix(seed, 3));
        (bool predicted, uint256 gross, uint256 fee) = _claimable(draft, records);
        Case memory one;
        one.bill = _billOf(draft, records);
        (one.period, one.tier) = (draft.period, _tierIn(draft.consumer, draft.period));
        (one.stage, one.since, one.gross, one.fee) = (Stage.Open, _reading(Stage.Open), gross, fee);
        bytes32 top;
        if (records.length != 0) top = RecordTrees.top(_parties(supplier, draft.consumer), records).hash;
        if (holds) _consent(supplier, BOND);
        bool done;
        vm.prank(who);
        try claims.claim(_id(supplier), one.bill.packed, top, uint32(records.length)) returns (bytes32 id) {
            done = true;
            _expect(id == one.bill.digest, "a claim's id is its statement's digest");
            used[supplier][draft.number] = true;
            ++openClaims[supplier][draft.consumer];
            twin.lockBond(supplier, BOND);
            _cases.push(one);
        } catch {
            done = false;
        }
        _settle("claim", done, holds && predicted);
    }

    function _claimable(
        Draft memory draft,
        ServiceRecord[] memory records
    ) private view returns (bool, uint256 gross, uint256 fee) {
        bool priced;
        (priced, gross, fee, ) = _priced(draft);
        bool good = _booking() && priced && _admissible(draft) && gross + fee <= LIMIT;
        good = good && draft.supplier > 2 && draft.consumer > 2;
        // Who holds rights is paid by countersigned statements alone.
        for (uint256 i = 0; i < draft.lines.length; ++i) good = good && draft.lines[i].resource == 0;
        good = good && records.length != 0 && _sum(records) == gross;
        good = good && openClaims[draft.supplier][draft.consumer] < PER_PAIR;
        return (good && twin.free(draft.supplier) >= BOND, gross, fee);
    }

    /// @dev What named records come to; whether each carries the price of its service.
    function _pricedRecords(
        Case memory one,
        ServiceRecord[] memory records
    ) private view returns (bool priced, uint256 gross, uint256 fee) {
        priced = true;
        Draft memory draft;
        (draft.supplier, draft.consumer) = (one.bill.supplier, one.bill.consumer);
        draft.period = one.period;
        for (uint256 i = 0; i < records.length; ++i) {
            ServiceRecord memory r = records[i];
            Tariff.Quote memory quote = _unit(draft, r.service, one.tier);
            if (!quote.offered || r.amount != uint256(quote.price) * r.quantity) priced = false;
            gross += r.amount;
            fee += uint256(quote.fee) * r.quantity;
        }
        if (fee > one.fee) fee = one.fee;
    }

    function _agreedIn(Case memory one) private view returns (bool agreed) {
        for (uint16 service = 1; service <= tariff.SERVICES() && !agreed; ++service) {
            (agreed, ) = agreements.priceOf(one.bill.supplier, one.bill.consumer, one.period, service);
        }
    }

    /// @dev 5. A receipt counts once, on whatever claim.
    function _unspent(
        RecordTrees.Parties memory parties,
        ServiceRecord[] memory records
    ) private view returns (bool) {
        bytes32[] memory leaves = new bytes32[](records.length);
        for (uint256 i = 0; i < records.length; ++i) {
            leaves[i] = RecordTrees.leaf(parties, records[i]);
            if (provenIn[leaves[i]] != 0) return false;
            for (uint256 n = 0; n < i; ++n) if (leaves[n] == leaves[i]) return false;
        }
        return true;
    }

    function _receipts(
        RecordTrees.Parties memory parties,
        ServiceRecord[] memory records,
        uint256 seed
    ) private view returns (bytes[] memory receipts, bool all) {
        receipts = new bytes[](seed % 16 == 0 ? records.length - 1 : records.length);
        all = seed % 16 != 0;
        for (uint256 i = 0; i < receipts.length; ++i) {
            bytes32 hash = Statements.receiptHash(RecordTrees.leaf(parties, records[i]));
            bool signed;
            (receipts[i], signed) = _signature(
                parties.consumer,
                Statements.digest(address(ledger), hash),
                mix(seed, i)
            );
            all = all && signed;
        }
    }

    /// @dev Up to three claims, mostly against this consumer, perhaps one twice or one that has ended.
    function _list(uint256 seed, uint32 consumer) private view returns (bytes32[] memory list) {
        list = new bytes32[](1 + ((seed >> 32) % 3));
        uint256 i = seed % _cases.length;
        for (uint256 n = 0; n < list.length; ++n) {
            for (uint256 m = 0; m < _cases.length && _cases[i].bill.consumer != consumer; ++m) {
                i = (i + 1) % _cases.length;
            }
            list[n] = _cases[i].bill.digest;
            if (mix(seed, n) % 8 == 0) list[n] = _cases[mix(seed, n + 9) % _cases.length].bill.digest;
            else if (mix(seed, n) % 8 == 1 && _ended.length != 0) list[n] = _ended[seed % _ended.length];
            if (mix(seed, n) % 8 != 2) i = (i + 1) % _cases.length;
        }
    }

    /// @dev How many of a list can be disputed, each once.
    function _disputable(uint32 consumer, bytes32[] memory list) private view returns (uint256 count) {
        for (uint256 i = 0; i < _cases.length; ++i) {
            if (_named(consumer, list, i)) ++count;
        }
    }

    function _disputed(uint32 consumer, bytes32[] memory list) private {
        for (uint256 i = 0; i < _cases.length; ++i) {
            if (_named(consumer, list, i)) _enter(_cases[i], Stage.Disputed);
        }
    }

    function _named(uint32 consumer, bytes32[] memory list, uint256 i) private view returns (bool) {
        Case storage one = _cases[i];
        if (one.stage != Stage.Open || one.bill.consumer != consumer || _due(one)) return false;
        for (uint256 n = 0; n < list.length; ++n) if (list[n] == one.bill.digest) return true;
        return false;
    }
}
