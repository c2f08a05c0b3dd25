// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Named} from "../../../contracts/interfaces/ICompensation.sol";
import {PeriodId} from "../../../contracts/types/PeriodId.sol";
import {MemberId} from "../../../contracts/types/MemberId.sol";
import {vm} from "../../support/Vm.sol";
import {World} from "../World.sol";

/// @title CompensationActions
/// @notice The council names net lenders; anybody has them paid, or what they did not draw given back.
abstract contract CompensationActions is World {
    /// @dev One that was neither drawn nor lapsed.
    struct Naming {
        uint32 member;
        uint16 month;
        uint16 rate;
        uint64 cap;
    }

    Naming[] private _namings;

    function nameLenders(uint256 seed) external acting {
        uint16 month = c.month() + uint16(1 + (seed % 3));
        if (mix(seed, 1) % 16 == 0) month = c.month();
        else if (mix(seed, 1) % 16 == 1) month = c.month() + 12 + uint16(mix(seed, 2) % 2);
        (address who, bool may) = _officer(c.COUNCIL(), mix(seed, 3));
        (Named[] memory list, bool sound, uint256 sum) = _list(mix(seed, 4), month);
        bool predicted = may && sound && month > c.month() && month <= c.month() + 12;
        predicted = predicted && sum <= twin.free(2);
        // 4. By the council's word, out of what is free of RELIEF's.
        if (may) _consent(2, sum);
        bool done;
        vm.prank(who);
        try compensation.name(PeriodId.wrap(month), list) {
            done = true;
            twin.fill(sum);
            named += sum;
            for (uint256 i = 0; i < list.length; ++i) {
                _namings.push(Naming(MemberId.unwrap(list[i].member), month, list[i].rate, list[i].cap));
            }
        } catch {
            done = false;
        }
        _settle("name", done, predicted);
    }

    function compensate(uint256 seed) external acting {
        (bool found, uint256 i, Naming memory one) = _naming(seed, open);
        bool predicted = found && open > one.month;
        uint256 expected = predicted ? _worth(one) : 0;
        bool done;
        vm.prank(STRANGER);
        try compensation.compensate(_id(one.member), PeriodId.wrap(one.month)) returns (uint256 amount) {
            done = true;
            _expect(amount == expected, "another compensation was paid");
            twin.empty(one.member, expected);
            twin.empty(2, one.cap - expected);
            _forget(i);
            if (amount == one.cap) ++succeeded["compensated to the cap"];
            else if (amount != 0) ++succeeded["compensated in part"];
            else ++succeeded["nothing to compensate"];
        } catch {
            done = false;
        }
        _settle("compensate", done, predicted);
    }

    function lapse(uint256 seed) external acting {
        (bool found, uint256 i, Naming memory one) = _naming(seed, c.month() < 12 ? 0 : c.month() - 12);
        bool predicted = found && c.month() > one.month + 12;
        bool done;
        vm.prank(STRANGER);
        try compensation.lapse(_id(one.member), PeriodId.wrap(one.month)) {
            done = true;
            twin.empty(2, one.cap);
            _forget(i);
        } catch {
            done = false;
        }
        _settle("lapse", done, predicted);
    }

    /// @dev A part of what the member netted in the month, by the twin that settles everybody at every close.
    function _worth(Naming memory one) private view returns (uint256 amount) {
        int256 net = twin.netOf(one.member, one.month - FIRST_MONTH);
        if (net > 0) amount = (uint256(net) * one.rate) / 10_000;
        if (amount > one.cap) amount = one.cap;
    }

    function _forget(uint256 i) private {
        named -= _namings[i].cap;
        _namings[i] = _namings[_namings.length - 1];
        _namings.pop();
    }

    /// @dev One or two members; now and then twice the same, too much, nothing or no member.
    function _list(
        uint256 seed,
        uint16 month
    ) private view returns (Named[] memory list, bool sound, uint256 sum) {
        list = new Named[](1 + (seed % 2));
        sound = true;
        for (uint256 i = 0; i < list.length; ++i) {
            uint256 own = mix(seed, i);
            uint32 member = own % 16 == 0 ? uint32((own >> 8) % 16) : _member(own >> 8);
            list[i] = Named(_id(member), uint16(1 + ((own >> 16) % 10_000)), 0);
            if ((own >> 32) % 16 == 0) list[i].rate = (own >> 40) % 2 == 0 ? 0 : 10_001;
            if ((own >> 48) % 16 != 0) list[i].cap = uint64(magnitude(mix(own, 1), 1 << 23));
            sum += list[i].cap;
            sound = sound && member > 2 && _people[member].known && list[i].cap != 0;
            sound = sound && list[i].rate != 0 && list[i].rate <= 10_000 && !_isNamed(member, month);
            if (i == 1 && list[0].member == list[1].member) sound = false;
        }
    }

    function _isNamed(uint32 member, uint16 month) private view returns (bool) {
        for (uint256 i = 0; i < _namings.length; ++i) {
            if (_namings[i].member == member && _namings[i].month == month) return true;
        }
        return false;
    }

    /// @dev One of a month before the given one, where there is one; now and then one that was never named.
    function _naming(
        uint256 seed,
        uint16 before
    ) private view returns (bool found, uint256 i, Naming memory one) {
        uint256 count = _namings.length;
        if (count == 0 || seed % 16 == 0) {
            one = Naming(_member(seed >> 8), c.month() - 1, 0, 0);
            found = _isNamed(one.member, one.month);
            for (; found && (_namings[i].member != one.member || _namings[i].month != one.month); ++i) {}
            return (found, i, found ? _namings[i] : one);
        }
        i = (seed >> 8) % count;
        for (uint256 n = 0; n < count && _namings[i].month >= before; ++n) i = (i + 1) % count;
        return (true, i, _namings[i]);
    }
}
