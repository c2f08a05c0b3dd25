// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Outcome, Stage} from "../../contracts/interfaces/IClaims.sol";
import {Roles} from "../../contracts/types/Roles.sol";
import {BatchTrees} from "../support/BatchTrees.sol";
import {Bill, Billing} from "./Billing.sol";

/// @notice A claim that runs.
/// @param bill what will be filed once it is charged
/// @param since reading of its stage's clock when the stage began
struct Case {
    Bill bill;
    uint16 period;
    uint8 tier;
    Stage stage;
    uint256 since;
    uint256 gross;
    uint256 fee;
    uint256 awardedGross;
    uint256 awardedFee;
}

/// @title Docket
/// @notice The claims that run, as their twin knows them: when each stage is over, and what an end comes to.
abstract contract Docket is Billing {
    uint256 internal constant BOND = 5e6;
    uint256 internal constant LIMIT = 5_000e6;
    uint256 internal constant PER_PAIR = 4;

    Case[] internal _cases;
    bytes32[] internal _ended;
    mapping(uint32 supplier => mapping(uint32 consumer => uint256)) public openClaims;

    function cases() external view override returns (uint256) {
        return _cases.length;
    }

    function caseAt(uint256 index) external view returns (Case memory) {
        return _cases[index];
    }

    /// @dev What the twin knows of an end: the bond goes where it belongs, and what was found due is charged.
    function _end(uint256 i, Outcome outcome, uint256 gross, uint256 fee) internal {
        Case memory one = _cases[i];
        Bill memory bill_ = one.bill;
        _cases[i] = _cases[_cases.length - 1];
        _cases.pop();
        _ended.push(bill_.digest);
        --openClaims[bill_.supplier][bill_.consumer];
        bool excused = outcome == Outcome.Lapsed || outcome == Outcome.Accepted;
        bool forfeited = gross + fee == 0 && one.stage != Stage.Open && !excused;
        twin.releaseBond(forfeited ? 1 : bill_.supplier, BOND);
        if (forfeited) ++succeeded["forfeit"];
        ++succeeded[
            ["Unchallenged", "Accepted", "Proven", "Awarded", "Withdrawn", "Lapsed"][uint256(outcome)]
        ];
        if (one.stage == Stage.Ruled) ++succeeded["Ruled"];
        if (gross + fee == 0) return;
        uint256 space = twin.room(bill_.consumer);
        bill_.acknowledged = gross + fee > space ? gross + fee - space : 0;
        if (bill_.acknowledged != 0) ++succeeded["a claim became a debt"];
        (bill_.gross, bill_.fee) = (gross, fee);
        bill_.batchRoot = BatchTrees.leaf(bill_.digest, gross, fee, bill_.acknowledged, 0);
        twin.post(bill_.supplier, bill_.consumer, gross, fee, true);
        _file(bill_);
    }

    function _unjudged(Case memory one) internal pure returns (bool) {
        return one.stage == Stage.Open || one.stage == Stage.Disputed;
    }

    /// @dev Whether so much can be charged now; nothing always can.
    function _chargeable(uint256 due) internal view returns (bool) {
        return due == 0 || _booking();
    }

    function _enter(Case storage one, Stage stage) internal {
        (one.stage, one.since) = (stage, _reading(stage));
    }

    /// @dev Seconds that count in a stage, from those that the world has seen go by.
    function _reading(Stage stage) internal view returns (uint256) {
        if (stage == Stage.Disputed) return block.timestamp - vacant[Roles.ARBITER];
        return block.timestamp - paused;
    }

    function _termOf(Stage stage) internal pure returns (uint256) {
        if (stage == Stage.Open) return 45 days;
        if (stage == Stage.Disputed) return 180 days;
        if (stage == Stage.Awarded) return 14 days;
        return stage == Stage.Appealed ? 60 days : 0;
    }

    function _due(Case memory one) internal view returns (bool) {
        return _reading(one.stage) >= one.since + _termOf(one.stage);
    }

    /// @dev A case in a stage, where there is one.
    function _case(uint256 seed, Stage stage) internal view returns (uint256 i) {
        i = seed % _cases.length;
        for (uint256 n = 0; n < _cases.length && _cases[i].stage != stage; ++n) i = (i + 1) % _cases.length;
    }
}
