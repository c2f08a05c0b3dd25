// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";
import {PeriodId} from "../types/PeriodId.sol";
import {IDesk} from "./IDesk.sol";

/// @notice What a net lender gets on top.
/// @param rate of what it received net in the month, in ten-thousandths; rounded down, the rest goes back to RELIEF
/// @param cap the most, in millionths of a credit; set aside when it is named
struct Named {
    MemberId member;
    uint16 rate;
    uint64 cap;
}

/// @title ICompensation
/// @notice Compensation for members that carry more than they draw, out of what RELIEF has set aside.
/// @dev What was set aside is no account: nobody can spend it, and nothing here can fail a close, a roll or a posting.
interface ICompensation is IDesk {
    event CompensationNamed(PeriodId indexed period, MemberId indexed member, uint16 rate, uint64 cap);
    /// @param net what the member received less what it was debited in the month
    /// @param amount what it got; the rest of the cap went back to RELIEF
    event Compensated(PeriodId indexed period, MemberId indexed member, int256 net, uint256 amount);
    event CompensationLapsed(PeriodId indexed period, MemberId indexed member, uint256 amount);

    error CompensationInvalid(MemberId member);
    error CompensationTooLate(PeriodId period, PeriodId earliest);
    /// @dev What is set aside for a month that far ahead would lie idle.
    error CompensationTooEarly(PeriodId period, PeriodId latest);
    error CompensationNamedAlready(MemberId member, PeriodId period);
    error CompensationNone(MemberId member, PeriodId period);
    error CompensationPeriodOpen(PeriodId period);
    error CompensationNotLapsed(MemberId member, PeriodId period, PeriodId lapsesIn);

    /// @notice Names members for a month that has not begun, at most twelve months ahead, and sets the sum of their caps
    /// aside from RELIEF. Council only.
    function name(PeriodId period, Named[] calldata members) external;

    /// @notice Pays a named member after the close: rate × net received, up to its cap. Anyone.
    function compensate(MemberId member, PeriodId period) external returns (uint256 amount);

    /// @notice Gives back to RELIEF what nobody drew within twelve months of the close. Anyone.
    function lapse(MemberId member, PeriodId period) external;

    function namedFor(MemberId member, PeriodId period) external view returns (uint16 rate, uint64 cap);
}
