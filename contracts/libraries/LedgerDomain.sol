// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @title LedgerDomain
/// @notice The EIP-712 domain under which a consortium signs: everything is signed for its ledger, whichever contract reads
/// it, so one domain stands for one ledger on one chain.
library LedgerDomain {
    bytes32 private constant DOMAIN_TYPEHASH = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );
    bytes32 private constant NAME = keccak256("Consortia Ledger");
    bytes32 private constant VERSION = keccak256("1");

    /// @notice What is signed of a struct, on the chain that runs this.
    function digest(address ledger, bytes32 structHash) internal view returns (bytes32) {
        bytes32 domain = keccak256(abi.encode(DOMAIN_TYPEHASH, NAME, VERSION, block.chainid, ledger));
        return MessageHashUtils.toTypedDataHash(domain, structHash);
    }
}
