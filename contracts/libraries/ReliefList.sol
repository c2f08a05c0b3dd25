// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title ReliefList
/// @notice The numbers of up to eight reliefs in one word of 8 × 32 bits, ascending from the lowest bits.
library ReliefList {
    uint256 internal constant LIMIT = 8;

    /// @notice How many of them can be grants, so that whoever opens those leaves room for reliefs.
    uint256 internal constant GRANT_LIMIT = 4;

    /// @notice The first relief of two lists, zero where both are empty, and what remains of them.
    function shift(
        uint256 one,
        uint256 other
    ) internal pure returns (uint32 relief, uint256 restOfOne, uint256 restOfOther) {
        uint32 first = uint32(one);
        uint32 second = uint32(other);
        if (second == 0 || (first != 0 && first < second)) return (first, one >> 32, other);
        return (second, one, other >> 32);
    }

    /// @notice How many reliefs a list holds.
    function length(uint256 list) internal pure returns (uint256 count) {
        for (; list != 0; list >>= 32) ++count;
    }

    /// @notice Puts a relief at the end of a list that holds `count`, fewer than eight.
    function append(uint256 list, uint256 count, uint32 relief) internal pure returns (uint256) {
        return list | (uint256(relief) << (32 * count));
    }
}
