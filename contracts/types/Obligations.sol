// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PeriodId} from "./PeriodId.sol";

/// @notice An account's second word, read only where a flag of the first says that it matters.
/// @param advances what the account owes its sponsors
/// @param debts acknowledged debts it has not paid yet
/// @param indebtedSince when its debts last rose from zero, in seconds since 1970
/// @param standing decayed sum of what it supplied, up to and with `standingPeriod`
/// @param standingPeriod the last month that flowed into `standing`
struct Obligations {
    uint64 advances;
    uint64 debts;
    uint40 indebtedSince;
    uint64 standing;
    PeriodId standingPeriod;
}
