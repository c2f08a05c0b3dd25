// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IKeys} from "../interfaces/IKeys.sol";
import {Signers} from "./Signers.sol";
import {StatementCodec} from "./StatementCodec.sol";

/// @title Ballots
/// @notice Signatures in packed ballots, supports and petitions: a kind and what it asks for.
///
/// | kind | then                            | signed by                                  |
/// |------|---------------------------------|--------------------------------------------|
/// | 0    | r and vs, 64 bytes (EIP-2098)   | a key pair                                 |
/// | 1    | address, length (2), that much  | a contract (ERC-1271)                      |
/// | 2    | nothing                         | the caller, who stands for it by calling   |
library Ballots {
    /// @notice The most that one call may carry.
    uint256 internal constant LIMIT = 256;

    /// @dev The bytes end in the middle of a ballot, or bear an unknown kind of signature.
    error BallotsMalformed(uint256 offset);
    /// @dev More than one call may carry.
    error BallotsTooMany(uint256 limit);

    /// @notice A number of `size` bytes, most significant first.
    function read(bytes calldata data, uint256 offset, uint256 size) internal pure returns (uint256 value) {
        reach(data, offset, size);
        assembly ("memory-safe") {
            value := shr(sub(256, shl(3, size)), calldataload(add(data.offset, offset)))
        }
    }

    /// @notice The 32 bytes at an offset; zeros beyond the data.
    function word(bytes calldata data, uint256 offset) internal pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := calldataload(add(data.offset, offset))
        }
    }

    /// @notice Whether a voter's key stands behind a digest.
    /// @param keys who knows the voters' keys
    /// @param nonce what the ballot says the key's nonce is
    /// @return valid whether it counts
    /// @return next where the next ballot begins
    function check(
        IKeys keys,
        uint32 voter,
        uint32 nonce,
        bytes calldata data,
        uint256 offset,
        bytes32 digest
    ) internal view returns (bool valid, uint256 next) {
        address signer;
        (signer, next) = signerOf(keys, voter, nonce, data, offset, digest);
        valid = signer != address(0) && _speaks(keys, voter, nonce, signer);
    }

    /// @notice Who signed a digest; zero where nobody can be told. Whether it may is another question.
    /// @dev A contract is asked only if it is known as the voter's key. What is no signature of the voter's is no ballot;
    /// what cannot be read reverts. No offset is beyond the data by more than a signature, so sums cannot overflow.
    function signerOf(
        IKeys keys,
        uint32 voter,
        uint32 nonce,
        bytes calldata data,
        uint256 offset,
        bytes32 digest
    ) internal view returns (address signer, uint256 next) {
        unchecked {
            // Beyond the data lie zeros, so a kind that is missing reads as 0, and its signature is missing too.
            uint256 head = word(data, offset);
            uint256 kind = head >> 248;
            if (kind == 0) {
                next = offset + 65;
                reach(data, offset, 65);
                (bytes32 r, bytes32 vs) = StatementCodec.pair(data, offset + 1);
                signer = Signers.recover(digest, r, vs);
            } else if (kind == 1) {
                reach(data, offset, 23);
                signer = address(uint160(head >> 88));
                next = offset + 23 + uint16(head >> 72);
                reach(data, offset, next - offset);
                bool asked = _speaks(keys, voter, nonce, signer);
                if (!asked || !Signers.approves(signer, digest, data[offset + 23:next])) signer = address(0);
            } else if (kind == 2) {
                (signer, next) = (msg.sender, offset + 1);
            } else {
                revert BallotsMalformed(offset);
            }
        }
    }

    /// @notice Reverts where data has no `size` bytes from an offset on.
    function reach(bytes calldata data, uint256 offset, uint256 size) internal pure {
        unchecked {
            if (data.length < offset + size) revert BallotsMalformed(offset);
        }
    }

    function _speaks(IKeys keys, uint32 voter, uint32 nonce, address signer) private view returns (bool) {
        (bool may, uint32 current) = keys.mayVote(voter, signer);
        return may && nonce == current;
    }
}
