// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";
import {RecordProof, ServiceRecord} from "../types/ServiceRecord.sol";
import {IDesk} from "./IDesk.sol";

/// @notice A statement that was charged, with the proof that it was.
/// @param statement packed as in a batch, up to its signature
/// @param gross what the supplier was due
/// @param fee what COMMONS was due
/// @param acknowledged the part of what the consumer was due that became acknowledged debts
/// @param relieved the part of the gross that others paid for the consumer
/// @param batchRoot root of its batch; the leaf itself where it was a claim
/// @param path its Merkle path, empty where it was alone
struct ChargedStatement {
    bytes statement;
    uint64 gross;
    uint64 fee;
    uint64 acknowledged;
    uint64 relieved;
    bytes32 batchRoot;
    bytes32[] path;
}

/// @notice One record of a charged statement.
struct ChargedRecord {
    ChargedStatement charged;
    ServiceRecord record;
    RecordProof proof;
}

/// @title IReversals
/// @notice Gives back what was charged: refunds that the supplier grants, duplicates that anybody proves.
/// @dev Fees and royalties stay. Of a relieved statement RELIEF gets back its part in proportion, rounded down over all that
/// was given back so far; the consumer gets the rest. What is given back of a statement never exceeds its gross; a record is given back once.
interface IReversals is IDesk {
    /// @notice A supplier gave back the records at `indices`.
    event RecordsRefunded(
        bytes32 indexed statement,
        MemberId indexed supplier,
        MemberId indexed consumer,
        uint32[] indices,
        uint256 amount
    );
    /// @notice A supplier gave back all that was left of a statement.
    event StatementRefunded(
        bytes32 indexed statement,
        MemberId indexed supplier,
        MemberId indexed consumer,
        uint256 amount
    );
    /// @notice The record at `index` of `statement` is that at `earlierIndex` of `earlier`, and was given back.
    event DuplicateReversed(
        bytes32 indexed statement,
        MemberId indexed supplier,
        MemberId indexed consumer,
        uint32 index,
        bytes32 earlier,
        uint32 earlierIndex,
        uint256 amount
    );

    error ReversalBatchUnknown(bytes32 batchRoot);
    error ReversalStatementUnproven(bytes32 statement, bytes32 batchRoot);
    error ReversalRecordsUnproven(bytes32 statement, bytes32 found, bytes32 root);
    error ReversalDone(bytes32 statement, uint32 index);
    error ReversalStatementDone(bytes32 statement);
    error ReversalPairsDiffer();
    error ReversalRecordsDiffer();
    error ReversalSameRecord(bytes32 statement, uint32 index);
    error ReversalOrder(bytes32 earlier, bytes32 later);
    error ReversalOneRecord(uint256 records);
    error ReversalPartlyCharged(bytes32 statement, uint256 gross, uint256 sum);

    /// @notice Gives back named records of a statement. A key of the supplier with the right to countersign, which
    /// commits the supplier as a consumer's does.
    /// @param records in the order of the proof's indices
    /// @return amount what the supplier gives back, in millionths of a credit
    function refund(
        ChargedStatement calldata charged,
        ServiceRecord[] calldata records,
        RecordProof calldata proof
    ) external returns (uint256 amount);

    /// @notice Gives back all that is left of a statement. A key of the supplier with the right to countersign.
    function refundStatement(ChargedStatement calldata charged) external returns (uint256 amount);

    /// @notice Gives back the later of two charges of one record, at once. Anyone who shows both.
    /// @param earlier the charge that stays: posted first, or in one block under the lower number or index
    /// @param later the charge that is given back
    function reverseDuplicate(
        ChargedRecord calldata earlier,
        ChargedRecord calldata later
    ) external returns (uint256 amount);

    /// @notice What was given back of a statement so far, in millionths of a credit.
    /// @param whole whether all that was left of it was given back at once
    function givenBack(bytes32 statement) external view returns (uint256 amount, bool whole);

    /// @notice Whether a record of a statement was given back.
    function isGivenBack(bytes32 statement, uint32 index) external view returns (bool);
}
