// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title IKeys
/// @notice Which keys speak for voters.
interface IKeys {
    /// @notice Whether a key may vote for a voter now, and the nonce that the key's ballots must bear.
    function mayVote(uint32 voter, address key) external view returns (bool may, uint32 nonce);
}

/// @title IKeyring
/// @notice Who keeps voters' keys, and can tell of many at once.
interface IKeyring is IKeys {
    /// @notice Which of some keys may vote for their voters now, and bear the right nonce.
    /// @param signatories one a word: what the asker likes (32 bits), nonce (32), voter (32), key (160); at most 256
    /// @return may bit i tells whether the i-th may
    function mayAllVote(uint256[] calldata signatories) external view returns (uint256 may);
}
