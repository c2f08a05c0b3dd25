// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {IRegister} from "../../contracts/interfaces/IRegister.sol";
import {Desires} from "./Desires.sol";

/// @title Scrutiny
/// @notice What is known to have happened: ballots good and bad, counted one by one, and what was executed.
abstract contract Scrutiny is Desires {
    mapping(uint256 id => mapping(uint32 voter => bool)) internal _voted;
    mapping(uint256 id => uint256[3]) internal _tally;

    /// @notice Offices as the Council's executed proposals fill them.
    mapping(uint64 role => mapping(address account => bool)) public office;
    /// @notice The first member's region, as executed proposals moved it.
    uint16 public region = 1;
    /// @notice What went otherwise than it should.
    string public mismatch;
    /// @notice How often what happened: offices filled, acts of the Board, vetoes, amendments, ballots.
    uint256[5] public done;

    /// @dev The twin's count.
    function _count(Motion memory one, uint32 voter, uint8 support) internal returns (bool counts) {
        uint256 weight = weightOf(one.house, voter, IGovernor(houses[one.house]).proposalSnapshot(one.id));
        counts = weight != 0 && support < 3 && !_voted[one.id][voter];
        if (!counts) return false;
        _voted[one.id][voter] = true;
        _tally[one.id][support] += weight;
    }

    /// @dev A ballot that may be anything.
    function _odd(
        Motion memory one,
        uint256 seed,
        bool active
    ) internal returns (bytes memory packed, bool counts) {
        uint256 house = one.house;
        uint256 place = seed % votersOf(house);
        (uint32 voter, uint8 support) = (numberOf(house, place), uint8(mix(seed, 1) % 4));
        (uint256 id, uint32 nonce, uint256 key) = (one.id, 0, keyOf(house, place));
        uint256 fault = mix(seed, 2) % 8;
        if (fault == 0) key = keyOf(house, (place + 1) % votersOf(house));
        if (fault == 1) nonce = 1;
        if (fault == 2) ++id;
        if (fault == 3) voter += 256;
        packed = _ballot(house, id, voter, support, nonce, key);
        counts = active && fault > 3 && _count(one, voter, support);
    }

    /// @dev What an executed proposal is known to have done.
    function _note(Motion memory one) internal {
        bytes4 verb = bytes4(one.data);
        bytes memory rest = new bytes(one.data.length - 4);
        for (uint256 i = 0; i < rest.length; ++i) rest[i] = one.data[i + 4];
        if (verb == IAccessManager.grantRole.selector || verb == IAccessManager.revokeRole.selector) {
            (uint64 role, address account) = abi.decode(rest, (uint64, address));
            if (one.house != COUNCIL) mismatch = "a chamber that seats offices beside the Council";
            office[role][account] = verb == IAccessManager.grantRole.selector;
            ++done[0];
        } else if (verb == IRegister.classify.selector) {
            (, , region) = abi.decode(rest, (uint32, uint16, uint16));
            if (one.house == BOARD) ++done[1];
        } else if (verb == IAccessManager.cancel.selector) {
            ++done[2];
        }
    }
}
