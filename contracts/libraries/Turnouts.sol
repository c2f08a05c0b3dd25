// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IElectorate} from "../interfaces/IElectorate.sol";
import {IKeyring} from "../interfaces/IKeys.sol";
import {Ballots} from "./Ballots.sol";

/// @notice The voters of a batch. Each counts if a key of its signed, it was on the roll and is not marked yet.
/// @param electorate who may vote
/// @param keys who knows their keys
/// @param constituency on whose roll
/// @param timepoint as of when
/// @param index how many were read
/// @param counted once settled, bit i tells whether the i-th counts
/// @param number once settled, how many count
/// @param question what the keys are asked, as it is sent: see `IKeyring`
struct Turnout {
    IElectorate electorate;
    IKeyring keys;
    uint16 constituency;
    uint48 timepoint;
    uint256 index;
    uint256 counted;
    uint256 number;
    uint256[] question;
}

/// @title Turnouts
/// @notice Counts each voter once. A batch asks for all its keys at once, and reads a word of 208 voters at a time, so
/// that one in the voters' order is cheap.
library Turnouts {
    uint32 internal constant WORD_VOTERS = 208;

    /// @dev Words before the first signatory: the selector in the last bytes of its own, where the list lies, its length.
    uint256 private constant HEAD = 3;

    function begin(
        IElectorate electorate,
        uint16 constituency,
        uint48 timepoint
    ) internal view returns (Turnout memory turnout) {
        turnout.electorate = electorate;
        turnout.keys = electorate.keys();
        turnout.constituency = constituency;
        turnout.timepoint = timepoint;
        turnout.question = new uint256[](HEAD + Ballots.LIMIT);
    }

    /// @notice Reads a signature and notes its voter.
    /// @param sound whether what was signed is otherwise in order
    /// @param tag 32 bits of the caller's own, to find in `tagOf`
    /// @return next where the signature ends
    function take(
        Turnout memory turnout,
        uint32 voter,
        uint32 nonce,
        bytes calldata data,
        uint256 offset,
        bytes32 digest,
        bool sound,
        uint256 tag
    ) internal view returns (uint256 next) {
        uint256 index = turnout.index;
        if (index == Ballots.LIMIT) revert Ballots.BallotsTooMany(Ballots.LIMIT);
        address signer;
        (signer, next) = Ballots.signerOf(turnout.keys, voter, nonce, data, offset, digest);
        // Nobody's key stands for voter 0.
        uint256 signatory = sound ? (uint256(nonce) << 192) | (uint256(voter) << 160) | uint160(signer) : 0;
        uint256[] memory question = turnout.question;
        assembly ("memory-safe") {
            // The first is the fourth word after the length; there is room for `Ballots.LIMIT`.
            mstore(add(question, add(0x80, shl(5, index))), or(shl(224, tag), signatory))
        }
        unchecked {
            turnout.index = index + 1;
        }
    }

    /// @notice Asks for the keys and marks whoever counts.
    function settle(
        Turnout memory turnout,
        mapping(uint256 word => uint256) storage marks
    ) internal returns (uint256 counted) {
        uint256 may = _ask(turnout);
        uint256 word = type(uint256).max;
        uint256 roll;
        uint256 marked;
        uint256 number = 0;
        unchecked {
            // Only what was asked about can have its bit set.
            for (uint256 i = 0; may >> i != 0; ++i) {
                if ((may >> i) & 1 == 0) continue;
                uint256 voter = uint32(turnout.question[HEAD + i] >> 160);
                if (voter / WORD_VOTERS != word) {
                    if (word != type(uint256).max) marks[word] = marked;
                    word = voter / WORD_VOTERS;
                    marked = marks[word];
                    roll = turnout.electorate.rollWord(turnout.constituency, word, turnout.timepoint);
                }
                uint256 bit = 1 << (voter % WORD_VOTERS);
                if (roll & bit & ~marked == 0) continue;
                marked |= bit;
                counted |= 1 << i;
                ++number;
            }
        }
        turnout.number = number;
        if (word != type(uint256).max) marks[word] = marked;
        turnout.counted = counted;
    }

    /// @notice What the caller noted with the i-th.
    function tagOf(Turnout memory turnout, uint256 i) internal pure returns (uint256) {
        return turnout.question[HEAD + i] >> 224;
    }

    /// @notice Whether a voter is marked.
    function has(mapping(uint256 word => uint256) storage marks, uint32 voter) internal view returns (bool) {
        return (marks[voter / WORD_VOTERS] >> (voter % WORD_VOTERS)) & 1 == 1;
    }

    /// @dev The question lies in memory as it is sent: nothing is copied.
    function _ask(Turnout memory turnout) private view returns (uint256 may) {
        uint256 index = turnout.index;
        if (index == 0) return 0;
        uint256[] memory question = turnout.question;
        question[0] = uint32(IKeyring.mayAllVote.selector);
        question[1] = 0x20;
        question[2] = index;
        address keys = address(turnout.keys);
        assembly ("memory-safe") {
            // From the selector's first byte: 28 into the first word.
            let size := add(0x44, shl(5, index))
            if iszero(staticcall(gas(), keys, add(question, 0x3c), size, 0x00, 0x20)) {
                let free := mload(0x40)
                returndatacopy(free, 0, returndatasize())
                revert(free, returndatasize())
            }
            may := mul(mload(0x00), gt(returndatasize(), 0x1f))
        }
    }
}
