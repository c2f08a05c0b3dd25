// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IAdvances, Invoice} from "../interfaces/IAdvances.sol";
import {Assets} from "../libraries/Assets.sol";
import {MemberId} from "../types/MemberId.sol";
import {PeriodId} from "../types/PeriodId.sol";
import {Rights} from "../types/Rights.sol";
import {Desk} from "./Desk.sol";

/// @title Invoices
/// @notice What sponsors ask of members for what they spent, and its payment. Only who pays is bound: an invoice debits nobody.
abstract contract Invoices is IAdvances, Desk {
    /// @dev One word each.
    mapping(uint32 invoice => Invoice) private _invoices;
    uint32 private _lastInvoice;

    /// @inheritdoc IAdvances
    function raiseInvoice(
        MemberId sponsor,
        MemberId member,
        PeriodId period,
        uint64 amount,
        bytes32 document
    ) external returns (uint32 invoice) {
        _requireRight(sponsor, Rights.CASH);
        if (amount == 0) revert AdvanceAmountZero();
        if (sponsor == member) revert AdvanceToSelf(member);

        invoice = ++_lastInvoice;
        _invoices[invoice] = Invoice(sponsor, member, period, amount, 0);

        emit InvoiceRaised(invoice, sponsor, member, period, amount, document);

        // Fails where the ledger does not know the member.
        ledger.touch(member);
    }

    /// @inheritdoc IAdvances
    function payInvoice(uint32 invoice, uint64 amount, bytes32 payment) external returns (uint256 repaid) {
        Invoice memory due = _invoices[invoice];
        if (due.amount == 0) revert InvoiceUnknown(invoice);
        if (amount == 0) revert AdvanceAmountZero();
        if (amount > due.amount - due.paid) revert InvoiceExceeded(invoice, amount, due.amount - due.paid);

        _invoices[invoice].paid = due.paid + amount;

        Assets.deposit(ledger, due.member, amount);
        // Only now does the account tell what it can bear.
        repaid = _repay(due.sponsor, due.member, amount);

        emit InvoicePaid(invoice, msg.sender, amount, repaid, payment);
    }

    /// @inheritdoc IAdvances
    function invoiceOf(uint32 invoice) external view returns (Invoice memory) {
        return _invoices[invoice];
    }

    /// @dev Pays back of a sponsor's advance what is owed and the member's account can bear, at most `amount`.
    function _repay(
        MemberId sponsor,
        MemberId member,
        uint64 amount
    ) internal virtual returns (uint64 repaid);
}
