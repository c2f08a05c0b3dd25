// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import {IElectorate} from "../interfaces/IElectorate.sol";
import {Turnouts} from "../libraries/Turnouts.sol";

/// @title Roll
/// @notice Electoral rolls that remember how they stood: a bit a voter, 208 of them in a word.
/// @dev A batch of ballots reads a word once for all its voters, and an election freezes the roll by remembering
/// when it was opened: nothing is copied.
abstract contract Roll is IElectorate {
    using Checkpoints for Checkpoints.Trace208;

    /// @dev As many as a checkpoint holds beside its time.
    uint32 internal constant WORD_VOTERS = Turnouts.WORD_VOTERS;

    mapping(uint16 constituency => mapping(uint256 word => Checkpoints.Trace208)) private _words;
    mapping(uint16 constituency => Checkpoints.Trace208) private _counts;

    event VoterEntered(uint16 indexed constituency, uint32 indexed voter);
    event VoterStruck(uint16 indexed constituency, uint32 indexed voter);

    /// @dev What is not over yet may still change.
    error RollTimeAhead(uint256 timepoint);

    /// @inheritdoc IElectorate
    function rollWord(
        uint16 constituency,
        uint256 word,
        uint48 timepoint
    ) public view virtual returns (uint256) {
        _requireOver(timepoint);
        return _words[constituency][word].upperLookupRecent(timepoint);
    }

    /// @inheritdoc IElectorate
    function electors(uint16 constituency, uint48 timepoint) public view virtual returns (uint256) {
        _requireOver(timepoint);
        return _counts[constituency].upperLookupRecent(timepoint);
    }

    function _enter(uint16 constituency, uint32 voter) internal {
        _flip(constituency, voter);
        _count(constituency, _counts[constituency].latest() + 1);
        emit VoterEntered(constituency, voter);
    }

    function _strike(uint16 constituency, uint32 voter) internal {
        _flip(constituency, voter);
        _count(constituency, _counts[constituency].latest() - 1);
        emit VoterStruck(constituency, voter);
    }

    function _requireOver(uint48 timepoint) internal view {
        if (timepoint >= block.timestamp) revert RollTimeAhead(timepoint);
    }

    function _flip(uint16 constituency, uint32 voter) private {
        Checkpoints.Trace208 storage word = _words[constituency][voter / WORD_VOTERS];
        word.push(uint48(block.timestamp), word.latest() ^ uint208(1 << (voter % WORD_VOTERS)));
    }

    function _count(uint16 constituency, uint208 count) private {
        _counts[constituency].push(uint48(block.timestamp), count);
    }
}
