// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice What a Solidity test needs to say what it expected.
abstract contract Check {
    error CheckFailed(string what);
    error CheckUnequal(string what, bytes32 found, bytes32 expected);

    function check(bool holds, string memory what) internal pure {
        if (!holds) revert CheckFailed(what);
    }

    function same(uint256 found, uint256 expected, string memory what) internal pure {
        if (found != expected) revert CheckUnequal(what, bytes32(found), bytes32(expected));
    }

    function same(int256 found, int256 expected, string memory what) internal pure {
        if (found != expected) revert CheckUnequal(what, bytes32(uint256(found)), bytes32(uint256(expected)));
    }

    function same(bytes32 found, bytes32 expected, string memory what) internal pure {
        if (found != expected) revert CheckUnequal(what, found, expected);
    }

    function same(bool found, bool expected, string memory what) internal pure {
        if (found != expected) revert CheckFailed(what);
    }

    /// @dev A number between two bounds, both included.
    function bound(uint256 seed, uint256 low, uint256 high) internal pure returns (uint256) {
        if (low == 0 && high == type(uint256).max) return seed;
        return low + (seed % (high - low + 1));
    }

    /// @dev An amount of any order of magnitude from 1 to `high`.
    function magnitude(uint256 seed, uint256 high) internal pure returns (uint256) {
        uint256 cap = 1 << (1 + (seed % 64));
        return 1 + ((seed >> 8) % (cap < high ? cap : high));
    }

    /// @dev Another seed out of one.
    function mix(uint256 seed, uint256 salt) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, salt)));
    }
}
