// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {Charter} from "../../contracts/Charter.sol";
import {IAmendments} from "../../contracts/interfaces/IAmendments.sol";
import {IChamber} from "../../contracts/interfaces/IChamber.sol";
import {ISeats} from "../../contracts/interfaces/ISeats.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {Roles} from "../../contracts/types/Roles.sol";
import {Check} from "../support/Check.sol";
import {vm} from "../support/Vm.sol";
import {Scrutiny} from "./Scrutiny.sol";

/// @title Politics
/// @notice What voters, councillors, trustees, strangers and the deployer may try, for the fuzzer to do in any order.
/// @dev Stands in this file because the runner knows the contracts of test files only.
contract Politics is Scrutiny {
    /// @notice How many calls there were.
    uint256 public calls;

    modifier clocked() {
        vm.warp(now_);
        _;
        ++calls;
        now_ = block.timestamp;
    }

    function menu() external pure returns (bytes4[] memory selectors) {
        bytes4[15] memory all = [
            this.propose.selector,
            this.propose.selector,
            this.cast.selector,
            this.cast.selector,
            this.cast.selector,
            this.finish.selector,
            this.finish.selector,
            this.carry.selector,
            this.carry.selector,
            this.amend.selector,
            this.veto.selector,
            this.meddle.selector,
            this.meddle.selector,
            this.wait.selector,
            this.churn.selector
        ];
        selectors = new bytes4[](all.length);
        for (uint256 i = 0; i < all.length; ++i) selectors[i] = all[i];
    }

    function motions() external view returns (uint256) {
        return _motions.length;
    }

    function motion(uint256 index) external view returns (Motion memory, uint256[3] memory) {
        return (_motions[index], _tally[_motions[index].id]);
    }

    /// A voter proposes anything.
    function propose(uint256 seed) external clocked {
        (address target, bytes memory data) = _act(seed);
        _propose(mix(seed, 1) % 3, mix(seed, 2), target, data);
    }

    /// A batch of ballots good and bad, against a twin that counts them one by one.
    function cast(uint256 seed) external clocked {
        if (_motions.length == 0) return;
        Motion memory one = _motions[_motions.length - 1 - ((seed % _motions.length) % 4)];
        bytes memory ballots;
        uint256 expected = 0;
        bool active = _state(one) == IGovernor.ProposalState.Active;
        uint256 number = 1 + (mix(seed, 3) % 6);
        for (uint256 i = 0; i < number; ++i) {
            (bytes memory packed, bool counts) = _odd(one, mix(seed, 10 + i), active);
            ballots = bytes.concat(ballots, packed);
            if (counts) expected |= 1 << i;
        }
        vm.prank(STRANGER);
        try IChamber(houses[one.house]).cast(one.id, ballots) returns (uint256 counted) {
            if (!active) mismatch = "counted out of time";
            if (counted != expected) mismatch = "counted otherwise than the twin";
            ++done[4];
        } catch {
            if (active) mismatch = "a bad ballot spoilt the others";
        }
    }

    /// Anyone queues and executes what there is, in its time or out of it.
    function finish(uint256 seed) external clocked {
        if (_motions.length == 0) return;
        uint256 index = _motions.length - 1 - ((seed % _motions.length) % 6);
        _queue(index);
        _execute(index);
    }

    /// All who vote carry a proposal, in as short a time as there is.
    function carry(uint256 seed) external clocked {
        (address target, bytes memory data) = _act(seed);
        _carry(mix(seed, 1) % 3, target, data);
    }

    /// What the Board has scheduled the Council vetoes, and then nobody executes it.
    function veto(uint256 seed) external clocked {
        (address target, bytes memory data) = move(uint16(seed % 4));
        (bool put, uint256 index) = _decide(BOARD, target, data);
        if (!put || _motions[index].queuedAt == 0) return;
        bytes memory cancel = abi.encodeCall(charter.cancel, (houses[BOARD], target, data));
        if (!_carry(COUNCIL, address(charter), cancel)) return;
        vm.warp(IGovernor(houses[BOARD]).proposalEta(_motions[index].id));
        if (_execute(index)) mismatch = "what was vetoed was executed";
    }

    /// Both chambers pass an amendment, whatever it is.
    function amend(uint256 seed) external clocked {
        Draft memory draft = _amendment(seed);
        _pass(draft.target, draft.data, draft.text);
    }

    /// @return whether it was executed
    function pass(address target, bytes memory data) external clocked returns (bool) {
        return _pass(target, data, 0);
    }

    function _pass(address target, bytes memory data, bytes32 text) private returns (bool) {
        (address[] memory targets, bytes[] memory datas) = _lists(target, data);
        try amendments.propose(targets, datas, text) {
            _drafts.push(Draft(target, data, text));
        } catch {}
        bytes32 id = amendments.idOf(targets, datas, text);
        _carry(COUNCIL, address(amendments), abi.encodeCall(IAmendments.ratify, (id)));
        _carry(ASSEMBLY, address(amendments), abi.encodeCall(IAmendments.approve, (id)));
        vm.warp(block.timestamp + 14 days);
        vm.prank(STRANGER);
        try amendments.execute(targets, datas, text) {
            ++done[3];
            return true;
        } catch {
            return false;
        }
    }

    /// Anybody without a chamber calls what it should not.
    function meddle(uint256 seed) external clocked {
        address by = _accounts[mix(seed, 4) % (MEMBERS + COUNCILLORS + TRUSTEES)];
        if (mix(seed, 5) % 3 == 0) by = mix(seed, 6) % 2 == 0 ? STRANGER : address(this);
        (address target, bytes memory data) = _act(seed);
        if (mix(seed, 7) % 2 == 0) {
            Draft memory draft = _amendment(seed);
            (target, data) = (draft.target, draft.data);
        }
        vm.prank(by);
        (bool worked, ) = target.call(data);
        if (worked) mismatch = "somebody without a chamber got its way";
    }

    function wait(uint256 seed) external clocked {
        vm.warp(block.timestamp + bound(seed, 1, 6 days));
    }

    /// A seat is lost or found, a member's voice brought up to date.
    function churn(uint256 seed) external clocked {
        (ISeats seats, uint256 house) = seed % 2 == 0 ? (councilSeats, COUNCIL) : (boardSeats, BOARD);
        uint256 place = mix(seed, 1) % votersOf(house);
        (bool sits, , ) = seats.placeOf(numberOf(house, place));
        // A founder whose time is over has left its seat behind.
        seats.vacate(0, uint8(place));
        if (!sits) seats.sit(0, uint8(place), numberOf(house, place), uint40(block.timestamp + 700 days));
        voice.sync(MemberId.wrap(numberOf(ASSEMBLY, mix(seed, 2) % MEMBERS)));
    }

    /// Proposes, has everybody vote for it, queues and executes.
    function _carry(uint256 house, address target, bytes memory data) private returns (bool) {
        (bool put, uint256 index) = _decide(house, target, data);
        if (!put) return false;
        uint256 eta = IGovernor(houses[house]).proposalEta(_motions[index].id);
        if (eta > block.timestamp) vm.warp(eta);
        return _execute(index);
    }

    function _decide(
        uint256 house,
        address target,
        bytes memory data
    ) private returns (bool put, uint256 index) {
        for (uint256 place = 0; place < votersOf(house) && !put; ++place) {
            (put, index) = _propose(house, place, target, data);
        }
        if (!put) return (false, 0);
        Motion memory one = _motions[index];
        IGovernor governor = IGovernor(houses[house]);
        vm.warp(governor.proposalSnapshot(one.id) + 1);
        bytes memory ballots;
        for (uint256 place = 0; place < votersOf(house); ++place) {
            uint32 voter = numberOf(house, place);
            ballots = bytes.concat(ballots, _ballot(house, one.id, voter, 1, 0, keyOf(house, place)));
            _count(one, voter, 1);
        }
        IChamber(houses[house]).cast(one.id, ballots);
        vm.warp(governor.proposalDeadline(one.id) + 1);
        _queue(index);
    }

    function carried(uint256 house, address target, bytes memory data) external clocked returns (bool) {
        return _carry(house, target, data);
    }

    function _propose(
        uint256 house,
        uint256 place,
        address target,
        bytes memory data
    ) private returns (bool put, uint256 index) {
        place %= votersOf(house);
        index = _motions.length;
        string memory text = string(abi.encodePacked(index));
        (address[] memory targets, bytes[] memory datas) = _lists(target, data);
        vm.prank(vm.addr(keyOf(house, place)));
        try
            IChamber(houses[house]).proposeAs(numberOf(house, place), targets, new uint256[](1), datas, text)
        returns (uint256 id) {
            _motions.push(Motion(house, id, target, data, text, 0));
            put = true;
        } catch {}
    }

    function _queue(uint256 index) private {
        Motion memory one = _motions[index];
        (address[] memory targets, bytes[] memory datas) = _lists(one.target, one.data);
        vm.prank(STRANGER);
        try
            IGovernor(houses[one.house]).queue(targets, new uint256[](1), datas, keccak256(bytes(one.text)))
        returns (uint256) {
            _motions[index].queuedAt = block.timestamp;
        } catch {}
    }

    function _execute(uint256 index) private returns (bool) {
        Motion memory one = _motions[index];
        (address[] memory targets, bytes[] memory datas) = _lists(one.target, one.data);
        uint256 needed = amendments.vetoTime();
        vm.prank(STRANGER);
        try
            IGovernor(houses[one.house]).execute(targets, new uint256[](1), datas, keccak256(bytes(one.text)))
        returns (uint256) {
            bool delayed = one.house != ASSEMBLY && one.target == address(register);
            if (delayed && block.timestamp <= one.queuedAt + needed)
                mismatch = "sooner than the Council can veto";
            _note(one);
            return true;
        } catch {
            return false;
        }
    }

    function _state(Motion memory one) private view returns (IGovernor.ProposalState) {
        return IGovernor(houses[one.house]).state(one.id);
    }
}

