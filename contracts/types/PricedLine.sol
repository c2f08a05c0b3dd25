// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "./MemberId.sol";

/// @notice What a unit of a service costs between two members, in millionths of a credit.
/// @param offered whether the schedule of the month prices it for the two
/// @param bounded whether the schedule sets a least or a most for a line
/// @param agreed whether an agreement lowers it, so that the schedule's least is not asked
struct UnitPrice {
    bool offered;
    bool bounded;
    bool agreed;
    uint64 price;
    uint64 fee;
}

/// @notice A line of a statement and what it comes to, in millionths of a credit.
/// @param resource the work it uses; zero for none
/// @param gross of the line, within its bounds
/// @param royalty of the line, to `holder`
struct PricedLine {
    uint16 service;
    uint32 quantity;
    uint32 resource;
    UnitPrice unit;
    uint256 gross;
    uint256 royalty;
    MemberId holder;
}
