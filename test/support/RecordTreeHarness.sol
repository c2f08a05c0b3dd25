// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {RecordTree} from "../../contracts/libraries/RecordTree.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {RecordProof, ServiceRecord} from "../../contracts/types/ServiceRecord.sol";

/// @notice Opens the record tree to tests; also gives them its calldata.
contract RecordTreeHarness {
    function domain(uint256 chainId, address ledger) external pure returns (bytes32) {
        return RecordTree.domain(chainId, ledger);
    }

    function leaf(
        bytes32 domain_,
        MemberId supplier,
        MemberId consumer,
        ServiceRecord calldata record
    ) external pure returns (bytes32) {
        return RecordTree.leaf(domain_, supplier, consumer, record);
    }

    function prove(
        bytes32 domain_,
        MemberId supplier,
        MemberId consumer,
        ServiceRecord[] calldata records,
        RecordProof calldata proof
    ) external pure returns (bytes32 root, uint64 sum) {
        return RecordTree.prove(domain_, supplier, consumer, records, proof);
    }
}
