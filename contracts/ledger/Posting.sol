// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {ILedger, PostedBatch} from "../interfaces/ILedger.sol";
import {BatchRoot} from "../libraries/BatchRoot.sol";
import {KeySignature} from "../libraries/KeySignature.sol";
import {StatementCodec} from "../libraries/StatementCodec.sol";
import {AccountWord, CHOOSY, KNOWN} from "../types/AccountWord.sol";
import {COMMONS, FIRST_MEMBER, MemberId} from "../types/MemberId.sol";
import {PeriodId, POSTING_WINDOW, periodOf} from "../types/PeriodId.sol";
import {Rights} from "../types/Rights.sol";
import {Fault, Mode, Statement} from "../types/Statement.sol";
import {Debts} from "./Debts.sol";
import {Prices} from "./Prices.sol";

/// @title Posting
/// @notice Countersigned statements in batches: each debits a consumer, credits the supplier and pays the fee.
abstract contract Posting is Debts, Prices, EIP712 {
    /// @notice How many statements one batch may hold.
    uint256 public constant BATCH_LIMIT = 256;

    bytes32 private constant BATCH_TYPEHASH = keccak256(
        "Batch(uint32 supplier,uint8 mode,bytes32 statements,uint40 deadline)"
    );

    /// @dev A batch at work. The supplier's account and the fee are kept here and written once at the end;
    /// `cleared` is the month of service found admissible for the supplier last, `flags` its account as it was.
    struct Work {
        MemberId supplier;
        Mode mode;
        PeriodId open;
        PeriodId current;
        PeriodId cleared;
        AccountWord account;
        uint256 flags;
        uint256 fees;
        uint256 numbersKey;
        uint256 numbers;
        uint256 index;
        uint256 posted;
        bytes32 domain;
        bytes32[] leaves;
        uint256 leafCount;
        bytes charges;
    }

    mapping(uint256 supplierAndNumbers => uint256 bitmap) internal _numbers;
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
    function numberUsed(MemberId supplier, uint32 number) external view returns (bool) {
        return (_numbers[_numbersKey(supplier, number)] >> (number & 0xff)) & 1 == 1;
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
        return _finish(work, batch);
    }

    function _begin(MemberId supplier, Mode mode, bytes calldata batch) private returns (Work memory work) {
        if (batch.length == 0) revert LedgerBatchEmpty();
        (work.open, work.current) = _postingMonth();
        work.supplier = supplier;
        work.mode = mode;
        work.account = _rolledInto(supplier, work.open);
        if (!work.account.has(KNOWN)) revert LedgerMemberUnknown(supplier);
        work.flags = AccountWord.unwrap(work.account);
        work.numbersKey = type(uint256).max;
        work.domain = _domainSeparatorV4();
        work.leaves = new bytes32[](BATCH_LIMIT);
        work.charges = new bytes(16 * BATCH_LIMIT + 16);
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
        {
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
            if (!signed) return _fault(work, statement, Fault.NotCountersigned, uint160(signer), 0);
        }

        uint256 acknowledged = 0;
        {
            // Both are at most the signed maximum of 64 bits by now.
            uint256 due;
            unchecked {
                due = gross + fee;
            }
            uint256 room = _room(statement.consumer, consumer);
            if (due > room) {
                acknowledged = due - room;
                if (work.mode != Mode.Acknowledge || !_owable(statement.consumer, acknowledged)) {
                    return _fault(work, statement, Fault.NoRoom, due, room);
                }
            }
        }

        _spendNumber(work, statement.number);
        _note(work, digest, gross, fee, acknowledged);
        _book(work, statement.consumer, consumer, gross, fee, acknowledged);
    }

    /// @dev Marks the statement as posted and commits to what it is charged. The index stays below BATCH_LIMIT,
    /// the length of both arrays.
    function _note(
        Work memory work,
        bytes32 digest,
        uint256 gross,
        uint256 fee,
        uint256 acknowledged
    ) private pure {
        bytes32 leaf = BatchRoot.leaf(digest, gross, fee, acknowledged);
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

    /// @dev What the statement, the calendar and the accounts say before anything is priced.
    function _admissible(
        Work memory work,
        Statement memory statement,
        AccountWord consumer
    ) private returns (Fault, uint256 found, uint256 limit) {
        MemberId consumerId = statement.consumer;
        PeriodId period = statement.period;
        if (consumerId == work.supplier) return (Fault.SameParty, MemberId.unwrap(consumerId), 0);
        if (consumerId < FIRST_MEMBER) return (Fault.Reserved, MemberId.unwrap(consumerId), 0);
        if (statement.lastPeriod < work.current) {
            return (Fault.Expired, PeriodId.unwrap(work.current), PeriodId.unwrap(statement.lastPeriod));
        }
        if (!(period == work.cleared)) {
            (Fault fault, uint256 found_, uint256 limit_) = _admissibleMonth(work, period);
            if (fault != Fault.None) return (fault, found_, limit_);
            work.cleared = period;
        }
        if (!consumer.ranIn(period)) return (Fault.ConsumerInactive, MemberId.unwrap(consumerId), 0);
        if (_numberSpent(work, statement.number)) return (Fault.NumberUsed, statement.number, 0);
        return (Fault.None, 0, 0);
    }

    /// @dev Whether the supplier can bill a month of service now.
    function _admissibleMonth(
        Work memory work,
        PeriodId period
    ) private pure returns (Fault, uint256 found, uint256 limit) {
        uint256 current = PeriodId.unwrap(work.current);
        uint256 month = PeriodId.unwrap(period);
        if (work.supplier < FIRST_MEMBER) return (Fault.Reserved, MemberId.unwrap(work.supplier), 0);
        if (month > current) return (Fault.PeriodAhead, month, current);
        if (month + POSTING_WINDOW < current) return (Fault.PeriodPast, month, current - POSTING_WINDOW);
        if (!work.account.ranIn(period)) return (Fault.SupplierInactive, MemberId.unwrap(work.supplier), 0);
        return (Fault.None, 0, 0);
    }

    /// @dev Gross and fee by the schedule of the month of service; on a fault its figures instead. Where the
    /// register finds nothing chosen against the statement, it answers with zeros.
    function _priced(
        Work memory work,
        Statement memory statement,
        bytes calldata batch,
        AccountWord consumer
    ) private returns (Fault fault, uint256 gross, uint256 fee) {
        uint8 tier = consumer.tierIn(statement.period);
        uint256 count = statement.lineCount;
        if (count == 0) return (Fault.NoLines, 0, 0);
        if ((AccountWord.unwrap(consumer) | work.flags) & (uint256(CHOOSY) << 248) != 0) {
            (fault, gross, fee) = REGISTER.refusal(
                work.supplier,
                statement.consumer,
                statement.period,
                StatementCodec.linesOf(batch, statement),
                SCHEDULE,
                tier
            );
            if (fault != Fault.None) return (fault, gross, fee);
        }
        unchecked {
            // 255 lines of 32 + 64 bits each: far from the end of 256.
            for (uint256 i = 0; i < count; ++i) {
                (uint16 service, uint32 quantity) = StatementCodec.line(batch, statement, i);
                (bool offered, uint256 price, uint256 fee_) = _priceOf(statement.period, service, tier);
                if (!offered) return (Fault.NotOffered, service, tier);
                gross += price * quantity;
                fee += fee_ * quantity;
            }
            if (gross + fee > statement.maximum) return (Fault.AboveMaximum, gross + fee, statement.maximum);
        }
        return (Fault.None, gross, fee);
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

    /// @dev The open month and the current one, where posting may go on.
    function _postingMonth() internal view returns (PeriodId open, PeriodId current) {
        Clock storage clock = _clock;
        uint256 until = clock.pausedUntil;
        if (block.timestamp < until) revert LedgerPaused(until);
        open = clock.open;
        current = periodOf(block.timestamp);
        if (open < current) revert LedgerCloseDue(open);
    }

    function _numbersKey(MemberId supplier, uint32 number) internal pure returns (uint256) {
        return (uint256(MemberId.unwrap(supplier)) << 24) | (number >> 8);
    }

    /// @dev Looks a number up in the word of 256 at hand, fetching another where it lies elsewhere.
    function _numberSpent(Work memory work, uint32 number) private returns (bool) {
        uint256 key = _numbersKey(work.supplier, number);
        if (key != work.numbersKey) {
            if (work.numbersKey != type(uint256).max) _numbers[work.numbersKey] = work.numbers;
            work.numbersKey = key;
            work.numbers = _numbers[key];
        }
        return (work.numbers >> (number & 0xff)) & 1 == 1;
    }

    function _spendNumber(Work memory work, uint32 number) private pure {
        work.numbers |= 1 << (number & 0xff);
    }
}
