// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {LibSort} from "solady/src/utils/LibSort.sol";

/// @title Approvals
/// @notice Approvals of candidates, sixteen candidates in a word, and who of them has most.
/// @dev Counts fit sixteen bits because a roll of more voters is refused.
library Approvals {
    /// @notice The most voters that an election can have.
    uint256 internal constant MOST_VOTERS = type(uint16).max;

    /// @notice Room for what a batch of ballots adds.
    function none(uint256 candidates) internal pure returns (uint256[] memory words) {
        words = new uint256[]((candidates + 15) / 16);
    }

    /// @notice Approves of the first so many candidates of a list, once each.
    /// @dev Every one of them has room in `words`, and a batch has fewer than 2^16 voters.
    function approve(uint256[] memory words, uint256[] memory list, uint256 count) internal pure {
        assembly ("memory-safe") {
            let first := add(words, 0x20)
            let at := add(list, 0x20)
            for {
                let end := add(at, shl(5, count))
            } lt(at, end) {
                at := add(at, 0x20)
            } {
                let candidate := mload(at)
                let place := add(first, shl(5, shr(4, candidate)))
                mstore(place, add(mload(place), shl(shl(4, and(candidate, 15)), 1)))
            }
        }
    }

    /// @notice Reads candidates, two bytes each, into a list that has room for as many.
    /// @return least one more than the last of them where they ascend, 0 of none; else more than there can be
    function read(
        uint256[] memory list,
        bytes calldata data,
        uint256 offset,
        uint256 count
    ) internal pure returns (uint256 least) {
        assembly ("memory-safe") {
            let disordered := 0
            let from := add(data.offset, offset)
            let at := add(list, 0x20)
            for {
                let end := add(from, shl(1, count))
            } lt(from, end) {
                from := add(from, 2)
                at := add(at, 0x20)
            } {
                let candidate := shr(240, calldataload(from))
                mstore(at, candidate)
                disordered := or(disordered, lt(candidate, least))
                least := add(candidate, 1)
            }
            if disordered {
                least := not(0)
            }
        }
    }

    /// @notice Adds a batch to what was counted before; only words with something in them are touched.
    function addTo(uint256[] memory words, mapping(uint256 word => uint256) storage totals) internal {
        for (uint256 i = 0; i < words.length; ++i) {
            unchecked {
                if (words[i] != 0) totals[i] += words[i];
            }
        }
    }

    /// @notice A candidate's approvals.
    function of_(
        mapping(uint256 word => uint256) storage totals,
        uint256 candidate
    ) internal view returns (uint256) {
        return uint16(totals[candidate / 16] >> (16 * (candidate % 16)));
    }

    /// @notice All candidates that anybody approved of, those with most approvals first; of two with as many the one
    /// nominated first.
    function ranking(
        mapping(uint256 word => uint256) storage totals,
        uint256 candidates
    ) internal view returns (uint16[] memory ranked) {
        uint256[] memory keys = new uint256[](candidates);
        uint256 word;
        uint256 approved = 0;
        for (uint256 i = 0; i < candidates; ++i) {
            if (i % 16 == 0) word = totals[i / 16];
            uint256 approvals = uint16(word >> (16 * (i % 16)));
            if (approvals != 0) ++approved;
            // Descending approvals, then ascending places, as ascending keys.
            keys[i] = ((MOST_VOTERS - approvals) << 16) | i;
        }
        LibSort.sort(keys);
        ranked = new uint16[](approved);
        for (uint256 i = 0; i < approved; ++i) ranked[i] = uint16(keys[i]);
    }
}
