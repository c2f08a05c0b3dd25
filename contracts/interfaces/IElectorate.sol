// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IKeyring, IKeys} from "./IKeys.sol";

/// @title IElectorate
/// @notice Who may vote. A voter is a number, of a member or of a delegate; it outlives its keys.
interface IElectorate is IKeys {
    /// @notice Who knows the voters' keys at first hand; it answers `mayVote` as this does, and never changes.
    function keys() external view returns (IKeyring);

    /// @notice A part of a constituency's roll as it stood at a time that is over.
    /// @param word which part: the voters from 208 × `word` on
    /// @return bits bit i tells whether voter 208 × `word` + i was on the roll
    function rollWord(
        uint16 constituency,
        uint256 word,
        uint48 timepoint
    ) external view returns (uint256 bits);

    /// @notice How many voters were on a constituency's roll at a time that is over.
    function electors(uint16 constituency, uint48 timepoint) external view returns (uint256);

    /// @notice The address under which ERC-5805 knows a voter. Nobody holds a key of it.
    function accountOf(uint32 voter) external view returns (address);
}
