// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "solady/src/utils/ECDSA.sol";

/// @title Signers
/// @notice Who signed a digest: a key pair, or a contract that answers for itself.
library Signers {
    /// @dev What a signing contract may spend on its answer. Enough for a wallet of many owners, too little to
    /// stall a batch.
    uint256 internal constant CONTRACT_GAS = 120_000;

    /// @dev The caller sent too little gas for a signing contract to be asked fairly.
    error SignersGasShort(uint256 left, uint256 needed);

    /// @dev Half the order of secp256k1: of the two values of s that fit a signature only the lower counts.
    uint256 private constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    /// @notice The key pair behind a compact signature (EIP-2098); zero where it is malformed or malleable.
    function recover(bytes32 digest, bytes32 r, bytes32 vs) internal view returns (address signer) {
        if ((uint256(vs) << 1) >> 1 > HALF_ORDER) return address(0);
        return ECDSA.tryRecover(digest, r, vs);
    }

    /// @notice Whether a contract accepts a signature as its own (ERC-1271).
    /// @dev Asked by a static call with capped gas; of the answer 32 bytes are read, however much it returns. A
    /// wallet that reverts, runs out of gas or answers anything else has not signed. The caller cannot make an
    /// honest wallet fail by sending little gas: then the whole call reverts.
    function approves(
        address signer,
        bytes32 digest,
        bytes calldata signature
    ) internal view returns (bool approved) {
        if (signer.code.length == 0) return false;
        uint256 spare;
        assembly ("memory-safe") {
            spare := mload(0x40)
        }
        bytes memory question = abi.encodeCall(IERC1271.isValidSignature, (digest, signature));
        // EIP-150 keeps a 64th back.
        uint256 needed = (CONTRACT_GAS * 64) / 63 + 5_000;
        if (gasleft() < needed) revert SignersGasShort(gasleft(), needed);

        bytes32 magic = bytes32(IERC1271.isValidSignature.selector);
        assembly ("memory-safe") {
            let answered := staticcall(CONTRACT_GAS, signer, add(question, 0x20), mload(question), 0x00, 0x20)
            approved := and(and(answered, gt(returndatasize(), 0x1f)), eq(mload(0x00), magic))
            // The question is answered: its memory is given back, so that a batch's does not grow with it.
            mstore(0x40, spare)
        }
    }
}
