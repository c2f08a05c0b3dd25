// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ANY_TIER, Price} from "../../contracts/interfaces/IFeeSchedule.sol";
import {FeeSchedule} from "../../contracts/policy/FeeSchedule.sol";
import {PeriodId} from "../../contracts/types/PeriodId.sol";
import {Consortium} from "../support/Consortium.sol";
import {vm} from "../support/Vm.sol";

/// @title Tariff
/// @notice The fee schedule's twin: a list of publications that is walked from its beginning, and the quotes of
/// every month as they were when it began. Tier zero is that of COMMONS, for which only prices for every tier hold.
contract Tariff {
    uint16 public constant SERVICES = 3;
    uint8 public constant TIERS = 3;

    struct Quote {
        bool offered;
        uint64 price;
        uint64 fee;
    }

    struct Publication {
        uint256 version;
        uint16 from;
    }

    Consortium private immutable _c;
    FeeSchedule private immutable _schedule;
    Publication[] private _publications;
    mapping(uint256 version => mapping(uint16 service => mapping(uint8 tier => Quote))) private _prices;
    mapping(uint16 month => mapping(uint16 service => mapping(uint8 tier => Quote))) private _quotes;
    uint16 public remembered;

    constructor(Consortium c) {
        _c = c;
        _schedule = c.schedule();
        remembered = c.month();
    }

    /// @notice Notes the prices of every month that has begun since.
    function remember() external {
        uint16 current = _c.month();
        while (remembered < current) {
            ++remembered;
            for (uint16 service = 1; service <= SERVICES; ++service) {
                for (uint8 tier = 0; tier <= TIERS; ++tier) {
                    _quotes[remembered][service][tier] = _walk(remembered, service, tier);
                }
            }
        }
    }

    /// @notice The price of a month as it was when it began.
    function quote(uint16 month, uint16 service, uint8 tier) external view returns (Quote memory) {
        return _quotes[month][service][tier];
    }

    /// @notice Drafts prices out of a seed and publishes them so many months ahead.
    /// @return predicted whether they could be published
    /// @return done whether they were
    function publish(uint256 seed, uint16 ahead) external returns (bool predicted, bool done) {
        uint16 from = _c.month() + ahead;
        Price[] memory prices = _draw(seed);
        vm.prank(_c.SCHEDULER());
        uint256 version = _schedule.draft(0, prices);
        predicted = ahead != 0;
        for (uint256 i = 0; i < _publications.length; ++i) {
            if (_publications[i].from > from) predicted = false;
        }
        address scheduler = _c.SCHEDULER();
        vm.prank(scheduler);
        try _schedule.publish(version, PeriodId.wrap(from)) {
            done = true;
            _publications.push(Publication(version, from));
            for (uint256 i = 0; i < prices.length; ++i) {
                Price memory one = prices[i];
                _prices[version][one.service][one.tier] = Quote(true, one.price, one.fee);
            }
        } catch {
            done = false;
        }
    }

    /// @notice Takes back the last month published, if it has not begun.
    function takeBack() external returns (bool predicted, bool done) {
        uint256 count = _publications.length;
        if (count == 0) return (false, false);
        uint16 from = _publications[count - 1].from;
        predicted = from > _c.month();
        address scheduler = _c.SCHEDULER();
        vm.prank(scheduler);
        try _schedule.withdrawFrom(PeriodId.wrap(from)) {
            done = true;
            while (count != 0 && _publications[count - 1].from == from) {
                _publications.pop();
                --count;
            }
        } catch {
            done = false;
        }
    }

    function _walk(uint16 month, uint16 service, uint8 tier) private view returns (Quote memory found) {
        uint16 best = 0;
        for (uint256 i = 0; i < _publications.length; ++i) {
            Publication storage one = _publications[i];
            if (one.from <= month && one.from >= best) {
                best = one.from;
                found = _prices[one.version][service][tier];
                if (!found.offered) found = _prices[one.version][service][ANY_TIER];
            }
        }
    }

    /// @dev Credits and cents for most, now and then a price of any size; one in nine left out. For two services in three
    /// there is a price for every tier besides.
    function _draw(uint256 seed) private pure returns (Price[] memory prices) {
        prices = new Price[](SERVICES * (TIERS + 1));
        uint256 count = 0;
        for (uint16 service = 1; service <= SERVICES; ++service) {
            for (uint8 tier = 0; tier <= TIERS; ++tier) {
                uint256 draw = uint256(keccak256(abi.encode(seed, service, tier)));
                if (draw % (tier == 0 ? 3 : 9) == 0 && count != 0) continue;
                uint256 price = draw % 31 == 0 ? (draw >> 16) % (1 << 50) : (draw >> 16) % 12e6;
                uint8 for_ = tier == 0 ? ANY_TIER : tier;
                prices[count++] = Price(service, for_, uint64(price), uint64((draw >> 128) % 500_000));
            }
        }
        assembly ("memory-safe") {
            mstore(prices, count)
        }
    }
}
