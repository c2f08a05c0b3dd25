// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {
    ADVANCED,
    AccountLib,
    AccountWord,
    CHOOSY,
    INDEBTED,
    KNOWN
} from "../../contracts/types/AccountWord.sol";
import {PeriodId} from "../../contracts/types/PeriodId.sol";
import {Check} from "../support/Check.sol";

/// @title AccountWordTest
/// @notice Every field can be written to its limits without disturbing another.
contract AccountWordTest is Check {
    uint16 private constant ZERO = 12 * 2020 - 1;
    uint16 private constant END = ZERO + 0xfff;

    struct Plain {
        int256 position;
        uint256 cash;
        uint256 supplied;
        uint16 period;
        uint16 since;
        uint16 until;
        uint256 tiersAndFlags;
    }

    function testFuzz_withBalances(uint256 raw, int64 position, uint64 cash) external pure {
        Plain memory expected = _plain(raw);
        (expected.position, expected.cash) = (position, cash);
        _same(AccountWord.wrap(raw).withBalances(position, cash), expected);
    }

    function testFuzz_move(uint256 raw, int64 from, int64 to) external pure {
        Plain memory expected = _plain(raw);
        AccountWord word = AccountWord.wrap(raw).withBalances(from, expected.cash);
        expected.position = to;
        _same(word.move(int256(to) - from), expected);
    }

    function testFuzz_supply(uint256 raw, uint64 amount) external pure {
        Plain memory expected = _plain(raw);
        expected.supplied += amount;
        if (expected.supplied > type(uint56).max) expected.supplied = type(uint56).max;
        _same(AccountWord.wrap(raw).supply(amount), expected);
    }

    function testFuzz_unsupply(uint256 raw, uint64 amount, bool all) external pure {
        Plain memory expected = _plain(raw);
        if (all) amount = uint64(expected.supplied);
        expected.supplied = amount > expected.supplied ? 0 : expected.supplied - amount;
        _same(AccountWord.wrap(raw).unsupply(amount), expected);
    }

    function testFuzz_settleInto(uint256 raw, uint64 cash, int64 position, uint16 month) external pure {
        cash = uint64(bound(cash, 0, uint64(type(int64).max)));
        position = int64(int256(bound(uint64(position), 0, uint64(type(int64).max)))) - int64(cash);
        if (int256(position) + int64(cash) > type(int64).max) position = 0;
        Plain memory expected = _plain(raw);
        month = uint16(bound(month, ZERO + 1, END));
        AccountWord word = AccountWord.wrap(raw).withBalances(position, cash);
        same(word.backing(), uint256(int256(position) + int64(cash)), "backing");
        same(word.settled(), position < 0 ? word.backing() : cash, "settled");
        expected.cash = word.backing();
        (expected.position, expected.supplied, expected.period) = (0, 0, month);
        _same(word.settleInto(PeriodId.wrap(month)), expected);
    }

    function testFuzz_lags(uint256 raw, uint16 month) external pure {
        month = uint16(bound(month, ZERO + 1, END));
        if (month % 16 == 0) raw = 0;
        bool expected = raw != 0 && _plain(raw).period < month;
        check(AccountWord.wrap(raw).lags(PeriodId.wrap(month)) == expected, "lags");
    }

    function testFuzz_withFlag(uint256 raw, uint8 flag, bool on) external pure {
        AccountWord word = AccountWord.wrap(raw).withFlag(flag, on);
        uint256 flags = raw >> 248;
        same(AccountWord.unwrap(word) >> 248, on ? flags | flag : flags & ~uint256(flag), "flags");
        same((AccountWord.unwrap(word) << 8) >> 8, (raw << 8) >> 8, "everything else");
        check(word.has(flag) == (on && flag != 0), "has");
    }

    function testFuzz_withMembership(
        uint256 raw,
        uint16[3] memory months,
        uint8 tier,
        uint8 prior,
        bool choosy
    ) external pure {
        for (uint256 i = 0; i < 3; ++i)
            months[i] = months[i] % 5 == 0 ? 0 : uint16(bound(months[i], ZERO + 1, END));
        AccountWord word = AccountWord.wrap(raw).withMembership(
            PeriodId.wrap(months[0]),
            PeriodId.wrap(months[1]),
            PeriodId.wrap(months[2]),
            tier,
            prior,
            choosy
        );
        Plain memory expected = _plain(raw);
        (expected.since, expected.until) = (months[0], months[1]);
        uint256 flags = ((raw >> 248) & ~uint256(CHOOSY)) | KNOWN | (choosy ? CHOOSY : 0);
        uint256 tierSince = months[2] == 0 ? 0 : months[2] - ZERO;
        expected.tiersAndFlags = (flags << 28) | (uint256(prior) << 20) | (uint256(tier) << 12) | tierSince;
        _same(word, expected);
        _sameMonths(word, months, tier, prior);
        check(word.has(INDEBTED) == AccountWord.wrap(raw).has(INDEBTED), "indebted");
        check(word.has(ADVANCED) == AccountWord.wrap(raw).has(ADVANCED), "advanced");
    }

    function testFuzz_withMembershipRefusesOtherMonths(uint16 month) external {
        month =
            month % 2 == 0 ? uint16(bound(month, 1, ZERO)) : uint16(bound(month, END + 1, type(uint16).max));
        try this.enrol(month) {
            check(false, "a month that does not fit was taken");
        } catch (bytes memory reason) {
            same(bytes32(bytes4(reason)), bytes32(AccountLib.AccountMonthOutOfRange.selector), "reason");
        }
    }

    function enrol(uint16 month) external pure returns (AccountWord) {
        PeriodId none = PeriodId.wrap(0);
        return AccountWord.wrap(0).withMembership(PeriodId.wrap(month), none, none, 0, 0, false);
    }

    /// @dev Every month of the word's reach and some around it, read as the register means them.
    function _sameMonths(AccountWord word, uint16[3] memory months, uint8 tier, uint8 prior) private pure {
        (uint16 since, uint16 until, uint16 tierSince) = (months[0], months[1], months[2]);
        for (uint256 i = 0; i < 5; ++i) {
            uint256 base = i < 3 && months[i] != 0 ? months[i] : ZERO + 100;
            for (uint16 month = uint16(base - 1); month <= base + 1 && month <= END; ++month) {
                if (month <= ZERO) continue;
                bool active = since != 0 && since <= month && (until == 0 || month <= until);
                check(word.ranIn(PeriodId.wrap(month)) == active, "ranIn");
                uint8 held = month < tierSince ? prior : tier;
                same(word.tierIn(PeriodId.wrap(month)), held, "tierIn");
            }
        }
    }

    function _plain(uint256 raw) private pure returns (Plain memory plain) {
        plain.position = int64(uint64(raw));
        plain.cash = uint64(raw >> 64);
        plain.supplied = uint56(raw >> 128);
        plain.period = _month(raw >> 184);
        plain.since = _month(raw >> 196);
        plain.until = _month(raw >> 208);
        plain.tiersAndFlags = raw >> 220;
    }

    function _month(uint256 raw) private pure returns (uint16) {
        return raw & 0xfff == 0 ? 0 : uint16(ZERO + (raw & 0xfff));
    }

    function _same(AccountWord word, Plain memory expected) private pure {
        same(word.position(), expected.position, "position");
        same(word.cash(), expected.cash, "cash");
        same(word.supplied(), expected.supplied, "supplied");
        same(PeriodId.unwrap(word.period()), expected.period, "period");
        same(PeriodId.unwrap(word.since()), expected.since, "since");
        same(PeriodId.unwrap(word.until()), expected.until, "until");
        same(AccountWord.unwrap(word) >> 220, expected.tiersAndFlags, "tiers and flags");
    }
}
