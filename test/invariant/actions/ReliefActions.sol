// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import {ANY_TIER} from "../../../contracts/interfaces/IFeeSchedule.sol";
import {Relief} from "../../../contracts/interfaces/IReliefs.sol";
import {MemberId} from "../../../contracts/types/MemberId.sol";
import {PeriodId} from "../../../contracts/types/PeriodId.sol";
import {vm} from "../../support/Vm.sol";
import {ReliefTwin} from "../ReliefTwin.sol";
import {World} from "../World.sol";

/// @title ReliefActions
/// @notice Reliefs and grants are opened, ended, funded and returned; keys are accredited to attest for COMMONS.
abstract contract ReliefActions is World {
    function relieve(uint256 seed) external acting movingNothing("the scheduler") {
        Relief memory terms = _terms(mix(seed, 1));
        (address who, bool may) = _officer(c.SCHEDULER(), mix(seed, 2));
        bool predicted = may && reliefs.openable(terms, false, c.month());
        bool done;
        vm.prank(who);
        try pricing.relieve(terms) returns (uint32 relief) {
            done = true;
            reliefs.open(terms, false, new MemberId[](0));
            _expect(relief == reliefs.count(), "a relief has another number");
        } catch {
            done = false;
        }
        _settle("relieve", done, predicted);
    }

    function endRelief(uint256 seed) external acting movingNothing("the scheduler") {
        uint32 relief = _relief(mix(seed, 1), false);
        uint16 month = c.month() + uint16(seed % 4) - 1;
        (address who, bool may) = _officer(c.SCHEDULER(), mix(seed, 2));
        bool predicted = may && relief != 0 && relief <= reliefs.count() && month >= c.month();
        if (predicted) {
            ReliefTwin.One memory one = reliefs.one(relief);
            uint16 until = PeriodId.unwrap(one.terms.until);
            predicted = !one.grant && (until == 0 || month < until);
        }
        bool done;
        vm.prank(who);
        try pricing.endRelief(relief, PeriodId.wrap(month)) {
            done = true;
            reliefs.end(relief, month);
        } catch {
            done = false;
        }
        _settle("endRelief", done, predicted);
    }

    function openGrant(uint256 seed) external acting movingNothing("an authority") {
        Relief memory terms = _terms(mix(seed, 1));
        (MemberId[] memory members, bool sound) = _members(mix(seed, 2));
        (address who, bool may) = _officer(c.AUTHORITY(), mix(seed, 3));
        bool predicted = may && sound && reliefs.openable(terms, true, c.month());
        bool done;
        vm.prank(who);
        try pricing.openGrant(terms, members, bytes32(seed)) returns (uint32 relief) {
            done = true;
            reliefs.open(terms, true, members);
            _expect(relief == reliefs.count(), "a grant has another number");
        } catch {
            done = false;
        }
        _settle("openGrant", done, predicted);
    }

    function fundGrant(uint256 seed) external acting {
        uint32 relief = _relief(mix(seed, 1), true);
        address giver = giverAt(mix(seed, 2));
        uint64 amount = seed % 32 == 0 ? 0 : uint64(magnitude(mix(seed, 3), 1 << 25));
        bool predicted = _isGrant(relief) && amount != 0;
        predicted = predicted && PeriodId.unwrap(reliefs.one(relief).terms.until) >= c.month();
        predicted = predicted && twin.backing() + amount <= uint256(uint64(type(int64).max));
        IERC20Metadata asset = c.asset();
        uint256 units = amount * c.scale();
        c.mint(giver, units);
        vm.prank(giver);
        asset.approve(address(pricing), units);
        bool done;
        vm.prank(giver);
        try pricing.fundGrant(relief, amount) {
            done = true;
            twin.deposit(2, amount);
            twin.fill(amount);
            reliefs.fund(relief, giver, amount);
        } catch {
            done = false;
        }
        _expect(asset.balanceOf(address(pricing)) == 0, "2: assets stay at the desk");
        _settle("fundGrant", done, predicted);
    }

    /// @notice Anybody has a giver paid back, mostly one of a grant of which something is left.
    function returnGrant(uint256 seed) external acting {
        (uint32 relief, address giver) = _leftOver(seed);
        bool predicted = _isGrant(relief) && reliefs.over(relief, c.month());
        uint256 gave = reliefs.givenBy(relief, giver);
        predicted = predicted && gave != 0 && reliefs.one(relief).balance != 0;
        uint256 expected = predicted ? reliefs.payBack(relief, giver) : 0;
        IERC20Metadata asset = c.asset();
        uint256 held = asset.balanceOf(giver);
        bool done;
        vm.prank(STRANGER);
        try pricing.returnGrant(relief, giver) returns (uint256 amount) {
            done = true;
            _expect(amount == expected, "a grant returned another sum");
            _expect(amount <= gave, "2: a giver got more than it gave");
            _expect(asset.balanceOf(giver) == held + amount * c.scale(), "a giver received another sum");
            if (reliefs.one(relief).given == 0) {
                _expect(reliefs.one(relief).balance == 0, "2: something stays that nobody can claim");
            }
            twin.payBack(amount);
        } catch {
            done = false;
        }
        _settle("returnGrant", done, predicted);
    }

    function accredit(uint256 seed) external acting movingNothing("the registrar") {
        uint16 service = uint16(1 + (seed % 4));
        bool value = (seed >> 8) % 4 != 0;
        (address who, bool may) = _officer(c.REGISTRAR(), mix(seed, 1));
        address key = c.addressOf(1);
        bool done;
        vm.prank(who);
        try pricing.accredit(key, service, value) {
            done = true;
            accredited[service] = value;
        } catch {
            done = false;
        }
        _settle("accredit", done, may);
    }

    /// @notice One of three who give.
    function giverAt(uint256 index) public pure returns (address) {
        return address(uint160(0x91e0 + (index % 3)));
    }

    /// @dev Terms that mostly can be opened: for next month or the one after, of any service, tier or region.
    function _terms(uint256 seed) private view returns (Relief memory terms) {
        uint16 from = c.month() + uint16(seed % 16 == 0 ? 0 : 1 + (seed % 2));
        uint16 until = from + uint16((seed >> 8) % 5);
        if ((seed >> 16) % 8 == 0) until = 0;
        else if ((seed >> 16) % 16 == 1) until = from - 1;
        terms.service = uint16((seed >> 24) % 4);
        terms.region = uint16((seed >> 32) % 8 < 5 ? 0 : (seed >> 32) % 3);
        terms.tier = (seed >> 40) % 3 != 0 ? ANY_TIER : uint8(1 + ((seed >> 48) % 3));
        terms.share = uint16((seed >> 56) % 4 == 0 ? 10_000 : (seed >> 64) % 10_000);
        if ((seed >> 80) % 16 == 0) terms.share = 10_001;
        (terms.from, terms.until) = (PeriodId.wrap(from), PeriodId.wrap(until));
        terms.memberCap = uint48(magnitude(mix(seed, 1), 1 << 26));
        terms.cap = uint48(magnitude(mix(seed, 2), 1 << 27));
        if ((seed >> 88) % 16 == 0) terms.cap = 0;
        if ((seed >> 96) % 16 == 0) terms.memberCap = 0;
    }

    /// @dev Nobody, or some in ascending order; now and then out of order, unknown or no institution.
    function _members(uint256 seed) private view returns (MemberId[] memory members, bool sound) {
        if (seed % 2 == 0) return (members, true);
        members = new MemberId[](1 + ((seed >> 8) % 4));
        sound = true;
        uint32 next = 3 + uint32((seed >> 16) % 3);
        for (uint256 i = 0; i < members.length; ++i) {
            uint32 member = next;
            if (mix(seed, i) % 16 == 0) member = uint32(mix(seed, i + 10) % 16);
            uint32 least = i == 0 ? 3 : MemberId.unwrap(members[i - 1]) + 1;
            if (member < least || member > population) sound = false;
            members[i] = _id(member);
            next = member + 1 + uint32(mix(seed, i + 20) % 2);
        }
    }

    /// @dev A grant or a relief, where there is one; now and then any number.
    function _relief(uint256 seed, bool grant) private view returns (uint32 relief) {
        uint32 count = reliefs.count();
        if (count == 0 || seed % 16 == 0) return uint32((seed >> 8) % (count + 2));
        relief = 1 + uint32((seed >> 8) % count);
        for (uint32 i = 0; i < count && reliefs.one(relief).grant != grant; ++i) {
            relief = 1 + (relief % count);
        }
    }

    function _isGrant(uint32 relief) private view returns (bool) {
        return relief != 0 && relief <= reliefs.count() && reliefs.one(relief).grant;
    }

    function _leftOver(uint256 seed) private view returns (uint32 relief, address giver) {
        uint32 count = reliefs.count();
        giver = giverAt(seed);
        for (uint32 i = 0; i < 3 * count; ++i) {
            relief = 1 + uint32(((seed >> 8) + i) % count);
            giver = giverAt((seed >> 8) + i / count);
            bool owed = reliefs.givenBy(relief, giver) != 0 && reliefs.one(relief).balance != 0;
            if (owed && reliefs.over(relief, c.month())) return (relief, giver);
        }
    }
}
