// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {RecordProof, ServiceRecord, TreeNode} from "../../contracts/types/ServiceRecord.sol";

/// @title RecordTrees
/// @notice Builds record trees and their proofs as plainly as the definition says: the twin of RecordTree.
library RecordTrees {
    /// @notice What all leaves of one tree share.
    /// @param domain hash of chain and ledger
    struct Parties {
        bytes32 domain;
        uint32 supplier;
        uint32 consumer;
    }

    function domain(address ledger) internal view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, ledger));
    }

    function leaf(Parties memory p, ServiceRecord memory r) internal pure returns (bytes32) {
        bytes memory parties = abi.encodePacked(hex"00", p.domain, p.supplier, p.consumer);
        bytes memory priced = abi.encodePacked(
            r.request,
            r.service,
            r.charge,
            r.quantity,
            r.amount,
            r.details
        );
        return keccak256(abi.encode(keccak256(bytes.concat(parties, priced))));
    }

    function build(
        Parties memory p,
        ServiceRecord[] memory all
    ) internal pure returns (bytes32 root, uint256 sum) {
        TreeNode memory node = top(p, all);
        for (uint256 i = 0; i < all.length; ++i) sum += all[i].amount;
        root = keccak256(abi.encodePacked(hex"02", p.domain, node.hash, node.sum, uint32(all.length)));
    }

    /// @notice The node below the root.
    function top(Parties memory p, ServiceRecord[] memory all) internal pure returns (TreeNode memory) {
        TreeNode[] memory level = _leaves(p, all);
        while (level.length > 1) level = _above(level);
        return level[0];
    }

    /// @notice Proves the records that are marked: of each level, from left to right, the unknown nodes that stand
    /// beside a known one.
    function prove(
        Parties memory p,
        ServiceRecord[] memory all,
        bool[] memory known
    ) internal pure returns (RecordProof memory proof) {
        proof.count = uint32(all.length);
        proof.indices = new uint32[](all.length);
        proof.siblings = new TreeNode[](all.length);
        (uint256 named, uint256 siblings) = (0, 0);
        for (uint256 i = 0; i < all.length; ++i) if (known[i]) proof.indices[named++] = uint32(i);
        for (TreeNode[] memory level = _leaves(p, all); level.length > 1; level = _above(level)) {
            bool[] memory above = new bool[]((level.length + 1) / 2);
            for (uint256 i = 0; i < level.length; ++i) {
                if (known[i]) above[i / 2] = true;
                else if ((i ^ 1) < level.length && known[i ^ 1]) proof.siblings[siblings++] = level[i];
            }
            known = above;
        }
        (uint32[] memory indices, TreeNode[] memory nodes) = (proof.indices, proof.siblings);
        assembly ("memory-safe") {
            mstore(indices, named)
            mstore(nodes, siblings)
        }
    }

    /// @notice The places that the low bits of `set` mark; where they mark none, one that its high bits choose.
    function places(uint256 set, uint256 count) internal pure returns (bool[] memory known) {
        known = new bool[](count);
        known[(set >> 128) % count] = set % (1 << count) == 0;
        for (uint256 i = 0; i < count; ++i) if ((set >> i) & 1 == 1) known[i] = true;
    }

    /// @notice Copies of the records that a proof names, in its order.
    function shown(
        ServiceRecord[] memory all,
        RecordProof memory proof
    ) internal pure returns (ServiceRecord[] memory named) {
        named = new ServiceRecord[](proof.indices.length);
        for (uint256 i = 0; i < named.length; ++i) {
            ServiceRecord memory r = all[proof.indices[i]];
            named[i] = ServiceRecord(r.request, r.service, r.charge, r.quantity, r.amount, r.details);
        }
    }

    function _leaves(
        Parties memory p,
        ServiceRecord[] memory all
    ) private pure returns (TreeNode[] memory level) {
        level = new TreeNode[](all.length);
        for (uint256 i = 0; i < all.length; ++i) level[i] = TreeNode(leaf(p, all[i]), all[i].amount);
    }

    function _above(TreeNode[] memory level) private pure returns (TreeNode[] memory above) {
        above = new TreeNode[]((level.length + 1) / 2);
        for (uint256 i = 0; i < above.length; ++i) {
            TreeNode memory left = level[2 * i];
            if (2 * i + 1 == level.length) {
                above[i] = left;
                continue;
            }
            TreeNode memory right = level[2 * i + 1];
            above[i] = TreeNode(
                keccak256(abi.encodePacked(hex"01", left.hash, left.sum, right.hash, right.sum)),
                left.sum + right.sum
            );
        }
    }
}
