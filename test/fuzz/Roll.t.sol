// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IKeyring} from "../../contracts/interfaces/IKeys.sol";
import {Roll} from "../../contracts/governance/Roll.sol";
import {Check} from "../support/Check.sol";
import {vm} from "../support/Vm.sol";

/// @notice A roll whose voters come and go by call.
contract OpenRoll is Roll {
    function enter(uint16 constituency, uint32 voter) external {
        _enter(constituency, voter);
    }

    function strike(uint16 constituency, uint32 voter) external {
        _strike(constituency, voter);
    }

    function keys() external pure returns (IKeyring) {
        return IKeyring(address(0));
    }

    function mayVote(uint32, address) external pure returns (bool, uint32) {
        return (false, 0);
    }

    function accountOf(uint32) external pure returns (address) {
        return address(0);
    }
}

/// @title RollTest
/// @notice What a roll remembers against a copy of everybody's whereabouts at every second.
contract RollTest is Check {
    uint256 private constant SECONDS = 12;
    uint256 private constant VOTERS = 12;
    uint16 private constant CONSTITUENCIES = 3;
    uint256 private constant START = 1_800_000_000;

    OpenRoll private immutable _roll = new OpenRoll();

    /// @dev Who was on which roll at the end of each second.
    bool[VOTERS][CONSTITUENCIES][SECONDS] private _truth;

    /// The past is as it was, each second as it ended, on each roll by itself.
    function testFuzz_remembersEverySecond(uint256 seed) external {
        bool[VOTERS][CONSTITUENCIES] memory now_;
        for (uint256 second = 0; second < SECONDS; ++second) {
            vm.warp(START + second);
            uint256 draw = mix(seed, second);
            for (uint256 i = draw % 5; i != 0; --i) {
                draw = mix(draw, i);
                uint16 constituency = uint16(draw % CONSTITUENCIES);
                uint256 voter = (draw >> 16) % VOTERS;
                bool on = now_[constituency][voter];
                if (on) _roll.strike(constituency, _numberOf(voter));
                else _roll.enter(constituency, _numberOf(voter));
                now_[constituency][voter] = !on;
            }
            _truth[second] = now_;
        }
        vm.warp(START + SECONDS);
        for (uint256 second = 0; second < SECONDS; ++second) _compare(second);
        same(_roll.electors(0, uint48(START - 1)), 0, "before anybody came");
        same(_roll.rollWord(0, 0, uint48(START - 1)), 0, "before anybody came");
    }

    /// The present second may still change, so it is told nobody.
    function testFuzz_nothingIsToldAhead(uint48 timepoint) external {
        vm.warp(START);
        if (timepoint < START) {
            same(_roll.rollWord(1, 0, timepoint), 0, "empty");
            return;
        }
        vm.expectRevert(abi.encodeWithSelector(Roll.RollTimeAhead.selector, timepoint));
        _roll.rollWord(1, 0, timepoint);
        vm.expectRevert(abi.encodeWithSelector(Roll.RollTimeAhead.selector, timepoint));
        _roll.electors(1, timepoint);
    }

    function _compare(uint256 second) private view {
        uint48 timepoint = uint48(START + second);
        for (uint16 c = 0; c < CONSTITUENCIES; ++c) {
            uint256 count = 0;
            uint256[3] memory words;
            for (uint256 voter = 0; voter < VOTERS; ++voter) {
                if (!_truth[second][c][voter]) continue;
                ++count;
                words[_numberOf(voter) / 208] |= 1 << (_numberOf(voter) % 208);
            }
            same(_roll.electors(c, timepoint), count, "electors");
            for (uint256 word = 0; word < 3; ++word) {
                same(_roll.rollWord(c, word, timepoint), words[word], "word");
            }
        }
    }

    /// @dev At both ends of three words.
    function _numberOf(uint256 voter) private pure returns (uint32) {
        return uint32((voter / 4) * 208 + [0, 1, 206, 207][voter % 4]);
    }
}
