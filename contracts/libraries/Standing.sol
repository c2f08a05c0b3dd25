// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Standing
/// @notice What a member supplied, remembered with a decay of one twelfth a month.
/// @dev The decay is applied month by month and rounded down each time, so that an account rolled early, late or
/// never has the same standing (invariant 3). Twin: src/core/standing.ts.
library Standing {
    /// @dev After so many months any standing of 64 bits has decayed to nothing.
    uint256 internal constant FORGOTTEN_AFTER = 512;

    /// @param standing millionths of a credit
    /// @param months how many months passed
    /// @return decayed millionths of a credit, rounded down every month; the rest is nobody's
    function decay(uint256 standing, uint256 months) internal pure returns (uint256 decayed) {
        if (months >= FORGOTTEN_AFTER) return 0;
        decayed = standing;
        for (uint256 i = 0; i < months && decayed != 0; ++i) {
            decayed = (decayed * 11) / 12;
        }
    }
}
