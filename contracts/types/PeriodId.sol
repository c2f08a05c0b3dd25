// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {DateTimeLib} from "solady/src/utils/DateTimeLib.sol";

/// @notice A calendar month, UTC, half-open: 12 × year + month − 1. November 2026 is 24322. Zero is no month.
type PeriodId is uint16;

using {eq as ==, lt as <, lte as <=, next, plus, start, end} for PeriodId global;

/// @dev No month: not yet, or not ever.
PeriodId constant NO_PERIOD = PeriodId.wrap(0);

/// @dev How many months back a service may lie when its statement is posted.
uint16 constant POSTING_WINDOW = 3;

function eq(PeriodId a, PeriodId b) pure returns (bool) {
    return PeriodId.unwrap(a) == PeriodId.unwrap(b);
}

function lt(PeriodId a, PeriodId b) pure returns (bool) {
    return PeriodId.unwrap(a) < PeriodId.unwrap(b);
}

function lte(PeriodId a, PeriodId b) pure returns (bool) {
    return PeriodId.unwrap(a) <= PeriodId.unwrap(b);
}

/// @dev The month after.
function next(PeriodId period) pure returns (PeriodId) {
    return PeriodId.wrap(PeriodId.unwrap(period) + 1);
}

/// @dev The month that lies `months` later.
function plus(PeriodId period, uint16 months) pure returns (PeriodId) {
    return PeriodId.wrap(PeriodId.unwrap(period) + months);
}

/// @dev The first second of a month.
function start(PeriodId period) pure returns (uint256) {
    uint256 months = PeriodId.unwrap(period);
    return DateTimeLib.dateToTimestamp(months / 12, (months % 12) + 1, 1);
}

/// @dev The first second after a month.
function end(PeriodId period) pure returns (uint256) {
    return start(next(period));
}

/// @dev The month that holds a moment, in seconds since 1970.
function periodOf(uint256 timestamp) pure returns (PeriodId) {
    (uint256 year, uint256 month, ) = DateTimeLib.timestampToDate(timestamp);
    return PeriodId.wrap(uint16(year * 12 + month - 1));
}
