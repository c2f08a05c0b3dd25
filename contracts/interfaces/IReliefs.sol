// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";
import {PeriodId} from "../types/PeriodId.sol";
import {IDesk} from "./IDesk.sol";

/// @notice Who pays less, and by how much. It covers a line where everything it names agrees.
/// @param service zero for every service
/// @param region the consumer's; zero for every region
/// @param tier the consumer's; 255 for every tier
/// @param share of the price of a line, in ten-thousandths; rounded down, the rest stays with the consumer
/// @param from first month of service
/// @param until last month of service; zero without end, which a grant cannot be
/// @param memberCap the most for one member and month of service, in millionths of a credit; below 2^48
/// @param cap the most for all members and one month of service; below 2^48
struct Relief {
    uint16 service;
    uint16 region;
    uint8 tier;
    uint16 share;
    PeriodId from;
    PeriodId until;
    uint48 memberCap;
    uint48 cap;
}

/// @notice Money that anybody gave for relief, and nothing else.
/// @param balance what is left
/// @param given what givers can claim back in proportion: what they gave, less what was paid back to others
struct Grant {
    uint64 balance;
    uint64 given;
}

/// @title IReliefs
/// @notice Reliefs, paid by the RELIEF account, and grants, paid by money set aside for them.
/// @dev Reliefs and grants share numbers. A line is relieved by those that cover it in the order in which they were opened,
/// as far as each has money and caps left, never by more than its price. Running out fails nothing.
interface IReliefs is IDesk {
    event ReliefOpened(uint32 indexed relief, Relief terms);
    event ReliefEnded(uint32 indexed relief, PeriodId last);
    /// @param members whom it is for; none for all
    /// @param document hash of the grant's terms in words
    event GrantOpened(uint32 indexed relief, Relief terms, MemberId[] members, bytes32 document);
    event GrantFunded(uint32 indexed relief, address indexed giver, uint256 amount);
    event GrantReturned(uint32 indexed relief, address indexed giver, uint256 amount);

    error ReliefUnknown(uint32 relief);
    error ReliefTermsInvalid();
    /// @dev Relief of a month that has begun never changes.
    error ReliefTooLate(PeriodId from, PeriodId earliest);
    /// @dev So many reliefs and grants, or so many grants, can wait or run for one service.
    error ReliefTooMany(uint16 service, uint256 limit);
    error GrantMembersInvalid();
    error GrantAmountZero();
    error GrantOver(uint32 relief);
    error GrantRunning(uint32 relief, PeriodId returnsIn);
    error GrantNothingLeft(uint32 relief, address giver);

    /// @notice Opens a relief for months that have not begun. Scheduler only.
    function relieve(Relief calldata terms) external returns (uint32 relief);

    /// @notice Ends a relief with a month that is not over. Scheduler only; a grant cannot be ended.
    function endRelief(uint32 relief, PeriodId last) external;

    /// @notice Opens a grant, which holds nothing yet. Authority only.
    /// @dev Its last month lies at most 60 months ahead, since nobody can end it; and half of the places of a service are the
    /// Board's, for reliefs.
    /// @param members ascending, at most 256; none for all
    function openGrant(
        Relief calldata terms,
        MemberId[] calldata members,
        bytes32 document
    ) external returns (uint32 relief);

    /// @notice Puts the caller's assets into a grant. Anyone, until its last month is over.
    function fundGrant(uint32 relief, uint64 amount) external;

    /// @notice Pays a giver its part of what a grant did not spend. Anyone, once nothing more can be posted for its months.
    /// @dev Unspent × given ÷ what all gave, rounded down; whoever comes last gets the rest, so that nothing stays.
    function returnGrant(uint32 relief, address giver) external returns (uint256 amount);

    function reliefOf(uint32 relief) external view returns (Relief memory terms, bool grant);

    function grantOf(uint32 relief) external view returns (Grant memory);

    /// @notice What a giver gave and was not paid back.
    function givenBy(uint32 relief, address giver) external view returns (uint256);

    /// @notice What a relief paid for one member, and for all, in a month of service that can still be posted.
    function relieved(
        uint32 relief,
        MemberId member,
        PeriodId period
    ) external view returns (uint256 forMember, uint256 forAll);

    /// @notice The reliefs and grants of a service (zero: of every service), in the order in which they pay.
    function reliefsOf(uint16 service) external view returns (uint32[] memory);
}
