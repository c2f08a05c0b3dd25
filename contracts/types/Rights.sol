// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Rights
/// @notice What a delegate key may do in its member's name. Rights are a set: one bit each.
library Rights {
    uint8 internal constant POST = 1;
    uint8 internal constant COUNTERSIGN = 2;
    uint8 internal constant VOTE = 4;
    uint8 internal constant CASH = 8;
    uint8 internal constant SPEAK = 16;
    uint8 internal constant READ = 32;
    uint8 internal constant ALL = 63;
}
