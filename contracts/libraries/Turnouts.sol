// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IElectorate} from "../interfaces/IElectorate.sol";
import {IKeys} from "../interfaces/IKeys.sol";
import {Ballots} from "./Ballots.sol";

/// @notice The voters of a batch. Each counts if it was on the roll and is not marked yet.
/// @param electorate who may vote
/// @param keys who knows their keys
/// @param constituency on whose roll
/// @param timepoint as of when
/// @param word which word of 208 voters is at hand
/// @param roll that word of the roll
/// @param marks that word of the marks
/// @param index how many were read
/// @param counted bit i tells whether the i-th counts
/// @param number how many count
struct Turnout {
    IElectorate electorate;
    IKeys keys;
    uint16 constituency;
    uint48 timepoint;
    uint256 word;
    uint256 roll;
    uint256 marks;
    uint256 index;
    uint256 counted;
    uint256 number;
}

/// @title Turnouts
/// @notice Counts each voter once, a word of 208 at a time, so that a batch in the voters' order is cheap.
library Turnouts {
    uint32 internal constant WORD_VOTERS = 208;

    function begin(
        IElectorate electorate,
        uint16 constituency,
        uint48 timepoint
    ) internal view returns (Turnout memory turnout) {
        turnout.electorate = electorate;
        turnout.keys = electorate.keys();
        turnout.constituency = constituency;
        turnout.timepoint = timepoint;
        turnout.word = type(uint256).max;
    }

    /// @notice Reads a signature and, if all is well, counts its voter.
    /// @param sound whether what was signed is otherwise in order
    /// @return counts whether the voter counts
    /// @return next where the signature ends
    function take(
        Turnout memory turnout,
        mapping(uint256 word => uint256) storage marks,
        uint32 voter,
        uint32 nonce,
        bytes calldata data,
        uint256 offset,
        bytes32 digest,
        bool sound
    ) internal returns (bool counts, uint256 next) {
        uint256 index = turnout.index;
        if (index == Ballots.LIMIT) revert Ballots.BallotsTooMany(Ballots.LIMIT);
        uint256 bit = _goTo(turnout, marks, voter);
        (counts, next) = Ballots.check(turnout.keys, voter, nonce, data, offset, digest);
        counts = counts && sound && turnout.roll & bit & ~turnout.marks != 0;
        unchecked {
            turnout.index = index + 1;
            if (counts) {
                turnout.marks |= bit;
                turnout.counted |= 1 << index;
                ++turnout.number;
            }
        }
    }

    /// @notice Writes the marks of the last word.
    function end(Turnout memory turnout, mapping(uint256 word => uint256) storage marks) internal {
        if (turnout.word != type(uint256).max) marks[turnout.word] = turnout.marks;
    }

    /// @notice Whether a voter is marked.
    function has(mapping(uint256 word => uint256) storage marks, uint32 voter) internal view returns (bool) {
        return (marks[voter / WORD_VOTERS] >> (voter % WORD_VOTERS)) & 1 == 1;
    }

    function _goTo(
        Turnout memory turnout,
        mapping(uint256 word => uint256) storage marks,
        uint32 voter
    ) private returns (uint256 bit) {
        uint256 word = voter / WORD_VOTERS;
        if (word != turnout.word) {
            end(turnout, marks);
            turnout.word = word;
            turnout.marks = marks[word];
            turnout.roll = turnout.electorate.rollWord(turnout.constituency, word, turnout.timepoint);
        }
        return 1 << (voter % WORD_VOTERS);
    }
}
