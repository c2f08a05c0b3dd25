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
            uint256[] memory words = Approvals.none(number);
            same(words.length, (number + 15) / 16, "words");
            uint256 ballots = mix(seed, b) % 20;
            for (uint256 i = 0; i < ballots; ++i) _ballot(words, plain, mix(seed, 1000 * b + i), number);
            words.addTo(_totals[_set]);
        }
        for (uint256 i = 0; i < number; ++i) same(_totals[_set].of_(i), plain[i], "sum");
    }

    /// A list of candidates is read as it stands; it is sound where it ascends, and ends where its last one says.
    function testFuzz_listsAreRead(uint256 seed, uint256 count, bool sorted) external view {
        count = bound(count, 0, 40);
        uint16[] memory wanted = new uint16[](count);
        bytes memory packed = abi.encodePacked(bytes3(uint24(seed)));
        bool ascending = true;
        uint256 place = 0;
        for (uint256 i = 0; i < count; ++i) {
            uint256 draw = mix(seed, i);
            place = sorted ? place + 1 + (draw % 500) : draw % 65_536;
            wanted[i] = uint16(place);
            if (i != 0 && wanted[i] <= wanted[i - 1]) ascending = false;
            packed = abi.encodePacked(packed, wanted[i]);
        }
        // What follows the list is none of it.
        (uint256[] memory list, uint256 least) = this.read(abi.encodePacked(packed, bytes32(seed)), count);
        for (uint256 i = 0; i < count; ++i) same(list[i], wanted[i], "candidate");
        same(list[count], type(uint256).max, "beyond the list");
        if (count == 0) same(least, 0, "of none");
        else if (ascending) same(least, uint256(wanted[count - 1]) + 1, "one more than the last");
        else check(least > type(uint16).max, "out of order");
    }

    function read(
        bytes calldata data,
        uint256 count
    ) external pure returns (uint256[] memory list, uint256 least) {
        list = new uint256[](count + 1);
        list[count] = type(uint256).max;
        least = Approvals.read(list, data, 3, count);
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

    function _ballot(
        uint256[] memory words,
        uint256[] memory plain,
        uint256 seed,
        uint256 number
    ) private pure {
        uint256[] memory list = new uint256[](number);
        uint256 count = 0;
        for (uint256 i = 0; i < number; ++i) {
            if ((seed >> i) & 1 == 0) continue;
            list[count++] = i;
            ++plain[i];
        }
        words.approve(list, count);
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
