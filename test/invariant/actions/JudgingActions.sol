// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Charter} from "../../../contracts/Charter.sol";
import {Outcome, Stage} from "../../../contracts/interfaces/IClaims.sol";
import {Roles} from "../../../contracts/types/Roles.sol";
import {vm} from "../../support/Vm.sol";
import {Bill} from "../Billing.sol";
import {Case, Docket} from "../Docket.sol";

/// @title JudgingActions
/// @notice Awards, appeals, rulings, and the settlements that anybody can make at any time.
abstract contract JudgingActions is Docket {
    function award(uint256 seed) external acting movingNothing("an arbiter") {
        if (_cases.length == 0) return;
        uint256 i = _case(seed, Stage.Disputed);
        (address who, bool may) = _judge(Roles.ARBITER, mix(seed, 1));
        bool done;
        (uint64 gross, uint64 fee, bool within) = _part(_cases[i], mix(seed, 2));
        bool predicted = may && within && _cases[i].stage == Stage.Disputed && !_due(_cases[i]);
        vm.prank(who);
        try claims.award(_cases[i].bill.digest, gross, fee) {
            done = true;
            _judged(i, Stage.Awarded, gross, fee);
        } catch {
            done = false;
        }
        _settle("award", done, predicted);
    }

    function appeal(uint256 seed) external acting movingNothing("an appeal") {
        if (_cases.length == 0) return;
        uint256 i = _case(seed, Stage.Awarded);
        Bill memory bill_ = _cases[i].bill;
        uint32 party = seed % 2 == 0 ? bill_.supplier : bill_.consumer;
        if ((seed >> 8) % 8 == 0) party = _member(seed >> 16);
        (address who, bool holds) = _caller(party, mix(seed, 1));
        bool predicted = holds && (party == bill_.supplier || party == bill_.consumer);
        predicted = predicted && _cases[i].stage == Stage.Awarded && !_due(_cases[i]);
        predicted = predicted && _seated[Roles.APPELLATE] != 0;
        bool done;
        vm.prank(who);
        try claims.appeal(_id(party), bill_.digest) {
            done = true;
            _enter(_cases[i], Stage.Appealed);
        } catch {
            done = false;
        }
        _settle("appeal", done, predicted);
    }

    function rule(uint256 seed) external acting movingNothing("an appellate arbiter") {
        if (_cases.length == 0) return;
        uint256 i = _case(seed, Stage.Appealed);
        (address who, bool may) = _judge(Roles.APPELLATE, mix(seed, 1));
        bool done;
        (uint64 gross, uint64 fee, bool within) = _part(_cases[i], mix(seed, 2));
        bool predicted = may && within && _cases[i].stage == Stage.Appealed && !_due(_cases[i]);
        vm.prank(who);
        try claims.rule(_cases[i].bill.digest, gross, fee) {
            done = true;
            _judged(i, Stage.Ruled, gross, fee);
        } catch {
            done = false;
        }
        _settle("rule", done, predicted);
    }

    /// @notice Anybody settles a claim, mostly one whose time has come.
    function settle(uint256 seed) external acting {
        if (_cases.length == 0) return;
        uint256 i = seed % _cases.length;
        for (uint256 n = 0; n < _cases.length && !_due(_cases[i]); ++n) i = (i + 1) % _cases.length;
        // Where none is due, one is waited for now and then, as if no clock stood still.
        if (mix(seed, 1) % 4 == 0 && !_due(_cases[i])) {
            _wait(_cases[i].since + _termOf(_cases[i].stage) - _reading(_cases[i].stage));
            _closeAll();
        }
        _settleAt(i);
    }

    /// @notice What has ended stays ended.
    function again(uint256 seed) external acting {
        if (_ended.length == 0) return;
        bytes32 id = _ended[seed % _ended.length];
        vm.prank(STRANGER);
        (bool done, ) = address(claims).call(abi.encodeCall(claims.settle, (id)));
        _expect(!done, "5: a claim was settled twice");
        vm.prank(c.ARBITER());
        (done, ) = address(claims).call(abi.encodeCall(claims.award, (id, 0, 0)));
        _expect(!done, "5: a claim was awarded after its end");
        _settle("again", true, true);
    }

    /// @notice Invariant 9: whatever happened, time and strangers end every claim. For tests that throw the state away.
    function endAll() external {
        vm.warp(this.now_());
        Charter charter = c.charter();
        if (_seated[Roles.ARBITER] == 0) {
            vm.prank(address(c));
            charter.grantRole(Roles.ARBITER, SECOND_JUDGE, 0);
            ++_seated[Roles.ARBITER];
        }
        _wait(200 days);
        _closeAll();
        while (_cases.length != 0) {
            _expect(_due(_cases[0]), "9: a claim is not due after all its terms");
            uint256 before = _cases.length;
            _settleAt(0);
            if (_cases.length == before) return;
        }
        _expect(ledger.bonds() == setAside(), "9: a bond is left when no claim is");
    }

    /// @dev For an action or `endAll`.
    function _settleAt(uint256 i) private {
        Case memory one = _cases[i];
        (Outcome outcome, uint256 gross, uint256 fee) = _fate(one);
        bool due = _due(one);
        // 4. Unchallenged past its window, or within an award: by the charter, not by anybody's word.
        if (due && gross <= one.gross && fee <= one.fee) _consent(one.bill.consumer, gross + fee);
        bool done;
        vm.prank(STRANGER);
        try claims.settle(one.bill.digest) {
            done = true;
            _end(i, outcome, gross, fee);
        } catch {
            done = false;
        }
        _settle("settle", done, due && _chargeable(gross + fee));
    }

    function _fate(Case memory one) private pure returns (Outcome, uint256 gross, uint256 fee) {
        if (one.stage == Stage.Open) return (Outcome.Unchallenged, one.gross, one.fee);
        if (one.stage == Stage.Disputed) return (Outcome.Lapsed, 0, 0);
        return (Outcome.Awarded, one.awardedGross, one.awardedFee);
    }

    /// @dev All, nothing, some or too much of a claim.
    function _part(
        Case storage one,
        uint256 seed
    ) private view returns (uint64 gross, uint64 fee, bool within) {
        if (seed % 8 == 0) return (0, 0, true);
        if (seed % 8 == 1) return (uint64(one.gross + 1), uint64(one.fee), false);
        if (seed % 8 == 2) return (uint64(one.gross), uint64(one.fee + 1), false);
        if (seed % 8 == 3) return (uint64(one.gross), uint64(one.fee), true);
        return (uint64(mix(seed, 1) % (one.gross + 1)), uint64(mix(seed, 2) % (one.fee + 1)), true);
    }

    function _judge(uint64 role, uint256 seed) private view returns (address who, bool may) {
        who = role == Roles.ARBITER ? c.ARBITER() : c.APPELLATE();
        if (!sits[role][who] || seed % 4 == 0) who = SECOND_JUDGE;
        if (seed % 8 == 1) who = STRANGER;
        may = sits[role][who];
    }

    function _judged(uint256 i, Stage stage, uint256 gross, uint256 fee) private {
        (_cases[i].awardedGross, _cases[i].awardedFee) = (gross, fee);
        _enter(_cases[i], stage);
    }
}
