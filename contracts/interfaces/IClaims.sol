// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";
import {RecordProof, ServiceRecord} from "../types/ServiceRecord.sol";
import {Fault} from "../types/Statement.sol";
import {IDesk} from "./IDesk.sol";

/// @dev Where a claim stands.
enum Stage {
    /// there is no such claim, or it has ended
    None,
    /// the consumer may dispute it
    Open,
    /// disputed: the arbiters may judge it
    Disputed,
    /// judged: either party may appeal
    Awarded,
    /// appealed: the appellate arbiters may rule
    Appealed,
    /// ruled on: only to be settled
    Ruled
}

/// @dev How a claim ended.
enum Outcome {
    /// nobody disputed it: charged whole
    Unchallenged,
    /// the consumer countersigned after all: charged whole
    Accepted,
    /// the consumer's receipts proved some of its records: those were charged
    Proven,
    /// an award or a ruling said how much was charged
    Awarded,
    /// the supplier withdrew it
    Withdrawn,
    /// disputed and never judged: nothing was charged
    Lapsed
}

/// @notice An open claim; its id is the EIP-712 digest of its statement.
/// @param since reading of the stage's clock when the stage began
/// @param gross what was claimed for the supplier, in millionths of a credit
/// @param fee what was claimed for COMMONS
/// @param tier the consumer's price tier in the month of service
/// @param supplierTier the supplier's
/// @param awardedGross what was awarded of the gross
/// @param awardedFee what was awarded of the fee
struct Claim {
    MemberId supplier;
    MemberId consumer;
    Stage stage;
    uint40 since;
    uint64 gross;
    uint64 fee;
    uint8 tier;
    uint8 supplierTier;
    uint64 awardedGross;
    uint64 awardedFee;
}

/// @notice What the charter fixes for claims; times in seconds of the stage's clock.
/// @param challengeWindow how long a claim can be disputed
/// @param awardTerm how long a disputed claim can be judged before it lapses
/// @param appealWindow how long an award can be appealed against
/// @param appealTerm how long an appeal can be ruled on before the award stands
/// @param bond what the supplier puts up for each claim, in millionths of a credit
/// @param limit the most that one claim can come to, fee included
/// @param openPerPair how many claims of one supplier against one consumer can be open
struct ClaimTerms {
    uint32 challengeWindow;
    uint32 awardTerm;
    uint32 appealWindow;
    uint32 appealTerm;
    uint64 bond;
    uint64 limit;
    uint8 openPerPair;
}

/// @title IClaims
/// @notice Statements that the consumer did not countersign: claimed, disputed, judged, settled.
/// @dev While nobody holds the arbiters' role, the clock of disputed claims stands still; while posting is paused, that
/// of the others. An appeal needs somebody who can rule on it, and ends in time whether or not they do.
/// A claim reserves nothing of the consumer's. Every claim ends by a call that anybody can make.
interface IClaims is IDesk {
    /// @dev `statement` is packed as in a batch, up to its signature.
    event ClaimOpened(
        bytes32 indexed claim,
        MemberId indexed supplier,
        MemberId indexed consumer,
        bytes statement,
        uint256 gross,
        uint256 fee
    );
    event ClaimDisputed(bytes32 indexed claim);
    /// @dev `signature` is the consumer's, with its kind.
    event ClaimAccepted(bytes32 indexed claim, bytes signature);
    event ReceiptsShown(bytes32 indexed claim, ServiceRecord[] records, RecordProof proof, bytes[] receipts);
    event ClaimAwarded(bytes32 indexed claim, address indexed arbiter, uint256 gross, uint256 fee);
    event ClaimAppealed(bytes32 indexed claim, MemberId indexed by);
    event ClaimRuled(bytes32 indexed claim, address indexed arbiter, uint256 gross, uint256 fee);
    /// @dev What was charged, and the part of it that became acknowledged debts.
    event ClaimEnded(
        bytes32 indexed claim,
        Outcome outcome,
        uint256 gross,
        uint256 fee,
        uint256 acknowledged
    );

