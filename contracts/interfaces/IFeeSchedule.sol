// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PeriodId} from "../types/PeriodId.sol";

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
    event SchedulePublished(uint256 indexed version, PeriodId indexed from);
    event ScheduleWithdrawn(uint256 indexed version, PeriodId indexed from);

    error FeeScheduleNotDraft(uint256 version);
    error FeeScheduleEmpty(uint256 version);
    error FeeScheduleTooLate(PeriodId from, PeriodId earliest);
    error FeeScheduleServiceZero();

    /// @notice Writes prices into a draft; version 0 opens a new one. Scheduler only.
    /// @dev A version is complete: what it does not price is not offered. Large ones are drafted in several calls.
    /// @return draft the version written to
    function draft(uint256 version, Price[] calldata prices) external returns (uint256 draft);

    /// @notice Puts a draft in force from a month that has not begun. Scheduler only.
    /// @dev Of several versions published for one month the last holds. A month's prices never change once it
    /// has begun (invariant 7).
    function publish(uint256 version, PeriodId from) external;

    /// @notice Takes back what was published for a month that has not begun. Scheduler only.
    function withdrawFrom(PeriodId from) external;

    /// @notice The price of one unit in a month.
    /// @return offered whether the schedule in force then prices the service for the tier
    function priceOf(
        PeriodId period,
        uint16 service,
        uint8 tier
    ) external view returns (bool offered, uint64 price, uint64 fee);

    /// @notice The version in force in a month; zero where there is none.
    function versionIn(PeriodId period) external view returns (uint256);
}
