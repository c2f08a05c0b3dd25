// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

/// @title BatchRoot
/// @notice A Merkle root over the statements of a batch and what each was really charged.
/// @dev Leaves are double-hashed, pairs are sorted, an odd node moves up unchanged: proofs verify with
/// OpenZeppelin's MerkleProof. Twin: src/core/batch.ts.
library BatchRoot {
    /// @param digest EIP-712 digest of the statement
    /// @param gross what the supplier is due, in millionths of a credit
    /// @param fee what COMMONS is due
    /// @param acknowledged the part of both that became an acknowledged debt
    function leaf(
        bytes32 digest,
        uint256 gross,
        uint256 fee,
        uint256 acknowledged
    ) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(digest, gross, fee, acknowledged))));
    }

    /// @dev Folds `count` leaves in place; the array is spent afterwards. No leaves, no root.
    function fold(bytes32[] memory leaves, uint256 count) internal pure returns (bytes32) {
        if (count == 0) return 0;
        while (count > 1) {
            uint256 half = count / 2;
            for (uint256 i = 0; i < half; ++i) {
                leaves[i] = Hashes.commutativeKeccak256(leaves[2 * i], leaves[2 * i + 1]);
            }
            if (count & 1 == 1) {
                leaves[half] = leaves[count - 1];
                ++half;
            }
            count = half;
        }
        return leaves[0];
    }
}
