// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IChoices, Regard} from "../interfaces/IChoices.sol";
import {Restraint, Restraints} from "../libraries/Restraints.sol";
import {MemberId} from "../types/MemberId.sol";
import {PeriodId, periodOf} from "../types/PeriodId.sol";
import {Rights} from "../types/Rights.sol";
import {Fault} from "../types/Statement.sol";
import {Keys} from "./Keys.sol";

/// @title Choices
/// @notice See IChoices.
abstract contract Choices is Keys {
    using Restraints for Restraint;

    /// @dev A service that is not used: stricter than any ceiling. A ceiling is kept as what it lies below that.
    uint64 private constant OFF = type(uint64).max;

    /// @dev One word each; only a member's own keys write there.
    mapping(uint48 memberAndService => Restraint) private _offers;
    mapping(uint48 memberAndService => Restraint) private _uses;
    mapping(uint64 memberAndPartner => Restraint) private _regards;

    /// @inheritdoc IChoices
    function chooseOffer(MemberId member, uint16 service, bool offers) external {
        _requireRight(member, Rights.POST);
        PeriodId from = _restrain(_offers[_at(member, service)], offers ? 0 : OFF);
        emit OfferChosen(member, service, offers, from);
        if (!offers) _becomeChoosy(member);
    }

    /// @inheritdoc IChoices
    function chooseUse(MemberId member, uint16 service, bool uses, uint64 ceiling) external {
        _requireRight(member, Rights.COUNTERSIGN);
        uint64 value = uses ? _fromCeiling(ceiling) : OFF;
        PeriodId from = _restrain(_uses[_at(member, service)], value);
        emit UseChosen(member, service, uses, _toCeiling(value), from);
        if (value != 0) _becomeChoosy(member);
    }

    /// @inheritdoc IChoices
    function chooseRegard(MemberId member, MemberId partner, Regard regard) external {
        _requireRight(member, Rights.COUNTERSIGN);
        _known(partner);
        if (member == partner) revert ChoicePartnerSelf(member);
        PeriodId from = _restrain(_regards[_between(member, partner)], uint64(uint8(regard)));
        emit RegardChosen(member, partner, regard, from);
        if (regard == Regard.Refused) _becomeChoosy(member);
    }

    /// @inheritdoc IChoices
    function refusal(
        MemberId supplier,
        MemberId consumer,
        PeriodId period,
        uint16[] calldata services,
        uint256[] calldata prices
    ) external view returns (Fault fault, uint256 found, uint256 limit) {
        uint256 seller = MemberId.unwrap(supplier);
        uint256 buyer = MemberId.unwrap(consumer);
        if (regardOf(supplier, consumer, period) == Regard.Refused)
            return (Fault.PartnerRefused, seller, buyer);
        if (regardOf(consumer, supplier, period) == Regard.Refused)
            return (Fault.PartnerRefused, buyer, seller);
        for (uint256 i = 0; i < services.length; ++i) {
            uint16 service = services[i];
            if (!offersIn(supplier, service, period)) return (Fault.ServiceDeclined, service, seller);
            (bool uses, uint64 ceiling) = usesIn(consumer, service, period);
            if (!uses) return (Fault.ServiceDeclined, service, buyer);
            if (ceiling != type(uint64).max && prices[i] > ceiling)
                return (Fault.CeilingExceeded, service, ceiling);
        }
        return (Fault.None, 0, 0);
    }

    /// @inheritdoc IChoices
    function offersIn(MemberId member, uint16 service, PeriodId period) public view returns (bool) {
        return _offers[_at(member, service)].valueIn(period) == 0;
    }

    /// @inheritdoc IChoices
    function usesIn(
        MemberId member,
        uint16 service,
        PeriodId period
    ) public view returns (bool uses, uint64 ceiling) {
        uint64 value = _uses[_at(member, service)].valueIn(period);
        return (value != OFF, _toCeiling(value));
    }

    /// @inheritdoc IChoices
    function regardOf(MemberId member, MemberId partner, PeriodId period) public view returns (Regard) {
        return Regard(_regards[_between(member, partner)].valueIn(period));
    }

    /// @dev The ledger asks about a member's choices from now on. That never ends: past months stay open for a while.
    function _becomeChoosy(MemberId member) internal virtual;

    function _restrain(Restraint storage word, uint64 value) private returns (PeriodId) {
        Restraint memory changed = word.set(value, periodOf(block.timestamp));
        word.value = changed.value;
        word.prior = changed.prior;
        word.earlier = changed.earlier;
        word.from = changed.from;
        word.priorFrom = changed.priorFrom;
        return changed.from;
    }

    /// @dev Any price is no restraint; the two highest ceilings are that.
    function _fromCeiling(uint64 ceiling) private pure returns (uint64) {
        return ceiling < OFF - 1 ? OFF - 1 - ceiling : 0;
    }

    function _toCeiling(uint64 value) private pure returns (uint64) {
        if (value == OFF) return 0;
        return value == 0 ? type(uint64).max : OFF - 1 - value;
    }

    function _at(MemberId member, uint16 service) private pure returns (uint48) {
        return (uint48(MemberId.unwrap(member)) << 16) | service;
    }

    function _between(MemberId member, MemberId partner) internal pure returns (uint64) {
        return (uint64(MemberId.unwrap(member)) << 32) | MemberId.unwrap(partner);
    }
}
