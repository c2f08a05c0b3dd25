// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";
import {PeriodId} from "../types/PeriodId.sol";
import {IDesk} from "./IDesk.sol";

/// @notice What a member is asked to pay a sponsor for what it spent of its advances.
/// @param amount what is asked for, in millionths of a credit
/// @param paid what was paid of it so far
struct Invoice {
    MemberId sponsor;
    MemberId member;
    PeriodId period;
    uint64 amount;
    uint64 paid;
}

/// @title IAdvances
/// @notice Credit without default: a sponsor's own cash in a member's account, to be spent but not withdrawn.
/// @dev Amounts are millionths of a credit. The risk is the sponsor's alone. The ledger logs what is given and
/// returned (`AdvanceGiven`, `AdvanceReturned`).
interface IAdvances is IDesk {
    /// @param document hash of the invoice as it was sent
    event InvoiceRaised(
        uint32 indexed invoice,
        MemberId indexed sponsor,
        MemberId indexed member,
        PeriodId period,
        uint256 amount,
        bytes32 document
    );
    /// @param repaid the part of it that repaid the sponsor's advance at once
    /// @param payment the bank's reference, or its hash
    event InvoicePaid(
        uint32 indexed invoice,
        address indexed from,
        uint256 amount,
        uint256 repaid,
        bytes32 payment
    );

    error InvoiceUnknown(uint32 invoice);
    error InvoiceExceeded(uint32 invoice, uint256 amount, uint256 due);
    error AdvanceAmountZero();
    error AdvanceToSelf(MemberId member);
    /// @dev RELIEF gives away what it holds, and would pay the sponsor back out of what others give it.
    error AdvanceToRelief(MemberId sponsor);
    /// @dev More is asked back than this sponsor lent this member.
    error AdvanceExceeded(MemberId sponsor, MemberId member, uint256 amount, uint256 owed);

    /// @notice Lends a sponsor's free cash to a member, which can spend but not withdraw it. A key of the sponsor
    /// with the rights to cash and to countersign.
    function advance(MemberId sponsor, MemberId member, uint64 amount) external;

    /// @notice Takes back an advance as far as the member's settled cash reaches. A cash key of the sponsor.
    function recallAdvance(MemberId sponsor, MemberId member, uint64 amount) external;

    /// @notice Pays back an advance. A cash key of the member.
    function repayAdvance(MemberId member, MemberId sponsor, uint64 amount) external;

    /// @notice Sends a member an invoice. A cash key of the sponsor.
    function raiseInvoice(
        MemberId sponsor,
        MemberId member,
        PeriodId period,
        uint64 amount,
        bytes32 document
    ) external returns (uint32 invoice);

    /// @notice Pays the caller's assets into the member's account and, with them, back what the member owes the sponsor.
    /// Anyone.
    /// @return repaid the part that repaid the sponsor; acknowledged debts come first, and what is over stays the member's
    function payInvoice(uint32 invoice, uint64 amount, bytes32 payment) external returns (uint256 repaid);

    function invoiceOf(uint32 invoice) external view returns (Invoice memory);

    /// @notice What a member still owes a sponsor.
    function advanceOf(MemberId sponsor, MemberId member) external view returns (uint256);
}
