// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Register} from "../../contracts/Register.sol";
import {Charter} from "../../contracts/Charter.sol";
import {Delegates} from "../../contracts/governance/Delegates.sol";
import {Elections} from "../../contracts/governance/Elections.sol";
import {Seats} from "../../contracts/governance/Seats.sol";
import {Voice} from "../../contracts/governance/Voice.sol";
import {Election, Rules, SeatPlan} from "../../contracts/interfaces/IElections.sol";
import {FounderSeat} from "../../contracts/interfaces/ISeats.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {Artifacts} from "../support/Artifacts.sol";
import {Check} from "../support/Check.sol";
import {vm} from "../support/Vm.sol";

/// @title ElectionsTest
/// @notice Whole elections with ballots good and bad, in batches, against a twin that counts them one by one.
contract ElectionsTest is Check {
    uint256 private constant START = 1_788_264_000; // 1 September 2026
    uint256 private constant VOTERS = 12;
    uint256 private constant PERSONS = 8;
    uint256 private constant SEATS = 3;
    uint32 private constant FIRST = 3;
    uint16 private constant NORTH = 1;
    string private constant NAME = "Consortia Council Elections";

    Charter private immutable _charter;
    Register private immutable _register;
    Voice private immutable _voice;
    Delegates private immutable _people;
    Seats private immutable _seats;
    Elections private immutable _elections;

    /// @dev The twin.
    uint32[SEATS] private _sitting;
    bool[VOTERS] private _voted;
    uint256[PERSONS] private _approvals;
    uint256 private _ballots;

    /// @dev Candidates of the election that runs, as persons' places.
    uint256[] private _standing;

    constructor() {
        vm.warp(START);
        _charter = Charter(Artifacts.create("Charter.sol", abi.encode(address(this), keccak256("text"))));
        _register = Register(Artifacts.create("Register.sol", abi.encode(_charter)));
        _voice = Voice(Artifacts.create("Voice.sol", abi.encode(_charter, _register, uint256(1e9))));
        _people = Delegates(Artifacts.create("Delegates.sol", ""));
        _seats = Seats(
            Artifacts.create(
                "Seats.sol",
                abi.encode(_charter, _people, new FounderSeat[](0), uint40(365 days))
            )
        );
        SeatPlan[] memory plans = new SeatPlan[](1);
        plans[0] = SeatPlan(NORTH, uint8(SEATS), 1);
        Rules memory rules = Rules(7 days, 7 days, 730 days, 1, 2_500, 4_000);
        _elections = Elections(
            Artifacts.create("Elections.sol", abi.encode(_charter, NAME, _voice, _seats, rules, plans))
        );
        _seats.bindElections(address(_elections));
        // A dozen members of the north, and as many elsewhere.
        for (uint256 i = 0; i < 2 * VOTERS; ++i) _admit(i);
        vm.warp(START + 130 days);
        for (uint256 i = 0; i < 2 * VOTERS; ++i) _voice.sync(MemberId.wrap(uint32(FIRST + i)));
        for (uint256 i = 0; i < PERSONS; ++i) _people.enrol(vm.addr(_personKey(i)));
        vm.warp(START + 131 days);
    }

    /// 5. No voter counts twice, no more vote than may, and the seats go to the naive twin's best; also where some
    /// resigned and others follow them.
    function testFuzz_electionsAreThoseOfTheTwin(uint256 seed) external {
        _run(mix(seed, 1));
        for (uint256 seat = 0; seat < SEATS; ++seat) {
            if (mix(seed, 90 + seat) % 2 == 0 || _sitting[seat] == 0) continue;
            vm.prank(vm.addr(_personKey(_sitting[seat] - 1)));
            _seats.resign(NORTH, uint8(seat));
            _sitting[seat] = 0;
        }
        vm.warp(block.timestamp + 31 days);
        if (_elections.dueSeats(NORTH) != 0) _run(mix(seed, 2));
    }

    function _run(uint256 seed) private {
        _forget();
        uint32 election = _elections.open(NORTH);
        _nominate(seed, election);
        vm.warp(block.timestamp + 7 days + 1);
        for (uint256 i = mix(seed, 5) % 4; i != 0; --i) _castBatch(mix(seed, 10 + i), election);
        vm.warp(block.timestamp + 7 days);
        Election memory one = _elections.electionOf(election);
        same(one.ballots, _ballots, "ballots");
        check(one.ballots <= one.electors && one.electors == VOTERS, "more votes than voters");
        for (uint256 i = 0; i < VOTERS; ++i) {
            same(_elections.hasVoted(election, uint32(FIRST + i)), _voted[i], "who voted");
        }
        for (uint256 i = 0; i < _standing.length; ++i) {
            (, uint256 approvals) = _elections.candidateOf(election, uint16(i));
            same(approvals, _approvals[i], "approvals");
            check(approvals <= one.ballots, "more approvals than ballots");
        }
        _elections.count(election);
        if (_ballots >= one.quorum) _fill(one.seats);
        uint256 held = 0;
        for (uint256 seat = 0; seat < SEATS; ++seat) {
            same(_seats.seatOf(NORTH, uint8(seat)).delegate, _sitting[seat], "seat");
            if (_sitting[seat] != 0) ++held;
        }
        vm.warp(block.timestamp + 1);
        same(_seats.getPastTotalSupply(block.timestamp - 1), held, "a vote a seat");
        same(_seats.electors(0, uint48(block.timestamp - 1)), held, "a delegate a seat");
    }

    /// @dev Some of those who sit nowhere, in any order.
    function _nominate(uint256 seed, uint32 election) private {
        uint256 wanted = mix(seed, 3) % 6;
        for (uint256 i = 0; i < PERSONS && _standing.length < wanted; ++i) {
            uint256 person = (i * 3 + seed) % PERSONS;
            if (_sits(uint32(person + 1))) continue;
            uint32 delegate = uint32(person + 1);
            uint32 voter = uint32(FIRST + _standing.length);
            bytes32 hash = keccak256(
                abi.encode(
                    keccak256("Support(uint32 election,uint32 delegate,uint32 voter,uint32 nonce)"),
                    election,
                    delegate,
                    voter,
                    uint32(0)
                )
            );
            bytes memory support = abi.encodePacked(voter, uint32(0), _sign(_voterKey(voter - FIRST), hash));
            vm.prank(vm.addr(_personKey(person)));
            uint16 candidate = _elections.nominate(election, delegate, 0, support, hex"0000000002");
            same(candidate, _standing.length, "place");
            _standing.push(person);
        }
    }

    /// @dev Up to twenty ballots at once, some of them bad; whether each counts is what the twin says.
    function _castBatch(uint256 seed, uint32 election) private {
        uint256 number = seed % 20;
        bytes memory batch;
        uint256 expected = 0;
        for (uint256 i = 0; i < number; ++i) {
            (bytes memory packed, bool counts) = _ballot(mix(seed, i), election);
            batch = bytes.concat(batch, packed);
            if (counts) expected |= 1 << i;
        }
        same(_elections.cast(election, batch), expected, "which ballots count");
    }

    function _ballot(uint256 seed, uint32 election) private returns (bytes memory, bool counts) {
        uint256 flaw = (seed >> 128) % 12;
        uint256 place = seed % VOTERS;
        uint256 number = _standing.length;
        uint16[] memory list = new uint16[](number);
        uint256 count = 0;
        for (uint256 i = 0; i < number; ++i) if ((seed >> (8 + i)) & 1 == 1) list[count++] = uint16(i);
        counts = flaw > 4 && count != 0 && !_voted[place];
        if (counts) {
            _voted[place] = true;
            ++_ballots;
            for (uint256 i = 0; i < count; ++i) ++_approvals[list[i]];
        }
        uint32 voter = uint32(FIRST + place);
        uint256 key = _voterKey(place);
        // Of another constituency, by another's key, in another election, beyond the list, with another nonce.
        if (flaw == 0) (voter, key) = (uint32(voter + VOTERS), _voterKey(place + VOTERS));
        if (flaw == 1) key = _voterKey((place + 1) % VOTERS);
        if (flaw == 3 && count != 0) list[count - 1] = uint16(number);
        uint32 nonce = flaw == 4 ? 1 : 0;
        return (_pack(flaw == 2 ? election + 1 : election, voter, nonce, list, count, key), counts);
    }

    function _pack(
        uint32 election,
        uint32 voter,
        uint32 nonce,
        uint16[] memory list,
        uint256 count,
        uint256 key
    ) private view returns (bytes memory) {
        bytes memory words;
        bytes memory packed = abi.encodePacked(voter, nonce, uint8(count));
        for (uint256 i = 0; i < count; ++i) {
            words = abi.encodePacked(words, uint256(list[i]));
            packed = abi.encodePacked(packed, list[i]);
        }
        bytes32 hash = keccak256(
            abi.encode(
                keccak256("Ballot(uint32 election,uint32 voter,uint16[] candidates,uint32 nonce)"),
                election,
                voter,
                keccak256(words),
                nonce
            )
        );
        return bytes.concat(packed, _sign(key, hash));
    }

    /// @dev Whoever was up goes; the best of those left takes the next of these seats, one by one.
    function _fill(uint64 up) private {
        bool[] memory taken = new bool[](_standing.length);
        for (uint256 seat = 0; seat < SEATS; ++seat) if ((up >> seat) & 1 == 1) _sitting[seat] = 0;
        for (uint256 seat = 0; seat < SEATS; ++seat) {
            if ((up >> seat) & 1 == 0) continue;
            uint256 best = _standing.length;
            for (uint256 i = 0; i < _standing.length; ++i) {
                if (taken[i] || _approvals[i] == 0) continue;
                if (best == _standing.length || _approvals[i] > _approvals[best]) best = i;
            }
            if (best == _standing.length) return;
            taken[best] = true;
            _sitting[seat] = uint32(_standing[best] + 1);
        }
    }

    function _forget() private {
        delete _voted;
        delete _approvals;
        delete _standing;
        _ballots = 0;
    }

    function _sits(uint32 delegate) private view returns (bool) {
        for (uint256 seat = 0; seat < SEATS; ++seat) if (_sitting[seat] == delegate) return true;
        return false;
    }

    function _admit(uint256 i) private {
        bytes16 isil = bytes16(abi.encodePacked("XA-E", bytes1(uint8(65 + i))));
        vm.prank(vm.addr(_voterKey(i)));
        MemberId member = _register.applyFor(isil, 1, 1, i < VOTERS ? NORTH : 2, 1, address(1));
        _register.admit(member);
    }

    function _sign(uint256 key, bytes32 structHash) private view returns (bytes memory) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256(bytes(NAME)),
                keccak256("1"),
                block.chainid,
                address(_elections)
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(
            key,
            keccak256(abi.encodePacked(hex"1901", domain, structHash))
        );
        return abi.encodePacked(uint8(0), r, uint256(s) | (uint256(v - 27) << 255));
    }

    function _voterKey(uint256 i) private pure returns (uint256) {
        return 0xa000 + i;
    }

    function _personKey(uint256 i) private pure returns (uint256) {
        return 0xb000 + i;
    }
}
