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
    /// @inheritdoc ILedger
    uint40 public immutable DEBT_TERM;

    /// @dev One word a pair, never one a statement: what is owed for services in the lower 64 bits, what is owed
    /// back in the next 64. Only the former counts as supplied when it is paid.
    mapping(uint64 debtorAndCreditor => uint256) private _debts;

    constructor(uint40 debtTerm) {
        DEBT_TERM = debtTerm;
    }

    /// @inheritdoc ILedger
    function payDebt(MemberId debtor, MemberId creditor) external returns (uint256 paid) {
        AccountWord debtorWord = _known(debtor);
        uint256 supplied;
        (debtorWord, paid, supplied) = _reduce(debtor, debtorWord, creditor, debtorWord.backing());
        if (paid == 0) revert LedgerNothingToPay(debtor, creditor);

        _accounts[debtor] = debtorWord.move(-int256(paid));
        AccountWord creditorWord = _known(creditor).move(int256(paid));
        if (!(creditor < FIRST_MEMBER)) creditorWord = creditorWord.supply(supplied);
        _accounts[creditor] = creditorWord;

        emit DebtPaid(debtor, creditor, paid);
    }

    /// @inheritdoc ILedger
    function debtOf(MemberId debtor, MemberId creditor) external view returns (uint256) {
        uint256 owed = _debts[_pair(debtor, creditor)];
        return uint64(owed) + (owed >> 64);
    }

    /// @dev Whether posting can have an account acknowledge so much. Half of what fits is kept for claims and reversals,
    /// whose debts nobody signs: a member that signs itself into the clouds must not get out of their reach.
    function _owable(MemberId debtor, uint256 amount) internal view returns (bool) {
        return amount + _obligations[debtor].debts <= uint256(uint64(type(int64).max));
    }

    /// @dev Notes a debt for services that the caller found owable. The debtor's flag comes back in its word, which the
    /// caller stores.
    function _acknowledge(
        MemberId debtor,
        AccountWord debtorWord,
        MemberId creditor,
        uint256 amount
    ) internal returns (AccountWord) {
        return _owe(debtor, debtorWord, creditor, amount, amount);
    }

    /// @dev The same for what a supplier owes back.
    function _oweBack(
        MemberId debtor,
        AccountWord debtorWord,
        MemberId creditor,
        uint256 amount
    ) internal returns (AccountWord) {
        return _owe(debtor, debtorWord, creditor, amount, amount << 64);
    }

    /// @dev Takes up to `limit` off a debt, what is owed for services first. The caller stores the debtor's word.
    /// @return word the debtor's
    /// @return taken how much was taken off
    /// @return services the part of it that was owed for services
    function _reduce(
        MemberId debtor,
        AccountWord debtorWord,
        MemberId creditor,
        uint256 limit
    ) internal returns (AccountWord word, uint256 taken, uint256 services) {
        uint64 pair = _pair(debtor, creditor);
        uint256 owed = _debts[pair];
        services = uint64(owed);
        taken = services + (owed >> 64);
        if (limit < taken) taken = limit;
        if (taken < services) services = taken;
        word = debtorWord;
        if (taken == 0) return (word, 0, 0);

        _debts[pair] = owed - services - ((taken - services) << 64);
        Obligations storage obligations = _obligations[debtor];
        uint256 rest = obligations.debts - taken;
        obligations.debts = uint64(rest);
        if (rest == 0) {
            obligations.indebtedSince = 0;
            word = word.withFlag(INDEBTED, false);
        }
    }

    function _owe(
        MemberId debtor,
        AccountWord debtorWord,
        MemberId creditor,
        uint256 amount,
        uint256 packed
    ) private returns (AccountWord) {
        if (amount == 0) return debtorWord;
        _debts[_pair(debtor, creditor)] += packed;
        Obligations storage obligations = _obligations[debtor];
        if (obligations.debts == 0) obligations.indebtedSince = uint40(block.timestamp);
        obligations.debts += uint64(amount);
        emit DebtAcknowledged(debtor, creditor, amount);
        return debtorWord.withFlag(INDEBTED, true);
    }
}
