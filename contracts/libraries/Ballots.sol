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

    /// @notice Whether a voter's key stands behind a digest.
    /// @dev A contract is asked only once it is known as such a key. What is no signature of the voter's is no ballot;
    /// what cannot be read reverts. No offset is beyond the data by more than a signature, so sums cannot overflow.
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
        unchecked {
            uint256 kind = read(data, offset, 1);
            uint256 place = offset + 1;
            address signer;
            if (kind == 0) {
                next = place + 64;
                reach(data, place, 64);
                (bytes32 r, bytes32 vs) = StatementCodec.pair(data, place);
                signer = Signers.recover(digest, r, vs);
            } else if (kind == 1) {
                signer = address(uint160(read(data, place, 20)));
                next = place + 22 + read(data, place + 20, 2);
                reach(data, place, next - place);
            } else if (kind == 2) {
                next = place;
                signer = msg.sender;
            } else {
                revert BallotsMalformed(offset);
            }
            if (signer == address(0)) return (false, next);
            valid = _speaks(keys, voter, nonce, signer);
            if (kind == 1) valid = valid && Signers.approves(signer, digest, data[place + 22:next]);
        }
    }

    /// @notice Reverts where data has no `size` bytes from an offset on.
    function reach(bytes calldata data, uint256 offset, uint256 size) internal pure {
        unchecked {
            if (data.length < offset + size) revert BallotsMalformed(offset);
        }
    }

    /// @dev Asked in scratch memory, and the answer read without a copy: a batch asks for every ballot.
    function _speaks(
        IKeys keys,
        uint32 voter,
        uint32 nonce,
        address signer
    ) private view returns (bool speaks) {
        bytes32 selector = bytes32(IKeys.mayVote.selector);
        assembly ("memory-safe") {
            let question := mload(0x40)
            mstore(question, selector)
            mstore(add(question, 0x04), and(voter, 0xffffffff))
            mstore(add(question, 0x24), shr(96, shl(96, signer)))
            if iszero(staticcall(gas(), keys, question, 0x44, 0x00, 0x40)) {
                returndatacopy(question, 0, returndatasize())
                revert(question, returndatasize())
            }
            let same := eq(mload(0x20), and(nonce, 0xffffffff))
            speaks := and(gt(returndatasize(), 0x3f), and(mload(0x00), same))
        }
    }
}
