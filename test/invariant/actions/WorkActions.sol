// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {Licence} from "../../../contracts/interfaces/IResources.sol";
import {vm} from "../../support/Vm.sol";
import {World} from "../World.sol";

/// @title WorkActions
/// @notice Works are registered, licensed, permitted and handed over.
abstract contract WorkActions is World {
    mapping(bytes32 urn => bool) private _taken;

    function registerWork(uint256 seed) external acting movingNothing("a holder") {
        uint32 holder = _anybody(mix(seed, 1));
        (address who, bool holds) = _caller(holder, mix(seed, 2));
        string memory urn = string.concat("urn:x-work:", Strings.toString(seed % 64));
        if (mix(seed, 3) % 16 == 0) urn = "urn:x-Work:1";
        Licence licence = _licence(mix(seed, 4));
        bool predicted = holds && licence != Licence.None && mix(seed, 3) % 16 != 0;
        predicted = predicted && _holdable(holder) && !_taken[keccak256(bytes(urn))];
        bool done;
        vm.prank(who);
        try resources.registerResource(_id(holder), urn, licence) returns (uint32 work) {
            done = true;
            _taken[keccak256(bytes(urn))] = true;
            works.register(holder, licence, c.month());
            _expect(work == works.last(), "a work has another number");
        } catch {
            done = false;
        }
        _settle("registerWork", done, predicted);
    }

    function license(uint256 seed) external acting movingNothing("a holder") {
        (uint32 work, address who, bool holds) = _own(seed);
        Licence licence = _licence(mix(seed, 4));
        bool predicted = holds && licence != Licence.None && works.licensable(work, c.month());
        bool done;
        vm.prank(who);
        try resources.license(work, licence) {
            done = true;
            works.license(work, licence, c.month());
        } catch {
            done = false;
        }
        _settle("license", done, predicted);
    }

    function permit(uint256 seed) external acting movingNothing("a holder") {
        (uint32 work, address who, bool holds) = _own(seed);
        uint16 service = uint16(1 + ((seed >> 64) % 3));
        bool permitted = (seed >> 72) % 4 != 0;
        uint64 royalty = uint64(magnitude(mix(seed, 5), 1 << (seed % 32 == 0 ? 63 : 20)));
        if ((seed >> 80) % 4 == 0) royalty = 0;
        uint64 counted = permitted ? royalty : 0;
        bool predicted = holds && works.permittable(work, service, counted, c.month());
        bool done;
        vm.prank(who);
        try resources.permit(work, service, permitted, royalty) {
            done = true;
            works.permit(work, service, permitted, counted, c.month());
        } catch {
            done = false;
        }
        _settle("permit", done, predicted);
    }

    /// @notice By its holder or, without being asked, by the registrar.
    function transferWork(uint256 seed) external acting movingNothing("a holder") {
        (uint32 work, address who, bool holds) = _own(seed);
        uint32 to = _anybody(mix(seed, 5));
        bool assigns = mix(seed, 6) % 4 == 0;
        if (assigns) {
            (who, holds) = _officer(c.REGISTRAR(), mix(seed, 7));
            holds = holds && work != 0 && work <= works.last();
        }
        bool done;
        vm.prank(who);
        (done, ) = address(resources).call(
            assigns
                ? abi.encodeCall(resources.reassign, (work, _id(to)))
                : abi.encodeCall(resources.transfer, (work, _id(to)))
        );
        if (done) works.transfer(work, to, c.month());
        _settle(
            assigns ? "reassign" : "transferWork",
            done,
            holds && _holdable(to) && works.transferable(work, c.month())
        );
    }

    function setCommercial(uint256 seed) external acting movingNothing("the registrar") {
        uint8 kind = uint8(seed % 2);
        bool commercial = (seed >> 8) % 2 == 0;
        (address who, bool may) = _officer(c.REGISTRAR(), mix(seed, 1));
        bool predicted = may && works.tradable(kind, c.month());
        bool done;
        vm.prank(who);
        try resources.setCommercial(kind, commercial) {
            done = true;
            works.setTrade(kind, commercial, c.month());
        } catch {
            done = false;
        }
        _settle("setCommercial", done, predicted);
    }

    /// @dev Mostly a reserved one.
    function _licence(uint256 seed) private pure returns (Licence) {
        return seed % 2 == 0 ? Licence.Reserved : Licence((seed >> 8) % 10);
    }

    /// @dev COMMONS, and whoever is or was a member now.
    function _holdable(uint32 member) private view returns (bool) {
        if (member == 2 || _people[member].since == 0) return false;
        return _people[member].standing != 4 || c.month() <= _people[member].until;
    }

    /// @dev A work, mostly one that there is, and mostly a key of its holder.
    function _own(uint256 seed) private view returns (uint32 work, address who, bool holds) {
        uint32 count = works.last();
        work = uint32(seed % 16 == 0 || count == 0 ? (seed >> 8) % (count + 2) : 1 + ((seed >> 8) % count));
        (who, holds) = _caller(works.holder(work) == 0 ? 3 : works.holder(work), mix(seed, 1));
        holds = holds && works.holder(work) != 0;
    }
}
