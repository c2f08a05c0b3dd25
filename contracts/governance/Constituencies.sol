// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IElectorate} from "../interfaces/IElectorate.sol";
import {Constituency, IElections, Rules, SeatPlan} from "../interfaces/IElections.sol";
import {ISeats, Seat} from "../interfaces/ISeats.sol";
import {Ballots} from "../libraries/Ballots.sol";

/// @title Constituencies
/// @notice Which voters fill how many seats, by what rules, and when a seat falls due.
/// @dev Terms end on a grid of each constituency's own, in as many steps as it has groups: elections that are late do
/// not shift it, and whoever is elected in between serves the rest of the term.
abstract contract Constituencies is IElections, AccessManaged {
    /// @notice The most seats of a constituency.
    uint256 public constant SEATS_LIMIT = 64;

    /// @notice Bounds of what rules may set, in seconds.
    uint32 public constant SHORTEST_TIME = 1 days;
    uint32 public constant LONGEST_TIME = 60 days;
    uint32 public constant SHORTEST_TERM = 180 days;
    uint32 public constant LONGEST_TERM = 3650 days;

    uint256 private constant WHOLE = 10_000;

    /// @notice Who elects.
    IElectorate public immutable ELECTORATE;

    /// @notice The seats that they fill.
    ISeats public immutable SEATS;

    Rules internal _rules;
    mapping(uint16 constituency => Constituency) internal _constituencies;

    constructor(IElectorate electorate, ISeats seats, Rules memory rules_, SeatPlan[] memory plans) {
        ELECTORATE = electorate;
        SEATS = seats;
        _setRules(rules_);
        for (uint256 i = 0; i < plans.length; ++i) _setConstituency(plans[i]);
    }

    /// @inheritdoc IElections
    function setRules(Rules calldata rules_) external restricted {
        _setRules(rules_);
    }

    /// @inheritdoc IElections
    function setConstituency(SeatPlan calldata plan) external restricted {
        _setConstituency(plan);
    }

    /// @inheritdoc IElections
    function rules() external view returns (Rules memory) {
        return _rules;
    }

    /// @inheritdoc IElections
    function constituencyOf(uint16 constituency) external view returns (Constituency memory) {
        return _constituencies[constituency];
    }

    /// @inheritdoc IElections
    function dueSeats(uint16 constituency) public view returns (uint64 seats) {
        uint256 number = _constituencies[constituency].seats;
        for (uint256 i = 0; i < number; ++i) {
            Seat memory held = SEATS.seatOf(constituency, uint8(i));
            if (held.delegate == 0 || block.timestamp >= held.until) seats |= uint64(1 << i);
        }
    }

    /// @dev When a seat that is filled now falls due: at the next of its group's dates, or the one after where a
    /// quarter of a term or less is left.
    function _untilOf(Constituency memory group, uint256 seat) internal view returns (uint40) {
        uint256 term = _rules.term;
        uint256 first = group.origin + (term * (seat % group.groups)) / group.groups;
        uint256 soonest = block.timestamp + term / 4;
        if (first > soonest) return uint40(first);
        return uint40(first + term * ((soonest - first) / term + 1));
    }

    /// @dev A share of the voters, rounded up; at least one.
    function _share(uint256 voters, uint256 bps) internal pure returns (uint32) {
        uint256 share = (voters * bps + WHOLE - 1) / WHOLE;
        return uint32(share == 0 ? 1 : share);
    }

    function _setRules(Rules memory rules_) private {
        bool timed =
            _within(rules_.nominationTime, SHORTEST_TIME, LONGEST_TIME) &&
                _within(rules_.ballotTime, SHORTEST_TIME, LONGEST_TIME) &&
                _within(rules_.term, SHORTEST_TERM, LONGEST_TERM);
        bool shared =
            _within(rules_.quorumBps, 1, WHOLE) &&
                _within(rules_.recallBps, 1, WHOLE) &&
                _within(rules_.minSupport, 1, Ballots.LIMIT);
        if (!timed || !shared) revert ElectionsRulesInvalid();
        _rules = rules_;
        emit RulesSet(rules_);
    }

    /// @dev Only between elections, so that none fills a seat that is gone.
    function _setConstituency(SeatPlan memory plan) private {
        Constituency storage group = _constituencies[plan.constituency];
        if (group.running != 0) revert ElectionsRunning(plan.constituency, group.running);
        if (plan.seats > SEATS_LIMIT || plan.groups == 0) {
            revert ElectionsSeatsInvalid(plan.constituency, plan.seats);
        }
        for (uint256 seat = plan.seats; seat < group.seats; ++seat) {
            SEATS.vacate(plan.constituency, uint8(seat));
        }
        if (group.origin == 0) group.origin = uint40(block.timestamp);
        group.seats = plan.seats;
        group.groups = plan.groups;
        emit ConstituencySet(plan.constituency, plan.seats, plan.groups);
    }

    function _within(uint256 value, uint256 least, uint256 most) private pure returns (bool) {
        return least <= value && value <= most;
    }
}
