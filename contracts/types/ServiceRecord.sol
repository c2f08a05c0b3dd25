// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice One loan, copy, catalogue record or e-resource use, priced. Supplier and consumer are the statement's.
/// @param request hash of the agency pair and the request
/// @param service what is priced
/// @param charge 0 for the first bill of a request; a corrected bill after a refund counts on
/// @param quantity in the unit of the service
/// @param amount millionths of a credit
/// @param details salted hash of the details
struct ServiceRecord {
    bytes32 request;
    uint16 service;
    uint16 charge;
    uint32 quantity;
    uint64 amount;
    bytes32 details;
}

/// @notice A node of a record tree: its hash, and the sum of the amounts below it in millionths of a credit.
struct TreeNode {
    bytes32 hash;
    uint64 sum;
}

/// @notice That some records stand in a tree.
/// @param count how many records the tree holds
/// @param indices places of the proven records, ascending and distinct
/// @param siblings the nodes that cannot be worked out, level by level from the leaves, from left to right
struct RecordProof {
    uint32 count;
    uint32[] indices;
    TreeNode[] siblings;
}
