// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {ILedger, PostedBatch} from "../interfaces/ILedger.sol";
import {Order} from "../interfaces/IPricing.sol";
import {BatchRoot} from "../libraries/BatchRoot.sol";
import {KeySignature} from "../libraries/KeySignature.sol";
import {Legs} from "../libraries/Legs.sol";
import {PricingQuery} from "../libraries/PricingQuery.sol";
import {RegisterQuery} from "../libraries/RegisterQuery.sol";
import {Signers} from "../libraries/Signers.sol";
import {StatementCodec} from "../libraries/StatementCodec.sol";
import {AccountWord, CHOOSY, KNOWN} from "../types/AccountWord.sol";
import {COMMONS, MemberId, RELIEF} from "../types/MemberId.sol";
import {Rights} from "../types/Rights.sol";
import {Fault, Mode, Statement} from "../types/Statement.sol";
import {Gate} from "./Gate.sol";
import {Prices} from "./Prices.sol";

/// @title Posting
/// @notice Countersigned statements in batches: each debits a consumer, credits the supplier and pays the fee. What the
/// schedule's plain prices do not tell is asked of the pricing desk: relief, agreements, bounds, royalties.
abstract contract Posting is Gate, Prices, EIP712 {
    /// @notice How many statements one batch may hold.
    uint256 public constant BATCH_LIMIT = 256;

    bytes32 private constant BATCH_TYPEHASH = keccak256(
        "Batch(uint32 supplier,uint8 mode,bytes32 statements,uint40 deadline)"
    );

    mapping(bytes32 batchRoot => PostedBatch) internal _batches;

    /// @inheritdoc ILedger
    function post(MemberId supplier, Mode mode, bytes calldata batch) external returns (uint256 posted) {
        _requireRight(supplier, Rights.POST);
        return _postBatch(supplier, mode, batch);
    }

    /// @inheritdoc ILedger
    function postFor(
        MemberId supplier,
        Mode mode,
        bytes calldata batch,
        uint40 deadline,
        bytes calldata signature
    ) external returns (uint256 posted) {
        if (block.timestamp > deadline) revert LedgerBatchExpired(deadline);
        bytes32 digest = _hashTypedDataV4(
            keccak256(abi.encode(BATCH_TYPEHASH, supplier, mode, keccak256(batch), deadline))
        );
        (address signer, bool signed) = KeySignature.check(
            REGISTER,
            signature,
            digest,
            supplier,
            Rights.POST
        );
        if (!signed) revert LedgerBatchUnsigned(supplier, signer);
        return _postBatch(supplier, mode, batch);
    }

    /// @inheritdoc ILedger
    function batchOf(bytes32 batchRoot) external view returns (PostedBatch memory) {
        return _batches[batchRoot];
    }

    function _postBatch(MemberId supplier, Mode mode, bytes calldata batch) private returns (uint256) {
        Work memory work = _begin(supplier, mode, batch);
        Statement memory statement;
        uint256 offset = 0;
        while (offset < batch.length) {
            if (work.index == BATCH_LIMIT) revert LedgerBatchTooMany(BATCH_LIMIT);
            (uint256 kind, uint256 signature, uint256 end) = StatementCodec.read(batch, offset, statement);
            _postStatement(work, statement, batch, kind, signature, end);
            unchecked {
                ++work.index;
            }
            offset = end;
        }
        if (work.wholly) _askAll(work, batch);
        return _finish(work, batch);
    }

    function _begin(MemberId supplier, Mode mode, bytes calldata batch) private returns (Work memory work) {
        if (batch.length == 0) revert LedgerBatchEmpty();
        (work.open, work.current) = _postingMonth();
        work.supplier = supplier;
        work.mode = mode;
        work.wholly = mode == Mode.AllOrNothing;
        work.account = _rolledInto(supplier, work.open);
        if (!work.account.has(KNOWN)) revert LedgerMemberUnknown(supplier);
        work.flags = AccountWord.unwrap(work.account);
        work.numbersKey = type(uint256).max;
        work.domain = _domainSeparatorV4();
        uint256 most = batch.length / StatementCodec.LEAST + 1;
        work.leaves = new bytes32[](most);
        work.signatories = new uint256[](most);
        work.charges = new bytes(16 * most + 16);
    }

    function _postStatement(
        Work memory work,
        Statement memory statement,
        bytes calldata batch,
        uint256 kind,
        uint256 signature,
        uint256 end
    ) private {
        AccountWord consumer = _rolledInto(statement.consumer, work.open);
        (Fault fault, uint256 found, uint256 limit) = _admissible(work, statement, consumer);
        if (fault != Fault.None) return _fault(work, statement, fault, found, limit);

        uint256 gross;
        uint256 fee;
        (fault, gross, fee) = _priced(work, statement, batch, consumer);
        if (fault != Fault.None) return _fault(work, statement, fault, gross, fee);

        bytes32 digest = MessageHashUtils.toTypedDataHash(
            work.domain,
            StatementCodec.structHash(batch, work.supplier, statement)
        );
        if (kind == 0 && work.wholly && !(statement.consumer == COMMONS)) {
            _askLater(work, statement.consumer, digest, batch, signature);
        } else {
            (fault, found) = _countersigned(statement, batch, kind, signature, end, digest);
            if (fault != Fault.None) return _fault(work, statement, fault, found, 0);
        }

        uint256 acknowledged = 0;
        {
            // All of them are at most the signed maximum of 64 bits by now, and no more of the gross is relieved than it is.
            uint256 due;
            unchecked {
                due = gross + fee;
                if (work.quoted) due = due + work.royalties - work.relieved;
            }
            uint256 room = _room(statement.consumer, consumer);
            if (due > room) {
                acknowledged = due - room;
                // Royalties are paid at once or not at all.
                bool atOnce = work.mode != Mode.Acknowledge || work.royalties != 0;
                if (atOnce || !_owable(statement.consumer, acknowledged)) {
                    return _fault(work, statement, Fault.NoRoom, due, room);
                }
            }
        }

        _spendNumber(work, statement.number);
        _note(work, digest, gross, fee, acknowledged);
        if (work.quoted) consumer = _settleLegs(work, statement, consumer);
        _book(work, statement.consumer, consumer, gross, fee, acknowledged);
    }

    /// @dev Notes who signed, for the register to be asked about all of a batch at once: it stands or falls as a whole.
    function _askLater(
        Work memory work,
        MemberId consumer,
        bytes32 digest,
        bytes calldata batch,
        uint256 signature
    ) private view {
        (bytes32 r, bytes32 vs) = StatementCodec.pair(batch, signature);
        address signer = Signers.recover(digest, r, vs);
        uint256[] memory signatories = work.signatories;
        uint256 index = work.index;
        assembly ("memory-safe") {
            // the batch has no more statements than the array has places
            mstore(add(add(signatories, 0x20), shl(5, index)), or(shl(160, consumer), signer))
        }
    }

    /// @dev Reverts where one of those that were noted does not speak for its member.
    function _askAll(Work memory work, bytes calldata batch) private view {
        uint256 lacking = RegisterQuery.firstLacking(
            REGISTER,
            Rights.COUNTERSIGN,
            work.signatories,
            work.index
        );
        if (lacking == work.index) return;
        Statement memory statement;
        uint256 end = 0;
        for (uint256 i = 0; i <= lacking; ++i) (, , end) = StatementCodec.read(batch, end, statement);
        address signer = address(uint160(work.signatories[lacking]));
        revert LedgerStatementFault(
            work.supplier,
            statement.number,
            Fault.NotCountersigned,
            uint160(signer),
            0
        );
    }

    /// @dev Whether a living key of the consumer signed, and one that may attest all services where that is COMMONS.
    function _countersigned(
        Statement memory statement,
        bytes calldata batch,
        uint256 kind,
        uint256 signature,
        uint256 end,
        bytes32 digest
    ) private view returns (Fault, uint256 found) {
        (address signer, bool signed) = KeySignature.checkAt(
            REGISTER,
            batch,
            kind,
            signature,
            end,
            digest,
            statement.consumer,
            Rights.COUNTERSIGN
        );
        if (!signed) return (Fault.NotCountersigned, uint160(signer));
        if (statement.consumer == COMMONS) {
            bytes calldata lines = StatementCodec.linesOf(batch, statement);
            found = PricingQuery.unaccredited(PRICING, signer, lines, statement.lineSize);
            if (found != 0) return (Fault.NotAccredited, found);
        }
        return (Fault.None, 0);
    }

    /// @dev Marks the statement as posted and commits to what it is charged. The batch has no more statements than both arrays
    /// have places.
    function _note(
        Work memory work,
        bytes32 digest,
        uint256 gross,
        uint256 fee,
        uint256 acknowledged
    ) private pure {
        bytes32 leaf = BatchRoot.leaf(digest, gross, fee, acknowledged, work.relieved);
        uint256 count = work.leafCount;
        uint256 index = work.index;
        bytes32[] memory leaves = work.leaves;
        bytes memory charges = work.charges;
        work.posted |= 1 << index;
        assembly ("memory-safe") {
            mstore(add(add(leaves, 0x20), shl(5, count)), leaf)
            // Two amounts of 64 bits side by side in the 16 bytes of this statement; what lies behind is still zero.
            mstore(add(add(charges, 0x20), shl(4, index)), or(shl(192, gross), shl(128, fee)))
        }
        unchecked {
            work.leafCount = count + 1;
        }
    }

    /// @dev Gross and fee by the plain prices of the month of service, or as quoted; on a fault its figures instead.
    function _priced(
        Work memory work,
        Statement memory statement,
        bytes calldata batch,
        AccountWord consumer
    ) private returns (Fault, uint256 gross, uint256 fee) {
        uint256 count = statement.lineCount;
        if (count == 0) return (Fault.NoLines, 0, 0);
        bool choosy = (AccountWord.unwrap(consumer) | work.flags) & (uint256(CHOOSY) << 248) != 0;
        uint8 tier = consumer.tierIn(statement.period);
        if (choosy || statement.lineSize != StatementCodec.LINE) {
            return _quoted(work, statement, batch, tier, choosy);
        }
        unchecked {
            // 255 lines of 32 + 64 bits each: far from the end of 256.
            for (uint256 i = 0; i < count; ++i) {
                (uint16 service, uint32 quantity) = StatementCodec.line(batch, statement, i);
                uint256 word = _priceOf(statement.period, service, tier, work.tier);
                if (word & PLAIN == 0) return _quoted(work, statement, batch, tier, false);
                gross += uint64(word) * uint256(quantity);
                fee += uint64(word >> 64) * uint256(quantity);
            }
            if (gross + fee > statement.maximum) return (Fault.AboveMaximum, gross + fee, statement.maximum);
        }
        if (work.quoted) {
            work.quoted = false;
            work.relieved = 0;
            work.royalties = 0;
        }
        return (Fault.None, gross, fee);
    }

    /// @dev The same where plain prices do not tell.
    function _quoted(
        Work memory work,
        Statement memory statement,
        bytes calldata batch,
        uint8 tier,
        bool choosy
    ) private returns (Fault fault, uint256 gross, uint256 fee) {
        (fault, gross, fee, work.relieved, work.royalties, work.legs) = PricingQuery.quote(
            PRICING,
            Order({
                supplier: work.supplier,
                consumer: statement.consumer,
                period: statement.period,
                tier: tier,
                supplierTier: work.tier,
                choosy: choosy,
                countersigned: true,
                lineSize: uint8(statement.lineSize),
                maximum: statement.maximum,
                reliefRoom: _rolledInto(RELIEF, work.open).backing()
            }),
            StatementCodec.linesOf(batch, statement)
        );
        work.quoted = work.legs.length != 0;
    }

    /// @dev Debits the consumer what it has room for: the supplier first, then COMMONS. The rest becomes debts.
    function _book(
        Work memory work,
        MemberId consumerId,
        AccountWord consumer,
        uint256 gross,
        uint256 fee,
        uint256 acknowledged
    ) private {
        if (acknowledged != 0) {
            uint256 feeOwed = acknowledged < fee ? acknowledged : fee;
            uint256 grossOwed = acknowledged - feeOwed;
            consumer = _acknowledge(consumerId, consumer, work.supplier, grossOwed);
            consumer = _acknowledge(consumerId, consumer, COMMONS, feeOwed);
            gross -= grossOwed;
            fee -= feeOwed;
        }
        unchecked {
            _accounts[consumerId] = consumer.move(-int256(gross + fee));
            work.account = work.account.move(int256(gross)).supply(gross);
            work.fees += fee;
        }
    }

    /// @dev Moves what others pay of the gross to the consumer, and what rights holders are due out of it. Royalties are paid at
    /// once or not at all: the consumer has room for them.
    function _settleLegs(
        Work memory work,
        Statement memory statement,
        AccountWord consumer
    ) private returns (AccountWord) {
        uint256[] memory legs = work.legs;
        uint256 granted = PricingQuery.settle(PRICING, MemberId.unwrap(work.supplier), statement, legs);
        if (work.relieved != 0) {
            if (granted != 0) _clock.bonds -= uint64(granted);
            AccountWord relief = _rolledInto(RELIEF, work.open).move(-int256(work.relieved));
            _accounts[RELIEF] = relief.withBalances(relief.position(), relief.cash() + granted);
        }
        for (uint256 i = 0; i < legs.length; ++i) {
            uint256 leg = legs[i];
            if (Legs.isAid(leg)) continue;
            MemberId holder = MemberId.wrap(Legs.target(leg));
            int256 amount = int256(uint256(Legs.amount(leg)));
            if (holder == work.supplier) work.account = work.account.move(amount);
            else _accounts[holder] = _rolledInto(holder, work.open).move(amount);
        }
        return consumer.move(int256(work.relieved) - int256(work.royalties));
    }

    function _finish(Work memory work, bytes calldata batch) private returns (uint256) {
        _accounts[work.supplier] = work.account;
        if (work.numbersKey != type(uint256).max) _numbers[work.numbersKey] = work.numbers;
        if (work.fees != 0) {
            AccountWord commons = _rolledInto(COMMONS, work.open);
            _accounts[COMMONS] = commons.move(int256(work.fees));
        }
        bytes32 batchRoot = BatchRoot.fold(work.leaves, work.leafCount);
        if (batchRoot != 0)
            _batches[batchRoot] = PostedBatch(work.supplier, work.open, uint40(block.timestamp));

        bytes memory charges = work.charges;
        uint256 length = 16 * work.index;
        assembly ("memory-safe") {
            mstore(charges, length)
        }
        emit StatementsPosted(work.supplier, work.open, batchRoot, work.posted, batch, charges);
        return work.posted;
    }

    function _fault(
        Work memory work,
        Statement memory statement,
        Fault fault,
        uint256 found,
        uint256 limit
    ) private {
        if (work.mode == Mode.AllOrNothing) {
            revert LedgerStatementFault(work.supplier, statement.number, fault, found, limit);
        }
        emit StatementSkipped(work.supplier, statement.number, fault, found, limit);
    }
}
