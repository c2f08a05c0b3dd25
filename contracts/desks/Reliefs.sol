// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IReliefs, Relief} from "../interfaces/IReliefs.sol";
import {MonthRing} from "../libraries/MonthRing.sol";
import {ReliefList} from "../libraries/ReliefList.sol";
import {MemberId} from "../types/MemberId.sol";
import {NO_PERIOD, PeriodId, POSTING_WINDOW, periodOf} from "../types/PeriodId.sol";
import {Desk} from "./Desk.sol";

/// @title Reliefs
/// @notice Who pays less: the terms of reliefs and grants, and what they paid already.
abstract contract Reliefs is IReliefs, Desk {
    using MonthRing for uint256;

    /// @dev A share is counted in parts of this.
    uint256 internal constant WHOLE = 10_000;

    /// @dev How many months ahead the last of a grant can lie. Nobody can end it before.
    uint16 private constant GRANT_TERM = 60;

    /// @dev Terms in one word. A relief that was never opened has no share.
    /// @param named whether it is for named members only
    struct Entry {
        uint16 service;
        uint16 region;
        uint8 tier;
        uint16 share;
        PeriodId from;
        PeriodId until;
        uint48 memberCap;
        uint48 cap;
        bool grant;
        bool named;
    }

    /// @notice How many reliefs and grants were ever opened; their numbers run from 1.
    uint32 public lastRelief;

    mapping(uint32 relief => Entry) internal _entries;

    /// @dev One word a service: see ReliefList. Service zero is every service.
    mapping(uint16 service => uint256 list) internal _lists;

    /// @dev What was paid by month of service, for all and for each member: see MonthRing.
    mapping(uint32 relief => uint256 ring) private _paid;
    mapping(uint64 reliefAndMember => uint256 ring) private _paidFor;

    /// @inheritdoc IReliefs
    function relieve(Relief calldata terms) external restricted returns (uint32 relief) {
        relief = _open(terms, false, false);
        emit ReliefOpened(relief, terms);
    }

    /// @inheritdoc IReliefs
    function endRelief(uint32 relief, PeriodId last) external restricted {
        Entry storage entry = _entries[relief];
        if (entry.share == 0 || entry.grant) revert ReliefUnknown(relief);
        PeriodId current = periodOf(block.timestamp);
        if (last < current) revert ReliefTooLate(last, current);
        if (!(entry.until == NO_PERIOD) && entry.until <= last) revert ReliefTermsInvalid();

        entry.until = last;

        emit ReliefEnded(relief, last);
    }

    /// @inheritdoc IReliefs
    function reliefOf(uint32 relief) external view returns (Relief memory terms, bool grant) {
        Entry storage entry = _entries[relief];
        terms = Relief({
            service: entry.service,
            region: entry.region,
            tier: entry.tier,
            share: entry.share,
            from: entry.from,
            until: entry.until,
            memberCap: entry.memberCap,
            cap: entry.cap
        });
        grant = entry.grant;
    }

    /// @inheritdoc IReliefs
    function relieved(
        uint32 relief,
        MemberId member,
        PeriodId period
    ) public view returns (uint256 forMember, uint256 forAll) {
        forMember = _paidFor[_keyOf(relief, member)].amountIn(period);
        forAll = _paid[relief].amountIn(period);
    }

    /// @inheritdoc IReliefs
    function reliefsOf(uint16 service) external view returns (uint32[] memory reliefs) {
        uint256 list = _lists[service];
        reliefs = new uint32[](ReliefList.length(list));
        for (uint256 i = 0; i < reliefs.length; ++i) {
            reliefs[i] = uint32(list);
            list >>= 32;
        }
    }

    /// @dev Opens a relief or a grant for months that have not begun, last in its service's list.
    function _open(Relief calldata terms, bool grant, bool named) internal returns (uint32 relief) {
        PeriodId current = periodOf(block.timestamp);
        if (terms.from <= current) revert ReliefTooLate(terms.from, current.next());
        bool endless = terms.until == NO_PERIOD;
        if (endless ? grant : terms.until < terms.from) revert ReliefTermsInvalid();
        if (terms.share == 0 || terms.share > WHOLE) revert ReliefTermsInvalid();
        if (terms.memberCap == 0 || terms.cap == 0) revert ReliefTermsInvalid();
        if (grant && current.plus(GRANT_TERM) < terms.until) revert ReliefTermsInvalid();
        (uint256 list, uint256 count, uint256 grants) = _alive(_lists[terms.service], current);
        if (count == ReliefList.LIMIT) revert ReliefTooMany(terms.service, ReliefList.LIMIT);
        if (grant && grants == ReliefList.GRANT_LIMIT)
            revert ReliefTooMany(terms.service, ReliefList.GRANT_LIMIT);

        relief = ++lastRelief;
        _lists[terms.service] = ReliefList.append(list, count, relief);
        _entries[relief] = Entry({
            service: terms.service,
            region: terms.region,
            tier: terms.tier,
            share: terms.share,
            from: terms.from,
            until: terms.until,
            memberCap: terms.memberCap,
            cap: terms.cap,
            grant: grant,
            named: named
        });
    }

    /// @dev Counts what a relief pays towards its caps.
    function _count(uint32 relief, MemberId member, PeriodId period, uint256 amount) internal {
        uint64 key = _keyOf(relief, member);
        _paidFor[key] = _paidFor[key].add(period, amount);
        _paid[relief] = _paid[relief].add(period, amount);
    }

    /// @dev A list without those of whose months none can be posted any more.
    function _alive(
        uint256 list,
        PeriodId current
    ) private view returns (uint256 alive, uint256 count, uint256 grants) {
        for (; list != 0; list >>= 32) {
            Entry storage entry = _entries[uint32(list)];
            if (_isPast(entry.until, current)) continue;
            if (entry.grant) ++grants;
            alive = ReliefList.append(alive, count++, uint32(list));
        }
    }

    /// @dev Whether a last month, if there is one, cannot be posted any more.
    function _isPast(PeriodId until, PeriodId current) internal pure returns (bool) {
        if (until == NO_PERIOD) return false;
        return uint256(PeriodId.unwrap(until)) + POSTING_WINDOW < PeriodId.unwrap(current);
    }

    function _keyOf(uint32 relief, MemberId member) private pure returns (uint64) {
        return (uint64(relief) << 32) | MemberId.unwrap(member);
    }
}
