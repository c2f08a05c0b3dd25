// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title BatchRoot
/// @notice A Merkle root over the statements of a batch and what each was really charged.
/// @dev Leaves are double-hashed, pairs are sorted, an odd node moves up unchanged: proofs verify with
/// OpenZeppelin's MerkleProof. Twin: src/core/batch.ts.
library BatchRoot {
    /// @param digest EIP-712 digest of the statement
    /// @param gross what the supplier is due, in millionths of a credit
    /// @param fee what COMMONS is due
    /// @param acknowledged the part of what the consumer was due that became acknowledged debts
    /// @param relieved the part of the gross that others paid for the consumer
    function leaf(
        bytes32 digest,
        uint256 gross,
        uint256 fee,
        uint256 acknowledged,
        uint256 relieved
    ) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            mstore(0x00, digest)
            // four amounts of 64 bits in one word
            mstore(0x20, or(or(shl(192, gross), shl(128, fee)), or(shl(64, acknowledged), relieved)))
            mstore(0x00, keccak256(0x00, 0x40))
            hash := keccak256(0x00, 0x20)
        }
    }

    /// @dev Folds the first `count` leaves in place; the array is spent afterwards. No leaves, no root.
    function fold(bytes32[] memory leaves, uint256 count) internal pure returns (bytes32 root) {
        if (count == 0) return 0;
        assembly ("memory-safe") {
            let first := add(leaves, 0x20)
            for {} gt(count, 1) {} {
                let from := first
                let to := first
                let end := add(first, shl(5, and(count, not(1))))
                for {} lt(from, end) {
                    from := add(from, 0x40)
                    to := add(to, 0x20)
                } {
                    // smaller first
                    let a := mload(from)
                    let b := mload(add(from, 0x20))
                    let swap := shl(5, lt(b, a))
                    mstore(swap, a)
                    mstore(xor(swap, 0x20), b)
                    mstore(to, keccak256(0x00, 0x40))
                }
                if and(count, 1) {
                    mstore(to, mload(from))
                    to := add(to, 0x20)
                }
                count := shr(5, sub(to, first))
            }
            root := mload(first)
        }
    }
}
