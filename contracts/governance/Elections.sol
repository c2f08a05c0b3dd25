// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {IElectorate} from "../interfaces/IElectorate.sol";
import {Constituency, Election, IElections, Rules, SeatPlan} from "../interfaces/IElections.sol";
import {ISeats} from "../interfaces/ISeats.sol";
import {Approvals} from "../libraries/Approvals.sol";
import {Ballots} from "../libraries/Ballots.sol";
import {Turnout, Turnouts} from "../libraries/Turnouts.sol";
import {Constituencies} from "./Constituencies.sol";
import {Nominations} from "./Nominations.sol";
import {Recalls} from "./Recalls.sol";

/// @title Elections
/// @notice See IElections.
contract Elections is Recalls, Nominations {
    using Approvals for uint256[];
    using Approvals for mapping(uint256 word => uint256);
    using Turnouts for Turnout;
    using Turnouts for mapping(uint256 word => uint256);

    /// @notice How long after a missed quorum an election is repeated, in seconds.
    uint40 public constant REPEAT_AFTER = 30 days;

    /// @dev What a batch of ballots is read with.
    /// @param form of what is signed: prefix, domain, and room for the ballot's hash (EIP-712)
    /// @param body of what is signed: type, election, and room for voter, candidates' hash and nonce
    /// @param list room for the candidates of one ballot
    /// @param approvals what the batch adds up to, see `Approvals`
    struct Poll {
        bytes form;
        bytes body;
        uint256[] list;
        uint256[] approvals;
    }

    /// @dev How often a missed quorum is halved.
    uint8 private constant HALVINGS = 3;

    bytes32 private constant BALLOT_TYPEHASH = keccak256(
        "Ballot(uint32 election,uint32 voter,uint16[] candidates,uint32 nonce)"
    );

    /// @inheritdoc IElections
    uint32 public lastElection;

    mapping(uint32 election => mapping(uint256 word => uint256)) private _approvals;
    mapping(uint32 election => mapping(uint256 word => uint256)) private _voted;

    /// @param name the name of these elections, for whoever signs a ballot
    /// @param plans the first constituencies
    constructor(
        address charter,
        string memory name,
        IElectorate electorate,
        ISeats seats,
        Rules memory rules_,
        SeatPlan[] memory plans
    ) AccessManaged(charter) EIP712(name, "1") Constituencies(electorate, seats, rules_, plans) {}

    /// @inheritdoc IElections
    function open(uint16 constituency) external returns (uint32 election) {
        Constituency memory group = _constituencies[constituency];
        if (group.running != 0) revert ElectionsRunning(constituency, group.running);
        uint64 seats = dueSeats(constituency);
        if (seats == 0) revert ElectionsNotDue(constituency);
        uint256 readyAt = group.misses == 0 ? 0 : group.missedAt + REPEAT_AFTER;
        if (block.timestamp < readyAt) revert ElectionsTooSoon(constituency, readyAt);
        uint256 voters = ELECTORATE.electors(constituency, uint48(block.timestamp - 1));
        if (voters == 0 || voters > Approvals.MOST_VOTERS) revert ElectionsVoters(constituency, voters);

        election = ++lastElection;
        _constituencies[constituency].running = election;
        uint40 nominateUntil = uint40(block.timestamp) + _rules.nominationTime;
        _elections[election] = Election({
            constituency: constituency,
            openedAt: uint40(block.timestamp),
            nominateUntil: nominateUntil,
            ballotUntil: nominateUntil + _rules.ballotTime,
            support: _supportNeeded(voters),
            electors: uint32(voters),
            candidates: 0,
            counted: false,
            seats: seats,
            quorum: _share(voters, _rules.quorumBps >> group.misses),
            ballots: 0
        });

        emit ElectionOpened(election, constituency, _elections[election]);
    }

    /// @inheritdoc IElections
    function cast(uint32 election, bytes calldata ballots) external returns (uint256) {
        Election memory one = _known(election);
        if (block.timestamp <= one.nominateUntil) revert ElectionsTimeAhead(election, one.nominateUntil);
        if (block.timestamp > one.ballotUntil) revert ElectionsTimeOver(election, one.ballotUntil);
        Turnout memory turnout = Turnouts.begin(ELECTORATE, one.constituency, one.openedAt - 1);
        Poll memory poll = Poll({
            form: abi.encodePacked(hex"1901", _domainSeparatorV4(), bytes32(0)),
            body: abi.encode(BALLOT_TYPEHASH, election, uint256(0), bytes32(0), uint256(0)),
            list: Approvals.none(one.candidates),
            approvals: Approvals.none(one.candidates)
        });

        uint256 offset = 0;
        while (offset < ballots.length) offset = _ballot(poll, turnout, ballots, offset);
        uint256 counted = turnout.settle(_voted[election]);
        _takeBack(poll, turnout, ballots);
        poll.approvals.addTo(_approvals[election]);
        _elections[election].ballots = one.ballots + uint32(turnout.number);

        emit BallotsCast(election, counted, ballots);
        return counted;
    }

    /// @inheritdoc IElections
    function count(uint32 election) external {
        Election memory one = _known(election);
        if (one.counted) revert ElectionsCounted(election);
        if (block.timestamp <= one.ballotUntil) revert ElectionsTimeAhead(election, one.ballotUntil);
        Constituency storage group = _constituencies[one.constituency];
        _elections[election].counted = true;
        group.running = 0;
        if (one.ballots < one.quorum) {
            if (group.misses < HALVINGS) ++group.misses;
            group.missedAt = uint40(block.timestamp);
            emit ElectionMissed(election, one.ballots, one.quorum);
        } else {
            group.misses = 0;
            uint16[] memory ranked = _approvals[election].ranking(one.candidates);
            emit ElectionCounted(election, one.ballots, ranked);
            _fill(election, one, group, ranked);
        }
    }

    /// @inheritdoc IElections
    function electionOf(uint32 election) external view returns (Election memory) {
        return _elections[election];
    }

    /// @inheritdoc IElections
    function candidateOf(
        uint32 election,
        uint16 candidate
    ) external view returns (uint32 delegate, uint256 approvals) {
        return (_candidates[election][candidate], _approvals[election].of_(candidate));
    }

    /// @inheritdoc IElections
    function hasVoted(uint32 election, uint32 voter) external view returns (bool) {
        return _voted[election].has(voter);
    }

    /// @dev Reads one ballot and adds what it approves of. Sound is a list of some candidates, ascending, all of whom
    /// stand.
    function _ballot(
        Poll memory poll,
        Turnout memory turnout,
        bytes calldata ballots,
        uint256 offset
    ) private view returns (uint256 next) {
        // Beyond the bytes lie zeros: what is cut off in its head is too short in any case.
        uint256 head = Ballots.word(ballots, offset);
        uint32 voter = uint32(head >> 224);
        uint32 nonce = uint32(head >> 192);
        uint256 size = uint8(head >> 184);
        unchecked {
            uint256 place = offset + 9;
            uint256 end = place + 2 * size;
            Ballots.reach(ballots, offset, 10 + 2 * size);
            bool sound = poll.approvals.tally(poll.list, ballots, place, size, 1);
            bytes32 digest = _digest(poll, voter, nonce);
            next = turnout.take(voter, nonce, ballots, end, digest, sound, place);
        }
    }

    /// @dev Takes back what ballots that do not count added.
    function _takeBack(Poll memory poll, Turnout memory turnout, bytes calldata ballots) private pure {
        if (turnout.number == turnout.index) return;
        for (uint256 i = 0; i < turnout.index; ++i) {
            if ((turnout.counted >> i) & 1 == 1) continue;
            uint256 place = turnout.tagOf(i);
            poll.approvals.tally(poll.list, ballots, place, uint8(ballots[place - 1]), -1);
        }
    }

    /// @dev What a voter signs, but for the domain in `poll.form` and the election in `poll.body`, which are the same for
    /// all. Allocates nothing, so that a batch's memory does not grow with it.
    function _digest(Poll memory poll, uint256 voter, uint256 nonce) private pure returns (bytes32 digest) {
        uint256[] memory list = poll.list;
        bytes memory body = poll.body;
        bytes memory form = poll.form;
        assembly ("memory-safe") {
            mstore(add(body, 0x60), voter)
            mstore(add(body, 0x80), keccak256(add(list, 0x20), shl(5, mload(list))))
            mstore(add(body, 0xa0), nonce)
            mstore(add(form, 0x42), keccak256(add(body, 0x20), 0xa0))
            digest := keccak256(add(form, 0x20), 0x42)
        }
    }

    /// @dev Empties the seats that were up and fills them in the candidates' order. Who got a seat elsewhere
    /// meanwhile is passed over; a seat for which nobody is left stays vacant.
    function _fill(
        uint32 election,
        Election memory one,
        Constituency memory group,
        uint16[] memory ranked
    ) private {
        for (uint256 seat = 0; seat < SEATS_LIMIT; ++seat) {
            if ((one.seats >> seat) & 1 == 1) SEATS.vacate(one.constituency, uint8(seat));
        }
        uint256 next = 0;
        for (uint256 seat = 0; seat < SEATS_LIMIT; ++seat) {
            if ((one.seats >> seat) & 1 == 0) continue;
            while (next < ranked.length) {
                uint32 delegate = _candidates[election][ranked[next++]];
                (bool sits, , ) = SEATS.placeOf(delegate);
                if (sits) continue;
                SEATS.sit(one.constituency, uint8(seat), delegate, _untilOf(group, seat));
                break;
            }
        }
    }
}
