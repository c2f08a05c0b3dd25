// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Ledger} from "../../contracts/Ledger.sol";
import {Claims} from "../../contracts/desks/Claims.sol";
import {Reversals} from "../../contracts/desks/Reversals.sol";
import {Price} from "../../contracts/interfaces/IFeeSchedule.sol";
import {ChargedRecord, ChargedStatement, IReversals} from "../../contracts/interfaces/IReversals.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {RecordProof, ServiceRecord} from "../../contracts/types/ServiceRecord.sol";
import {Mode} from "../../contracts/types/Statement.sol";
import {BatchTrees} from "../support/BatchTrees.sol";
import {Check} from "../support/Check.sol";
import {Consortium} from "../support/Consortium.sol";
import {RecordTrees} from "../support/RecordTrees.sol";
import {Draft, Line, Statements} from "../support/Statements.sol";
import {vm} from "../support/Vm.sol";

/// @title ReversalsTest
/// @notice What comes back of a statement, in how many parts and in what order it may be asked for.
contract ReversalsTest is Check {
    uint32 private constant SUPPLIER = 3;
    uint32 private constant CONSUMER = 4;
    uint64 private constant PRICE = 1e6;

    /// @dev A statement as it was charged, with its records.
    struct Bill {
        uint32 number;
        uint256 postedAt;
        ServiceRecord[] records;
        ChargedStatement charged;
        bytes32 digest;
    }

    Consortium private immutable _c;
    Ledger private immutable _ledger;
    Reversals private immutable _reversals;
    uint256 private immutable _start;

    constructor() {
        vm.warp(1788264000);
        _c = new Consortium(8);
        (_ledger, _reversals) = (_c.ledger(), _c.reversals());
        _c.admit(1);
        _c.admit(1);
        Price[] memory prices = new Price[](1);
        prices[0] = Price(1, 1, PRICE, 0.1e6);
        _c.publish(prices, _c.month() + 1);
        _start = 1788264000 + 31 days;
        vm.warp(_start);
        _ledger.closePeriod();
        _c.fund(SUPPLIER, 100e6);
        _c.fund(CONSUMER, 10_000e6);
    }

    /// 5. In any parts, in any order, with amounts that come to less or more than was charged: what comes back is what
    /// the records say, up to what was charged; each record once; the rest in the end; the fee never.
    function testFuzz_refundsComeToTheGross(uint256 seed, uint256 count) external {
        vm.warp(_start);
        count = bound(count, 1, 12);
        uint256 quantity = bound(mix(seed, 1), 0, 40);
        Bill memory one = _post(1, uint32(quantity), _records(seed, count, quantity, seed % 2 == 0));
        uint256 before = _worth(CONSUMER);
        (uint256 given, uint256 done) = (0, 0);
        for (uint256 i = 0; i < 5; ++i) {
            bool[] memory known = RecordTrees.places(mix(seed, 100 + i), count);
            (bool fresh, uint256 sum, uint256 marks) = _weigh(one, known, done);
            uint256 expected = sum < one.charged.gross - given ? sum : one.charged.gross - given;
            (bool refunded, uint256 amount) = _refund(one, known);
            same(refunded, fresh, "a record is given back once");
            if (!refunded) continue;
            same(amount, expected, "what the records say, up to what was charged");
            (given, done) = (given + amount, done | marks);
        }
        same(_worth(CONSUMER) - before, given, "the consumer has it");
        vm.prank(_c.addressOf(SUPPLIER));
        same(_reversals.refundStatement(one.charged), one.charged.gross - given, "the rest");
        same(_worth(CONSUMER) - before, one.charged.gross, "all but the fee");
        (bool again, ) = _refund(one, RecordTrees.places(seed, count));
        check(!again, "given back after all was");
        vm.prank(_c.addressOf(SUPPLIER));
        vm.expectRevert(abi.encodeWithSelector(IReversals.ReversalStatementDone.selector, one.digest));
        _reversals.refundStatement(one.charged);
    }

    /// 4, 5. Of a claim that was awarded in part no more comes back than was awarded, and no duplicate can be proven by
    /// or in it, since nobody can tell which of its records were charged.
    function testFuzz_anAwardInPart(uint256 seed, uint256 count, uint64 part) external {
        vm.warp(_start);
        count = bound(count, 2, 8);
        ServiceRecord[] memory records = _records(seed, count, count, true);
        records[1].request = records[0].request;
        Bill memory one = _award(records, uint64(bound(part, 1, count * PRICE - 1)));
        (bool reversed, bytes4 reason) = _reverse(one, 0, one, 1);
        check(!reversed && reason == IReversals.ReversalPartlyCharged.selector, "within a part");
        Bill memory other = _post(2, uint32(count), records);
        (reversed, reason) = _reverse(other, 0, one, 0);
        if (!reversed && reason == IReversals.ReversalOrder.selector)
            (reversed, reason) = _reverse(one, 0, other, 0);
        check(!reversed && reason == IReversals.ReversalPartlyCharged.selector, "by a part");
        (, uint256 amount) = _refund(one, RecordTrees.places(1, count));
        same(amount, PRICE < one.charged.gross ? PRICE : one.charged.gross, "up to the award");
        vm.prank(_c.addressOf(SUPPLIER));
        same(_reversals.refundStatement(one.charged), one.charged.gross - amount, "the rest of the award");
    }

    /// 5. Of two charges of one record the later one comes back, whoever asks and in whatever order they were numbered.
    function testFuzz_theLaterOfTwoComesBack(uint256 seed, uint32 first, uint32 second, uint8 gap) external {
        vm.warp(_start);
        vm.assume(first != second);
        ServiceRecord[] memory records = _records(seed, 3, 3, true);
        Bill memory a = _post(first, 3, records);
        vm.warp(_start + (gap % 4));
        // The same record at another place, with other details, between others.
        ServiceRecord[] memory others = _records(mix(seed, 1), 3, 3, true);
        (uint256 i, uint256 j) = (seed % 3, (seed >> 8) % 3);
        (others[j].request, others[j].charge) = (records[i].request, records[i].charge);
        Bill memory b = _post(second, 3, others);
        bool aFirst = a.postedAt < b.postedAt || (a.postedAt == b.postedAt && first < second);
        (bool done, bytes4 reason) = aFirst ? _reverse(b, j, a, i) : _reverse(a, i, b, j);
        check(!done && reason == IReversals.ReversalOrder.selector, "the earlier came back");
        uint256 before = _worth(CONSUMER);
        (done, ) = aFirst ? _reverse(a, i, b, j) : _reverse(b, j, a, i);
        check(done, "the later did not come back");
        same(_worth(CONSUMER) - before, PRICE, "its amount");
        (done, reason) = aFirst ? _reverse(a, i, b, j) : _reverse(b, j, a, i);
        check(!done && reason == IReversals.ReversalDone.selector, "it came back twice");
    }

    /// 5. Within one statement too; and whatever differs in request, service or charge number is no duplicate.
    function testFuzz_withinAStatement(uint256 seed, uint256 count, uint256 what) external {
        vm.warp(_start);
        count = bound(count, 2, 10);
        ServiceRecord[] memory records = _records(seed, count, count, true);
        uint256 i = seed % count;
        uint256 j = (i + 1 + ((seed >> 8) % (count - 1))) % count;
        records[j].request = records[i].request;
        if (what % 4 == 1) records[j].request ^= bytes32(uint256(1));
        if (what % 4 == 2) records[j].charge = 1;
        Bill memory one = _post(7, uint32(count), records);
        if (i > j) (i, j) = (j, i);
        (bool done, bytes4 reason) = _reverse(one, j, one, i);
        check(!done, "the wrong way round");
        (done, reason) = _reverse(one, i, one, i);
        check(
            !done && reason == IReversals.ReversalSameRecord.selector,
            "a record is no duplicate of itself"
        );
        (done, reason) = _reverse(one, i, one, j);
        same(done, what % 4 == 0 || what % 4 == 3, "a duplicate and nothing else");
        if (!done) check(reason == IReversals.ReversalRecordsDiffer.selector, "they differ");
    }

    /// @dev Distinct records; `true_` with the price of one each, so that they come to what is charged.
    function _records(
        uint256 seed,
        uint256 count,
        uint256 quantity,
        bool true_
    ) private pure returns (ServiceRecord[] memory records) {
        records = new ServiceRecord[](count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 own = mix(seed, 1000 + i);
            uint64 amount = true_ ? PRICE : uint64(magnitude(own, 1 << 25));
            if (true_ && i == 0 && quantity > count) amount += uint64(quantity - count) * PRICE;
            records[i] = ServiceRecord(bytes32(own), 1, 0, 1, amount, bytes32(~own));
        }
    }

    function _post(
        uint32 number,
        uint32 quantity,
        ServiceRecord[] memory records
    ) private returns (Bill memory one) {
        Draft memory draft = _draft(number, quantity, records);
        one = _bill(draft, records);
        bytes memory signature = Statements.sign(_c.keyOf(CONSUMER), one.digest);
        vm.prank(_c.addressOf(SUPPLIER));
        _ledger.post(MemberId.wrap(SUPPLIER), Mode.AllOrNothing, Statements.pack(draft, 0, signature));
        _seal(one, quantity * PRICE, quantity * 0.1e6);
    }

    /// @dev A claim, disputed, of which so much is awarded and settled.
    function _award(ServiceRecord[] memory records, uint64 gross) private returns (Bill memory one) {
        Claims claims = _c.claims();
        Draft memory draft = _draft(1, uint32(records.length), records);
        one = _bill(draft, records);
        bytes32 top = RecordTrees.top(_parties(), records).hash;
        vm.prank(_c.addressOf(SUPPLIER));
        claims.claim(MemberId.wrap(SUPPLIER), one.charged.statement, top, uint32(records.length));
        bytes32[] memory list = new bytes32[](1);
        list[0] = one.digest;
        vm.prank(_c.addressOf(CONSUMER));
        claims.dispute(MemberId.wrap(CONSUMER), list);
        vm.prank(_c.ARBITER());
        claims.award(one.digest, gross, 0);
        vm.warp(block.timestamp + 14 days);
        claims.settle(one.digest);
        _seal(one, gross, 0);
    }

    function _draft(
        uint32 number,
        uint32 quantity,
        ServiceRecord[] memory records
    ) private view returns (Draft memory draft) {
        draft.supplier = SUPPLIER;
        draft.consumer = CONSUMER;
        draft.number = number;
        (draft.period, draft.lastPeriod) = (_c.month(), _c.month() + 1);
        draft.maximum = 1_000e6;
        (draft.root, ) = RecordTrees.build(_parties(), records);
        draft.lines = new Line[](1);
        draft.lines[0] = Line(1, quantity, 0);
    }

    function _bill(
        Draft memory draft,
        ServiceRecord[] memory records
    ) private view returns (Bill memory one) {
        one.number = draft.number;
        one.records = records;
        one.digest = Statements.digest(address(_ledger), Statements.structHash(draft));
        one.charged.statement = Statements.pack(draft, 0, "");
        one.charged.path = new bytes32[](0);
    }

    function _seal(Bill memory one, uint256 gross, uint256 fee) private view {
        one.postedAt = block.timestamp;
        (one.charged.gross, one.charged.fee) = (uint64(gross), uint64(fee));
        one.charged.batchRoot = BatchTrees.leaf(one.digest, gross, fee, 0, 0);
    }

    function _weigh(
        Bill memory one,
        bool[] memory known,
        uint256 done
    ) private pure returns (bool fresh, uint256 sum, uint256 marks) {
        for (uint256 i = 0; i < known.length; ++i) {
            if (!known[i]) continue;
            marks |= 1 << i;
            sum += one.records[i].amount;
        }
        fresh = done & marks == 0;
    }

    function _refund(Bill memory one, bool[] memory known) private returns (bool, uint256) {
        RecordProof memory proof = RecordTrees.prove(_parties(), one.records, known);
        ServiceRecord[] memory shown = RecordTrees.shown(one.records, proof);
        vm.prank(_c.addressOf(SUPPLIER));
        try _reversals.refund(one.charged, shown, proof) returns (uint256 amount) {
            return (true, amount);
        } catch (bytes memory reason) {
            check(bytes4(reason) == IReversals.ReversalDone.selector, "refused for another reason");
            return (false, 0);
        }
    }

    function _reverse(
        Bill memory first,
        uint256 i,
        Bill memory second,
        uint256 j
    ) private returns (bool, bytes4) {
        ChargedRecord memory earlier = _shown(first, i);
        ChargedRecord memory later = _shown(second, j);
        vm.prank(address(0x57a));
        try _reversals.reverseDuplicate(earlier, later) {
            return (true, 0);
        } catch (bytes memory reason) {
            return (false, bytes4(reason));
        }
    }

    function _shown(Bill memory one, uint256 i) private view returns (ChargedRecord memory) {
        bool[] memory known = new bool[](one.records.length);
        known[i] = true;
        return ChargedRecord(one.charged, one.records[i], RecordTrees.prove(_parties(), one.records, known));
    }

    function _parties() private view returns (RecordTrees.Parties memory) {
        return RecordTrees.Parties(RecordTrees.domain(address(_ledger)), SUPPLIER, CONSUMER);
    }

    /// @dev Position and cash.
    function _worth(uint32 member) private view returns (uint256) {
        return _ledger.account(MemberId.wrap(member)).room;
    }
}
