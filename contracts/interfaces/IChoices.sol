// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";
import {PeriodId} from "../types/PeriodId.sol";
import {Fault} from "../types/Statement.sol";

/// @notice What a member thinks of another. `Preferred` is for others to read; `Refused` binds both directions.
enum Regard {
    None,
    Preferred,
    Refused
}

/// @title IChoices
/// @notice What a member offers and uses, at which highest price, and with whom. Who chose nothing offers and uses
/// everything at any price with everybody.
/// @dev What holds back binds from the next calendar month of service on; what gives way binds at once, from the current
/// month on. A statement is judged by its month of service, so nobody refuses what was already served.
interface IChoices {
    /// @param from the first month of service that it binds
    event OfferChosen(MemberId indexed member, uint16 indexed service, bool offers, PeriodId from);
    /// @param ceiling the most a unit may cost, fee included, in millionths of a credit; 2^64 − 1 is any price
    /// @param from the first month of service that it binds
    event UseChosen(
        MemberId indexed member,
        uint16 indexed service,
        bool uses,
        uint64 ceiling,
        PeriodId from
    );
    /// @param from the first month of service that it binds
    event RegardChosen(MemberId indexed member, MemberId indexed partner, Regard regard, PeriodId from);

    /// @dev A member is no partner of itself.
    error ChoicePartnerSelf(MemberId member);

    /// @notice Switches on or off what a member supplies. A key with the right to post.
    function chooseOffer(MemberId member, uint16 service, bool offers) external;

    /// @notice Switches on or off what a member draws. A key with the right to countersign.
    /// @param ceiling the most a unit may cost, fee included, in millionths of a credit; from 2^64 − 2 on any price, and of
    /// no meaning where the service is not used
    function chooseUse(MemberId member, uint16 service, bool uses, uint64 ceiling) external;

    /// @notice Prefers or refuses another member, or takes that back. A key with the right to countersign.
    function chooseRegard(MemberId member, MemberId partner, Regard regard) external;

    /// @notice Whether the choices of two members stand against a statement, and what does.
    /// @param services of the statement's lines
    /// @param prices what a unit of each costs between the two, fee included, in millionths of a credit
    /// @return fault PartnerRefused, ServiceDeclined or CeilingExceeded with its figures; None with zeros
    function refusal(
        MemberId supplier,
        MemberId consumer,
        PeriodId period,
        uint16[] calldata services,
        uint256[] calldata prices
    ) external view returns (Fault fault, uint256 found, uint256 limit);

    /// @notice Whether a member supplies a service in a month that is open to posting.
    function offersIn(MemberId member, uint16 service, PeriodId period) external view returns (bool);

    /// @notice Whether a member draws a service in a month that is open to posting, and at what highest price.
    /// @return uses whether at all
    /// @return ceiling 2^64 − 1 for any price
    function usesIn(
        MemberId member,
        uint16 service,
        PeriodId period
    ) external view returns (bool uses, uint64 ceiling);

    /// @notice What a member thinks of another in a month that is open to posting.
    function regardOf(MemberId member, MemberId partner, PeriodId period) external view returns (Regard);
}
