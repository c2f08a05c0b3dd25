// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {ANY_TIER, ConditionalPrice, IFeeSchedule, Price, Unit} from "../interfaces/IFeeSchedule.sol";
import {Act} from "../interfaces/IResources.sol";
import {NO_PERIOD, PeriodId, periodOf} from "../types/PeriodId.sol";

/// @title FeeSchedule
/// @notice See IFeeSchedule.
contract FeeSchedule is IFeeSchedule, AccessManaged {
    /// @dev One word a price: price 0–63, fee 64–127, offered 128, bounded 129; of a promotion, price 130–193, first month
    /// 194–209, last month 210–225. Its bounds have a word of their own, which is read only where the price is bounded.
    uint256 private constant OFFERED = 1 << 128;
    uint256 private constant BOUNDED = 1 << 129;

    enum Stage {
        None,
        Draft,
        Published
    }

    /// @param bySupplier whether any of its prices names a supplier's tier; most versions spare the look-ups
    struct Version {
        Stage stage;
        bool bySupplier;
    }

    struct InForce {
        uint248 version;
        bool bySupplier;
    }

    /// @param from first month in which it does so; before, it lends
    struct Service {
        PeriodId from;
        Unit unit;
        Act act;
    }

    uint256 public lastVersion;

    mapping(uint256 version => Version) private _drafts;
    mapping(uint256 version => mapping(uint256 serviceAndTiers => uint256)) private _prices;
    /// @dev Least 0–63, most 64–127.
    mapping(uint256 version => mapping(uint256 serviceAndTiers => uint256)) private _bounds;
    mapping(uint16 service => Service) private _services;

    /// @dev The months in which a version takes effect, ascending, and the version of each.
    PeriodId[] private _froms;
    mapping(PeriodId from => InForce) private _versions;

    constructor(address charter) AccessManaged(charter) {}

    /// @inheritdoc IFeeSchedule
    function draft(uint256 version, Price[] calldata prices) external restricted returns (uint256) {
        version = _open(version, prices.length);
        for (uint256 i = 0; i < prices.length; ++i) {
            Price calldata entry = prices[i];
            if (entry.service == 0) revert FeeScheduleServiceZero();
            uint256 key = _key(entry.service, entry.tier, ANY_TIER);
            _prices[version][key] = OFFERED | (uint256(entry.fee) << 64) | entry.price;
            emit PriceDrafted(version, entry.service, entry.tier, entry.price, entry.fee);
        }
        return version;
    }

    /// @inheritdoc IFeeSchedule
    function draftConditional(
        uint256 version,
        ConditionalPrice[] calldata prices
    ) external restricted returns (uint256) {
        version = _open(version, prices.length);
        for (uint256 i = 0; i < prices.length; ++i) {
            ConditionalPrice calldata entry = prices[i];
            if (!_sound(entry)) revert FeeScheduleConditionInvalid(entry.service);
            uint256 key = _key(entry.service, entry.tier, entry.supplierTier);
            uint256 word = OFFERED | (uint256(entry.fee) << 64) | entry.price;
            word |= uint256(entry.promotedPrice) << 130;
            word |= uint256(PeriodId.unwrap(entry.promotedFrom)) << 194;
            word |= uint256(PeriodId.unwrap(entry.promotedUntil)) << 210;
            if (entry.minimum != 0 || entry.cap != 0) {
                word |= BOUNDED;
                uint64 cap = entry.cap == 0 ? type(uint64).max : entry.cap;
                _bounds[version][key] = (uint256(cap) << 64) | entry.minimum;
            }
            _prices[version][key] = word;
            if (entry.supplierTier != ANY_TIER) _drafts[version].bySupplier = true;
            emit ConditionalPriceDrafted(version, entry);
        }
        return version;
    }

    /// @inheritdoc IFeeSchedule
    function describe(uint16 service, Unit unit, Act act) external restricted {
        if (service == 0) revert FeeScheduleServiceZero();
        if (!(_services[service].from == NO_PERIOD)) revert FeeScheduleServiceDescribed(service);
        _services[service] = Service({from: periodOf(block.timestamp).next(), unit: unit, act: act});
        emit ServiceDescribed(service, unit, act);
    }

    /// @inheritdoc IFeeSchedule
    function publish(uint256 version, PeriodId from) external restricted {
        if (_drafts[version].stage != Stage.Draft) revert FeeScheduleNotDraft(version);
        PeriodId earliest = periodOf(block.timestamp).next();
        uint256 count = _froms.length;
        // Months published ahead must be withdrawn before an earlier one can be published.
        if (count != 0 && earliest < _froms[count - 1]) earliest = _froms[count - 1];
        if (from < earliest) revert FeeScheduleTooLate(from, earliest);

        _drafts[version].stage = Stage.Published;
        if (count == 0 || _froms[count - 1] < from) _froms.push(from);
        _versions[from] = InForce({version: uint248(version), bySupplier: _drafts[version].bySupplier});

        emit SchedulePublished(version, from);
    }

    /// @inheritdoc IFeeSchedule
    function withdrawFrom(PeriodId from) external restricted {
        PeriodId earliest = periodOf(block.timestamp).next();
        uint256 count = _froms.length;
        if (from < earliest || count == 0 || !(_froms[count - 1] == from)) {
            revert FeeScheduleTooLate(from, count == 0 ? earliest : _froms[count - 1]);
        }

        uint256 version = _versions[from].version;
        _froms.pop();
        delete _versions[from];

        emit ScheduleWithdrawn(version, from);
    }

    /// @inheritdoc IFeeSchedule
    function priceOf(
        PeriodId period,
        uint16 service,
        uint8 tier,
        uint8 supplierTier
    ) external view returns (bool offered, uint64 price, uint64 fee, bool bounded) {
        (, , uint256 word) = _find(period, service, tier, supplierTier);
        bool promoted =
            PeriodId.wrap(uint16(word >> 194)) <= period && period <= PeriodId.wrap(uint16(word >> 210));
        price = promoted ? uint64(word >> 130) : uint64(word);
        return (word & OFFERED != 0, price, uint64(word >> 64), word & BOUNDED != 0);
    }

    /// @inheritdoc IFeeSchedule
    function boundsOf(
        PeriodId period,
        uint16 service,
        uint8 tier,
        uint8 supplierTier
    ) external view returns (uint64 minimum, uint64 cap) {
        (uint256 version, uint256 key, uint256 word) = _find(period, service, tier, supplierTier);
        if (word & BOUNDED == 0) return (0, type(uint64).max);
        uint256 bounds = _bounds[version][key];
        return (uint64(bounds), uint64(bounds >> 64));
    }

    /// @inheritdoc IFeeSchedule
    function unitOf(uint16 service) external view returns (Unit) {
        return _services[service].unit;
    }

    /// @inheritdoc IFeeSchedule
    function actOf(uint16 service, PeriodId period) external view returns (Act) {
        Service storage described = _services[service];
        return period < described.from ? Act.Lend : described.act;
    }

    /// @inheritdoc IFeeSchedule
    function versionIn(PeriodId period) external view returns (uint256) {
        return _inForce(period).version;
    }

    /// @dev The draft that is written to.
    function _open(uint256 version, uint256 count) private returns (uint256) {
        if (count == 0) revert FeeScheduleEmpty(version);
        if (version == 0) {
            version = ++lastVersion;
            _drafts[version].stage = Stage.Draft;
        } else if (_drafts[version].stage != Stage.Draft) {
            revert FeeScheduleNotDraft(version);
        }
        return version;
    }

    /// @dev A promotion has both its months or neither, and without them no price.
    function _sound(ConditionalPrice calldata entry) private pure returns (bool) {
        if (entry.service == 0) return false;
        if (entry.cap != 0 && entry.minimum > entry.cap) return false;
        if (entry.promotedUntil < entry.promotedFrom) return false;
        if (entry.promotedFrom == NO_PERIOD) {
            return entry.promotedUntil == NO_PERIOD && entry.promotedPrice == 0;
        }
        return true;
    }

    /// @dev The word of the price that holds; zero where none does.
    function _find(
        PeriodId period,
        uint16 service,
        uint8 tier,
        uint8 supplierTier
    ) private view returns (uint256 version, uint256 key, uint256 word) {
        InForce memory found = _inForce(period);
        version = found.version;
        mapping(uint256 => uint256) storage prices = _prices[version];
        if (found.bySupplier) {
            key = _key(service, tier, supplierTier);
            word = prices[key];
        }
        if (word == 0) {
            key = _key(service, tier, ANY_TIER);
            word = prices[key];
        }
        if (word == 0 && found.bySupplier) {
            key = _key(service, ANY_TIER, supplierTier);
            word = prices[key];
        }
        if (word == 0) {
            key = _key(service, ANY_TIER, ANY_TIER);
            word = prices[key];
        }
    }

    /// @dev Binary search: the cost grows with the logarithm of the number of versions.
    function _inForce(PeriodId period) private view returns (InForce memory found) {
        uint256 low = 0;
        uint256 high = _froms.length;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (_froms[middle] <= period) low = middle + 1;
            else high = middle;
        }
        if (low != 0) found = _versions[_froms[low - 1]];
    }

    function _key(uint16 service, uint8 tier, uint8 supplierTier) private pure returns (uint256) {
        return (uint256(service) << 16) | (uint256(tier) << 8) | supplierTier;
    }
}
