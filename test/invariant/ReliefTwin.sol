// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ANY_TIER} from "../../contracts/interfaces/IFeeSchedule.sol";
import {Relief} from "../../contracts/interfaces/IReliefs.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {PeriodId} from "../../contracts/types/PeriodId.sol";

/// @title ReliefTwin
/// @notice The twin of reliefs and grants: all that were ever opened, walked in that order for every line, and a plain
/// sum for each, each month and each member.
contract ReliefTwin {
    /// @param balance what is left of a grant
    /// @param given what its givers gave and were not paid back
    struct One {
        Relief terms;
        bool grant;
        bool named;
        uint256 balance;
        uint256 given;
    }

    /// @notice Whose line is paid.
    /// @param room what RELIEF can still pay
    struct Case {
        uint32 consumer;
        uint16 month;
        uint8 tier;
        uint16 region;
        uint256 room;
    }

    One[] private _all;
    mapping(uint32 relief => mapping(uint32 member => bool)) private _names;
    mapping(uint32 relief => mapping(uint16 month => uint256)) public paid;
    mapping(uint32 relief => mapping(uint16 month => mapping(uint32 member => uint256))) public paidFor;
    mapping(uint32 relief => mapping(address giver => uint256)) public givenBy;

    function count() public view returns (uint32) {
        return uint32(_all.length);
    }

    function one(uint32 relief) external view returns (One memory) {
        return _all[relief - 1];
    }

    /// @notice The money in all grants.
    function balances() external view returns (uint256 sum) {
        for (uint256 i = 0; i < _all.length; ++i) sum += _all[i].balance;
    }

    /// @notice Whether these terms can be opened in a month: for months to come, of sound figures, and as one of eight
    /// at most that can still be posted for, half of them grants.
    function openable(Relief calldata terms, bool grant, uint16 current) external view returns (bool) {
        (uint16 from, uint16 until) = (PeriodId.unwrap(terms.from), PeriodId.unwrap(terms.until));
        uint256 alive = 0;
        uint256 grants = 0;
        for (uint256 i = 0; i < _all.length; ++i) {
            if (_all[i].terms.service != terms.service || _over(_all[i], current)) continue;
            ++alive;
            if (_all[i].grant) ++grants;
        }
        return
            from > current &&
            (until == 0 ? !grant : until >= from) &&
            terms.share != 0 &&
            terms.share <= 10_000 &&
            terms.memberCap != 0 &&
            terms.cap != 0 &&
            alive < 8 &&
            (!grant || (grants < 4 && until <= current + 60));
    }

    function open(Relief calldata terms, bool grant, MemberId[] calldata members) external {
        _all.push(One(terms, grant, members.length != 0, 0, 0));
        for (uint256 i = 0; i < members.length; ++i) {
            _names[uint32(_all.length)][MemberId.unwrap(members[i])] = true;
        }
    }

    function end(uint32 relief, uint16 month) external {
        _all[relief - 1].terms.until = PeriodId.wrap(month);
    }

    function fund(uint32 relief, address giver, uint256 amount) external {
        _all[relief - 1].balance += amount;
        _all[relief - 1].given += amount;
        givenBy[relief][giver] += amount;
    }

    /// @notice Whether nothing more can be posted for the months of a relief.
    function over(uint32 relief, uint16 current) external view returns (bool) {
        return _over(_all[relief - 1], current);
    }

    /// @notice A giver's part of what is left, by what each gave.
    function payBack(uint32 relief, address giver) external returns (uint256 amount) {
        One storage grant = _all[relief - 1];
        amount = (grant.balance * givenBy[relief][giver]) / grant.given;
        grant.balance -= amount;
        grant.given -= givenBy[relief][giver];
        givenBy[relief][giver] = 0;
    }

    /// @notice What each relief pays of some lines, from number one on.
    function quote(
        Case memory subject,
        uint16[] calldata services,
        uint256[] calldata amounts
    ) external view returns (uint256[] memory pays, uint256 sum, uint256 granted) {
        pays = new uint256[](_all.length);
        for (uint256 i = 0; i < services.length; ++i) {
            uint256 due = amounts[i];
            for (uint32 n = 1; n <= pays.length; ++n) {
                One storage relief = _all[n - 1];
                if (!_covers(n, subject, services[i])) continue;
                uint256 part = _least((amounts[i] * relief.terms.share) / 10_000, due);
                uint256 own = paidFor[n][subject.month][subject.consumer] + pays[n - 1];
                uint256 all = paid[n][subject.month] + pays[n - 1];
                part = _least(part, relief.terms.memberCap - own);
                part = _least(part, relief.terms.cap - all);
                part = _least(part, relief.grant ? relief.balance - pays[n - 1] : subject.room);
                pays[n - 1] += part;
                due -= part;
                sum += part;
                if (relief.grant) granted += part;
                else subject.room -= part;
            }
        }
    }

    function settle(uint32 consumer, uint16 month, uint256[] calldata pays) external {
        for (uint32 n = 1; n <= pays.length; ++n) {
            if (pays[n - 1] == 0) continue;
            paid[n][month] += pays[n - 1];
            paidFor[n][month][consumer] += pays[n - 1];
            if (_all[n - 1].grant) _all[n - 1].balance -= pays[n - 1];
        }
    }

    function _covers(uint32 n, Case memory subject, uint16 service) private view returns (bool) {
        One storage relief = _all[n - 1];
        Relief storage terms = relief.terms;
        uint16 until = PeriodId.unwrap(terms.until);
        if (terms.service != 0 && terms.service != service) return false;
        if (subject.month < PeriodId.unwrap(terms.from)) return false;
        if (until != 0 && subject.month > until) return false;
        if (terms.tier != ANY_TIER && terms.tier != subject.tier) return false;
        if (terms.region != 0 && terms.region != subject.region) return false;
        return !relief.named || _names[n][subject.consumer];
    }

    function _over(One storage relief, uint16 current) private view returns (bool) {
        uint16 until = PeriodId.unwrap(relief.terms.until);
        return until != 0 && until + 3 < current;
    }

    function _least(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
