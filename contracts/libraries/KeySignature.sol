// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IRegister} from "../interfaces/IRegister.sol";
import {MemberId} from "../types/MemberId.sol";
import {RegisterQuery} from "./RegisterQuery.sol";
import {Signers} from "./Signers.sol";
import {StatementCodec} from "./StatementCodec.sol";

/// @title KeySignature
/// @notice Whether a key of a member signed, as signatures travel: a kind, then r and vs (kind 0, EIP-2098), or a
/// contract's address, length and bytes (kind 1, ERC-1271).
library KeySignature {
    /// @notice A signature that stands alone, its kind in the first byte.
    /// @return signer who signed, or is said to have signed; zero where nobody can be told
    /// @return signed whether it is a living key of the member with the right, and really signed
    function check(
        IRegister register,
        bytes calldata signature,
        bytes32 digest,
        MemberId member,
        uint8 right
    ) internal view returns (address signer, bool signed) {
        if (signature.length == 0) return (address(0), false);
        return checkAt(register, signature, uint8(signature[0]), 1, signature.length, digest, member, right);
    }

    /// @notice A signature at a place in longer data.
    /// @dev A contract is asked only once the register knows it as such a key.
    function checkAt(
        IRegister register,
        bytes calldata data,
        uint256 kind,
        uint256 offset,
        uint256 end,
        bytes32 digest,
        MemberId member,
        uint8 right
    ) internal view returns (address signer, bool signed) {
        if (kind == 0 && end - offset == 64) {
            (bytes32 r, bytes32 vs) = StatementCodec.pair(data, offset);
            signer = Signers.recover(digest, r, vs);
            signed = signer != address(0) && RegisterQuery.hasRight(register, member, signer, right);
        } else if (kind == 1 && end - offset >= 22) {
            signer = address(bytes20(data[offset:offset + 20]));
            signed =
                RegisterQuery.hasRight(register, member, signer, right) &&
                Signers.approves(signer, digest, data[offset + 22:end]);
        }
    }
}
