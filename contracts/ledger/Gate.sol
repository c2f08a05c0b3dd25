// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ILedger} from "../interfaces/ILedger.sol";
import {AccountWord} from "../types/AccountWord.sol";
import {MemberId, RELIEF} from "../types/MemberId.sol";
import {PeriodId, POSTING_WINDOW, periodOf} from "../types/PeriodId.sol";
import {Fault, Mode, Statement} from "../types/Statement.sol";
import {Debts} from "./Debts.sol";

/// @title Gate
/// @notice Which statements may be posted at all: what their parties, their months and their numbers say, before anything is
/// priced.
abstract contract Gate is Debts {
    /// @dev A batch at work. The supplier's account and the fee are kept here and written once at the end;
    /// `cleared` is the month of service found admissible for the supplier last, `tier` its price tier in that month, `flags`
    /// its account as it was. `quoted` tells whether the statement at hand has legs; else nothing is relieved and no royalties
    /// are due. `wholly` says that the first fault reverts the batch.
    /// `signatories` holds a consumer and the key that signed for it where the register is to be asked at the end.
    struct Work {
        MemberId supplier;
        Mode mode;
        bool wholly;
        PeriodId open;
        PeriodId current;
        PeriodId cleared;
        uint8 tier;
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
        bool quoted;
        uint256 relieved;
        uint256 royalties;
        uint256[] legs;
        uint256[] signatories;
    }

    mapping(uint256 supplierAndNumbers => uint256 bitmap) internal _numbers;

    /// @inheritdoc ILedger
    function numberUsed(MemberId supplier, uint32 number) external view returns (bool) {
        return (_numbers[_numbersKey(supplier, number)] >> (number & 0xff)) & 1 == 1;
    }

    /// @dev What the statement, the calendar and the accounts say before anything is priced.
    function _admissible(
        Work memory work,
        Statement memory statement,
        AccountWord consumer
    ) internal returns (Fault, uint256 found, uint256 limit) {
        MemberId consumerId = statement.consumer;
        PeriodId period = statement.period;
        if (consumerId == work.supplier) return (Fault.SameParty, MemberId.unwrap(consumerId), 0);
        if (consumerId == RELIEF) return (Fault.Reserved, MemberId.unwrap(consumerId), 0);
        if (statement.lastPeriod < work.current) {
            return (Fault.Expired, PeriodId.unwrap(work.current), PeriodId.unwrap(statement.lastPeriod));
        }
        if (!(period == work.cleared)) {
            (Fault fault, uint256 found_, uint256 limit_) = _admissibleMonth(work, period);
            if (fault != Fault.None) return (fault, found_, limit_);
            work.cleared = period;
            work.tier = work.account.tierIn(period);
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
        if (work.supplier == RELIEF) return (Fault.Reserved, MemberId.unwrap(work.supplier), 0);
        if (month > current) return (Fault.PeriodAhead, month, current);
        if (month + POSTING_WINDOW < current) return (Fault.PeriodPast, month, current - POSTING_WINDOW);
        if (!work.account.ranIn(period)) return (Fault.SupplierInactive, MemberId.unwrap(work.supplier), 0);
        return (Fault.None, 0, 0);
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

    function _spendNumber(Work memory work, uint32 number) internal pure {
        work.numbers |= 1 << (number & 0xff);
    }
}
