// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Restraint, Restraints} from "../../contracts/libraries/Restraints.sol";
import {PeriodId, POSTING_WINDOW} from "../../contracts/types/PeriodId.sol";
import {Check} from "../support/Check.sol";

/// @title RestraintsTest
/// @notice Restraints that come and go, month by month, against the full history of what was chosen.
contract RestraintsTest is Check {
    using Restraints for Restraint;

    uint16 private constant FIRST = 24321;
    uint256 private constant MONTHS = 24;

    /// @dev What bound in each month, as of now; the past is never written again.
    uint64[MONTHS + 2] private _truth;
    Restraint private _word;

    /// 7. What binds is never stricter than it was in a month that has begun, and is exact from the current month on.
    function testFuzz_neverStricterThanItWas(uint256 seed) external {
        for (uint256 month = 0; month < MONTHS; ++month) {
            uint256 draw = mix(seed, month);
            for (uint256 i = draw % 3; i != 0; --i) {
                draw = mix(draw, i);
                _choose(month, draw % 3 == 0 ? 0 : uint64(1 + ((draw >> 8) % 4)));
            }
            _compare(month);
        }
    }

    /// A single change in the months still open to posting is remembered exactly.
    function testFuzz_oneChangeIsExact(uint64 before, uint64 value, uint8 wait) external {
        uint256 late = 4 + (wait % 8);
        _choose(0, before);
        _choose(late, value);
        for (uint256 month = late - POSTING_WINDOW; month <= late + 1; ++month) {
            same(uint256(_in(month)), uint256(_truth[month]), "value");
        }
    }

    function _choose(uint256 month, uint64 value) private {
        uint256 from = value > _truth[month] ? month + 1 : month;
        for (uint256 i = from; i < _truth.length; ++i) _truth[i] = value;
        Restraint memory changed = _word.set(value, _period(month));
        same(uint256(PeriodId.unwrap(changed.from)), FIRST + from, "from");
        _word = changed;
    }

    function _compare(uint256 month) private view {
        for (uint256 i = month < POSTING_WINDOW ? 0 : month - POSTING_WINDOW; i <= month + 1; ++i) {
            if (i < month) check(_in(i) <= _truth[i], "a month that is over got stricter");
            else same(uint256(_in(i)), uint256(_truth[i]), "what binds now");
        }
    }

    function _in(uint256 month) private view returns (uint64) {
        return _word.valueIn(_period(month));
    }

    function _period(uint256 month) private pure returns (PeriodId) {
        return PeriodId.wrap(uint16(FIRST + month));
    }
}
