// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Legs
/// @notice What somebody else pays or gets of a statement, in one word: amount in bits 0–63, in bits 64–95 the relief or grant
/// that pays it, or the rights holder that gets it, and bit 255 where it is relief.
library Legs {
    uint256 private constant AID = 1 << 255;

    function aid(uint32 relief, uint256 paid) internal pure returns (uint256) {
        return AID | (uint256(relief) << 64) | paid;
    }

    function royalty(uint32 holder, uint256 due) internal pure returns (uint256) {
        return (uint256(holder) << 64) | due;
    }

    function isAid(uint256 leg) internal pure returns (bool) {
        return leg & AID != 0;
    }

    function target(uint256 leg) internal pure returns (uint32) {
        return uint32(leg >> 64);
    }

    function amount(uint256 leg) internal pure returns (uint64) {
        return uint64(leg);
    }
}
