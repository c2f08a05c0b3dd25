// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ILedger} from "../interfaces/ILedger.sol";
import {AccountWord, INDEBTED} from "../types/AccountWord.sol";
import {FIRST_MEMBER, MemberId} from "../types/MemberId.sol";
import {Obligations} from "../types/Obligations.sol";
import {Book} from "./Book.sol";

/// @title Debts
/// @notice Acknowledged debts: countersigned, undisputable, never lapsing, paid as the debtor gets room.
abstract contract Debts is Book {
    /// @notice How long a member may stay indebted before anyone can have it suspended, in seconds.
    uint40 public immutable DEBT_TERM;

    /// @dev One word a pair, never one a statement.
    mapping(uint64 debtorAndCreditor => uint256) private _debts;

    constructor(uint40 debtTerm) {
        DEBT_TERM = debtTerm;
    }

    /// @inheritdoc ILedger
    function payDebt(MemberId debtor, MemberId creditor) external returns (uint256 paid) {
        uint64 pair = _pair(debtor, creditor);
        AccountWord debtorWord = _known(debtor);
        uint256 owed = _debts[pair];
        paid = owed < debtorWord.backing() ? owed : debtorWord.backing();
        if (paid == 0) revert LedgerNothingToPay(debtor, creditor);

        _debts[pair] = owed - paid;
        Obligations storage obligations = _obligations[debtor];
        uint256 rest = obligations.debts - paid;
        obligations.debts = uint64(rest);
        if (rest == 0) {
            obligations.indebtedSince = 0;
            debtorWord = debtorWord.withFlag(INDEBTED, false);
        }
        _accounts[debtor] = debtorWord.move(-int256(paid));
        AccountWord creditorWord = _known(creditor).move(int256(paid));
        if (!(creditor < FIRST_MEMBER)) creditorWord = creditorWord.supply(paid);
        _accounts[creditor] = creditorWord;

        emit DebtPaid(debtor, creditor, paid);
    }

    /// @inheritdoc ILedger
    function suspendDebtor(MemberId member) external {
        Obligations storage obligations = _obligations[member];
        uint256 overdueAt = uint256(obligations.indebtedSince) + DEBT_TERM;
        // Who holds enough to pay is not overdue: anyone can have it pay.
        bool solvent = _accounts[member].backing() >= obligations.debts;
        if (solvent || block.timestamp < overdueAt) revert LedgerNotOverdue(member, overdueAt);
        REGISTER.suspend(member);
    }

    /// @inheritdoc ILedger
    function debtOf(MemberId debtor, MemberId creditor) external view returns (uint256) {
        return _debts[_pair(debtor, creditor)];
    }

    /// @dev Whether an account's debts can count this one too.
    function _owable(MemberId debtor, uint256 amount) internal view returns (bool) {
        return amount <= type(uint64).max - _obligations[debtor].debts;
    }

    /// @dev Notes a debt that the caller found owable. The debtor's flag comes back in its word, which the caller stores.
    function _acknowledge(
        MemberId debtor,
        AccountWord debtorWord,
        MemberId creditor,
        uint256 amount
    ) internal returns (AccountWord) {
        if (amount == 0) return debtorWord;
        _debts[_pair(debtor, creditor)] += amount;
        Obligations storage obligations = _obligations[debtor];
        if (obligations.debts == 0) obligations.indebtedSince = uint40(block.timestamp);
        obligations.debts += uint64(amount);
        emit DebtAcknowledged(debtor, creditor, amount);
        return debtorWord.withFlag(INDEBTED, true);
    }
}
