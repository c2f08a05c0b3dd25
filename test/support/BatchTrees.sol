// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title BatchTrees
/// @notice Roots and paths of batches made level by level, as anybody would: sorted pairs, an odd node moves up.
library BatchTrees {
    function leaf(
        bytes32 digest,
        uint256 gross,
        uint256 fee,
        uint256 acknowledged,
        uint256 relieved
    ) internal pure returns (bytes32) {
        bytes memory amounts = abi.encodePacked(
            uint64(gross),
            uint64(fee),
            uint64(acknowledged),
            uint64(relieved)
        );
        return keccak256(abi.encode(keccak256(bytes.concat(digest, amounts))));
    }

    function root(bytes32[] memory level) internal pure returns (bytes32) {
        while (level.length > 1) level = _above(level);
        return level.length == 0 ? bytes32(0) : level[0];
    }

    function path(bytes32[] memory level, uint256 index) internal pure returns (bytes32[] memory siblings) {
        siblings = new bytes32[](9);
        uint256 length = 0;
        while (level.length > 1) {
            uint256 sibling = index ^ 1;
            if (sibling < level.length) siblings[length++] = level[sibling];
            (level, index) = (_above(level), index / 2);
        }
        assembly ("memory-safe") {
            mstore(siblings, length)
        }
    }

    function _above(bytes32[] memory level) private pure returns (bytes32[] memory above) {
        above = new bytes32[]((level.length + 1) / 2);
        for (uint256 i = 0; i < above.length; ++i) {
            if (2 * i + 1 == level.length) above[i] = level[2 * i];
            else above[i] = _pair(level[2 * i], level[2 * i + 1]);
        }
    }

    function _pair(bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }
}
