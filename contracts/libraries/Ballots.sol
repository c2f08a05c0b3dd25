// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IElectorate} from "../interfaces/IElectorate.sol";
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
        _require(data, offset, size);
        assembly ("memory-safe") {
            value := shr(sub(256, shl(3, size)), calldataload(add(data.offset, offset)))
        }
    }

    /// @notice Whether a voter's key stands behind a digest.
    /// @dev A contract is asked only once the electorate knows it as such a key. What is no signature of the voter's
    /// is no ballot; what cannot be read reverts.
    /// @param nonce what the ballot says the key's nonce is
    /// @return valid whether it counts
    /// @return next where the next ballot begins
    function check(
        IElectorate electorate,
        uint32 voter,
        uint32 nonce,
        bytes calldata data,
        uint256 offset,
        bytes32 digest
    ) internal view returns (bool valid, uint256 next) {
        uint256 kind = read(data, offset, 1);
        uint256 place = offset + 1;
        address signer;
        if (kind == 0) {
            next = place + 64;
            _require(data, place, 64);
            (bytes32 r, bytes32 vs) = StatementCodec.pair(data, place);
            signer = Signers.recover(digest, r, vs);
        } else if (kind == 1) {
            signer = address(uint160(read(data, place, 20)));
            next = place + 22 + read(data, place + 20, 2);
            _require(data, place, next - place);
        } else if (kind == 2) {
            next = place;
            signer = msg.sender;
        } else {
            revert BallotsMalformed(offset);
        }
        if (signer == address(0)) return (false, next);
        (bool may, uint32 current) = electorate.mayVote(voter, signer);
        valid =
            may &&
            nonce == current &&
            (kind != 1 || Signers.approves(signer, digest, data[place + 22:next]));
    }

    function _require(bytes calldata data, uint256 offset, uint256 size) private pure {
        if (data.length < offset + size) revert BallotsMalformed(offset);
    }
}
