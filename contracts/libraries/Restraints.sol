// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PeriodId, POSTING_WINDOW} from "../types/PeriodId.sol";

/// @notice How much a member holds back from one service or partner, in one word: zero is nothing, more is stricter.
/// @param value what binds from `from` on
/// @param prior what binds before `from`
/// @param earlier what binds before `priorFrom`
/// @param from month of service
/// @param priorFrom month of service, never after `from`
struct Restraint {
    uint64 value;
    uint64 prior;
    uint64 earlier;
    PeriodId from;
    PeriodId priorFrom;
}

/// @title Restraints
/// @notice A restraint grows with the next month only and goes at once, so nobody refuses what was already served.
library Restraints {
    /// @notice What binds in a month of service that is open to posting.
    function valueIn(Restraint memory restraint, PeriodId month) internal pure returns (uint64) {
        if (month < restraint.priorFrom) return restraint.earlier;
        return month < restraint.from ? restraint.prior : restraint.value;
    }

    /// @notice Sets another value, in month `current`.
    /// @dev The current month and those to come are exact. Three values are kept: should more have held in the months
    /// still open to posting, the laxest of the earliest stands for them. So a month that is over may turn out laxer than
    /// it was, and never stricter.
    /// @return changed with `from` the first month that the new value binds
    function set(
        Restraint memory restraint,
        uint64 value,
        PeriodId current
    ) internal pure returns (Restraint memory changed) {
        bool stricter = value > valueIn(restraint, current);
        changed.value = value;
        changed.from = stricter ? current.next() : current;

        PeriodId last = _before(changed.from);
        changed.prior = valueIn(restraint, last);
        if (restraint.from <= last) changed.priorFrom = restraint.from;
        else if (restraint.priorFrom <= last) changed.priorFrom = restraint.priorFrom;

        // Two values at most held from the first month that can still be posted to the one before `priorFrom`.
        PeriodId first = PeriodId.wrap(PeriodId.unwrap(current) - POSTING_WINDOW);
        if (first < changed.priorFrom) {
            uint64 one = valueIn(restraint, first);
            uint64 other = valueIn(restraint, _before(changed.priorFrom));
            changed.earlier = one < other ? one : other;
        }
    }

    function _before(PeriodId month) private pure returns (PeriodId) {
        return PeriodId.wrap(PeriodId.unwrap(month) - 1);
    }
}
