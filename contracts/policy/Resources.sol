// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IRegister} from "../interfaces/IRegister.sol";
import {Act, IResources, Licence} from "../interfaces/IResources.sol";
import {Licences} from "../libraries/Licences.sol";
import {Urn} from "../libraries/Urn.sol";
import {MemberId, RELIEF} from "../types/MemberId.sol";
import {NO_PERIOD, PeriodId, POSTING_WINDOW, periodOf} from "../types/PeriodId.sol";
import {Rights} from "../types/Rights.sol";

/// @title Resources
/// @notice See IResources.
/// @dev Of holders, licences, permissions and kinds, what holds and what held before are kept, one word each. Changes lie so far
/// apart that no month that can still be posted had a third.
contract Resources is IResources, AccessManaged {
    struct Work {
        MemberId holder;
        MemberId priorHolder;
        PeriodId heldFrom;
        Licence licence;
        Licence prior;
        PeriodId from;
    }

    struct Use {
        uint64 royalty;
        uint64 priorRoyalty;
        bool permitted;
        bool priorPermitted;
        PeriodId from;
    }

    struct Kind {
        bool commercial;
        bool prior;
        PeriodId from;
    }

    uint8 private constant RIGHTS = Rights.POST | Rights.COUNTERSIGN;

    /// @notice Institutions and their keys.
    IRegister public immutable REGISTER;

    uint32 public lastResource;

    mapping(uint32 resource => Work) private _works;
    mapping(bytes32 id => uint32 resource) private _resources;
    mapping(uint48 resourceAndService => Use) private _uses;
    mapping(uint8 kind => Kind) private _kinds;

    constructor(address charter, IRegister register) AccessManaged(charter) {
        REGISTER = register;
    }

    /// @inheritdoc IResources
    function registerResource(
        MemberId holder,
        string calldata urn,
        Licence licence
    ) external returns (uint32 resource) {
        _requireKey(holder);
        _requireMember(holder);
        if (licence == Licence.None) revert ResourceLicenceInvalid();
        if (!Urn.valid(bytes(urn))) revert ResourceUrnInvalid(urn);
        bytes32 id = keccak256(bytes(urn));
        if (_resources[id] != 0) revert ResourceTaken(id, _resources[id]);

        resource = ++lastResource;
        _resources[id] = resource;
        _works[resource] = Work({
            holder: holder,
            priorHolder: holder,
            heldFrom: NO_PERIOD,
            licence: licence,
            prior: Licence.None,
            from: periodOf(block.timestamp)
        });

        emit ResourceRegistered(resource, holder, id, urn, licence);
    }

    /// @inheritdoc IResources
    function license(uint32 resource, Licence licence) external {
        Work storage work = _own(resource);
        if (licence == Licence.None) revert ResourceLicenceInvalid();
        PeriodId from = _nextChange(resource, work.from);

        work.prior = work.licence;
        work.licence = licence;
        work.from = from;

        emit ResourceLicensed(resource, licence, from);
    }

    /// @inheritdoc IResources
    function permit(uint32 resource, uint16 service, bool permitted, uint64 royalty) external {
        Work storage work = _own(resource);
        if (!permitted) royalty = 0;
        if (royalty != 0 && work.licence != Licence.Reserved)
            revert ResourceRoyaltyWaived(resource, work.licence);
        Use storage use_ = _uses[_at(resource, service)];
        PeriodId from = _nextChange(resource, use_.from);

        use_.priorRoyalty = use_.royalty;
        use_.priorPermitted = use_.permitted;
        use_.royalty = royalty;
        use_.permitted = permitted;
        use_.from = from;

        emit UseGranted(resource, service, permitted, royalty, from);
    }

    /// @inheritdoc IResources
    function transfer(uint32 resource, MemberId holder) external {
        _transfer(_own(resource), resource, holder);
    }

    /// @inheritdoc IResources
    function reassign(uint32 resource, MemberId holder) external restricted {
        _transfer(_known(resource), resource, holder);
    }

    /// @inheritdoc IResources
    function setCommercial(uint8 kind, bool commercial) external restricted {
        Kind storage word = _kinds[kind];
        PeriodId from = periodOf(block.timestamp).next();
        // What has not begun was never in force: it is replaced, and what was before it stays.
        if (!(word.from == from)) {
            from = _nextChange(0, word.from);
            word.prior = word.commercial;
            word.from = from;
        }
        word.commercial = commercial;

        emit KindCommercial(kind, commercial, from);
    }

    /// @inheritdoc IResources
    function useOf(
        uint32 resource,
        uint16 service,
        Act act,
        uint8 kind,
        PeriodId period
    ) external view returns (bool allowed, MemberId holder, uint64 royalty) {
        Work storage work = _works[resource];
        holder = period < work.heldFrom ? work.priorHolder : work.holder;
        if (MemberId.unwrap(holder) == 0) return (false, holder, 0);
        Licence licence = licenceIn(resource, period);
        if (licence == Licence.Reserved && act != Act.Lend) {
            Use storage use_ = _uses[_at(resource, service)];
            if (period < use_.from) return (use_.priorPermitted, holder, use_.priorRoyalty);
            return (use_.permitted, holder, use_.royalty);
        }
        return (Licences.permits(licence, act, _isCommercial(kind, period)), holder, 0);
    }

    /// @inheritdoc IResources
    function licenceIn(uint32 resource, PeriodId period) public view returns (Licence) {
        Work storage work = _works[resource];
        return period < work.from ? work.prior : work.licence;
    }

    /// @inheritdoc IResources
    function holderOf(uint32 resource) external view returns (MemberId) {
        return _works[resource].holder;
    }

    /// @inheritdoc IResources
    function resourceOf(string calldata urn) external view returns (uint32) {
        return _resources[keccak256(bytes(urn))];
    }

    /// @inheritdoc IResources
    function isCommercial(uint8 kind) external view returns (bool) {
        return _isCommercial(kind, periodOf(block.timestamp));
    }

    /// @dev The new holder has the say at once; uses are its own from the next month on, so that nobody who signed for its own
    /// work makes the statement void by giving the work away.
    function _transfer(Work storage work, uint32 resource, MemberId holder) private {
        _requireMember(holder);
        PeriodId from = periodOf(block.timestamp).next();
        // What has not begun was never in force: it is replaced, and whoever held the work before it stays.
        if (!(work.heldFrom == from)) {
            from = _nextChange(resource, work.heldFrom);
            work.priorHolder = work.holder;
            work.heldFrom = from;
        }
        work.holder = holder;
        emit ResourceTransferred(resource, holder);
    }

    /// @dev The next month, where the last change lies far enough back.
    function _nextChange(uint32 resource, PeriodId last) private view returns (PeriodId from) {
        from = periodOf(block.timestamp).next();
        PeriodId earliest = last.plus(POSTING_WINDOW + 1);
        if (from < earliest) revert ResourceTooSoon(resource, earliest);
    }

    function _known(uint32 resource) private view returns (Work storage work) {
        work = _works[resource];
        if (MemberId.unwrap(work.holder) == 0) revert ResourceUnknown(resource);
    }

    function _own(uint32 resource) private view returns (Work storage work) {
        work = _known(resource);
        _requireKey(work.holder);
    }

    function _requireKey(MemberId holder) private view {
        if (!REGISTER.hasRight(holder, msg.sender, RIGHTS)) revert ResourceRightMissing(holder, msg.sender);
    }

    /// @dev Royalties flow to members and COMMONS alone.
    function _requireMember(MemberId holder) private view {
        if (holder == RELIEF || !REGISTER.wasMember(holder, periodOf(block.timestamp)))
            revert IRegister.RegisterMemberUnknown(holder);
    }

    function _isCommercial(uint8 kind, PeriodId period) private view returns (bool) {
        Kind storage word = _kinds[kind];
        return period < word.from ? word.prior : word.commercial;
    }

    function _at(uint32 resource, uint16 service) private pure returns (uint48) {
        return (uint48(resource) << 16) | service;
    }
}
