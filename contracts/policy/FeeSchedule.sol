// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IFeeSchedule, Price} from "../interfaces/IFeeSchedule.sol";
import {PeriodId, periodOf} from "../types/PeriodId.sol";

/// @title FeeSchedule
/// @notice See IFeeSchedule.
contract FeeSchedule is IFeeSchedule, AccessManaged {
    /// @dev One word a price: price 0–63, fee 64–127, offered 128.
    uint256 private constant OFFERED = 1 << 128;

    enum Stage {
        None,
        Draft,
        Published
    }

    uint256 public lastVersion;

    mapping(uint256 version => Stage) private _stages;
    mapping(uint256 version => mapping(uint256 serviceAndTier => uint256)) private _prices;

    /// @dev The months in which a version takes effect, ascending, and the version of each.
    PeriodId[] private _froms;
    mapping(PeriodId from => uint256 version) private _versions;

    constructor(address charter) AccessManaged(charter) {}

    /// @inheritdoc IFeeSchedule
    function draft(uint256 version, Price[] calldata prices) external restricted returns (uint256) {
        if (prices.length == 0) revert FeeScheduleEmpty(version);
        if (version == 0) {
            version = ++lastVersion;
            _stages[version] = Stage.Draft;
        } else if (_stages[version] != Stage.Draft) {
            revert FeeScheduleNotDraft(version);
        }

        for (uint256 i = 0; i < prices.length; ++i) {
            Price calldata entry = prices[i];
            if (entry.service == 0) revert FeeScheduleServiceZero();
            _prices[version][_key(entry.service, entry.tier)] =
                OFFERED |
                (uint256(entry.fee) << 64) |
                entry.price;
            emit PriceDrafted(version, entry.service, entry.tier, entry.price, entry.fee);
        }
        return version;
    }

    /// @inheritdoc IFeeSchedule
    function publish(uint256 version, PeriodId from) external restricted {
        if (_stages[version] != Stage.Draft) revert FeeScheduleNotDraft(version);
        PeriodId earliest = periodOf(block.timestamp).next();
        uint256 count = _froms.length;
        // Months published ahead must be withdrawn before an earlier one can be published.
        if (count != 0 && earliest < _froms[count - 1]) earliest = _froms[count - 1];
        if (from < earliest) revert FeeScheduleTooLate(from, earliest);

        _stages[version] = Stage.Published;
        if (count == 0 || _froms[count - 1] < from) _froms.push(from);
        _versions[from] = version;

        emit SchedulePublished(version, from);
    }

    /// @inheritdoc IFeeSchedule
    function withdrawFrom(PeriodId from) external restricted {
        PeriodId earliest = periodOf(block.timestamp).next();
        uint256 count = _froms.length;
        if (from < earliest || count == 0 || !(_froms[count - 1] == from)) {
            revert FeeScheduleTooLate(from, count == 0 ? earliest : _froms[count - 1]);
        }

        uint256 version = _versions[from];
        _froms.pop();
        delete _versions[from];

        emit ScheduleWithdrawn(version, from);
    }

    /// @inheritdoc IFeeSchedule
    function priceOf(
        PeriodId period,
        uint16 service,
        uint8 tier
    ) external view returns (bool offered, uint64 price, uint64 fee) {
        uint256 word = _prices[versionIn(period)][_key(service, tier)];
        return (word & OFFERED != 0, uint64(word), uint64(word >> 64));
    }

    /// @inheritdoc IFeeSchedule
    /// @dev Binary search: the cost grows with the logarithm of the number of versions.
    function versionIn(PeriodId period) public view returns (uint256) {
        uint256 low = 0;
        uint256 high = _froms.length;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (_froms[middle] <= period) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? 0 : _versions[_froms[low - 1]];
    }

    function _key(uint16 service, uint8 tier) private pure returns (uint256) {
        return (uint256(service) << 8) | tier;
    }
}
