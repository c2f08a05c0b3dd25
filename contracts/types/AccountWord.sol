// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PeriodId} from "./PeriodId.sol";

/// @notice All that posting needs to know of an account, in one storage word.
///
/// | bits    | field      | meaning                                                              |
/// |---------|------------|----------------------------------------------------------------------|
/// | 0–63    | position   | int64, net of the open month                                         |
/// | 64–127  | cash       | uint64, settled and owned                                            |
/// | 128–183 | supplied   | uint56, gross supplied in the open month; saturates                  |
/// | 184–195 | period     | the month `position` and `supplied` belong to                        |
/// | 196–207 | since      | first month in which the member may give and draw; 0 never yet       |
/// | 208–219 | until      | last such month; 0 without end                                       |
/// | 220–231 | tierSince  | month from which `tier` holds                                        |
/// | 232–239 | tier       | price tier from `tierSince` on                                       |
/// | 240–247 | priorTier  | price tier before `tierSince`                                        |
/// | 248–255 | flags      | see below                                                            |
///
/// Months are counted from January 2020 (1 is that month, 0 is none), so 12 bits reach March 2361.
type AccountWord is uint256;

using AccountLib for AccountWord global;

/// @dev The register knows this account.
uint8 constant KNOWN = 1;
/// @dev The account owes acknowledged debts: posting must read its obligations.
uint8 constant INDEBTED = 2;
/// @dev The account holds advances of sponsors: withdrawing must read its obligations.
uint8 constant ADVANCED = 4;
/// @dev The member made choices: posting must ask the register about them.
uint8 constant CHOOSY = 8;

/// @dev What the account nets in a month is kept when it is rolled.
uint8 constant WATCHED = 16;

