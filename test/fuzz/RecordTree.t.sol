// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {RecordTree} from "../../contracts/libraries/RecordTree.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {RecordProof, ServiceRecord, TreeNode} from "../../contracts/types/ServiceRecord.sol";
import {Check} from "../support/Check.sol";
import {RecordTreeHarness} from "../support/RecordTreeHarness.sol";
import {RecordTrees} from "../support/RecordTrees.sol";
import {vm} from "../support/Vm.sol";

/// @title RecordTreeTest
/// @notice Whatever stands in a tree proves itself, and nothing else does.
contract RecordTreeTest is Check {
    MemberId private constant SUPPLIER = MemberId.wrap(3);
    MemberId private constant CONSUMER = MemberId.wrap(4);
    bytes32 private immutable DOMAIN = RecordTree.domain(31337, address(0xbeef));

    RecordTreeHarness private immutable TREE = new RecordTreeHarness();

    // --- what holds ---

    /// Any set of records of any tree proves the tree that a plain builder builds.
    function testFuzz_anySetProves(uint256 seed, uint256 count, uint256 set) external view {
        count = bound(count, 1, 40);
        ServiceRecord[] memory all = _records(seed, count);
        RecordProof memory proof = _proof(all, RecordTrees.places(set, count));
        (bytes32 root, uint64 sum) = _prove(RecordTrees.shown(all, proof), proof);
        (bytes32 plainRoot, uint256 plainSum) = _plain(all);
        same(root, plainRoot, "root");
        same(sum, plainSum, "sum");
    }

    function test_everySetOfEveryTreeUpToSixProves() external view {
        for (uint256 count = 1; count <= 6; ++count) {
            ServiceRecord[] memory all = _records(count, count);
            (bytes32 plainRoot, ) = _plain(all);
            for (uint256 set = 1; set < 1 << count; ++set) {
                RecordProof memory proof = _proof(all, RecordTrees.places(set, count));
                (bytes32 root, ) = _prove(RecordTrees.shown(all, proof), proof);
                same(root, plainRoot, "root");
            }
        }
    }

    function testFuzz_leafIsTheDoubleHash(
        ServiceRecord calldata r,
        uint32 supplier,
        uint32 consumer
    ) external view {
        bytes32 expected = RecordTrees.leaf(RecordTrees.Parties(DOMAIN, supplier, consumer), r);
        same(TREE.leaf(DOMAIN, MemberId.wrap(supplier), MemberId.wrap(consumer), r), expected, "leaf");
    }

    // --- what does not ---

    /// Whoever changes one thing of a proof gets another root or none.
    function testFuzz_aChangeIsCaught(uint256 seed, uint256 count, uint256 set, uint256 how) external view {
        count = bound(count, 1, 40);
        ServiceRecord[] memory all = _records(seed, count);
        RecordProof memory proof = _proof(all, RecordTrees.places(set, count));
        ServiceRecord[] memory shown = RecordTrees.shown(all, proof);
        (bytes32 root, ) = _plain(all);
        _change(shown, proof, mix(seed, how), how % 10);
        (bool placed, bytes32 found) = _tryProve(shown, proof);
        check(!placed || found != root, "a change was not caught");
    }

    /// The pair's own records only: with one party changed no proof holds.
    function testFuzz_partiesAndLedgerAreFixed(uint256 seed, uint32 other) external view {
        ServiceRecord[] memory all = _records(seed, 5);
        RecordProof memory proof = _proof(all, RecordTrees.places(seed, 5));
        ServiceRecord[] memory shown = RecordTrees.shown(all, proof);
        (bytes32 root, ) = _plain(all);
        MemberId stranger = MemberId.wrap(other);
        vm.assume(other != 3 && other != 4);
        (bytes32 a, ) = TREE.prove(DOMAIN, stranger, CONSUMER, shown, proof);
        (bytes32 b, ) = TREE.prove(DOMAIN, SUPPLIER, stranger, shown, proof);
        (bytes32 c, ) = TREE.prove(DOMAIN, CONSUMER, SUPPLIER, shown, proof);
        (bytes32 d, ) = TREE.prove(RecordTree.domain(1, address(0xbeef)), SUPPLIER, CONSUMER, shown, proof);
        check(a != root && b != root && c != root && d != root, "a stranger proves");
    }

    /// A hidden amount cannot be made up for elsewhere: sums never wrap.
    function testFuzz_aSumAbove64BitsIsRefused(uint256 seed, uint256 count, uint256 which) external view {
        count = bound(count, 2, 40);
        ServiceRecord[] memory all = _records(seed, count);
        RecordProof memory proof = _proof(all, RecordTrees.places(1 << (seed % count), count));
        (, uint256 sum) = _plain(all);
        TreeNode memory sibling = proof.siblings[which % proof.siblings.length];
        sibling.sum = uint64(type(uint64).max - sum + sibling.sum);
        (, uint64 highest) = _prove(RecordTrees.shown(all, proof), proof);
        same(highest, type(uint64).max, "highest sum");
        ++sibling.sum;
        _refused(RecordTrees.shown(all, proof), proof);
    }

    /// A node's hash and sum, dressed as a record, do not pass for the leaf that would stand in its place.
    function test_anInnerNodeIsNoLeaf() external view {
        ServiceRecord[] memory all = _records(7, 3);
        (bytes32 root, ) = _plain(all);
        TreeNode memory inner = _proof(all, RecordTrees.places(4, 3)).siblings[0];
        ServiceRecord[] memory posing = new ServiceRecord[](1);
        posing[0] = ServiceRecord(inner.hash, 1, 0, 1, inner.sum, inner.hash);
        RecordProof memory proof = RecordProof(2, new uint32[](1), new TreeNode[](1));
        proof.siblings[0] = TreeNode(RecordTrees.leaf(_parties(), all[2]), all[2].amount);
        for (uint32 count = 2; count <= 3; ++count) {
            proof.count = count;
            (bool placed, bytes32 found) = _tryProve(posing, proof);
            check(!placed || found != root, "an inner node passed for a leaf");
        }
    }

    function test_swappedChildrenAreRefused() external view {
        ServiceRecord[] memory all = _records(3, 2);
        (bytes32 root, ) = _plain(all);
        RecordProof memory proof = _proof(all, RecordTrees.places(3, 2));
        (all[0], all[1]) = (all[1], all[0]);
        (bytes32 swapped, ) = _prove(all, proof);
        check(swapped != root, "children may be swapped");
    }

    function test_noRecordsAreRefused() external view {
        _refused(new ServiceRecord[](0), RecordProof(0, new uint32[](0), new TreeNode[](0)));
        _refused(new ServiceRecord[](0), RecordProof(1, new uint32[](0), new TreeNode[](1)));
        _refused(_records(1, 1), RecordProof(0, new uint32[](1), new TreeNode[](0)));
        _refused(_records(1, 1), RecordProof(1, new uint32[](2), new TreeNode[](0)));
    }

    function test_placesMustAscendWithinTheTree() external view {
        ServiceRecord[] memory all = _records(1, 2);
        uint32[] memory places = new uint32[](2);
        RecordProof memory proof = RecordProof(2, places, new TreeNode[](0));
        _refused(all, proof); // 0 twice
        (places[0], places[1]) = (1, 0);
        _refused(all, proof);
        (places[0], places[1]) = (0, 2);
        _refused(all, proof);
        (places[0], places[1]) = (0, 1);
        _prove(all, proof);
    }

    /// The longest way up costs 32 siblings, whatever the proof claims.
    function test_costIsBoundedByTheInput() external view {
        ServiceRecord[] memory all = _records(1, 1);
        RecordProof memory proof = RecordProof(type(uint32).max, new uint32[](1), new TreeNode[](32));
        uint256 before = gasleft();
        _prove(all, proof);
        check(before - gasleft() < 100_000, "gas");
        proof.siblings = new TreeNode[](31);
        _refused(all, proof);
        proof.siblings = new TreeNode[](33);
        _refused(all, proof);
    }

    // --- making and changing ---

    function _records(uint256 seed, uint256 count) private pure returns (ServiceRecord[] memory all) {
        all = new ServiceRecord[](count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 word = mix(seed, i);
            all[i] = ServiceRecord({
                request: bytes32(word),
                service: uint16(word >> 16),
                charge: uint16(word >> 32),
                quantity: uint32(word >> 48),
                amount: uint64(magnitude(word, 1 << 58)),
                details: bytes32(~word)
            });
        }
    }

    function _change(
        ServiceRecord[] memory shown,
        RecordProof memory proof,
        uint256 seed,
        uint256 how
    ) private pure {
        ServiceRecord memory r = shown[seed % shown.length];
        uint256 place = (seed >> 8) % proof.indices.length;
        uint256 siblings = proof.siblings.length;
        // Where there are no siblings to change, the amount is changed.
        if (how >= 6 && siblings < (how == 9 ? 2 : 1)) how = 0;
        if (how == 0) r.amount ^= uint64(1 << ((seed >> 16) % 58));
        else if (how == 1) r.request ^= bytes32(1 << ((seed >> 16) % 256));
        else if (how == 2) r.details ^= bytes32(1 << ((seed >> 16) % 256));
        else if (how == 3) (r.service, r.charge, r.quantity) = (~r.service, ~r.charge, ~r.quantity);
        else if (how == 4) proof.indices[place] ^= uint32(1 << ((seed >> 16) % 6));
        else if (how == 5) proof.count ^= uint32(1 << ((seed >> 16) % 32));
        else if (how == 6) proof.siblings[(seed >> 16) % siblings].hash ^= bytes32(1 << ((seed >> 24) % 256));
        else if (how == 7) proof.siblings[(seed >> 16) % siblings].sum ^= uint64(1 << ((seed >> 24) % 58));
        else if (how == 8)
            proof.siblings = _resized(proof.siblings, seed % 2 == 0 ? siblings + 1 : siblings - 1);
        else
            (proof.siblings[0], proof.siblings[siblings - 1]) = (
                proof.siblings[siblings - 1],
                proof.siblings[0]
            );
    }

    function _resized(
        TreeNode[] memory nodes,
        uint256 length
    ) private pure returns (TreeNode[] memory resized) {
        resized = new TreeNode[](length);
        for (uint256 i = 0; i < length && i < nodes.length; ++i) resized[i] = nodes[i];
    }

    // --- asking ---

    function _plain(ServiceRecord[] memory all) private view returns (bytes32 root, uint256 sum) {
        return RecordTrees.build(_parties(), all);
    }

    function _proof(
        ServiceRecord[] memory all,
        bool[] memory known
    ) private view returns (RecordProof memory) {
        return RecordTrees.prove(_parties(), all, known);
    }

    function _parties() private view returns (RecordTrees.Parties memory) {
        return RecordTrees.Parties(DOMAIN, MemberId.unwrap(SUPPLIER), MemberId.unwrap(CONSUMER));
    }

    function _prove(
        ServiceRecord[] memory shown,
        RecordProof memory proof
    ) private view returns (bytes32 root, uint64 sum) {
        return TREE.prove(DOMAIN, SUPPLIER, CONSUMER, shown, proof);
    }

    function _tryProve(
        ServiceRecord[] memory shown,
        RecordProof memory proof
    ) private view returns (bool placed, bytes32 root) {
        try TREE.prove(DOMAIN, SUPPLIER, CONSUMER, shown, proof) returns (bytes32 found, uint64) {
            return (true, found);
        } catch (bytes memory reason) {
            same(bytes32(reason), bytes32(RecordTree.RecordProofInvalid.selector), "reason");
            return (false, 0);
        }
    }

    function _refused(ServiceRecord[] memory shown, RecordProof memory proof) private view {
        (bool placed, ) = _tryProve(shown, proof);
        check(!placed, "a proof of nothing held");
    }
}