    error ClaimTermsInvalid();
    error ClaimFault(MemberId supplier, uint32 number, Fault fault, uint256 found, uint256 limit);
    error ClaimTooLarge(uint256 due, uint256 limit);
    error ClaimSumDiffers(bytes32 root, uint256 gross);
    error ClaimsTooMany(MemberId supplier, MemberId consumer, uint256 limit);
    error ClaimStageWrong(bytes32 claim, Stage stage);
    error ClaimNotDue(bytes32 claim, Stage stage, uint256 secondsLeft);
    error ClaimTooLate(bytes32 claim, Stage stage);
    error ClaimNothingDisputed(MemberId consumer);
    error ClaimOrderExpired(uint40 deadline);
    error ClaimUnsigned(MemberId consumer, address signer);
    error ClaimAwardAbove(bytes32 claim, uint256 gross, uint256 fee);
    error ClaimNobodyRules(bytes32 claim);
    error ClaimReceiptSpent(bytes32 record, bytes32 claim);
    error ClaimRecordsUnproven(bytes32 claim, bytes32 found, bytes32 root);
    error ClaimReceiptsMissing(uint256 records, uint256 receipts);
    error ClaimRecordPriced(bytes32 claim, uint256 index, uint256 amount, uint256 due);

    /// @notice Claims a statement without countersignature and puts up a bond. A key of the supplier with the rights
    /// to post and to countersign.
    /// @param statement packed as in a batch, up to its signature
    /// @param top hash of the node below the root of the statement's records
    /// @param count how many records there are; with `top` it shows that their amounts come to the gross
    /// @return claim the statement's digest
    function claim(
        MemberId supplier,
        bytes calldata statement,
        bytes32 top,
        uint32 count
    ) external returns (bytes32 claim);

    /// @notice Disputes claims; those that cannot be disputed are passed over. A key of the consumer with the right to
    /// countersign.
    /// @return disputed how many were
    function dispute(MemberId consumer, bytes32[] calldata claims) external returns (uint256 disputed);

    /// @notice Disputes claims for a consumer that signed the list. Anyone.
    /// @param deadline last second in which the signature counts
    /// @param signature kind and signature as in a packed statement
    function disputeFor(
        MemberId consumer,
        bytes32[] calldata claims,
        uint40 deadline,
        bytes calldata signature
    ) external returns (uint256 disputed);

    /// @notice Charges a claim that its consumer countersigned after all. Anyone who has the signature.
    function accept(bytes32 claim, bytes calldata signature) external;

    /// @notice Charges those records of a claim for which the consumer signed receipts, and gives up the rest. A key of
    /// the supplier with the rights to post and to countersign.
    /// @param statement the claimed statement, packed
    /// @param records in the order of the proof's indices
    /// @param receipts the consumer's signature under each record's leaf, with its kind
    function prove(
        MemberId supplier,
        bytes calldata statement,
        ServiceRecord[] calldata records,
        RecordProof calldata proof,
        bytes[] calldata receipts
    ) external;

    /// @notice Withdraws a claim that nobody has judged. The bond comes back unless it was disputed. A key of the
    /// supplier with the rights to post and to countersign.
    function withdrawClaim(bytes32 claim) external;

    /// @notice Awards any part of a disputed claim. An arbiter. Who has a stake recuses itself; the audit tells
    /// where one did not, since a check here would let parties disqualify arbiters by giving them keys.
    function award(bytes32 claim, uint64 gross, uint64 fee) external;

    /// @notice Appeals against an award, once. A key of either party with the right to countersign.
    function appeal(MemberId party, bytes32 claim) external;

    /// @notice Rules on an appeal. An appellate arbiter.
    function rule(bytes32 claim, uint64 gross, uint64 fee) external;

    /// @notice Ends a claim whose time has come: undisputed, awarded, ruled on or lapsed. Anyone.
    function settle(bytes32 claim) external;

    function claimOf(bytes32 claim) external view returns (Claim memory);

    /// @notice The claim that charged a record by its receipt; zero where none did. A receipt counts once.
    /// @param record its leaf
    function provenIn(bytes32 record) external view returns (bytes32 claim);

    /// @notice How many claims of a supplier against a consumer are open.
    function openClaims(MemberId supplier, MemberId consumer) external view returns (uint256);

    /// @notice The clock that runs in a stage: seconds that count.
    function clock(Stage stage) external view returns (uint256);

    function terms() external view returns (ClaimTerms memory);
}
