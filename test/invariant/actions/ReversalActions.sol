// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ChargedRecord, ChargedStatement} from "../../../contracts/interfaces/IReversals.sol";
import {RecordProof, ServiceRecord} from "../../../contracts/types/ServiceRecord.sol";
import {RecordTrees} from "../../support/RecordTrees.sol";
import {vm} from "../../support/Vm.sol";
import {Bill, Billing} from "../Billing.sol";

/// @title ReversalActions
/// @notice Refunds of records and of statements, duplicates that are ones and duplicates that are not.
abstract contract ReversalActions is Billing {
    /// @dev A record of a bill.
    struct Place {
        uint256 bill;
        uint256 index;
    }

    function refund(uint256 seed) external acting {
        if (_bills.length == 0) return;
        (uint256 i, Bill memory one) = _bill(seed);
        if (one.records.length == 0) return;
        (address who, bool holds) = _caller(one.supplier, mix(seed, 1));
        RecordTrees.Parties memory parties = _parties(one.supplier, one.consumer);
        bool[] memory known = RecordTrees.places(mix(seed, 2), one.records.length);
        RecordProof memory proof = RecordTrees.prove(parties, one.records, known);
        ServiceRecord[] memory shown = RecordTrees.shown(one.records, proof);
        (ChargedStatement memory charged, bool proven) = _charged(one, mix(seed, 3));
        uint256 marks = _marks(proof);
        bool fresh = !one.whole && one.back & marks == 0;
        uint256 expected = _least(_sum(shown), one.gross - one.given);
        if (mix(seed, 4) % 16 == 0) (shown[0].amount, proven) = (shown[0].amount ^ 1, false);
        if (holds) _consent(one.supplier, expected);
        bool done;
        vm.prank(who);
        try reversals.refund(charged, shown, proof) returns (uint256 amount) {
            done = true;
            _expect(amount == expected, "a refund gave back another sum");
            _bills[i].back |= marks;
            _giveBack(i, amount);
        } catch {
            done = false;
        }
        _settle("refund", done, holds && proven && fresh && _booking());
    }

    function refundStatement(uint256 seed) external acting {
        if (_bills.length == 0) return;
        (uint256 i, Bill memory one) = _bill(seed);
        (address who, bool holds) = _caller(one.supplier, mix(seed, 1));
        (ChargedStatement memory charged, bool proven) = _charged(one, mix(seed, 2));
        uint256 expected = one.gross - one.given;
        if (holds) _consent(one.supplier, expected);
        bool done;
        vm.prank(who);
        try reversals.refundStatement(charged) returns (uint256 amount) {
            done = true;
            _expect(amount == expected, "a refund gave back another sum");
            _bills[i].whole = true;
            _giveBack(i, amount);
        } catch {
            done = false;
        }
        _settle("refundStatement", done, holds && proven && !one.whole && _booking());
    }

    /// @notice Anybody shows two charges of one record, where there are two.
    function duplicate(uint256 seed) external acting {
        (bool found, Place memory a, Place memory b) = _twice(seed);
        if (!found) return;
        if (!_before(a, b)) (a, b) = (b, a);
        // Now and then the wrong way round.
        if (mix(seed, 1) % 8 == 0) (a, b) = (b, a);
        _reverse("duplicate", a, b, mix(seed, 2));
    }

    /// @notice Somebody shows two records that need not be one.
    function noDuplicate(uint256 seed) external acting {
        if (_bills.length == 0) return;
        Place memory a = Place(seed % _bills.length, seed >> 32);
        Place memory b = Place((seed >> 64) % _bills.length, seed >> 96);
        if (_bills[a.bill].records.length == 0 || _bills[b.bill].records.length == 0) return;
        a.index %= _bills[a.bill].records.length;
        b.index %= _bills[b.bill].records.length;
        _reverse("a chance duplicate", a, b, mix(seed, 1));
    }

    function _reverse(string memory action, Place memory a, Place memory b, uint256 seed) private {
        (Bill memory first, Bill memory second) = (_bills[a.bill], _bills[b.bill]);
        bool proven = _reversible(a, b);
        ChargedRecord memory earlier = _chargedRecord(first, a.index);
        ChargedRecord memory later = _chargedRecord(second, b.index);
        bool shown;
        (later.charged, shown) = _charged(second, seed);
        uint256 expected = _least(later.record.amount, second.gross - second.given);
        // 4. A proven reversal of its own credit, which its supplier cannot refuse.
        if (proven) _consent(second.supplier, expected);
        bool done;
        vm.prank(STRANGER);
        try reversals.reverseDuplicate(earlier, later) returns (uint256 amount) {
            done = true;
            _expect(amount == expected, "a duplicate gave back another sum");
            _bills[b.bill].back |= 1 << b.index;
            _giveBack(b.bill, amount);
        } catch {
            done = false;
        }
        _settle(action, done, proven && shown && _booking());
        if (proven && a.bill == b.bill) _settle("duplicate within a statement", done, shown && _booking());
    }

    /// @dev 5. One record of one pair, charged twice, neither given back, both really charged.
    function _reversible(Place memory a, Place memory b) private view returns (bool) {
        (Bill storage first, Bill storage second) = (_bills[a.bill], _bills[b.bill]);
        if (_isBack(first, a.index) || _isBack(second, b.index)) return false;
        if (!_wasCharged(first, a.index) || !_wasCharged(second, b.index)) return false;
        return _same(a, b) && _before(a, b);
    }

    /// @dev Of a claim that was charged in part only its receipts tell what was.
    function _wasCharged(Bill memory one, uint256 index) private view returns (bool) {
        if (_sum(one.records) <= one.gross) return true;
        bytes32 leaf = RecordTrees.leaf(_parties(one.supplier, one.consumer), one.records[index]);
        return provenIn[leaf] == one.digest;
    }

    function _giveBack(uint256 i, uint256 amount) private {
        Bill storage one = _bills[i];
        if (twin.debtOf(one.consumer, one.supplier) != 0 && amount != 0) ++succeeded["a debt was cancelled"];
        if (twin.room(one.supplier) < amount) ++succeeded["a supplier lacked room"];
        one.given += amount;
        _expect(one.given <= one.gross, "5: more was given back than charged");
        uint256 aid = one.gross == 0 ? 0 : (one.given * one.relieved) / one.gross - one.aided;
        one.aided += aid;
        twin.giveBack(one.supplier, one.consumer, amount - aid);
        if (aid == 0) return;
        twin.giveBack(one.supplier, 2, aid);
        ++succeeded["RELIEF got back"];
        if (one.given == one.gross) _expect(one.aided == one.relieved, "1: RELIEF did not get its part back");
    }

    /// @dev The proof that a statement was charged; now and then a wrong one.
    function _charged(
        Bill memory one,
        uint256 seed
    ) private pure returns (ChargedStatement memory charged, bool right) {
        charged = ChargedStatement({
            statement: one.packed,
            gross: uint64(one.gross),
            fee: uint64(one.fee),
            acknowledged: uint64(one.acknowledged),
            relieved: uint64(one.relieved),
            batchRoot: one.batchRoot,
            path: one.path
        });
        if (seed % 16 == 0) ++charged.gross;
        else if (seed % 16 == 1) charged.acknowledged ^= 1;
        else if (seed % 16 == 4) charged.relieved ^= uint64(seed >> 8) | 1;
        else if (seed % 16 == 2) charged.batchRoot = keccak256(abi.encode(charged.batchRoot));
        else if (seed % 16 == 3) charged.path = new bytes32[](one.path.length + 1);
        else right = true;
    }

    function _chargedRecord(
        Bill memory one,
        uint256 index
    ) private view returns (ChargedRecord memory shown) {
        bool[] memory known = new bool[](one.records.length);
        known[index] = true;
        (shown.charged, ) = _charged(one, 15);
        shown.record = one.records[index];
        shown.proof = RecordTrees.prove(_parties(one.supplier, one.consumer), one.records, known);
    }

    /// @dev Two charges of one record, looked for among all bills from a random one on.
    function _twice(uint256 seed) private view returns (bool, Place memory a, Place memory b) {
        uint256 count = _bills.length;
        for (uint256 n = 0; n < count && n < 12; ++n) {
            a.bill = ((seed % count) + n) % count;
            for (a.index = 0; a.index < _bills[a.bill].records.length; ++a.index) {
                if (_isBack(_bills[a.bill], a.index)) continue;
                for (b.bill = 0; b.bill < count; ++b.bill) {
                    if (!_samePair(_bills[a.bill], _bills[b.bill])) continue;
                    for (b.index = 0; b.index < _bills[b.bill].records.length; ++b.index) {
                        if (a.bill == b.bill && a.index == b.index) continue;
                        if (_same(a, b) && !_isBack(_bills[b.bill], b.index)) return (true, a, b);
                    }
                }
            }
        }
        return (false, a, b);
    }

    function _same(Place memory a, Place memory b) private view returns (bool) {
        (Bill storage first, Bill storage second) = (_bills[a.bill], _bills[b.bill]);
        ServiceRecord storage one = first.records[a.index];
        ServiceRecord storage other = second.records[b.index];
        return
            _samePair(first, second) &&
            one.request == other.request &&
            one.service == other.service &&
            one.charge == other.charge;
    }

    function _samePair(Bill storage one, Bill storage other) private view returns (bool) {
        return one.supplier == other.supplier && one.consumer == other.consumer;
    }

    /// @dev Charged earlier, or at once under a lower number or, in one statement, at a lower place.
    function _before(Place memory a, Place memory b) private view returns (bool) {
        (Bill storage first, Bill storage second) = (_bills[a.bill], _bills[b.bill]);
        if (first.postedAt != second.postedAt) return first.postedAt < second.postedAt;
        if (first.number != second.number) return first.number < second.number;
        return a.index < b.index;
    }

    function _isBack(Bill storage one, uint256 index) private view returns (bool) {
        return one.whole || (one.back >> index) & 1 == 1;
    }

    /// @dev A bill, mostly one with something left to give back.
    function _bill(uint256 seed) private view returns (uint256 i, Bill memory) {
        i = seed % _bills.length;
        for (uint256 n = 0; n < 4 && _bills[i].given == _bills[i].gross; ++n) i = (i + 1) % _bills.length;
        return (i, _bills[i]);
    }

    function _marks(RecordProof memory proof) private pure returns (uint256 marks) {
        for (uint256 i = 0; i < proof.indices.length; ++i) marks |= 1 << proof.indices[i];
    }

    function _least(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