/// @title CharterInvariants
/// @notice Who holds a right, whatever anybody tried, and what was counted.
contract CharterInvariants is Check {
    struct Selectors {
        address addr;
        bytes4[] selectors;
    }

    Politics internal politics;
    Charter internal charter;

    function setUp() external {
        politics = new Politics();
        charter = politics.charter();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(politics);
    }

    function targetSelectors() external view returns (Selectors[] memory targets) {
        targets = new Selectors[](1);
        targets[0] = Selectors(address(politics), politics.menu());
    }

    /// The invariants would hold of politics in which nothing can be done: all of it has to work.
    function test_everyActionWorks() external {
        address stranger = address(0x57a6e);
        bytes memory grant = abi.encodeCall(charter.grantRole, (Roles.GUARDIAN, stranger, 0));
        check(politics.carried(0, address(charter), grant), "an office");
        (address target, bytes memory data) = politics.move(7);
        check(politics.carried(1, target, data), "an act of the Board");
        check(
            politics.pass(address(charter), abi.encodeCall(charter.labelRole, (77, "a role"))),
            "an amendment"
        );
        check(
            !politics.pass(address(charter), abi.encodeCall(charter.grantRole, (0, stranger, 0))),
            "an admin"
        );
        same(politics.region(), 7, "the region");
        _somethingOfEverything();
        invariant_rightsStayWhereTheyBelong();
        _everyRight();
        invariant_everyVoteCountsOnce();
    }

    /// ADMIN is the amendments' alone; who is neither a chamber nor the amendments holds offices alone, which the
    /// Council filled; the Board's rights come with a delay in which the Council can veto.
    function invariant_rightsStayWhereTheyBelong() public {
        vm.warp(politics.now_());
        check(bytes(politics.mismatch()).length == 0, politics.mismatch());
        same(charter.holdersOf(Roles.ADMIN), 1, "administrators");
        (bool admin, uint32 waits) = charter.hasRole(Roles.ADMIN, address(politics.amendments()));
        check(admin && waits == 0, "another administrator than the amendments");
        // All the rest is looked at often enough: nothing that goes wrong comes right again by itself.
        if (politics.calls() % 8 == 0) _everyRight();
    }

    function _everyRight() private view {
        address[] memory accounts = politics.accounts();
        for (uint64 role = 0; role < 13; ++role) {
            uint256 holders = 0;
            for (uint256 i = 0; i < accounts.length; ++i) {
                (uint48 since, uint32 delay, uint32 pending, uint48 effect) = charter.getAccess(
                    role,
                    accounts[i]
                );
                if (since != 0) ++holders;
                same(
                    since != 0,
                    _holds(role, accounts[i]),
                    "a right that does not belong there, or is missing"
                );
                if (since == 0 || accounts[i] != politics.houses(1) || _isOffice(role)) continue;
                uint256 least = effect != 0 && pending < delay ? pending : delay;
                check(least > politics.amendments().vetoTime(), "a delay too short for a veto");
                same(charter.getRoleGuardian(role), Roles.COUNCIL, "a right without a guardian");
            }
            same(charter.holdersOf(role), holders, "holders whom nobody knows");
        }
        uint16 region = politics.register().membership(MemberId.wrap(3)).region;
        same(region, politics.region(), "an act that no chamber decided on");
    }

    /// What a proposal got is what the twin counted, each voter once, and no more than there was to vote.
    function invariant_everyVoteCountsOnce() public {
        vm.warp(politics.now_());
        check(bytes(politics.mismatch()).length == 0, politics.mismatch());
        uint256 number = politics.motions();
        for (uint256 i = number > 12 ? number - 12 : 0; i < number; ++i) {
            (Politics.Motion memory one, uint256[3] memory tally) = politics.motion(i);
            (uint256 against, uint256 support, uint256 abstain) = IChamber(politics.houses(one.house))
                .proposalVotes(one.id);
            same(against, tally[0], "against");
            same(support, tally[1], "for");
            same(abstain, tally[2], "abstaining");
            uint256 snapshot = IGovernor(politics.houses(one.house)).proposalSnapshot(one.id);
            if (snapshot >= block.timestamp) continue;
            uint256 all = IVotes(address(politics.electorateOf(one.house))).getPastTotalSupply(snapshot);
            check(against + support + abstain <= all, "more votes than there are");
        }
    }

    /// @dev Chance alone fills offices, moves members, vetoes, amends and votes, within a few hundred calls.
    function _somethingOfEverything() private {
        bytes4[] memory menu = politics.menu();
        for (uint256 i = 0; i < 300; ++i) {
            (bool worked, ) = address(politics).call(
                abi.encodeWithSelector(menu[mix(i, 1) % menu.length], mix(i, 2))
            );
            check(worked, "an action that reverts");
        }
        string[5] memory what = ["an office", "an act of the Board", "a veto", "an amendment", "a ballot"];
        for (uint256 i = 0; i < 5; ++i) check(politics.done(i) != 0, what[i]);
    }

    function _holds(uint64 role, address account) private view returns (bool) {
        if (_isOffice(role)) return politics.office(role, account);
        if (role == Roles.ADMIN) return account == address(politics.amendments());
        if (role == Roles.COUNCIL) return account == politics.houses(0);
        if (role == Roles.ASSEMBLY) return account == politics.houses(2);
        if (role == Roles.SUSPENDER) return account == politics.houses(1);
        bool boards = role == Roles.REGISTRAR || role == Roles.SCHEDULER || role == Roles.TREASURER;
        return boards && (account == politics.houses(1) || account == politics.houses(2));
    }

    function _isOffice(uint64 role) private pure returns (bool) {
        return
            role == Roles.GUARDIAN ||
            role == Roles.ARBITER ||
            role == Roles.APPELLATE ||
            role == Roles.AUTHORITY;
    }
}