library AccountLib {
    uint256 private constant MONTH_ZERO = 12 * 2020 - 1;
    uint256 private constant MONTH_MASK = 0xfff;
    uint256 private constant SUPPLIED_MAX = type(uint56).max;
    uint256 private constant BALANCES = (1 << 128) - 1;
    uint256 private constant MEMBERSHIP = (((1 << 52) - 1) << 196) | (uint256(CHOOSY) << 248);

    /// @dev A month before 2020 or beyond March 2361 does not fit an account word.
    error AccountMonthOutOfRange(PeriodId period);

    function position(AccountWord word) internal pure returns (int256) {
        return int64(uint64(AccountWord.unwrap(word)));
    }

    function cash(AccountWord word) internal pure returns (uint256) {
        return uint64(AccountWord.unwrap(word) >> 64);
    }

    function supplied(AccountWord word) internal pure returns (uint256) {
        return uint56(AccountWord.unwrap(word) >> 128);
    }

    function period(AccountWord word) internal pure returns (PeriodId) {
        return _month(word, 184);
    }

    function since(AccountWord word) internal pure returns (PeriodId) {
        return _month(word, 196);
    }

    function until(AccountWord word) internal pure returns (PeriodId) {
        return _month(word, 208);
    }

    function has(AccountWord word, uint8 flag) internal pure returns (bool) {
        return (AccountWord.unwrap(word) >> 248) & flag != 0;
    }

    /// @dev Position and cash together: never negative (invariant 2).
    function backing(AccountWord word) internal pure returns (uint256) {
        unchecked {
            return uint256(position(word) + int256(cash(word)));
        }
    }

    /// @dev Settled cash that no open debit needs.
    function settled(AccountWord word) internal pure returns (uint256) {
        int256 open = position(word);
        unchecked {
            return open < 0 ? uint256(int256(cash(word)) + open) : cash(word);
        }
    }

    /// @dev Whether the member could give and draw in a month.
    function ranIn(AccountWord word, PeriodId month) internal pure returns (bool) {
        uint256 raw = AccountWord.unwrap(word);
        uint256 first = (raw >> 196) & MONTH_MASK;
        uint256 last = (raw >> 208) & MONTH_MASK;
        if (last == 0) last = MONTH_MASK;
        uint256 index = _index(month);
        return first != 0 && first <= index && index <= last;
    }

    /// @dev The price tier that held in a month.
    function tierIn(AccountWord word, PeriodId month) internal pure returns (uint8) {
        uint256 raw = AccountWord.unwrap(word);
        return _index(month) < (raw >> 220) & MONTH_MASK ? uint8(raw >> 240) : uint8(raw >> 232);
    }

    /// @dev Replaces position and cash. Both fit their bits because all backing together fits int64.
    function withBalances(
        AccountWord word,
        int256 position_,
        uint256 cash_
    ) internal pure returns (AccountWord) {
        return
            AccountWord.wrap(
                (AccountWord.unwrap(word) & ~BALANCES) | (cash_ << 64) | uint64(int64(position_))
            );
    }

    /// @dev Adds to the position; negative to debit.
    function move(AccountWord word, int256 amount) internal pure returns (AccountWord) {
        unchecked {
            return
                AccountWord.wrap(
                    (AccountWord.unwrap(word) & ~uint256(type(uint64).max)) |
                        uint64(int64(position(word) + amount))
                );
        }
    }

    /// @dev Adds to what was supplied in the open month; a statistic, so it saturates instead of failing.
    function supply(AccountWord word, uint256 amount) internal pure returns (AccountWord) {
        uint256 sum;
        unchecked {
            sum = supplied(word) + amount; // both below 2^64
        }
        if (sum > SUPPLIED_MAX) sum = SUPPLIED_MAX;
        return AccountWord.wrap((AccountWord.unwrap(word) & ~(SUPPLIED_MAX << 128)) | (sum << 128));
    }

    /// @dev Takes off what was supplied in the open month what was given back, but not below nothing.
    function unsupply(AccountWord word, uint256 amount) internal pure returns (AccountWord) {
        uint256 before = supplied(word);
        uint256 less = amount < before ? amount : before;
        unchecked {
            return AccountWord.wrap(AccountWord.unwrap(word) - (less << 128));
        }
    }

    /// @dev Whether the account exists and was last rolled in an earlier month.
    function lags(AccountWord word, PeriodId open) internal pure returns (bool) {
        uint256 raw = AccountWord.unwrap(word);
        return (raw >> 184) & MONTH_MASK < _index(open) && raw != 0;
    }

    /// @dev Settles the position into cash and opens another month with nothing supplied.
    function settleInto(AccountWord word, PeriodId open) internal pure returns (AccountWord) {
        uint256 kept = AccountWord.unwrap(word) & ~(BALANCES | (SUPPLIED_MAX << 128) | (MONTH_MASK << 184));
        return AccountWord.wrap(kept | (backing(word) << 64) | (_months(open) << 184));
    }

    function withFlag(AccountWord word, uint8 flag, bool on) internal pure returns (AccountWord) {
        uint256 bit = uint256(flag) << 248;
        uint256 raw = AccountWord.unwrap(word);
        return AccountWord.wrap(on ? raw | bit : raw & ~bit);
    }

    /// @dev Copies what the register says of the membership and marks the account as known.
    function withMembership(
        AccountWord word,
        PeriodId since_,
        PeriodId until_,
        PeriodId tierSince,
        uint8 tier,
        uint8 priorTier,
        bool choosy
    ) internal pure returns (AccountWord) {
        uint256 raw =
            (AccountWord.unwrap(word) & ~MEMBERSHIP) |
                (_months(since_) << 196) |
                (_months(until_) << 208) |
                (_months(tierSince) << 220) |
                (uint256(tier) << 232) |
                (uint256(priorTier) << 240) |
                (uint256(choosy ? KNOWN | CHOOSY : KNOWN) << 248);
        return AccountWord.wrap(raw);
    }

    function _month(AccountWord word, uint256 shift) private pure returns (PeriodId) {
        uint256 months = (AccountWord.unwrap(word) >> shift) & MONTH_MASK;
        unchecked {
            return PeriodId.wrap(months == 0 ? 0 : uint16(months + MONTH_ZERO));
        }
    }

    /// @dev A month's place in the word's count; months before it wrap to numbers beyond its end.
    function _index(PeriodId month) private pure returns (uint256) {
        unchecked {
            return uint256(PeriodId.unwrap(month)) - MONTH_ZERO;
        }
    }

    function _months(PeriodId month) private pure returns (uint256) {
        uint256 value = PeriodId.unwrap(month);
        if (value == 0) return 0;
        if (value <= MONTH_ZERO || value > MONTH_ZERO + MONTH_MASK) revert AccountMonthOutOfRange(month);
        unchecked {
            return value - MONTH_ZERO;
        }
    }
}
