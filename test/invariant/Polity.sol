// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {Charter} from "../../contracts/Charter.sol";
import {IAmendments} from "../../contracts/interfaces/IAmendments.sol";
import {Setup} from "../../contracts/interfaces/IChamber.sol";
import {IElectorate} from "../../contracts/interfaces/IElectorate.sol";
import {IRegister} from "../../contracts/interfaces/IRegister.sol";
import {FounderSeat, ISeats} from "../../contracts/interfaces/ISeats.sol";
import {IVoice} from "../../contracts/interfaces/IVoice.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {Roles} from "../../contracts/types/Roles.sol";
import {Artifacts} from "../support/Artifacts.sol";
import {Check} from "../support/Check.sol";
import {vm} from "../support/Vm.sol";

/// @title Polity
/// @notice A charter with its three chambers after the handover: five members, four councillors, three trustees. This
/// contract is the deployer, and stands for the elections of both bodies.
abstract contract Polity is Check {
    uint256 internal constant START = 1_788_264_000; // 1 September 2026
    uint256 internal constant MEMBERS = 5;
    uint256 internal constant COUNCILLORS = 4;
    uint256 internal constant TRUSTEES = 3;
    uint32 internal constant FIRST_MEMBER_ = 3;
    uint32 internal constant BOARD_DELAY = 9 days;

    uint256 internal constant COUNCIL = 0;
    uint256 internal constant BOARD = 1;
    uint256 internal constant ASSEMBLY = 2;

    address internal constant STRANGER = address(0x57a6e);

    bytes32 private constant BALLOT_TYPEHASH = keccak256(
        "Ballot(uint256 proposalId,uint32 voter,uint8 support,uint32 nonce)"
    );
    bytes32 private constant DOMAIN_TYPEHASH = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    Charter public charter;
    IRegister public register;
    IAmendments public amendments;
    IVoice public voice;
    ISeats public councilSeats;
    ISeats public boardSeats;
    address[3] public houses;
    /// @notice The time, which the runner does not keep between calls.
    uint256 public now_;

    /// @dev Everybody who could hold a right.
    address[] internal _accounts;

    constructor() {
        vm.warp(START);
        charter = Charter(Artifacts.create("Charter.sol", abi.encode(address(this), keccak256("text"))));
        register = IRegister(Artifacts.create("Register.sol", abi.encode(charter)));
        _admit();
        vm.warp(START + 130 days);
        _seat();
        _found();
        _handOver();
        now_ = START + 131 days;
        vm.warp(now_);
    }

    function accounts() external view returns (address[] memory) {
        return _accounts;
    }

    /// @notice How many may vote in a house, seats that were vacated since included.
    function votersOf(uint256 house) public pure returns (uint256) {
        return
            house == ASSEMBLY
                ? MEMBERS
                : house == BOARD
                    ? TRUSTEES
                    : COUNCILLORS;
    }

    /// @notice The number of a voter. Delegates have theirs in the order of foundation.
    function numberOf(uint256 house, uint256 place) public pure returns (uint32) {
        if (house == ASSEMBLY) return uint32(FIRST_MEMBER_ + place);
        return uint32(house == COUNCIL ? 1 + place : 1 + COUNCILLORS + place);
    }

    function electorateOf(uint256 house) public view returns (IElectorate) {
        return
            house == ASSEMBLY
                ? IElectorate(voice)
                : house == BOARD
                    ? IElectorate(boardSeats)
                    : councilSeats;
    }

    /// @notice What a voter weighed at a time that is over.
    function weightOf(uint256 house, uint32 voter, uint256 time) public view returns (uint256) {
        IElectorate electorate = electorateOf(house);
        return IVotes(address(electorate)).getPastVotes(electorate.accountOf(voter), time);
    }

    function keyOf(uint256 house, uint256 place) public pure returns (uint256) {
        return uint256(keccak256(abi.encode("key", house, place)));
    }

    /// @dev A packed ballot, signed by whatever key.
    function _ballot(
        uint256 house,
        uint256 id,
        uint32 voter,
        uint8 support,
        uint32 nonce,
        uint256 key
    ) internal view returns (bytes memory) {
        bytes32 domain = keccak256(
            abi.encode(
                DOMAIN_TYPEHASH,
                keccak256(bytes(IGovernor(houses[house]).name())),
                keccak256("1"),
                block.chainid,
                houses[house]
            )
        );
        bytes32 content = keccak256(abi.encode(BALLOT_TYPEHASH, id, voter, support, nonce));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(
            key,
            keccak256(abi.encodePacked(hex"1901", domain, content))
        );
        return
            abi.encodePacked(
                voter,
                nonce,
                support,
                uint8(0),
                r,
                bytes32(uint256(s) | (uint256(v - 27) << 255))
            );
    }

    function _admit() private {
        for (uint256 i = 0; i < MEMBERS; ++i) {
            address key = vm.addr(keyOf(ASSEMBLY, i));
            _accounts.push(key);
            vm.prank(key);
            register.applyFor(bytes16(bytes.concat("XA-P", bytes1(uint8(0x41 + i)))), 1, 1, 1, 1, key);
            register.admit(MemberId.wrap(uint32(FIRST_MEMBER_ + i)));
        }
    }

    function _seat() private {
        address people = Artifacts.create("Delegates.sol", "");
        councilSeats = _seats(people, COUNCIL, COUNCILLORS);
        boardSeats = _seats(people, BOARD, TRUSTEES);
        voice = IVoice(Artifacts.create("Voice.sol", abi.encode(charter, register, uint256(1e9))));
        register.bindRoll(address(voice));
        for (uint256 i = 0; i < MEMBERS; ++i) voice.sync(MemberId.wrap(uint32(FIRST_MEMBER_ + i)));
    }

    function _seats(address people, uint256 house, uint256 number) private returns (ISeats seats) {
        FounderSeat[] memory founders = new FounderSeat[](number);
        for (uint256 i = 0; i < number; ++i) {
            founders[i] = FounderSeat(0, uint8(i), vm.addr(keyOf(house, i)));
            _accounts.push(founders[i].key);
        }
        seats = ISeats(
            Artifacts.create("Seats.sol", abi.encode(charter, people, founders, uint40(3650 days)))
        );
        seats.bindElections(address(this));
    }

    function _found() private {
        houses[COUNCIL] = _chamber("Council", councilSeats, address(0), 1, 0, 5 days);
        houses[BOARD] = _chamber("Board", boardSeats, address(0), 1, 0, 3 days);
        houses[ASSEMBLY] = _chamber("Assembly", voice, houses[COUNCIL], 1e6, 2 days, 7 days);
        amendments = IAmendments(
            Artifacts.create("Amendments.sol", abi.encode(charter, uint32(14 days), uint32(30 days)))
        );
        address[7] memory others = [
            houses[0],
            houses[1],
            houses[2],
            address(amendments),
            address(register),
            STRANGER,
            address(this)
        ];
        for (uint256 i = 0; i < others.length; ++i) _accounts.push(others[i]);
    }

    function _chamber(
        string memory name,
        IElectorate electorate,
        address sponsor,
        uint256 threshold,
        uint32 baseDelay,
        uint32 votingPeriod
    ) private returns (address) {
        Setup memory setup = Setup({
            name: name,
            electorate: electorate,
            charter: charter,
            sponsor: sponsor,
            votingDelay: 1 days,
            votingPeriod: votingPeriod,
            threshold: threshold,
            petition: 2_000,
            quorumBps: 4_000,
            baseDelay: baseDelay,
            lateExtension: 1 days
        });
        return Artifacts.create("Chamber.sol", abi.encode(setup));
    }

    function _handOver() private {
        _ask(address(register), IRegister.classify.selector, Roles.REGISTRAR);
        _ask(address(register), IRegister.suspend.selector, Roles.SUSPENDER);
        _ask(address(register), IRegister.admit.selector, Roles.ADMITTER);
        _ask(address(voice), IVoice.confirmSuspension.selector, Roles.COUNCIL);
        _ask(address(amendments), IAmendments.ratify.selector, Roles.COUNCIL);
        _ask(address(amendments), IAmendments.approve.selector, Roles.ASSEMBLY);
        _ask(address(amendments), IAmendments.insist.selector, Roles.ASSEMBLY);
        uint64[4] memory delayed = [Roles.REGISTRAR, Roles.SCHEDULER, Roles.TREASURER, Roles.SUSPENDER];
        uint64[4] memory offices = [Roles.GUARDIAN, Roles.ARBITER, Roles.APPELLATE, Roles.AUTHORITY];
        for (uint256 i = 0; i < 4; ++i) {
            charter.grantRole(delayed[i], houses[BOARD], BOARD_DELAY);
            charter.setRoleGuardian(delayed[i], Roles.COUNCIL);
            if (delayed[i] != Roles.SUSPENDER) charter.grantRole(delayed[i], houses[ASSEMBLY], 0);
            charter.setRoleAdmin(offices[i], Roles.COUNCIL);
        }
        charter.grantRole(Roles.COUNCIL, houses[COUNCIL], 0);
        charter.grantRole(Roles.ASSEMBLY, houses[ASSEMBLY], 0);
        charter.bindBoard(houses[BOARD], houses[COUNCIL], boardSeats);
        charter.grantRole(Roles.ADMIN, address(amendments), 0);
        charter.renounceRole(Roles.ADMIN, address(this));
    }

    function _ask(address target, bytes4 verb, uint64 role) private {
        bytes4[] memory verbs = new bytes4[](1);
        verbs[0] = verb;
        charter.setTargetFunctionRole(target, verbs, role);
    }
}
