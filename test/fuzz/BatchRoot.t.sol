// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {BatchRoot} from "../../contracts/libraries/BatchRoot.sol";
import {BatchTrees} from "../support/BatchTrees.sol";
import {Check} from "../support/Check.sol";

/// @title BatchRootTest
/// @notice Every statement of a batch proves itself by OpenZeppelin's MerkleProof.
contract BatchRootTest is Check {
    /// For 1 to 256 leaves, a few of each and the edges always.
    function testFuzz_everyLeafProves(uint256 seed, uint256 count) external pure {
        count = bound(count, 1, 256);
        bytes32 root = BatchRoot.fold(_leaves(seed, count), count);
        for (uint256 i = 0; i < 8; ++i) {
            uint256 index =
                i == 0
                    ? 0
                    : i == 1
                        ? count - 1
                        : mix(seed, i) % count;
            bytes32[] memory proof = BatchTrees.path(_leaves(seed, count), index);
            check(MerkleProof.verify(proof, root, _leaf(seed, index)), "a leaf does not prove");
            check(!MerkleProof.verify(proof, root, _leaf(seed, index + 1_000)), "a stranger proves");
        }
    }

    function test_everyCountProvesItsLastLeaf() external pure {
        for (uint256 count = 1; count <= 256; ++count) {
            bytes32 root = BatchRoot.fold(_leaves(count, count), count);
            bytes32[] memory proof = BatchTrees.path(_leaves(count, count), count - 1);
            check(MerkleProof.verify(proof, root, _leaf(count, count - 1)), "the last leaf does not prove");
        }
    }

    /// What lies in the array behind the count, and in memory behind the array, plays no part and stays.
    function testFuzz_neighboursPlayNoPart(uint256 seed, uint256 count, uint256 dirt) external pure {
        count = bound(count, 0, 255);
        bytes32[] memory leaves = new bytes32[](256);
        bytes32[] memory behind = new bytes32[](2);
        for (uint256 i = 0; i < 256; ++i) leaves[i] = i < count ? _leaf(seed, i) : bytes32(dirt);
        behind[0] = bytes32(dirt);
        bytes32 root = BatchRoot.fold(leaves, count);
        same(root, count == 0 ? bytes32(0) : BatchRoot.fold(_leaves(seed, count), count), "root");
        same(behind.length, 2, "length behind");
        same(behind[0], bytes32(dirt), "word behind");
        same(leaves[255], bytes32(dirt), "last word");
    }

    function testFuzz_leafIsTheDoubleHash(
        bytes32 digest,
        uint64 gross,
        uint64 fee,
        uint64 owed,
        uint64 relieved
    ) external pure {
        bytes32 expected = BatchTrees.leaf(digest, gross, fee, owed, relieved);
        same(BatchRoot.leaf(digest, gross, fee, owed, relieved), expected, "leaf");
    }

    function _leaf(uint256 seed, uint256 index) private pure returns (bytes32) {
        return BatchRoot.leaf(keccak256(abi.encode(seed, index)), index, seed % 97, 0, seed % 89);
    }

    function _leaves(uint256 seed, uint256 count) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) leaves[i] = _leaf(seed, i);
    }
}
