// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {IClaims} from "../interfaces/IClaims.sol";
import {PostedBatch} from "../interfaces/ILedger.sol";
import {IRegister} from "../interfaces/IRegister.sol";
import {ChargedRecord, ChargedStatement, IReversals} from "../interfaces/IReversals.sol";
import {BatchRoot} from "../libraries/BatchRoot.sol";
import {RecordTree} from "../libraries/RecordTree.sol";
import {StatementCodec} from "../libraries/StatementCodec.sol";
import {MemberId, RELIEF} from "../types/MemberId.sol";
import {Rights} from "../types/Rights.sol";
import {RecordProof, ServiceRecord} from "../types/ServiceRecord.sol";
import {Statement} from "../types/Statement.sol";
import {Desk} from "./Desk.sol";

/// @title Reversals
/// @notice See IReversals.
contract Reversals is IReversals, Desk {
    /// @dev A statement shown and found charged.
    struct Charge {
        bytes32 digest;
        bytes32 root;
        MemberId supplier;
        MemberId consumer;
        uint32 number;
        uint40 postedAt;
        uint64 gross;
        uint64 relieved;
    }

    /// @param amount what was given back so far
    /// @param whole whether all that was left was given back at once
    struct Given {
        uint64 amount;
        bool whole;
    }

    mapping(bytes32 statement => Given) private _given;
    mapping(bytes32 statement => mapping(uint256 word => uint256 bitmap)) private _records;

    /// @notice Tells which records of a claim were charged by receipt.
    IClaims public immutable CLAIMS;

    constructor(address charter, IRegister register, IClaims claims) Desk(charter, register) {
        CLAIMS = claims;
    }

    /// @inheritdoc IReversals
    function refund(
        ChargedStatement calldata charged,
        ServiceRecord[] calldata records,
        RecordProof calldata proof
    ) external returns (uint256 amount) {
        Charge memory charge = _charge(charged);
        _requireRight(charge.supplier, Rights.COUNTERSIGN);
        _requireRecords(charge, records, proof);
        for (uint256 i = 0; i < records.length; ++i) {
            _mark(charge.digest, proof.indices[i]);
            amount += records[i].amount;
        }
        uint256 aid;
        (amount, aid) = _take(charge, amount);

        emit RecordsRefunded(charge.digest, charge.supplier, charge.consumer, proof.indices, amount);

        _giveBack(charge, amount, aid);
    }

    /// @inheritdoc IReversals
    function refundStatement(ChargedStatement calldata charged) external returns (uint256 amount) {
        Charge memory charge = _charge(charged);
        _requireRight(charge.supplier, Rights.COUNTERSIGN);
        Given storage given = _given[charge.digest];
        if (given.whole) revert ReversalStatementDone(charge.digest);
        given.whole = true;
        uint256 aid;
        (amount, aid) = _take(charge, charge.gross);

        emit StatementRefunded(charge.digest, charge.supplier, charge.consumer, amount);

        _giveBack(charge, amount, aid);
    }

    /// @inheritdoc IReversals
    function reverseDuplicate(
        ChargedRecord calldata earlier,
        ChargedRecord calldata later
    ) external returns (uint256 amount) {
        (Charge memory first, uint32 firstIndex) = _chargedRecord(earlier);
        (Charge memory second, uint32 secondIndex) = _chargedRecord(later);
        if (!(first.supplier == second.supplier && first.consumer == second.consumer))
            revert ReversalPairsDiffer();
        if (!_same(earlier.record, later.record)) revert ReversalRecordsDiffer();
        if (first.digest == second.digest && firstIndex == secondIndex) {
            revert ReversalSameRecord(first.digest, firstIndex);
        }
        if (_rank(first, firstIndex) > _rank(second, secondIndex)) {
            revert ReversalOrder(first.digest, second.digest);
        }
        if (isGivenBack(first.digest, firstIndex)) revert ReversalDone(first.digest, firstIndex);
        _mark(second.digest, secondIndex);
        uint256 aid;
        (amount, aid) = _take(second, later.record.amount);

        emit DuplicateReversed(
            second.digest,
            second.supplier,
            second.consumer,
            secondIndex,
            first.digest,
            firstIndex,
            amount
        );

        _giveBack(second, amount, aid);
    }

    /// @inheritdoc IReversals
    function givenBack(bytes32 statement) external view returns (uint256 amount, bool whole) {
        Given memory given = _given[statement];
        return (given.amount, given.whole);
    }

    /// @inheritdoc IReversals
    function isGivenBack(bytes32 statement, uint32 index) public view returns (bool) {
        return _given[statement].whole || (_records[statement][index >> 8] >> (index & 0xff)) & 1 == 1;
    }

    /// @dev Spends a record: it is given back once.
    function _mark(bytes32 statement, uint32 index) private {
        if (isGivenBack(statement, index)) revert ReversalDone(statement, index);
        _records[statement][index >> 8] |= 1 << (index & 0xff);
    }

    /// @dev Never more than the statement was charged: an award may have been for a part of its records.
    /// @return taken what the supplier gives back
    /// @return aid the part of it that goes to RELIEF: the whole part due so far, rounded down, less what it got before,
    /// so that many small refunds round no further than one
    function _take(Charge memory charge, uint256 amount) private returns (uint256 taken, uint256 aid) {
        Given storage given = _given[charge.digest];
        uint256 before = given.amount;
        uint256 rest = charge.gross - before;
        taken = amount < rest ? amount : rest;
        given.amount = uint64(before + taken);
        if (charge.relieved != 0) aid = _aid(charge, before + taken) - _aid(charge, before);
    }

    /// @dev The consumer first: it bore its part itself. What the supplier has no room for it owes to each.
    function _giveBack(Charge memory charge, uint256 amount, uint256 aid) private {
        ledger.giveBack(charge.supplier, charge.consumer, uint64(amount - aid));
        if (aid != 0) ledger.giveBack(charge.supplier, RELIEF, uint64(aid));
    }

    function _chargedRecord(
        ChargedRecord calldata shown
    ) private view returns (Charge memory charge, uint32 index) {
        if (shown.proof.indices.length != 1) revert ReversalOneRecord(shown.proof.indices.length);
        charge = _charge(shown.charged);
        ServiceRecord[] memory records = new ServiceRecord[](1);
        records[0] = shown.record;
        uint256 sum = _requireRecords(charge, records, shown.proof);
        // Of a claim that was charged in part only its receipts tell which records were.
        if (sum > charge.gross && _provenIn(charge, shown.record) != charge.digest) {
            revert ReversalPartlyCharged(charge.digest, charge.gross, sum);
        }
        index = shown.proof.indices[0];
    }

    function _provenIn(Charge memory charge, ServiceRecord calldata record) private view returns (bytes32) {
        return CLAIMS.provenIn(RecordTree.leaf(_recordDomain(), charge.supplier, charge.consumer, record));
    }

    /// @dev RELIEF's part of what was given back in all; the rounding is the consumer's.
    function _aid(Charge memory charge, uint256 total) private pure returns (uint256) {
        return (total * charge.relieved) / charge.gross;
    }

    /// @dev Which of two charges came first: by second of posting, then number, then place in the statement.
    function _rank(Charge memory charge, uint32 index) private pure returns (uint256) {
        return (uint256(charge.postedAt) << 64) | (uint256(charge.number) << 32) | index;
    }

    function _same(ServiceRecord calldata a, ServiceRecord calldata b) private pure returns (bool) {
        return a.request == b.request && a.service == b.service && a.charge == b.charge;
    }

    /// @dev The statement that a batch's root commits to.
    function _charge(ChargedStatement calldata shown) private view returns (Charge memory charge) {
        PostedBatch memory batch = ledger.batchOf(shown.batchRoot);
        if (batch.postedAt == 0) revert ReversalBatchUnknown(shown.batchRoot);
        Statement memory statement = StatementCodec.readAlone(shown.statement);
        bytes32 digest = _digest(batch.supplier, shown.statement, statement);
        bytes32 leaf = BatchRoot.leaf(digest, shown.gross, shown.fee, shown.acknowledged, shown.relieved);
        if (!MerkleProof.verifyCalldata(shown.path, shown.batchRoot, leaf)) {
            revert ReversalStatementUnproven(digest, shown.batchRoot);
        }
        charge.digest = digest;
        charge.root = statement.root;
        charge.supplier = batch.supplier;
        charge.consumer = statement.consumer;
        charge.number = statement.number;
        charge.postedAt = batch.postedAt;
        charge.gross = shown.gross;
        charge.relieved = shown.relieved;
    }

    function _requireRecords(
        Charge memory charge,
        ServiceRecord[] memory records,
        RecordProof calldata proof
    ) private view returns (uint256) {
        (bytes32 root, uint64 sum) = RecordTree.prove(
            _recordDomain(),
            charge.supplier,
            charge.consumer,
            records,
            proof
        );
        if (root != charge.root) revert ReversalRecordsUnproven(charge.digest, root, charge.root);
        return sum;
    }
}
