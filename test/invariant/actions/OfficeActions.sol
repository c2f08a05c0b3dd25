// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Charter} from "../../../contracts/Charter.sol";
import {Register} from "../../../contracts/Register.sol";
import {Roles} from "../../../contracts/types/Roles.sol";
import {vm} from "../../support/Vm.sol";
import {World} from "../World.sol";

/// @title OfficeActions
/// @notice What roles do: members come and go, tiers and prices change, posting pauses. None moves a balance.
abstract contract OfficeActions is World {
    uint256 private _departed;

    function applyFor(uint256 seed) external acting {
        if (population == LAST) return;
        uint8 tier = uint8(1 + (seed % 3));
        uint32 member = c.applyFor(tier);
        population = member;
        _people[member].standing = 1;
        _people[member].tierFrom.push(0);
        _people[member].tiers.push(tier);
        _settle("applyFor", true, true);
    }

    function admit(uint256 seed) external acting movingNothing("the registrar") {
        uint32 member = _member(seed);
        if (_people[member].standing != 1 && population > FOUNDERS) member = population;
        bool predicted = _people[member].standing == 1;
        bool done = _office(c.REGISTRAR(), abi.encodeCall(Register.admit, (_id(member))));
        if (done) {
            uint8 tier = _people[member].tiers[0];
            delete _people[member].tierFrom;
            delete _people[member].tiers;
            _admitted(member, tier);
        }
        _settle("admit", done, predicted);
    }

    function suspend(uint256 seed) external acting movingNothing("the suspender") {
        uint32 member = _member(seed);
        if (seed % 3 != 0) return; // seldom
        bool predicted = _people[member].standing == 2;
        bool done = _office(c.REGISTRAR(), abi.encodeCall(Register.suspend, (_id(member))));
        if (done) (_people[member].standing, _people[member].until) = (3, c.month());
        _settle("suspend", done, predicted);
    }

    function reinstate(uint256 seed) external acting movingNothing("the registrar") {
        uint32 member = _member(seed);
        for (uint32 i = 0; i < LAST && _people[member].standing != 3; ++i) {
            member = 3 + ((member - 2) % (population - 2));
        }
        bool predicted = _people[member].standing == 3;
        bool done = _office(c.REGISTRAR(), abi.encodeCall(Register.reinstate, (_id(member))));
        if (done) (_people[member].standing, _people[member].until) = (2, 0);
        _settle("reinstate", done, predicted);
    }

    function depart(uint256 seed) external acting movingNothing("a leaving member") {
        uint32 member = _member(seed);
        if (_departed == 3) return; // for good, so not all of them
        (address who, bool holds) = _caller(member, mix(seed, 1));
        uint8 standing = _people[member].standing;
        bool done = _office(who, abi.encodeCall(Register.leave, (_id(member))));
        if (done) {
            if (standing != 3) _people[member].until = c.month();
            _people[member].standing = 4;
            _people[member].known = true;
            ++_departed;
        }
        _settle("depart", done, holds && standing != 4);
    }

    function scheduleTier(uint256 seed) external acting movingNothing("the registrar") {
        uint32 member = _member(seed);
        uint8 tier = uint8(1 + ((seed >> 8) % 3));
        uint16 from = c.month() + 1;
        uint16[] storage changes = _people[member].tierFrom;
        bool predicted = _people[member].standing == 2 && from >= changes[changes.length - 1] + 4;
        bool done = _office(c.REGISTRAR(), abi.encodeCall(Register.scheduleTier, (_id(member), tier)));
        if (done) {
            changes.push(from);
            _people[member].tiers.push(tier);
        }
        _settle("scheduleTier", done, predicted);
    }

    function sync(uint256 seed) external acting movingNothing("sync") {
        uint32 member = uint32(bound(seed, 0, LAST + 1));
        bool done;
        try ledger.sync(_id(member)) {
            done = true;
            _people[member].known = true;
        } catch {
            done = false;
        }
        _settle("sync", done, member != 0 && member <= population);
    }

    function suspendDebtor(uint256 seed) external acting movingNothing("suspendDebtor") {
        uint32 member = _member(seed);
        for (uint32 i = 0; i < LAST && twin.solvent(member); ++i) {
            member = 3 + ((member - 2) % (population - 2));
        }
        bool predicted = !twin.solvent(member) && _people[member].standing == 2;
        predicted = predicted && block.timestamp >= twin.account(member).indebtedSince + c.DEBT_TERM();
        bool done;
        vm.prank(STRANGER);
        try register.suspendDebtor(_id(member)) {
            done = true;
            (_people[member].standing, _people[member].until) = (3, c.month());
        } catch {
            done = false;
        }
        _settle("suspendDebtor", done, predicted);
    }

    function publish(uint256 seed) external acting movingNothing("the scheduler") {
        (bool predicted, bool done) = tariff.publish(seed, uint16((seed >> 8) % 4));
        _settle("publish", done, predicted);
    }

    function takeBack() external acting movingNothing("the scheduler") {
        (bool predicted, bool done) = tariff.takeBack();
        _settle("takeBack", done, predicted);
    }

    function pause(uint256 seed) external acting movingNothing("the guardian") {
        uint40 duration = uint40(bound(seed, 0, seed % 4 == 0 ? 8 days : 2 days));
        bool predicted = duration <= 7 days && (pausedUntil == 0 || block.timestamp >= pausedUntil + 30 days);
        bool done;
        vm.prank(_guardian(mix(seed, 1)));
        try ledger.pausePosting(duration) {
            done = true;
            pausedUntil = block.timestamp + duration;
        } catch {
            done = false;
        }
        _settle("pause", done, predicted && mix(seed, 1) % 8 != 0);
    }

    function resume(uint256 seed) external acting movingNothing("the guardian") {
        bool predicted = block.timestamp < pausedUntil && mix(seed, 1) % 8 != 0;
        bool done;
        vm.prank(_guardian(mix(seed, 1)));
        try ledger.resumePosting() {
            done = true;
            pausedUntil = block.timestamp;
        } catch {
            done = false;
        }
        _settle("resume", done, predicted);
    }

    /// @notice Somebody is seated as an arbiter, or for appeals, perhaps once more.
    function seat(uint256 seed) external acting movingNothing("who is seated") {
        (uint64 role, address who) = _bench(seed);
        Charter charter = c.charter();
        vm.prank(address(c));
        charter.grantRole(role, who, 0);
        if (!sits[role][who]) ++_seated[role];
        sits[role][who] = true;
        _settle("seat", true, true);
    }

    /// @notice Somebody goes, or is sent away; perhaps nobody is left.
    function unseat(uint256 seed) external acting movingNothing("who is unseated") {
        (uint64 role, address who) = _bench(seed);
        Charter charter = c.charter();
        if (sits[role][who] && (seed >> 16) % 2 == 0) {
            vm.prank(who);
            charter.renounceRole(role, who);
        } else {
            vm.prank(address(c));
            charter.revokeRole(role, who);
        }
        if (sits[role][who]) --_seated[role];
        sits[role][who] = false;
        _settle("unseat", true, true);
        if (_seated[role] == 0) _settle("nobody sits", true, true);
    }

    /// @dev A role and one of the two who may hold it.
    function _bench(uint256 seed) private view returns (uint64 role, address who) {
        role = seed % 4 == 0 ? Roles.APPELLATE : Roles.ARBITER;
        if ((seed >> 8) % 2 == 0) return (role, SECOND_JUDGE);
        return (role, role == Roles.ARBITER ? c.ARBITER() : c.APPELLATE());
    }

    function _guardian(uint256 seed) private view returns (address) {
        return seed % 8 == 0 ? STRANGER : c.GUARDIAN();
    }

    function _office(address who, bytes memory call_) private returns (bool done) {
        address target = address(register);
        vm.prank(who);
        (done, ) = target.call(call_);
    }
}
