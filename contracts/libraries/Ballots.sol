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

    /// @notice Four bytes as a number.
    function number(bytes calldata data, uint256 offset) internal pure returns (uint32) {
        if (data.length < offset + 4) revert BallotsMalformed(offset);
        return uint32(bytes4(data[offset:offset + 4]));
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
        if (data.length <= offset) revert BallotsMalformed(offset);
        uint8 kind = uint8(data[offset]);
        uint256 place = offset + 1;
        address signer;
        if (kind == 0) {
            next = place + 64;
            if (data.length < next) revert BallotsMalformed(offset);
            (bytes32 r, bytes32 vs) = StatementCodec.pair(data, place);
            signer = Signers.recover(digest, r, vs);
        } else if (kind == 1) {
            if (data.length < place + 22) revert BallotsMalformed(offset);
            signer = address(bytes20(data[place:place + 20]));
            next = place + 22 + uint16(bytes2(data[place + 20:place + 22]));
            if (data.length < next) revert BallotsMalformed(offset);
        } else if (kind == 2) {
            next = place;
            signer = msg.sender;
        } else {
            revert BallotsMalformed(offset);
        }
        if (signer == address(0)) return (false, next);
        (bool may, uint32 current) = electorate.mayVote(voter, signer);
        valid = may && nonce == current && (kind != 1 || Signers.approves(signer, digest, data[place + 22:next]));
    }
}
