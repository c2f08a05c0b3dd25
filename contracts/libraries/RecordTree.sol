// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";
import {RecordProof, ServiceRecord, TreeNode} from "../types/ServiceRecord.sol";

/// @title RecordTree
/// @notice Inclusion of records in the Merkle sum tree under a statement's root.
/// @dev The definition to the byte stands in src/core/leaf.ts and src/core/tree.ts, its twins. Preimages have
/// lengths of their own and a tag in front: record 121 bytes and 0x00, node 81 and 0x01, root 77 and 0x02; a leaf is
/// hashed twice. So nothing but a leaf can stand at a path's foot, whose shape index and count fix.
library RecordTree {
    /// The proof fits no tree: places out of order or out of range, too few or too many siblings, or a sum above
    /// 64 bits.
    error RecordProofInvalid();

    /// @dev Known nodes of one level from left to right; the first `length` of each array.
    struct Level {
        uint256 length;
        uint256[] places;
        bytes32[] hashes;
        uint256[] sums;
    }

    /// @notice What sets one ledger on one chain apart from every other.
    function domain(uint256 chainId, address ledger) internal pure returns (bytes32) {
        return keccak256(abi.encode(chainId, ledger));
    }

    /// @notice The leaf of one record.
    function leaf(
        bytes32 domain_,
        MemberId supplier,
        MemberId consumer,
        ServiceRecord memory record
    ) internal pure returns (bytes32) {
        bytes32 inner = keccak256(
            abi.encodePacked(
                bytes1(0x00),
                domain_,
                supplier,
                consumer,
                record.request,
                record.service,
                record.charge,
                record.quantity,
                record.amount,
                record.details
            )
        );
        return keccak256(abi.encodePacked(inner));
    }

    /// @notice The only tree in which `proof` can place `records`, which stand in the order of its indices. Whoever
    /// compares the root with a trusted one has proven the records, the sum and the count at once.
    /// @dev Costs at most 32 levels for each record and one step for each sibling, whatever the proof claims.
    /// @return root the root of that tree
    /// @return sum of all its records' amounts, in millionths of a credit
    function prove(
        bytes32 domain_,
        MemberId supplier,
        MemberId consumer,
        ServiceRecord[] memory records,
        RecordProof calldata proof
    ) internal pure returns (bytes32 root, uint64 sum) {
        Level memory level = _leaves(domain_, supplier, consumer, records, proof);
        uint256 used = 0;
        for (uint256 width = proof.count; width > 1; width = (width + 1) >> 1) {
            used = _climb(level, width, proof.siblings, used);
        }
        require(used == proof.siblings.length, RecordProofInvalid());
        sum = uint64(level.sums[0]);
        root = seal(domain_, level.hashes[0], sum, proof.count);
    }

    /// @notice The root over a tree's top node: it commits to the sum of the amounts and to the number of records.
    function seal(bytes32 domain_, bytes32 top, uint64 sum, uint32 count) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(bytes1(0x02), domain_, top, sum, count));
    }

    function _leaves(
        bytes32 domain_,
        MemberId supplier,
        MemberId consumer,
        ServiceRecord[] memory records,
        RecordProof calldata proof
    ) private pure returns (Level memory level) {
        uint256 length = records.length;
        require(length != 0 && length == proof.indices.length, RecordProofInvalid());
        level = Level(length, new uint256[](length), new bytes32[](length), new uint256[](length));
        uint256 free = 0; // the lowest place that the next record may take
        for (uint256 i = 0; i < length; ++i) {
            uint256 place = proof.indices[i];
            require(place >= free && place < proof.count, RecordProofInvalid());
            free = place + 1;
            level.places[i] = place;
            level.hashes[i] = leaf(domain_, supplier, consumer, records[i]);
            level.sums[i] = records[i].amount;
        }
    }

    /// @dev Replaces the known nodes of a level by their parents. The arrays are written no further than read.
    function _climb(
        Level memory level,
        uint256 width,
        TreeNode[] calldata siblings,
        uint256 used
    ) private pure returns (uint256) {
        uint256 to = 0;
        for (uint256 from = 0; from < level.length; ++to) {
            uint256 place = level.places[from];
            (bytes32 hash, uint256 sum) = (level.hashes[from], level.sums[from]);
            ++from;
            if (
                place & 1 == 0 && place + 1 < width && from < level.length && level.places[from] == place + 1
            ) {
                (hash, sum) = _join(hash, sum, level.hashes[from], level.sums[from]);
                ++from;
            } else if (place & 1 == 1 || place + 1 < width) {
                require(used < siblings.length, RecordProofInvalid());
                TreeNode calldata sibling = siblings[used++];
                (hash, sum) = place & 1 == 1
                    ? _join(sibling.hash, sibling.sum, hash, sum)
                    : _join(hash, sum, sibling.hash, sibling.sum);
            }
            (level.places[to], level.hashes[to], level.sums[to]) = (place >> 1, hash, sum);
        }
        level.length = to;
        return used;
    }

    function _join(
        bytes32 left,
        uint256 leftSum,
        bytes32 right,
        uint256 rightSum
    ) private pure returns (bytes32 hash, uint256 sum) {
        sum = leftSum + rightSum;
        require(sum <= type(uint64).max, RecordProofInvalid());
        hash = keccak256(abi.encodePacked(bytes1(0x01), left, uint64(leftSum), right, uint64(rightSum)));
    }
}
