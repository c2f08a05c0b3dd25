// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title IKeys
/// @notice Which keys speak for voters.
interface IKeys {
    /// @notice Whether a key may vote for a voter now, and the nonce that the key's ballots must bear.
    function mayVote(uint32 voter, address key) external view returns (bool may, uint32 nonce);
}
