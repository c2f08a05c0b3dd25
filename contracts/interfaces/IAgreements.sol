// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";
import {PeriodId} from "../types/PeriodId.sol";

/// @notice What a unit of a service costs between members that agreed so.
/// @param price where the first of two members supplies the second, in millionths of a credit
/// @param back where the second supplies the first; in a group equal to `price`
struct AgreedPrice {
    uint16 service;
    uint64 price;
    uint64 back;
}

/// @notice What two members or a group agreed. Signed (EIP-712) by a key of each with the rights to post and to countersign.
/// @param members ascending, 2 to 16
/// @param from first month of service, one that has not begun
/// @param until last month of service; zero without end
/// @param prices by service, ascending, at most 32
/// @param document hash of the agreement in words
struct Agreement {
    MemberId[] members;
    PeriodId from;
    PeriodId until;
    AgreedPrice[] prices;
    bytes32 document;
}

/// @title IAgreements
/// @notice Members that charge each other less than the schedule. What is free must be free in both directions.
/// @dev An agreement only lowers prices: where the schedule is cheaper, the schedule holds. Fees stay the schedule's. Of two
/// agreements between the same members the later one holds; one between two goes before one of a group.
interface IAgreements {
    event AgreementMade(uint32 indexed agreement, Agreement terms);
    event AgreementEnded(uint32 indexed agreement, MemberId indexed by, PeriodId last);

    error AgreementMembersInvalid();
    error AgreementPricesInvalid(uint16 service);
    /// @dev What one gives for nothing the other must.
    error AgreementOneSided(uint16 service);
    error AgreementTooLate(PeriodId from, PeriodId earliest);
    error AgreementUnsigned(MemberId member, address signer);
    error AgreementSignaturesMissing(uint256 members, uint256 signatures);
    error AgreementKnown(bytes32 digest);
    error AgreementTooMany(MemberId member, uint256 limit);
    error AgreementUnknown(uint32 agreement);
    error AgreementNotParty(uint32 agreement, MemberId member);

    /// @notice Makes an agreement. Anyone who holds all signatures.
    /// @param signatures one a member, in their order; kind and signature as in a packed statement
    function agree(Agreement calldata terms, bytes[] calldata signatures) external returns (uint32 agreement);

    /// @notice Ends an agreement with the current month. A key of any of its members with the rights to post and to
    /// countersign.
    function endAgreement(uint32 agreement, MemberId member) external;

    /// @notice What a unit costs between two members by agreement.
    function agreedPrice(
        MemberId supplier,
        MemberId consumer,
        PeriodId period,
        uint16 service
    ) external view returns (bool agreed, uint64 price);

    /// @notice The months of an agreement.
    function agreementOf(uint32 agreement) external view returns (PeriodId from, PeriodId until);
}
