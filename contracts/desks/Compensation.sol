// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICompensation, Named} from "../interfaces/ICompensation.sol";
import {IRegister} from "../interfaces/IRegister.sol";
import {FIRST_MEMBER, MemberId, RELIEF} from "../types/MemberId.sol";
import {PeriodId, periodOf} from "../types/PeriodId.sol";
import {Desk} from "./Desk.sol";

/// @title Compensation
/// @notice See ICompensation.
/// @dev The ledger keeps what an account nets in a month only while it is watched, and writes it when it rolls the account out
/// of that month. A naming is made before its month begins and watches until it is drawn or lapses, so no net is missed.
contract Compensation is ICompensation, Desk {
    /// @dev One word.
    struct Naming {
        uint16 rate;
        uint64 cap;
    }

    /// @dev For how many months after its own a naming can be drawn; and how many months ahead one can be made, so that a
    /// slip of the pen locks nothing away for ages.
    uint16 private constant TERM = 12;

    /// @dev What `rate` is counted in.
    uint256 private constant WHOLE = 10_000;

    mapping(uint64 memberAndPeriod => Naming) private _namings;

    /// @dev How many namings of a member are neither drawn nor lapsed; it is watched while there is one.
    mapping(MemberId member => uint256) private _open;

    constructor(address charter, IRegister register) Desk(charter, register) {}

    /// @inheritdoc ICompensation
    function name(PeriodId period, Named[] calldata members) external restricted {
        PeriodId month = periodOf(block.timestamp);
        if (period <= month) revert CompensationTooLate(period, month.next());
        if (month.plus(TERM) < period) revert CompensationTooEarly(period, month.plus(TERM));
        MemberId last = REGISTER.lastMember();
        uint64 sum = 0;
        for (uint256 i = 0; i < members.length; ++i) {
            _name(period, members[i], last);
            sum += members[i].cap;
        }

        ledger.fillPot(sum);
        for (uint256 i = 0; i < members.length; ++i) {
            // Named for one month only once, so whoever has one naming has just got it.
            MemberId member = members[i].member;
            if (_open[member] == 1) ledger.watch(member, true);
        }
    }

    /// @inheritdoc ICompensation
    function compensate(MemberId member, PeriodId period) external returns (uint256 amount) {
        Naming memory naming = _named(member, period);
        if (ledger.openPeriod() <= period) revert CompensationPeriodOpen(period);
        bool watched = _drop(member, period);

        ledger.touch(member);
        int256 net = ledger.netOf(member, period);
        if (net > 0) amount = (uint256(net) * naming.rate) / WHOLE;
        if (amount > naming.cap) amount = naming.cap;

        emit Compensated(period, member, net, amount);

        if (amount != 0) ledger.emptyPot(member, uint64(amount));
        if (amount != naming.cap) ledger.emptyPot(RELIEF, naming.cap - uint64(amount));
        if (!watched) ledger.watch(member, false);
    }

    /// @inheritdoc ICompensation
    function lapse(MemberId member, PeriodId period) external {
        Naming memory naming = _named(member, period);
        PeriodId drawable = period.plus(TERM);
        if (periodOf(block.timestamp) <= drawable) {
            revert CompensationNotLapsed(member, period, drawable.next());
        }
        bool watched = _drop(member, period);

        emit CompensationLapsed(period, member, naming.cap);

        ledger.emptyPot(RELIEF, naming.cap);
        if (!watched) ledger.watch(member, false);
    }

    /// @inheritdoc ICompensation
    function namedFor(MemberId member, PeriodId period) external view returns (uint16 rate, uint64 cap) {
        Naming memory naming = _namings[_key(member, period)];
        return (naming.rate, naming.cap);
    }

    function _name(PeriodId period, Named calldata named, MemberId last) private {
        MemberId member = named.member;
        bool known = !(member < FIRST_MEMBER) && !(last < member);
        if (!known || named.rate == 0 || named.rate > WHOLE || named.cap == 0) {
            revert CompensationInvalid(member);
        }
        Naming storage naming = _namings[_key(member, period)];
        if (naming.cap != 0) revert CompensationNamedAlready(member, period);

        (naming.rate, naming.cap) = (named.rate, named.cap);
        ++_open[member];

        emit CompensationNamed(period, member, named.rate, named.cap);
    }

    /// @return watched whether the member has another naming
    function _drop(MemberId member, PeriodId period) private returns (bool watched) {
        delete _namings[_key(member, period)];
        return --_open[member] != 0;
    }

    function _named(MemberId member, PeriodId period) private view returns (Naming memory naming) {
        naming = _namings[_key(member, period)];
        if (naming.cap == 0) revert CompensationNone(member, period);
    }

    function _key(MemberId member, PeriodId period) private pure returns (uint64) {
        return (uint64(MemberId.unwrap(member)) << 16) | PeriodId.unwrap(period);
    }
}
