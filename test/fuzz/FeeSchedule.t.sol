// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Price} from "../../contracts/interfaces/IFeeSchedule.sol";
import {FeeSchedule} from "../../contracts/policy/FeeSchedule.sol";
import {PeriodId} from "../../contracts/types/PeriodId.sol";
import {Artifacts} from "../support/Artifacts.sol";
import {Check} from "../support/Check.sol";
import {vm} from "../support/Vm.sol";

/// @title FeeScheduleTest
/// @notice The binary search against a list walked from its beginning, and months that have begun against change.
contract FeeScheduleTest is Check {
    uint16 private constant FIRST = 2026 * 12 + 8;

    FeeSchedule private schedule;
    uint16[] private froms;
    uint256[] private versions;

    function setUp() external {
        vm.warp(PeriodId.wrap(FIRST).start());
        // The test is the charter's administrator: what no role was given is the administrator's.
        address charter = Artifacts.create("Charter.sol", abi.encode(address(this), keccak256("text")));
        schedule = FeeSchedule(Artifacts.create("FeeSchedule.sol", abi.encode(charter)));
    }

    /// Invariant 7: publish, take back and wait in any order; every month begun keeps its version and price.
    function testFuzz_versionInAsWalked(uint256 seed, uint256 steps) external {
        uint256[] memory began = new uint256[](200);
        uint16 current = FIRST;
        for (uint256 step = 0; step < 1 + (steps % 24); ++step) {
            uint256 own = mix(seed, step);
            if (own % 4 == 0) {
                uint16 target = current + uint16((own >> 8) % 4);
                vm.warp(PeriodId.wrap(target).start() + ((own >> 16) % 28 days));
                for (; current < target; ++current) began[current + 1 - FIRST] = _walk(current + 1);
            } else if (own % 4 == 1) {
                _takeBack(current);
            } else {
                _publish(current, uint16(current + ((own >> 8) % 6)));
            }
            for (uint16 month = FIRST - 2; month < current + 8; ++month) {
                same(schedule.versionIn(PeriodId.wrap(month)), _walk(month), "version");
                bool begun = month > FIRST && month <= current;
                if (begun) same(_walk(month), began[month - FIRST], "7: a begun month's version");
                _samePrice(month);
            }
        }
    }

    function _publish(uint16 current, uint16 from) private {
        Price[] memory prices = new Price[](1);
        uint256 next = schedule.lastVersion() + 1;
        prices[0] = Price(1, 1, uint64(next), uint64(2 * next));
        uint256 version = schedule.draft(0, prices);
        bool expected = from > current && (froms.length == 0 || from >= froms[froms.length - 1]);
        try schedule.publish(version, PeriodId.wrap(from)) {
            check(expected, "published too late");
            froms.push(from);
            versions.push(version);
        } catch {
            check(!expected, "could not be published");
        }
    }

    function _takeBack(uint16 current) private {
        if (froms.length == 0) return;
        uint16 from = froms[froms.length - 1];
        try schedule.withdrawFrom(PeriodId.wrap(from)) {
            check(from > current, "taken back too late");
            while (froms.length != 0 && froms[froms.length - 1] == from) {
                froms.pop();
                versions.pop();
            }
        } catch {
            check(from <= current, "could not be taken back");
        }
    }

    function _walk(uint16 month) private view returns (uint256 version) {
        for (uint256 i = 0; i < froms.length; ++i) {
            if (froms[i] <= month) version = versions[i];
        }
    }

    function _samePrice(uint16 month) private view {
        (bool offered, uint64 price, uint64 fee) = schedule.priceOf(PeriodId.wrap(month), 1, 1);
        uint256 version = _walk(month);
        check(offered == (version != 0), "offered");
        same(price, version, "price");
        same(fee, 2 * version, "fee");
        (offered, , ) = schedule.priceOf(PeriodId.wrap(month), 1, 2);
        check(!offered, "another tier is offered");
    }
}
