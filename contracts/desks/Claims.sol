// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Charter} from "../Charter.sol";
import {Claim, ClaimTerms, IClaims, Outcome, Stage} from "../interfaces/IClaims.sol";
import {IPricing} from "../interfaces/IPricing.sol";
import {IRegister} from "../interfaces/IRegister.sol";
import {KeySignature} from "../libraries/KeySignature.sol";
import {RecordTree} from "../libraries/RecordTree.sol";
import {StatementCodec} from "../libraries/StatementCodec.sol";
import {COMMONS, MemberId} from "../types/MemberId.sol";
import {Rights} from "../types/Rights.sol";
import {Roles} from "../types/Roles.sol";
import {RecordProof, ServiceRecord} from "../types/ServiceRecord.sol";
import {Statement} from "../types/Statement.sol";
import {ClaimPrices} from "./ClaimPrices.sol";
import {Desk} from "./Desk.sol";

/// @title Claims
/// @notice See IClaims.
contract Claims is IClaims, ClaimPrices {
    bytes32 private constant DISPUTE_TYPEHASH = keccak256(
        "Dispute(uint32 consumer,bytes32[] claims,uint40 deadline)"
    );
    bytes32 private constant RECEIPT_TYPEHASH = keccak256("Receipt(bytes32 record)");

    /// @notice The highest limit of a claim that a charter can set, in millionths of a credit.
    uint64 public constant LIMIT_CEILING = 1 << 48;

    uint32 private immutable _challengeWindow;
    uint32 private immutable _awardTerm;
    uint32 private immutable _appealWindow;
    uint32 private immutable _appealTerm;
    uint64 private immutable _bond;
    uint64 private immutable _limit;
    uint8 private immutable _openPerPair;

    /// @dev Asked for vacancies; no other authority can take its place.
    Charter private immutable _charter;

    mapping(bytes32 claim => Claim) private _claims;

    /// @inheritdoc IClaims
    mapping(bytes32 record => bytes32 claim) public provenIn;
    mapping(uint64 supplierAndConsumer => uint256) private _open;

    constructor(
        Charter charter,
        IRegister register,
        IPricing pricing,
        ClaimTerms memory terms_
    ) ClaimPrices(pricing) Desk(address(charter), register) {
        bool timed = terms_.challengeWindow != 0 && terms_.awardTerm != 0;
        if (!timed || terms_.appealWindow == 0 || terms_.appealTerm == 0 || terms_.openPerPair == 0) {
            revert ClaimTermsInvalid();
        }
        // Beyond it claims could fill up what an account's debts can count.
        if (terms_.limit > LIMIT_CEILING) revert ClaimTermsInvalid();
        _charter = charter;
        _challengeWindow = terms_.challengeWindow;
        _awardTerm = terms_.awardTerm;
        _appealWindow = terms_.appealWindow;
        _appealTerm = terms_.appealTerm;
        _bond = terms_.bond;
        _limit = terms_.limit;
        _openPerPair = terms_.openPerPair;
    }

    /// @inheritdoc IClaims
    function claim(
        MemberId supplier,
        bytes calldata packed,
        bytes32 top,
        uint32 count
    ) external returns (bytes32 id) {
        _requireRight(supplier, Rights.POST | Rights.COUNTERSIGN);
        Statement memory statement = StatementCodec.readAlone(packed);
        uint8 tier = _tierIn(statement.consumer, statement.period);
        uint8 supplierTier = _tierIn(supplier, statement.period);
        (uint64 gross, uint64 fee) = _price(supplier, statement, packed, tier, supplierTier, _limit);
        if (RecordTree.seal(_recordDomain(), top, gross, count) != statement.root) {
            revert ClaimSumDiffers(statement.root, gross);
        }
        uint64 pair = _pair(supplier, statement.consumer);
        if (_open[pair] >= _openPerPair) {
            revert ClaimsTooMany(supplier, statement.consumer, _openPerPair);
        }
        id = _digest(supplier, packed, statement);

        ++_open[pair];
        _claims[id] = Claim({
            supplier: supplier,
            consumer: statement.consumer,
            stage: Stage.Open,
            since: uint40(clock(Stage.Open)),
            gross: gross,
            fee: fee,
            tier: tier,
            supplierTier: supplierTier,
            awardedGross: 0,
            awardedFee: 0
        });

        emit ClaimOpened(id, supplier, statement.consumer, packed, gross, fee);

        // Fails where the number is spent, so no statement is claimed twice, nor claimed and posted.
        ledger.lockBond(supplier, statement.number, _bond);
    }

    /// @inheritdoc IClaims
    function dispute(MemberId consumer, bytes32[] calldata claims) external returns (uint256) {
        _requireRight(consumer, Rights.COUNTERSIGN);
        return _dispute(consumer, claims);
    }

    /// @inheritdoc IClaims
    function disputeFor(
        MemberId consumer,
        bytes32[] calldata claims,
        uint40 deadline,
        bytes calldata signature
    ) external returns (uint256) {
        if (block.timestamp > deadline) revert ClaimOrderExpired(deadline);
        bytes32 list = keccak256(abi.encodePacked(claims));
        bytes32 digest = _typed(keccak256(abi.encode(DISPUTE_TYPEHASH, consumer, list, deadline)));
        _requireSigned(consumer, digest, signature);
        return _dispute(consumer, claims);
    }

    /// @inheritdoc IClaims
    function accept(bytes32 id, bytes calldata signature) external {
        Claim memory claim_ = _claims[id];
        _requireUnjudged(id, claim_.stage);
        _requireSigned(claim_.consumer, id, signature);

        emit ClaimAccepted(id, signature);

        _end(id, claim_, Outcome.Accepted, claim_.gross, claim_.fee);
    }

    /// @inheritdoc IClaims
    function prove(
        MemberId supplier,
        bytes calldata packed,
        ServiceRecord[] calldata records,
        RecordProof calldata proof,
        bytes[] calldata receipts
    ) external {
        _requireRight(supplier, Rights.POST | Rights.COUNTERSIGN);
        Statement memory statement = StatementCodec.readAlone(packed);
        bytes32 id = _digest(supplier, packed, statement);
        Claim memory claim_ = _claims[id];
        _requireUnjudged(id, claim_.stage);
        _spendReceipts(id, supplier, statement, records, proof, receipts);
        (uint256 gross, uint256 fee) = _priceRecords(id, claim_, statement.period, records);
        // The records' quantities need not be the lines': no more fee is charged than was claimed.
        if (fee > claim_.fee) fee = claim_.fee;

        emit ReceiptsShown(id, records, proof, receipts);

        _end(id, claim_, Outcome.Proven, uint64(gross), uint64(fee));
    }

    /// @inheritdoc IClaims
    function withdrawClaim(bytes32 id) external {
        Claim memory claim_ = _claims[id];
        _requireUnjudged(id, claim_.stage);
        _requireRight(claim_.supplier, Rights.POST | Rights.COUNTERSIGN);
        _end(id, claim_, Outcome.Withdrawn, 0, 0);
    }

    /// @inheritdoc IClaims
    function award(bytes32 id, uint64 gross, uint64 fee) external restricted {
        Claim storage claim_ = _judge(id, Stage.Disputed, gross, fee);
        _enter(claim_, Stage.Awarded);
        emit ClaimAwarded(id, msg.sender, gross, fee);
    }

    /// @inheritdoc IClaims
    function appeal(MemberId party, bytes32 id) external {
        _requireRight(party, Rights.COUNTERSIGN);
        Claim storage claim_ = _inTime(id, Stage.Awarded);
        if (!(party == claim_.supplier || party == claim_.consumer)) {
            revert DeskRightMissing(party, msg.sender, Rights.COUNTERSIGN);
        }
        if (_charter.holdersOf(Roles.APPELLATE) == 0) revert ClaimNobodyRules(id);
        _enter(claim_, Stage.Appealed);
        emit ClaimAppealed(id, party);
    }

    /// @inheritdoc IClaims
    function rule(bytes32 id, uint64 gross, uint64 fee) external restricted {
        Claim storage claim_ = _judge(id, Stage.Appealed, gross, fee);
        _enter(claim_, Stage.Ruled);
        emit ClaimRuled(id, msg.sender, gross, fee);
    }

    /// @inheritdoc IClaims
    function settle(bytes32 id) external {
        Claim memory claim_ = _claims[id];
        Stage stage = claim_.stage;
        if (stage == Stage.None) revert ClaimStageWrong(id, stage);
        uint256 left = _left(claim_, stage);
        if (left != 0) revert ClaimNotDue(id, stage, left);

        if (stage == Stage.Open) _end(id, claim_, Outcome.Unchallenged, claim_.gross, claim_.fee);
        else if (stage == Stage.Disputed) _end(id, claim_, Outcome.Lapsed, 0, 0);
        else _end(id, claim_, Outcome.Awarded, claim_.awardedGross, claim_.awardedFee);
    }

    /// @inheritdoc IClaims
    function claimOf(bytes32 id) external view returns (Claim memory) {
        return _claims[id];
    }

    /// @inheritdoc IClaims
    function openClaims(MemberId supplier, MemberId consumer) external view returns (uint256) {
        return _open[_pair(supplier, consumer)];
    }

    /// @inheritdoc IClaims
    function clock(Stage stage) public view returns (uint256) {
        if (stage == Stage.Disputed) return block.timestamp - _charter.vacantSeconds(Roles.ARBITER);
        return block.timestamp - ledger.pausedSeconds();
    }

    /// @inheritdoc IClaims
    function terms() external view returns (ClaimTerms memory) {
        return
            ClaimTerms(_challengeWindow, _awardTerm, _appealWindow, _appealTerm, _bond, _limit, _openPerPair);
    }

    /// @dev One that cannot be disputed is passed over: whoever ends it first must not save the others.
    function _dispute(MemberId consumer, bytes32[] calldata claims) private returns (uint256 disputed) {
        for (uint256 i = 0; i < claims.length; ++i) {
            Claim storage claim_ = _claims[claims[i]];
            bool open = claim_.stage == Stage.Open && claim_.consumer == consumer;
            if (!open || _left(claim_, Stage.Open) == 0) continue;
            _enter(claim_, Stage.Disputed);
            ++disputed;
            emit ClaimDisputed(claims[i]);
        }
        if (disputed == 0) revert ClaimNothingDisputed(consumer);
    }

    function _judge(
        bytes32 id,
        Stage stage,
        uint64 gross,
        uint64 fee
    ) private returns (Claim storage claim_) {
        claim_ = _inTime(id, stage);
        if (gross > claim_.gross || fee > claim_.fee) revert ClaimAwardAbove(id, claim_.gross, claim_.fee);
        claim_.awardedGross = gross;
        claim_.awardedFee = fee;
    }

    function _enter(Claim storage claim_, Stage stage) private {
        claim_.stage = stage;
        claim_.since = uint40(clock(stage));
    }

    /// @dev Deletes the claim, then charges it and disposes of the bond: forfeited where it was disputed and nothing came
    /// of it, unless nobody judged it or the consumer gave in.
    function _end(bytes32 id, Claim memory claim_, Outcome outcome, uint64 gross, uint64 fee) private {
        delete _claims[id];
        --_open[_pair(claim_.supplier, claim_.consumer)];

        bool nothing = gross == 0 && fee == 0 && claim_.stage != Stage.Open;
        bool excused = outcome == Outcome.Lapsed || outcome == Outcome.Accepted;
        ledger.releaseBond(nothing && !excused ? COMMONS : claim_.supplier, _bond);
        uint256 acknowledged = 0;
        if (gross != 0 || fee != 0) {
            acknowledged = ledger.charge(claim_.supplier, claim_.consumer, id, gross, fee);
        }

        emit ClaimEnded(id, outcome, gross, fee, acknowledged);
    }

    function _spendReceipts(
        bytes32 id,
        MemberId supplier,
        Statement memory statement,
        ServiceRecord[] calldata records,
        RecordProof calldata proof,
        bytes[] calldata receipts
    ) private {
        if (records.length != receipts.length) revert ClaimReceiptsMissing(records.length, receipts.length);
        bytes32 domain = _recordDomain();
        (bytes32 root, ) = RecordTree.prove(domain, supplier, statement.consumer, records, proof);
        if (root != statement.root) revert ClaimRecordsUnproven(id, root, statement.root);
        for (uint256 i = 0; i < records.length; ++i) {
            bytes32 leaf = RecordTree.leaf(domain, supplier, statement.consumer, records[i]);
            if (provenIn[leaf] != 0) revert ClaimReceiptSpent(leaf, provenIn[leaf]);
            provenIn[leaf] = id;
            bytes32 digest = _typed(keccak256(abi.encode(RECEIPT_TYPEHASH, leaf)));
            _requireSigned(statement.consumer, digest, receipts[i]);
        }
    }

    function _requireSigned(MemberId consumer, bytes32 digest, bytes calldata signature) private view {
        (address signer, bool signed) = KeySignature.check(
            REGISTER,
            signature,
            digest,
            consumer,
            Rights.COUNTERSIGN
        );
        if (!signed) revert ClaimUnsigned(consumer, signer);
    }

    function _requireUnjudged(bytes32 id, Stage stage) private pure {
        if (stage != Stage.Open && stage != Stage.Disputed) revert ClaimStageWrong(id, stage);
    }

    function _inTime(bytes32 id, Stage stage) private view returns (Claim storage claim_) {
        claim_ = _claims[id];
        if (claim_.stage != stage) revert ClaimStageWrong(id, claim_.stage);
        if (_left(claim_, stage) == 0) revert ClaimTooLate(id, stage);
    }

    /// @dev What is left of a stage, by its clock.
    function _left(Claim memory claim_, Stage stage) private view returns (uint256) {
        uint256 end = claim_.since + _termOf(stage);
        uint256 now_ = clock(stage);
        return end > now_ ? end - now_ : 0;
    }

    /// @dev How long a stage lasts before anyone may settle the claim.
    function _termOf(Stage stage) private view returns (uint256) {
        if (stage == Stage.Open) return _challengeWindow;
        if (stage == Stage.Disputed) return _awardTerm;
        if (stage == Stage.Awarded) return _appealWindow;
        if (stage == Stage.Appealed) return _appealTerm;
        return 0;
    }
}
