// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ReliefList} from "../../contracts/libraries/ReliefList.sol";
import {Check} from "../support/Check.sol";

/// @title ReliefListTest
/// @notice Two lists come out as one, each relief once and in the order in which they were opened.
contract ReliefListTest is Check {
    function testFuzz_merge(uint256 seed) external pure {
        uint256 one = 0;
        uint256 other = 0;
        uint256[2] memory counts;
        uint32[] memory opened = new uint32[](2 * ReliefList.LIMIT);
        uint256 total = 0;
        uint32 relief = 0;
        for (uint256 i = 0; i < 40; ++i) {
            uint256 draw = mix(seed, i);
            relief += uint32(1 + (draw % 3 == 0 ? (draw >> 8) % (1 << 24) : 0));
            uint256 into = (draw >> 64) % 3;
            if (into == 2 || counts[into] == ReliefList.LIMIT) continue;
            if (into == 0) one = ReliefList.append(one, counts[0]++, relief);
            else other = ReliefList.append(other, counts[1]++, relief);
            opened[total++] = relief;
        }
        same(ReliefList.length(one), counts[0], "length of one");
        same(ReliefList.length(other), counts[1], "length of the other");

        uint32 next;
        for (uint256 i = 0; i < total; ++i) {
            (next, one, other) = ReliefList.shift(one, other);
            same(next, opened[i], "order");
        }
        (next, one, other) = ReliefList.shift(one, other);
        same(next, 0, "nothing is left");
        same(one | other, 0, "both are empty");
    }
}
