// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ANY_TIER} from "../interfaces/IFeeSchedule.sol";
import {Membership} from "../interfaces/IRegister.sol";
import {Legs} from "../libraries/Legs.sol";
import {ReliefList} from "../libraries/ReliefList.sol";
import {Aid, aidOf} from "../types/Aid.sol";
import {MemberId} from "../types/MemberId.sol";
import {NO_PERIOD, PeriodId} from "../types/PeriodId.sol";
import {Grants} from "./Grants.sol";

/// @title Relieving
/// @notice What reliefs and grants pay of the lines of one statement, in the order in which they were opened.
abstract contract Relieving is Grants {
    /// @dev One consumer's case. Kind and region are asked for when they first matter; `aids` holds the reliefs that
    /// cover the consumer, as lines came upon them.
    /// @param room what RELIEF can still pay
    struct Case {
        MemberId consumer;
        PeriodId period;
        uint8 tier;
        uint256 room;
        bool known;
        uint8 kind;
        uint16 region;
        Aid[] aids;
        uint256 count;
    }

    /// @dev What reliefs pay of a line of this amount, below 2^64.
    function _relieve(
        Case memory subject,
        uint16 service,
        uint256 amount
    ) internal view returns (uint256 relieved_) {
        uint256 own = _lists[service];
        uint256 all = _lists[0];
        while ((own | all) != 0 && relieved_ < amount) {
            uint32 relief;
            (relief, own, all) = ReliefList.shift(own, all);
            relieved_ += _pay(subject, relief, amount, amount - relieved_);
        }
    }

    /// @dev What one relief pays of a line, of which `due` is not relieved yet. Rounded down: the rest stays with the
    /// consumer.
    function _pay(
        Case memory subject,
        uint32 relief,
        uint256 amount,
        uint256 due
    ) private view returns (uint256 paid) {
        (bool covers, uint256 index) = _aidOf(subject, relief);
        if (!covers) return 0;
        Aid aid = subject.aids[index];
        paid = _lesser(_lesser((amount * aid.share()) / WHOLE, due), aid.left());
        if (!aid.isGrant()) {
            paid = _lesser(paid, subject.room);
            subject.room -= paid;
        }
        subject.aids[index] = aid.pay(paid);
    }

    /// @dev Where a relief stands among those that cover the consumer. Those that do not are few, and asked again.
    function _aidOf(Case memory subject, uint32 relief) private view returns (bool covers, uint256 index) {
        uint256 count = subject.count;
        for (; index < count; ++index) {
            if (subject.aids[index].relief() == relief) return (true, index);
        }
        Entry memory entry = _entries[relief];
        if (!_covers(subject, relief, entry)) return (false, 0);

        (uint256 forMember, uint256 forAll) = relieved(relief, subject.consumer, subject.period);
        uint256 left = _lesser(entry.memberCap - forMember, entry.cap - forAll);
        if (entry.grant) left = _lesser(left, _grants[relief].balance);
        subject.aids[count] = aidOf(relief, entry.share, entry.grant, left);
        subject.count = count + 1;
        return (true, count);
    }

    function _covers(Case memory subject, uint32 relief, Entry memory entry) private view returns (bool) {
        if (!_holds(entry, subject.period, subject.tier)) return false;
        if (entry.region != 0) {
            _know(subject);
            if (subject.region != entry.region) return false;
        }
        return !entry.named || _names(relief, subject.consumer);
    }

    /// @dev Whether some relief or grant may cover a service and tier in a month.
    function _relievable(PeriodId period, uint16 service, uint8 tier) internal view returns (bool) {
        uint256 own = _lists[service];
        uint256 all = _lists[0];
        while ((own | all) != 0) {
            uint32 relief;
            (relief, own, all) = ReliefList.shift(own, all);
            if (_holds(_entries[relief], period, tier)) return true;
        }
        return false;
    }

    function _holds(Entry memory entry, PeriodId period, uint8 tier) private pure returns (bool) {
        if (entry.tier != ANY_TIER && entry.tier != tier) return false;
        if (period < entry.from) return false;
        return entry.until == NO_PERIOD || period <= entry.until;
    }

    /// @dev How many reliefs can cover so many lines: a list of every service and one of each line's.
    function _aidLimit(uint256 lines) internal pure returns (uint256) {
        return ReliefList.LIMIT * (lines + 1);
    }

    /// @dev Asks the register about the consumer, once.
    function _know(Case memory subject) internal view {
        if (subject.known) return;
        Membership memory membership = REGISTER.membership(subject.consumer);
        subject.known = true;
        subject.kind = membership.kind;
        subject.region = membership.region;
    }

    /// @dev Counts what was paid, and takes it out of the grant if it is one.
    /// @return granted what came out of a grant
    function _settleAid(MemberId consumer, PeriodId period, uint256 leg) internal returns (uint256 granted) {
        uint32 relief = Legs.target(leg);
        uint64 amount = Legs.amount(leg);
        _count(relief, consumer, period, amount);
        if (!_entries[relief].grant) return 0;
        _grants[relief].balance -= amount;
        return amount;
    }

    function _lesser(uint256 one, uint256 other) private pure returns (uint256) {
        return one < other ? one : other;
    }
}
