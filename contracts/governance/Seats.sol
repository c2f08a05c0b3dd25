// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import {IDelegates} from "../interfaces/IDelegates.sol";
import {IElectorate} from "../interfaces/IElectorate.sol";
import {IKeyring} from "../interfaces/IKeys.sol";
import {FounderSeat, ISeats, Seat} from "../interfaces/ISeats.sol";
import {Voters} from "../libraries/Voters.sol";
import {OwnVotes} from "./OwnVotes.sol";
import {Roll} from "./Roll.sol";

/// @title Seats
/// @notice See ISeats.
/// @dev Founders' votes are kept apart, so that they end at a time and not by a call.
contract Seats is ISeats, Roll, OwnVotes, AccessManaged {
    using Checkpoints for Checkpoints.Trace208;

    /// @dev The rolls of a body's delegates: the elected, and the founders.
    uint16 private constant ELECTED = 0;
    uint16 private constant FOUNDING = 1;

    /// @notice How long before their seats end founders' successors can be elected, in seconds.
    uint40 public constant SUCCESSION_TIME = 90 days;

    /// @notice The people who can hold seats.
    IDelegates public immutable DELEGATES;

    /// @notice When founders' seats end, in seconds since 1970.
    uint40 public immutable FOUNDERS_UNTIL;

    /// @notice What fills and empties the seats.
    address public elections;

    mapping(uint24 place => Seat) private _seats;
    /// @dev Where a delegate sits: its place plus one.
    mapping(uint32 delegate => uint32) private _places;
    mapping(address account => Checkpoints.Trace208) private _foundersVotes;
    Checkpoints.Trace208 private _foundersTotal;
    uint48 private _emptySince;

    modifier onlyElections() {
        if (msg.sender != elections) revert SeatsNotElections(msg.sender);
        _;
    }

    /// @param founders who holds the first seats
    /// @param foundersTerm for how long, in seconds
    constructor(
        address charter,
        IDelegates people,
        FounderSeat[] memory founders,
        uint40 foundersTerm
    ) AccessManaged(charter) EIP712("Consortia Seats", "1") {
        if (foundersTerm < SUCCESSION_TIME) revert SeatsTermInvalid();
        DELEGATES = people;
        FOUNDERS_UNTIL = uint40(block.timestamp) + foundersTerm;
        _emptySince = uint48(block.timestamp);
        uint40 due = FOUNDERS_UNTIL - SUCCESSION_TIME;
        for (uint256 i = 0; i < founders.length; ++i) {
            FounderSeat memory founder = founders[i];
            if (_seats[_place(founder.constituency, founder.seat)].delegate != 0) {
                revert SeatsHeld(founder.constituency, founder.seat);
            }
            _sit(founder.constituency, founder.seat, people.enrol(founder.key), due, true);
        }
    }

    /// @inheritdoc ISeats
    function bindElections(address elections_) external restricted {
        if (elections != address(0)) revert SeatsBound(elections);
        elections = elections_;
        emit ElectionsBound(elections_);
    }

    /// @inheritdoc ISeats
    function resign(uint16 constituency, uint8 seat) external {
        (bool may, ) = DELEGATES.mayVote(seatOf(constituency, seat).delegate, msg.sender);
        if (!may) revert SeatsNotHolder(constituency, seat, msg.sender);
        _vacate(constituency, seat);
    }

    /// @inheritdoc ISeats
    function sit(uint16 constituency, uint8 seat, uint32 delegate, uint40 until) external onlyElections {
        _sit(constituency, seat, delegate, until, false);
    }

    /// @inheritdoc ISeats
    function vacate(uint16 constituency, uint8 seat) external onlyElections {
        _vacate(constituency, seat);
    }

    /// @inheritdoc ISeats
    function endTerm(uint16 constituency, uint8 seat) external onlyElections {
        Seat storage held = _seats[_place(constituency, seat)];
        held.until = uint40(block.timestamp);
        emit TermEnded(constituency, seat, held.delegate);
    }

    /// @inheritdoc ISeats
    function seatOf(uint16 constituency, uint8 seat) public view returns (Seat memory held) {
        held = _seats[_place(constituency, seat)];
        if (held.founding && block.timestamp >= FOUNDERS_UNTIL) held.delegate = 0;
    }

    /// @inheritdoc ISeats
    function placeOf(uint32 delegate) public view returns (bool sits, uint16 constituency, uint8 seat) {
        uint32 place = _places[delegate];
        if (place == 0) return (false, 0, 0);
        unchecked {
            --place;
        }
        (constituency, seat) = (uint16(place >> 8), uint8(place));
        sits = seatOf(constituency, seat).delegate == delegate;
    }

    /// @inheritdoc ISeats
    function vacantSince() external view returns (uint48) {
        if (_getTotalSupply() != 0) return 0;
        if (_foundersTotal.latest() == 0) return _emptySince;
        if (block.timestamp < FOUNDERS_UNTIL) return 0;
        return _emptySince < FOUNDERS_UNTIL ? FOUNDERS_UNTIL : _emptySince;
    }

    /// @inheritdoc Votes
    function getVotes(address account) public view override returns (uint256) {
        uint256 founding = block.timestamp < FOUNDERS_UNTIL ? _foundersVotes[account].latest() : 0;
        return super.getVotes(account) + founding;
    }

    /// @inheritdoc Votes
    function getPastVotes(address account, uint256 timepoint) public view override returns (uint256) {
        uint256 elected = super.getPastVotes(account, timepoint);
        if (timepoint >= FOUNDERS_UNTIL) return elected;
        return elected + _foundersVotes[account].upperLookupRecent(uint48(timepoint));
    }

    /// @inheritdoc Votes
    function getPastTotalSupply(uint256 timepoint) public view override returns (uint256) {
        uint256 elected = super.getPastTotalSupply(timepoint);
        if (timepoint >= FOUNDERS_UNTIL) return elected;
        return elected + _foundersTotal.upperLookupRecent(uint48(timepoint));
    }

    /// @notice Delegates have their keys with themselves.
    function keys() external view returns (IKeyring) {
        return IKeyring(address(DELEGATES));
    }

    /// @notice A delegate's key, and the nonce that its ballots must bear.
    function mayVote(uint32 voter, address key) external view returns (bool may, uint32 nonce) {
        return DELEGATES.mayVote(voter, key);
    }

    /// @notice The roll of those who sit; a body knows no other constituency than 0.
    function rollWord(
        uint16 constituency,
        uint256 word,
        uint48 timepoint
    ) public view override(IElectorate, Roll) returns (uint256) {
        if (constituency != 0) return 0;
        uint256 elected = super.rollWord(ELECTED, word, timepoint);
        return timepoint < FOUNDERS_UNTIL ? elected | super.rollWord(FOUNDING, word, timepoint) : elected;
    }

    /// @notice How many sit.
    function electors(
        uint16 constituency,
        uint48 timepoint
    ) public view override(IElectorate, Roll) returns (uint256) {
        if (constituency != 0) return 0;
        uint256 elected = super.electors(ELECTED, timepoint);
        return timepoint < FOUNDERS_UNTIL ? elected + super.electors(FOUNDING, timepoint) : elected;
    }

    function accountOf(uint32 voter) public pure returns (address) {
        return Voters.person(voter);
    }

    function _sit(uint16 constituency, uint8 seat, uint32 delegate, uint40 until, bool founding) private {
        uint24 place = _place(constituency, seat);
        _seats[place] = Seat(delegate, uint40(block.timestamp), until, founding);
        _places[delegate] = uint32(place) + 1;
        if (founding) {
            _founders(accountOf(delegate), 1);
            _enter(FOUNDING, delegate);
        } else {
            _transferVotingUnits(address(0), accountOf(delegate), 1);
            _enter(ELECTED, delegate);
        }
        emit SeatTaken(constituency, seat, delegate, until, founding);
    }

    /// @dev Leaves a vacant seat as it is.
    function _vacate(uint16 constituency, uint8 seat) private {
        uint24 place = _place(constituency, seat);
        Seat memory held = _seats[place];
        if (held.delegate == 0) return;
        delete _seats[place];
        // A founder whose time is over may sit elsewhere by now.
        if (_places[held.delegate] == uint32(place) + 1) delete _places[held.delegate];
        if (held.founding) {
            _founders(accountOf(held.delegate), -1);
            _strike(FOUNDING, held.delegate);
        } else {
            _transferVotingUnits(accountOf(held.delegate), address(0), 1);
            _strike(ELECTED, held.delegate);
        }
        // A founder whose time is over left no vote behind: the seats may have been empty for longer or less.
        bool voteless = held.founding && block.timestamp >= FOUNDERS_UNTIL;
        if (!voteless) _emptySince = uint48(block.timestamp);
        else if (_emptySince < FOUNDERS_UNTIL) _emptySince = FOUNDERS_UNTIL;
        emit SeatVacated(constituency, seat, held.delegate);
    }

    function _place(uint16 constituency, uint8 seat) private pure returns (uint24) {
        return (uint24(constituency) << 8) | seat;
    }

    function _founders(address account, int256 change) private {
        uint48 time = clock();
        Checkpoints.Trace208 storage votes = _foundersVotes[account];
        votes.push(time, uint208(uint256(int256(uint256(votes.latest())) + change)));
        _foundersTotal.push(time, uint208(uint256(int256(uint256(_foundersTotal.latest())) + change)));
    }

    function _getVotingUnits(address account) internal view override returns (uint256) {
        return super.getVotes(account);
    }
}
