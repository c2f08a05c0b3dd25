// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Act, Licence} from "../../contracts/interfaces/IResources.sol";

/// @title WorkTwin
/// @notice The twin of works: who holds each, and every change of holder, licence, permission or trade that there ever was, walked
/// from the first.
contract WorkTwin {
    /// @param value a holder; or a licence; or one more than a royalty, zero where nothing is permitted; or one for business
    struct Change {
        uint16 from;
        uint256 value;
    }

    uint32 public last;
    mapping(uint32 work => Change[]) private _holders;
    mapping(uint32 work => Change[]) private _licences;
    mapping(uint32 work => mapping(uint16 service => Change[])) private _uses;
    mapping(uint8 kind => Change[]) private _kinds;

    /// @dev The month in which it was said what services do.
    uint16 private immutable _described;

    constructor(uint16 described) {
        _described = described;
    }

    /// @notice What the world's services are said to do with a work.
    function actOf(uint16 service) public pure returns (Act) {
        if (service == 2) return Act.Reproduce;
        return service == 3 ? Act.Adapt : Act.Lend;
    }

    function register(uint32 holder_, Licence licence, uint16 current) external {
        _holders[++last].push(Change(0, holder_));
        _licences[last].push(Change(current, uint256(licence)));
    }

    /// @notice A licence can change where it did not in the three months before.
    function licensable(uint32 work, uint16 current) external view returns (bool) {
        return _free(_licences[work], current);
    }

    function license(uint32 work, Licence licence, uint16 current) external {
        _licences[work].push(Change(current + 1, uint256(licence)));
    }

    /// @notice The same of a permission; royalties only where all rights are reserved, now or from the next month on.
    function permittable(
        uint32 work,
        uint16 service,
        uint64 royalty,
        uint16 current
    ) external view returns (bool) {
        bool reserved = Licence(_in(_licences[work], current + 1)) == Licence.Reserved;
        return (royalty == 0 || reserved) && _free(_uses[work][service], current);
    }

    function permit(uint32 work, uint16 service, bool permitted, uint64 royalty, uint16 current) external {
        _uses[work][service].push(Change(current + 1, permitted ? uint256(royalty) + 1 : 0));
    }

    /// @notice What begins next month can be said again.
    function transferable(uint32 work, uint16 current) external view returns (bool) {
        return _again(_holders[work], current) || _free(_holders[work], current);
    }

    function transfer(uint32 work, uint32 to, uint16 current) external {
        if (_again(_holders[work], current)) _holders[work].pop();
        _holders[work].push(Change(current + 1, to));
    }

    /// @notice Who has the say about a work; zero where there is none.
    function holder(uint32 work) external view returns (uint32) {
        uint256 count = _holders[work].length;
        return count == 0 ? 0 : uint32(_holders[work][count - 1].value);
    }

    /// @notice Whose uses of a work are its own.
    function holderIn(uint32 work, uint16 month) external view returns (uint32) {
        return uint32(_in(_holders[work], month));
    }

    /// @notice The same of whether members of a kind are in business.
    function tradable(uint8 kind, uint16 current) external view returns (bool) {
        return _again(_kinds[kind], current) || _free(_kinds[kind], current);
    }

    function setTrade(uint8 kind, bool commercial, uint16 current) external {
        Change[] storage changes = _kinds[kind];
        if (_again(changes, current)) changes.pop();
        changes.push(Change(current + 1, commercial ? 1 : 0));
    }

    function licenceIn(uint32 work, uint16 month) public view returns (Licence) {
        return Licence(_in(_licences[work], month));
    }

    function isCommercial(uint8 kind, uint16 month) public view returns (bool) {
        return _in(_kinds[kind], month) == 1;
    }

    /// @notice Whether a service may use a work for a member of some kind, and what a unit earns its holder.
    function useOf(
        uint32 work,
        uint16 service,
        uint8 kind,
        uint16 month
    ) external view returns (bool allowed, uint256 royalty) {
        if (work == 0 || work > last) return (false, 0);
        Act act = month > _described ? actOf(service) : Act.Lend;
        if (act == Act.Lend) return (true, 0);
        Licence licence = licenceIn(work, month);
        if (licence == Licence.Reserved) {
            uint256 value = _in(_uses[work][service], month);
            return (value != 0, value == 0 ? 0 : value - 1);
        }
        bool business =
            licence == Licence.BY_NC || licence == Licence.BY_NC_SA || licence == Licence.BY_NC_ND;
        bool asIs = licence == Licence.BY_ND || licence == Licence.BY_NC_ND;
        if (business && isCommercial(kind, month)) return (false, 0);
        return (licence != Licence.None && !(asIs && act == Act.Adapt), 0);
    }

    function _again(Change[] storage changes, uint16 current) private view returns (bool) {
        return changes.length != 0 && changes[changes.length - 1].from == current + 1;
    }

    function _free(Change[] storage changes, uint16 current) private view returns (bool) {
        return changes.length == 0 || current + 1 >= changes[changes.length - 1].from + 4;
    }

    function _in(Change[] storage changes, uint16 month) private view returns (uint256 value) {
        for (uint256 i = 0; i < changes.length; ++i) if (changes[i].from <= month) value = changes[i].value;
    }
}
