// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Approvals} from "../../contracts/libraries/Approvals.sol";
import {Check} from "../support/Check.sol";

/// @title ApprovalsTest
/// @notice Packed counts against plain ones, and the ranking against the simplest sort.
contract ApprovalsTest is Check {
    using Approvals for uint256[];
    using Approvals for mapping(uint256 word => uint256);

    mapping(uint256 set => mapping(uint256 word => uint256)) private _totals;
    mapping(uint256 set => mapping(uint256 candidate => uint256)) private _plain;
    uint256 private _set;

    /// Most approvals first, of two with as many the one nominated first; whom nobody approved of is not ranked.
    function testFuzz_rankingIsANaiveSort(uint256 seed, uint256 number, uint256 spread) external {
        number = bound(number, 0, 60);
        _draw(seed, number, spread);
        _compare(number);
    }

    /// The same for as many candidates as an election can have.
    function test_rankingOfFiveHundred() external {
        for (uint256 spread = 1; spread < 5; ++spread) {
            _draw(spread, 500, spread);
            _compare(500);
        }
    }

    /// Nobody, everybody alike, and the most voters that there can be.
    function test_rankingAtTheEdges() external {
        same(_totals[++_set].ranking(0).length, 0, "nobody stands");
        same(_totals[++_set].ranking(500).length, 0, "nobody is approved of");
        _put(++_set, 16, Approvals.MOST_VOTERS);
        _put(_set, 15, Approvals.MOST_VOTERS);
        _put(_set, 499, 1);
        uint16[] memory ranked = _totals[_set].ranking(500);
        same(ranked.length, 3, "three");
        check(ranked[0] == 15 && ranked[1] == 16 && ranked[2] == 499, "in the order of nomination");
    }

    /// Batches add up, whatever is in them, and no count runs over into its neighbour's.
    function testFuzz_batchesAddUp(uint256 seed, uint256 number, uint256 batches) external {
        number = bound(number, 1, 80);
        batches = bound(batches, 1, 5);
        ++_set;
        uint256[] memory plain = new uint256[](number);
        for (uint256 b = 0; b < batches; ++b) {
            uint256[] memory counts = Approvals.none(number);
            uint256 ballots = mix(seed, b) % 20;
            for (uint256 i = 0; i < ballots; ++i) {
                counts = this.add(counts, _ballot(plain, mix(seed, 1000 * b + i), number));
            }
            counts.addTo(_totals[_set]);
        }
        for (uint256 i = 0; i < number; ++i) same(_totals[_set].of_(i), plain[i], "sum");
    }

    /// What a ballot adds is what it says where it ascends and all of them stand, and can be taken back to the last
    /// bit in any case; nothing beside the counts and the list is written.
    function testFuzz_ballotsAreReadAndTakenBack(
        uint256 seed,
        uint256 size,
        uint256 number,
        bool sorted
    ) external view {
        size = bound(size, 0, 40);
        number = bound(number, 0, 60);
        bytes memory packed = abi.encodePacked(bytes3(uint24(seed)));
        uint256[] memory plain = new uint256[](number);
        bool good = size != 0;
        uint256 next = 0;
        for (uint256 i = 0; i < size; ++i) {
            uint256 draw = mix(seed, i);
            uint256 candidate = sorted ? next + (draw % 3) : draw % 70;
            if (draw % 97 == 0) candidate = 65_535;
            if (candidate < next || candidate >= number) good = false;
            if (good) ++plain[candidate];
            next = candidate + 1;
            packed = abi.encodePacked(packed, uint16(candidate));
        }
        // What follows the list is none of it.
        Tallied memory read = this.tally(abi.encodePacked(packed, bytes32(seed)), size, number);
        same(read.sound, good, "sound");
        check(read.guarded, "wrote beside the counts or the list");
        for (uint256 i = 0; i < number; ++i) {
            if (good) same(read.added[i], plain[i], "added");
            same(read.back[i], 0, "taken back");
        }
        if (!good) return;
        for (uint256 i = 0; i < size; ++i) {
            same(read.list[i], uint16(bytes2(_two(packed, 3 + 2 * i))), "candidate");
        }
    }

    struct Tallied {
        bool sound;
        bool guarded;
        uint256[] list;
        uint256[] added;
        uint256[] back;
    }

    /// @dev The arrays lie between guards that nobody may touch.
    function tally(
        bytes calldata data,
        uint256 size,
        uint256 number
    ) external pure returns (Tallied memory read) {
        uint256[2] memory before = [type(uint256).max, type(uint256).max];
        uint256[] memory counts = Approvals.none(number);
        uint256[2] memory between = [type(uint256).max, type(uint256).max];
        uint256[] memory list = Approvals.none(number);
        uint256[2] memory beyond = [type(uint256).max, type(uint256).max];
        read.sound = counts.tally(list, data, 3, size, 1);
        read.added = _copy(counts, number);
        if (read.sound) read.list = _copy(list, size);
        bool again = counts.tally(list, data, 3, size, -1);
        read.back = _copy(counts, number);
        read.guarded =
            again == read.sound &&
            counts.length == number &&
            before[0] & before[1] & between[0] & between[1] & beyond[0] & beyond[1] == type(uint256).max;
    }

    function add(uint256[] memory counts, bytes calldata ballot) external pure returns (uint256[] memory) {
        counts.tally(Approvals.none(counts.length), ballot, 0, ballot.length / 2, 1);
        return counts;
    }

    function _copy(uint256[] memory words, uint256 number) private pure returns (uint256[] memory copy) {
        copy = new uint256[](number);
        for (uint256 i = 0; i < number; ++i) copy[i] = words[i];
    }

    function _two(bytes memory data, uint256 at) private pure returns (bytes2) {
        return bytes2(data[at]) | (bytes2(data[at + 1]) >> 8);
    }

    /// @dev Counts of so many candidates: few different ones where the spread is narrow, so that there are ties.
    function _draw(uint256 seed, uint256 number, uint256 spread) private {
        ++_set;
        uint256 most = 1 + (spread % 5 == 0 ? spread % Approvals.MOST_VOTERS : spread % 5);
        for (uint256 i = 0; i < number; ++i) _put(_set, i, mix(seed, i) % (most + 1));
    }

    function _put(uint256 set, uint256 candidate, uint256 approvals) private {
        uint256 shift = 16 * (candidate % 16);
        _totals[set][candidate / 16] |= approvals << shift;
        _plain[set][candidate] = approvals;
    }

    /// @dev A ballot of whomever the seed's bits name.
    function _ballot(
        uint256[] memory plain,
        uint256 seed,
        uint256 number
    ) private pure returns (bytes memory packed) {
        for (uint256 i = 0; i < number; ++i) {
            if ((seed >> i) & 1 == 0) continue;
            packed = abi.encodePacked(packed, uint16(i));
            ++plain[i];
        }
    }

    /// @dev Selection of the best of those left, one by one.
    function _compare(uint256 number) private view {
        uint16[] memory ranked = _totals[_set].ranking(number);
        bool[] memory taken = new bool[](number);
        uint256[] memory plain = new uint256[](number);
        for (uint256 i = 0; i < number; ++i) plain[i] = _plain[_set][i];
        uint256 places = number < 70 ? number : 70;
        for (uint256 place = 0; place < places; ++place) {
            uint256 best = number;
            for (uint256 i = 0; i < number; ++i) {
                if (taken[i] || plain[i] == 0) continue;
                if (best == number || plain[i] > plain[best]) best = i;
            }
            if (best == number) {
                same(ranked.length, place, "somebody ranked of whom nobody approved");
                return;
            }
            same(ranked[place], best, "rank");
            taken[best] = true;
        }
    }
}
