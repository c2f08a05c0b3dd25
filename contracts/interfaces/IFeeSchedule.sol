// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PeriodId} from "../types/PeriodId.sol";
import {Act} from "./IResources.sol";

/// @notice What one unit of a service costs the consumers of a tier.
/// @param service what is priced
/// @param tier the consumer's price tier
/// @param price millionths of a credit to the supplier, per unit
/// @param fee millionths of a credit to COMMONS, per unit, on top
struct Price {
    uint16 service;
    uint8 tier;
    uint64 price;
    uint64 fee;
}

/// @notice A price with conditions. It stands beside the plain ones of its version and goes before them where it says more.
/// @param supplierTier the supplier's price tier; 255 for every tier
/// @param tier the consumer's price tier; 255 for every tier
/// @param minimum the least a line costs without fee; zero for none
/// @param cap the most a line costs without fee; zero for none
/// @param promotedFrom first month of service of a promotion; zero for none
/// @param promotedUntil last month of service of the promotion; zero for none
/// @param promotedPrice price of a unit in those months; the fee stays; zero without a promotion
struct ConditionalPrice {
    uint16 service;
    uint8 tier;
    uint8 supplierTier;
    uint64 price;
    uint64 fee;
    uint64 minimum;
    uint64 cap;
    PeriodId promotedFrom;
    PeriodId promotedUntil;
    uint64 promotedPrice;
}

/// @notice What a service counts.
enum Unit {
    Item,
    Page,
    Volume,
    Use,
    Record
}

/// @dev Stands for every tier in a conditional price, and in a relief.
uint8 constant ANY_TIER = 255;

/// @title IFeeSchedule
/// @notice Prices by service and tier, in versions that take effect at a month's beginning and never change after.
interface IFeeSchedule {
    event PriceDrafted(
        uint256 indexed version,
        uint16 indexed service,
        uint8 indexed tier,
        uint64 price,
        uint64 fee
    );
    event ConditionalPriceDrafted(uint256 indexed version, ConditionalPrice price);
    /// @notice Said once; a service that counts or does something else is another service.
    event ServiceDescribed(uint16 indexed service, Unit unit, Act act);
    event SchedulePublished(uint256 indexed version, PeriodId indexed from);
    event ScheduleWithdrawn(uint256 indexed version, PeriodId indexed from);

    error FeeScheduleNotDraft(uint256 version);
    error FeeScheduleEmpty(uint256 version);
    error FeeScheduleTooLate(PeriodId from, PeriodId earliest);
    error FeeScheduleServiceZero();
    error FeeScheduleConditionInvalid(uint16 service);
    error FeeScheduleServiceDescribed(uint16 service);

    /// @notice Writes prices into a draft; version 0 opens a new one. Scheduler only.
    /// @dev A version is complete: what it does not price is not offered. Large ones are drafted in several calls.
    /// @return draft the version written to
    function draft(uint256 version, Price[] calldata prices) external returns (uint256 draft);

    /// @notice Writes conditional prices into a draft; version 0 opens a new one. Scheduler only.
    /// @return draft the version written to
    function draftConditional(
        uint256 version,
        ConditionalPrice[] calldata prices
    ) external returns (uint256 draft);

    /// @notice Says what a service counts and what it does with a work. Scheduler only, once a service.
    /// @dev A service that nobody described counts items and lends. What it does holds from the next month on: what was already
    /// served needs no licence afterwards.
    function describe(uint16 service, Unit unit, Act act) external;

    /// @notice Puts a draft in force from a month that has not begun. Scheduler only.
    /// @dev Of several versions published for one month the last holds. A month's prices never change once it
    /// has begun (invariant 7).
    function publish(uint256 version, PeriodId from) external;

    /// @notice Takes back what was published for a month that has not begun. Scheduler only.
    function withdrawFrom(PeriodId from) external;

    /// @notice The price of one unit in a month, between a consumer and a supplier of these tiers.
    /// @dev Of several prices the first of these holds: both tiers named; the consumer's; the supplier's; neither.
    /// @return offered whether the schedule in force then prices the service for the tiers
    /// @return price millionths of a credit to the supplier, as promoted in that month
    /// @return fee millionths of a credit to COMMONS, on top
    /// @return bounded whether a line has a minimum or a cap
    function priceOf(
        PeriodId period,
        uint16 service,
        uint8 tier,
        uint8 supplierTier
    ) external view returns (bool offered, uint64 price, uint64 fee, bool bounded);

    /// @notice The least and the most that a line costs without fee, in millionths of a credit.
    /// @return minimum zero where there is none
    /// @return cap 2^64 − 1 where there is none
    function boundsOf(
        PeriodId period,
        uint16 service,
        uint8 tier,
        uint8 supplierTier
    ) external view returns (uint64 minimum, uint64 cap);

    function unitOf(uint16 service) external view returns (Unit);

    /// @notice What a service does with a work in a month.
    function actOf(uint16 service, PeriodId period) external view returns (Act);

    /// @notice The version in force in a month; zero where there is none.
    function versionIn(PeriodId period) external view returns (uint256);
}
