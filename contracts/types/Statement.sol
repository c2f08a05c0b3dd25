// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "./MemberId.sol";
import {PeriodId} from "./PeriodId.sol";

/// @notice One supplier's records for one consumer, as the consumer countersigned it.
/// @dev Packed in a batch, big-endian: consumer 4, number 4, period 2, lastPeriod 2, maximum 8, lines 1,
/// form 1, root 32, then per line service 2 and quantity 4, then the signature. Bit 0 of the form is the signature's kind:
/// 0 is r 32 and vs 32 (EIP-2098), 1 is the signing contract 20, length 2 and that many bytes (ERC-1271). Bit 1 says that every
/// line also names a resource in 4 bytes; where it is not set no line uses a licensed work. The supplier is the batch's.
/// @param consumer who drew the services and is debited
/// @param number the supplier's own number; used once, in any order
/// @param period the month of service, which fixes prices and tiers
/// @param lastPeriod the last month in which the statement may be posted
/// @param maximum the most the consumer agreed to pay, fee included, in millionths of a credit
/// @param root records root: commits to every record and to the sum of their amounts
/// @param lines offset of the first line in the batch
/// @param lineCount how many lines
/// @param lineSize bytes of a line: 6, or 10 where lines name resources
struct Statement {
    MemberId consumer;
    uint32 number;
    PeriodId period;
    PeriodId lastPeriod;
    uint64 maximum;
    bytes32 root;
    uint256 lines;
    uint256 lineCount;
    uint256 lineSize;
}

/// @dev What a batch does with a statement that cannot be posted.
enum Mode {
    /// all or nothing: the first fault reverts the batch
    AllOrNothing,
    /// skip and report: faulty statements are left out
    Skip,
    /// skip and report, but what finds too little room is posted and becomes an acknowledged debt for the rest
    Acknowledge
}

/// @dev Why a statement cannot be posted; `found` and `limit` of the error say the figures.
enum Fault {
    /// none
    None,
    /// supplier and consumer are one (found: the member)
    SameParty,
    /// RELIEF gives and draws nothing, nor does COMMONS by claim (found: the account)
    Reserved,
    /// the month of service has not begun (found: it, limit: the current month)
    PeriodAhead,
    /// the month of service lies too far back (found: it, limit: the earliest)
    PeriodPast,
    /// the last month for posting is over (found: the current month, limit: the last)
    Expired,
    /// the supplier was no active member in the month of service (found: the supplier)
    SupplierInactive,
    /// the consumer was no active member in the month of service (found: the consumer)
    ConsumerInactive,
    /// the number was used before (found: the number)
    NumberUsed,
    /// a statement needs lines (found: their count)
    NoLines,
    /// the schedule of that month does not offer a service to the consumer's tier (found: service, limit: tier)
    NotOffered,
    /// gross, fee and royalties exceed what the consumer signed (found: their sum, limit: the maximum)
    AboveMaximum,
    /// no living key of the consumer with the right to countersign signed this (found: the signer recovered)
    NotCountersigned,
    /// the consumer has too little room (found: what is due, limit: the room)
    NoRoom,
    /// one of both refuses the other in the month of service (found: who refuses, limit: whom)
    PartnerRefused,
    /// a service is not offered or not used in the month of service (found: the service, limit: whose choice it is)
    ServiceDeclined,
    /// a unit of a service costs more than the consumer's ceiling (found: the service, limit: the ceiling)
    CeilingExceeded,
    /// a licence does not allow a service's use of a work (found: the resource, limit: the service)
    LicenceForbids,
    /// a claim names a work: rights holders are paid by countersigned statements alone (found: the resource)
    WorkClaimed,
    /// the key of COMMONS that countersigned is not accredited for a service (found: the service)
    NotAccredited
}
