// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {LibSort} from "solady/src/utils/LibSort.sol";

/// @title Approvals
/// @notice Approvals of candidates, sixteen candidates in a word, and who of them has most.
/// @dev Counts fit sixteen bits because a roll of more voters is refused.
library Approvals {
    /// @notice The most voters that an election can have.
    uint256 internal constant MOST_VOTERS = type(uint16).max;

    /// @notice Room for what a batch of ballots adds: a word a candidate.
    function none(uint256 candidates) internal pure returns (uint256[] memory counts) {
        counts = new uint256[](candidates);
    }

    /// @notice Reads a ballot's candidates, two bytes each, into a list and adds to each. Ends at one that does not stand
    /// or come after the one before, so that a list with room for all who stand is long enough.
    /// @dev Counts down, since the compiler would derive an end anew for every candidate. A word of the list is sixteen
    /// times as long as what it is read from; the place of a count is `counts` + 32 + 32 × candidate.
    /// @param list becomes the candidates, its length what the ballot says, also where it ended before
    /// @param by one, or minus one to take back what the same bytes added
    /// @return sound whether it read some candidates, and all of them
    function tally(
        uint256[] memory counts,
        uint256[] memory list,
        bytes calldata data,
        uint256 offset,
        uint256 size,
        int256 by
    ) internal pure returns (bool sound) {
        assembly ("memory-safe") {
            mstore(list, size)
            let at := add(list, 0x20)
            let from := sub(add(data.offset, offset), shr(4, at))
            let first := add(counts, 0x20)
            let last := counts
            let limit := add(first, shl(5, mload(counts)))
            sound := iszero(iszero(size))
            for {
                let left := size
            } left {
                left := sub(left, 1)
            } {
                let candidate := shr(240, calldataload(add(from, shr(4, at))))
                let place := add(first, shl(5, candidate))
                if iszero(and(gt(place, last), lt(place, limit))) {
                    sound := 0
                    break
                }
                mstore(at, candidate)
                mstore(place, add(mload(place), by))
                last := place
                at := add(at, 0x20)
            }
        }
    }

    /// @notice Adds a batch to what was counted before; only words with something in them are touched.
    function addTo(uint256[] memory counts, mapping(uint256 word => uint256) storage totals) internal {
        unchecked {
            for (uint256 i = 0; i < counts.length; i += 16) {
                uint256 word = 0;
                for (uint256 j = 0; j < 16 && i + j < counts.length; ++j) word |= counts[i + j] << (16 * j);
                if (word != 0) totals[i / 16] += word; // below 2^16 voters
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
