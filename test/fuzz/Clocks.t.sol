// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Charter} from "../../contracts/Charter.sol";
import {Ledger} from "../../contracts/Ledger.sol";
import {Claims} from "../../contracts/desks/Claims.sol";
import {Stage} from "../../contracts/interfaces/IClaims.sol";
import {Roles} from "../../contracts/types/Roles.sol";
import {Check} from "../support/Check.sol";
import {Consortium} from "../support/Consortium.sol";
import {vm} from "../support/Vm.sol";

/// @title ClocksTest
/// @notice Seconds paused and seconds vacant, against somebody who looks every hour and counts.
contract ClocksTest is Check {
    Consortium private immutable _c;
    Charter private immutable _charter;
    Ledger private immutable _ledger;
    Claims private immutable _claims;

    uint256 private _now;
    uint256 private _paused;
    uint256 private _pausedUntil;
    mapping(uint64 role => uint256) private _vacant;
    mapping(uint64 role => mapping(address => bool)) private _sits;

    constructor() {
        _now = 1788264000;
        vm.warp(_now);
        _c = new Consortium(8);
        (_charter, _ledger, _claims) = (_c.charter(), _c.ledger(), _c.claims());
    }

    /// Guardians pause and resume, judges come, go and come again, in any order and for any time.
    function testFuzz_countedHourByHour(uint256 seed) external {
        _sits[Roles.ARBITER][_c.ARBITER()] = true;
        _sits[Roles.APPELLATE][_c.APPELLATE()] = true;
        for (uint256 i = 0; i < 24; ++i) {
            uint256 draw = mix(seed, i);
            _act(draw);
            _watch(bound(mix(draw, 1), 0, draw % 4 == 0 ? 900 : 60));
            _same();
        }
    }

    /// A role that nobody ever held is vacant since the charter began.
    function testFuzz_aRoleNobodyHeldIsVacant(uint64 role, uint32 time) external {
        vm.assume(role > Roles.ADMITTER && role != type(uint64).max);
        vm.warp(_now + time);
        same(_charter.vacantSeconds(role), time, "vacant since the beginning");
        _grant(role, address(0xa));
        vm.warp(_now + 2 * uint256(time));
        same(_charter.vacantSeconds(role), time, "held since");
    }

    function _act(uint256 draw) private {
        uint64 role = draw % 2 == 0 ? Roles.ARBITER : Roles.APPELLATE;
        address who =
            (draw >> 8) % 2 == 0
                ? address(0xb)
                : role == Roles.ARBITER
                    ? _c.ARBITER()
                    : _c.APPELLATE();
        uint256 what = (draw >> 16) % 6;
        if (what == 0) _pause(bound(draw >> 24, 0, 7 * 24) * 1 hours);
        else if (what == 1) _resume();
        else if (what == 2) _grant(role, who);
        else if (what == 3) _renounce(role, who);
        else _revoke(role, who);
        if (what > 1) _sits[role][who] = what == 2;
    }

    function _pause(uint256 duration) private {
        address guardian = _c.GUARDIAN();
        vm.prank(guardian);
        try _ledger.pausePosting(uint40(duration)) {
            _pausedUntil = _now + duration;
        } catch {}
    }

    function _resume() private {
        address guardian = _c.GUARDIAN();
        vm.prank(guardian);
        try _ledger.resumePosting() {
            _pausedUntil = _now;
        } catch {}
    }

    function _grant(uint64 role, address who) private {
        vm.prank(address(_c));
        _charter.grantRole(role, who, 0);
    }

    function _revoke(uint64 role, address who) private {
        vm.prank(address(_c));
        _charter.revokeRole(role, who);
    }

    function _renounce(uint64 role, address who) private {
        vm.prank(who);
        _charter.renounceRole(role, who);
    }

    /// @dev Looks at the world at the beginning of every hour.
    function _watch(uint256 hours_) private {
        for (uint256 i = 0; i < hours_; ++i) {
            if (_now < _pausedUntil) _paused += 1 hours;
            if (_empty(Roles.ARBITER)) _vacant[Roles.ARBITER] += 1 hours;
            if (_empty(Roles.APPELLATE)) _vacant[Roles.APPELLATE] += 1 hours;
            _now += 1 hours;
        }
        vm.warp(_now);
    }

    function _empty(uint64 role) private view returns (bool) {
        address first = role == Roles.ARBITER ? address(0xa6) : address(0xa7);
        return !_sits[role][first] && !_sits[role][address(0xb)];
    }

    function _same() private view {
        same(_ledger.pausedSeconds(), _paused, "seconds paused");
        for (uint64 role = Roles.ARBITER; role <= Roles.APPELLATE; ++role) {
            same(_charter.vacantSeconds(role), _vacant[role], "seconds vacant");
            same(_charter.holdersOf(role) == 0, _empty(role), "vacant");
        }
        same(_claims.clock(Stage.Open), _now - _paused, "parties' clock");
        same(_claims.clock(Stage.Awarded), _now - _paused, "parties' clock after an award");
        same(_claims.clock(Stage.Disputed), _now - _vacant[Roles.ARBITER], "arbiters' clock");
        same(_claims.clock(Stage.Appealed), _now - _paused, "an appeal ends whoever sits");
    }
}
