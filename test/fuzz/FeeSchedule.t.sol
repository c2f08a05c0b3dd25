// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ConditionalPrice, Price} from "../../contracts/interfaces/IFeeSchedule.sol";
import {FeeSchedule} from "../../contracts/policy/FeeSchedule.sol";
import {PeriodId} from "../../contracts/types/PeriodId.sol";
import {Artifacts} from "../support/Artifacts.sol";
import {Check} from "../support/Check.sol";
import {vm} from "../support/Vm.sol";

/// @title FeeScheduleTest
/// @notice The binary search against a list walked from its beginning, months that have begun against change, and what
/// conditional prices say against all that was drafted.
contract FeeScheduleTest is Check {
    uint16 private constant FIRST = 2026 * 12 + 8;

    FeeSchedule private schedule;
    uint16[] private froms;
    uint256[] private versions;
    ConditionalPrice[] private drafted;

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

    /// Plain and conditional prices in any order, drafted again and again: the last of each key holds whole, and the most
    /// telling key goes first.
    function testFuzz_conditionsAsWalked(uint256 seed, uint256 count) external {
        count = bound(count, 1, 24);
        for (uint256 i = 0; i < count; ++i) _draft(mix(seed, i), i == 0 ? 0 : 1);
        schedule.publish(1, PeriodId.wrap(FIRST + 1));
        for (uint256 i = 0; i < 3 * 9; ++i) {
            uint8 tier = _tier(i % 3);
            uint8 supplierTier = _tier((i / 3) % 3);
            for (uint16 month = FIRST; month < FIRST + 6; ++month) {
                _sameCondition(month, uint16(1 + i / 9), tier, supplierTier);
            }
        }
    }

    function _draft(uint256 own, uint256 version) private {
        ConditionalPrice memory price;
        price.service = uint16(1 + (own % 2));
        price.tier = _tier((own >> 8) % 3);
        price.supplierTier = 255;
        price.price = uint64(own >> 16);
        price.fee = uint64(own >> 80);
        if (own % 5 == 0) {
            Price[] memory plain = new Price[](1);
            plain[0] = Price(price.service, price.tier, price.price, price.fee);
            schedule.draft(version, plain);
        } else {
            own = mix(own, 1);
            price.supplierTier = _tier(own % 3);
            if (own % 7 < 4) price.minimum = uint64(own >> 8) / 2;
            if (own % 11 < 6) price.cap = type(uint64).max / 2 + uint64(own >> 72) / 2;
            if (own % 13 < 7) {
                price.promotedFrom = PeriodId.wrap(uint16(FIRST + ((own >> 136) % 5)));
                price.promotedUntil = price.promotedFrom.plus(uint16((own >> 144) % 3));
                price.promotedPrice = uint64(own >> 152);
            }
            ConditionalPrice[] memory conditional = new ConditionalPrice[](1);
            conditional[0] = price;
            schedule.draftConditional(version, conditional);
        }
        drafted.push(price);
    }

    function _sameCondition(uint16 month, uint16 service, uint8 tier, uint8 supplierTier) private view {
        PeriodId period = PeriodId.wrap(month);
        ConditionalPrice memory found;
        if (month > FIRST) {
            found = _last(service, tier, supplierTier);
            if (found.service == 0) found = _last(service, tier, 255);
            if (found.service == 0) found = _last(service, 255, supplierTier);
            if (found.service == 0) found = _last(service, 255, 255);
        }
        bool promoted = found.promotedFrom <= period && period <= found.promotedUntil;

        (bool offered, uint64 price, uint64 fee, bool bounded) = schedule.priceOf(
            period,
            service,
            tier,
            supplierTier
        );
        same(offered, found.service != 0, "offered");
        same(price, promoted ? found.promotedPrice : found.price, "price");
        same(fee, found.fee, "fee");
        same(bounded, found.minimum != 0 || found.cap != 0, "bounded");
        (uint64 minimum, uint64 cap) = schedule.boundsOf(period, service, tier, supplierTier);
        same(minimum, found.minimum, "minimum");
        same(cap, found.cap == 0 ? type(uint64).max : found.cap, "cap");
    }

    function _last(
        uint16 service,
        uint8 tier,
        uint8 supplierTier
    ) private view returns (ConditionalPrice memory found) {
        for (uint256 i = 0; i < drafted.length; ++i) {
            ConditionalPrice memory one = drafted[i];
            bool same_ = one.service == service && one.tier == tier && one.supplierTier == supplierTier;
            if (same_) found = one;
        }
    }

    function _tier(uint256 index) private pure returns (uint8) {
        return index == 2 ? 255 : uint8(1 + index);
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
        (bool offered, uint64 price, uint64 fee, ) = schedule.priceOf(PeriodId.wrap(month), 1, 1, 1);
        uint256 version = _walk(month);
        check(offered == (version != 0), "offered");
        same(price, version, "price");
        same(fee, 2 * version, "fee");
        (offered, , , ) = schedule.priceOf(PeriodId.wrap(month), 1, 2, 1);
        check(!offered, "another tier is offered");
    }
}
