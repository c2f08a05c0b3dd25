// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IAccounts} from "./interfaces/IAccounts.sol";
import {DelegateKey, IRegister, Membership, PendingChange, Standing} from "./interfaces/IRegister.sol";
import {Isil} from "./libraries/Isil.sol";
import {COMMONS, FIRST_MEMBER, MemberId, RELIEF} from "./types/MemberId.sol";
import {NO_PERIOD, PeriodId, POSTING_WINDOW, periodOf} from "./types/PeriodId.sol";
import {Rights} from "./types/Rights.sol";

/// @title Register
/// @notice See IRegister.
/// @dev Keys are kept per pair of member and key, so nobody can occupy another's address, and one service
/// centre can act for many libraries.
contract Register is IRegister, AccessManaged {
    /// @notice How long a change of payee or a re-keying can be objected to.
    uint40 public constant OBJECTION_TIME = 14 days;

    /// @notice The ledger that is told of every change.
    address public ledger;

    MemberId public lastMember = RELIEF;

    mapping(MemberId member => Membership) private _memberships;
    mapping(MemberId member => address) private _payees;
    mapping(uint192 memberAndKey => DelegateKey) private _keys;
    mapping(MemberId member => PendingChange) private _pendingPayees;
    mapping(MemberId member => PendingChange) private _pendingKeys;
    mapping(bytes16 isil => MemberId) private _members;

    constructor(address charter) AccessManaged(charter) {
        PeriodId now_ = periodOf(block.timestamp);
        _memberships[COMMONS].since = now_;
        _memberships[COMMONS].standing = Standing.Admitted;
        _memberships[RELIEF].since = now_;
        _memberships[RELIEF].standing = Standing.Admitted;
    }

    modifier onlyKey(MemberId member, uint8 right) {
        if (!hasRight(member, msg.sender, right)) revert RegisterRightMissing(member, msg.sender, right);
        _;
    }

    modifier onlyLivingKey(MemberId member) {
        if (_keys[_pair(member, msg.sender)].rights == 0) revert RegisterRightMissing(member, msg.sender, 0);
        _;
    }

    /// @inheritdoc IRegister
    function applyFor(
        bytes16 isil,
        uint8 kind,
        uint8 tier,
        uint16 constituency,
        uint16 region,
        address payee
    ) external returns (MemberId member) {
        if (!Isil.valid(isil)) revert RegisterIsilInvalid(isil);
        if (payee == address(0)) revert RegisterZeroAddress();

        member = MemberId.wrap(MemberId.unwrap(lastMember) + 1);
        lastMember = member;
        _memberships[member] = Membership({
            isil: isil,
            standing: Standing.Applied,
            kind: kind,
            tier: tier,
            priorTier: tier,
            tierSince: NO_PERIOD,
            since: NO_PERIOD,
            until: NO_PERIOD,
            constituency: constituency,
            region: region
        });

        emit MemberApplied(member, isil, kind, tier, constituency, region, payee);
        _setPayee(member, payee);
        _setKey(member, msg.sender, Rights.ALL);
    }

    /// @inheritdoc IRegister
    function admit(MemberId member) external restricted {
        Membership storage membership_ = _in(member, Standing.Applied);
        bytes16 name = Isil.fold(membership_.isil);
        MemberId holder = _members[name];
        if (MemberId.unwrap(holder) != 0) revert RegisterIsilTaken(membership_.isil, holder);

        PeriodId since = periodOf(block.timestamp);
        membership_.standing = Standing.Admitted;
        membership_.since = since;
        membership_.tierSince = since;
        _members[name] = member;

        emit MemberAdmitted(member, since);
        _tell(member);
    }

    /// @inheritdoc IRegister
    function suspend(MemberId member) external restricted {
        Membership storage membership_ = _in(member, Standing.Admitted);

        PeriodId until = periodOf(block.timestamp);
        membership_.standing = Standing.Suspended;
        membership_.until = until;

        emit MemberSuspended(member, until);
        _tell(member);
    }

    /// @inheritdoc IRegister
    function reinstate(MemberId member) external restricted {
        Membership storage membership_ = _in(member, Standing.Suspended);

        membership_.standing = Standing.Admitted;
        membership_.until = NO_PERIOD;

        emit MemberReinstated(member);
        _tell(member);
    }

    /// @inheritdoc IRegister
    function leave(MemberId member) external onlyKey(member, Rights.ALL) {
        if (member < FIRST_MEMBER) revert RegisterMemberUnknown(member);
        Membership storage membership_ = _memberships[member];
        Standing standing = membership_.standing;
        if (standing == Standing.Left) revert RegisterStandingIs(member, standing);

        PeriodId until = periodOf(block.timestamp);
        // A suspended member has been out since its suspension; leaving does not bring it back in.
        if (standing == Standing.Suspended) until = membership_.until;
        membership_.standing = Standing.Left;
        membership_.until = until;
        bytes16 name = Isil.fold(membership_.isil);
        if (_members[name] == member) _members[name] = MemberId.wrap(0);

        emit MemberLeft(member, until);
        _tell(member);
    }

    /// @inheritdoc IRegister
    function scheduleTier(MemberId member, uint8 tier) external restricted {
        Membership storage membership_ = _in(member, Standing.Admitted);
        PeriodId from = periodOf(block.timestamp).next();
        PeriodId earliest = membership_.tierSince.plus(POSTING_WINDOW + 1);
        if (from < earliest) revert RegisterTierTooSoon(member, earliest);

        membership_.priorTier = membership_.tier;
        membership_.tier = tier;
        membership_.tierSince = from;

        emit TierScheduled(member, tier, from);
        _tell(member);
    }

    /// @inheritdoc IRegister
    function classify(MemberId member, uint16 constituency, uint16 region) external restricted {
        _known(member);
        _memberships[member].constituency = constituency;
        _memberships[member].region = region;
        emit MemberClassified(member, constituency, region);
    }

    /// @inheritdoc IRegister
    function setKey(MemberId member, address key, uint8 rights) external {
        if (rights > Rights.ALL) revert RegisterRightsInvalid(rights);
        uint8 touched = rights | _keys[_pair(member, key)].rights;
        bool resigns = key == msg.sender && rights == 0;
        if (touched == 0 || !(hasRight(member, msg.sender, touched) || resigns)) {
            revert RegisterRightMissing(member, msg.sender, touched);
        }
        _setKey(member, key, rights);
    }

    /// @inheritdoc IRegister
    function rotateKey(MemberId member, address newKey) external onlyLivingKey(member) {
        uint8 rights = _keys[_pair(member, msg.sender)].rights;
        uint8 merged = rights | _keys[_pair(member, newKey)].rights;
        _setKey(member, msg.sender, 0);
        _setKey(member, newKey, merged);
    }

    /// @inheritdoc IRegister
    function announceRekey(MemberId member, address key) external restricted {
        _known(member);
        _announce(_pendingKeys[member], key);
        emit RekeyAnnounced(member, key, _pendingKeys[member].readyAt);
    }

    /// @inheritdoc IRegister
    function cancelRekey(MemberId member) external onlyLivingKey(member) {
        if (_pendingKeys[member].target == address(0)) revert RegisterNothingPending(member);
        delete _pendingKeys[member];
        emit RekeyAnnounced(member, address(0), 0);
    }

    /// @inheritdoc IRegister
    function rekey(MemberId member) external {
        address key = _ready(member, _pendingKeys[member]);
        delete _pendingKeys[member];
        emit RekeyAnnounced(member, address(0), 0);
        _setKey(member, key, Rights.ALL);
    }

    /// @inheritdoc IRegister
    function announcePayee(MemberId member, address payee) external onlyKey(member, Rights.CASH) {
        _announce(_pendingPayees[member], payee);
        emit PayeeAnnounced(member, payee, _pendingPayees[member].readyAt);
    }

    /// @inheritdoc IRegister
    function cancelPayee(MemberId member) external onlyLivingKey(member) {
        if (_pendingPayees[member].target == address(0)) revert RegisterNothingPending(member);
        delete _pendingPayees[member];
        emit PayeeAnnounced(member, address(0), 0);
    }

    /// @inheritdoc IRegister
    function applyPayee(MemberId member) external {
        address payee = _ready(member, _pendingPayees[member]);
        delete _pendingPayees[member];
        emit PayeeAnnounced(member, address(0), 0);
        _setPayee(member, payee);
    }

    /// @inheritdoc IRegister
    function appoint(MemberId reserved, address key, uint8 rights, address payee) external restricted {
        if (!(reserved < FIRST_MEMBER) || MemberId.unwrap(reserved) == 0)
            revert RegisterNotReserved(reserved);
        if (rights > Rights.ALL) revert RegisterRightsInvalid(rights);
        if (key == address(0) || payee == address(0)) revert RegisterZeroAddress();
        if (_pendingPayees[reserved].target != address(0)) {
            delete _pendingPayees[reserved];
            emit PayeeAnnounced(reserved, address(0), 0);
        }
        _setPayee(reserved, payee);
        _setKey(reserved, key, rights);
    }

    /// @inheritdoc IRegister
    function bindLedger(address ledger_) external restricted {
        ledger = ledger_;
        emit LedgerBound(ledger_);
    }

    /// @inheritdoc IRegister
    function hasRight(MemberId member, address key, uint8 right) public view returns (bool) {
        return right != 0 && _keys[_pair(member, key)].rights & right == right;
    }

    /// @inheritdoc IRegister
    function wasMember(MemberId member, PeriodId period) external view returns (bool) {
        Membership storage membership_ = _memberships[member];
        if (membership_.since == NO_PERIOD || period < membership_.since) return false;
        if (membership_.standing == Standing.Left) return period <= membership_.until;
        return period <= periodOf(block.timestamp);
    }

    /// @inheritdoc IRegister
    function membership(MemberId member) external view returns (Membership memory) {
        return _memberships[member];
    }

    /// @inheritdoc IRegister
    function memberOf(bytes16 isil) external view returns (MemberId) {
        return _members[Isil.fold(isil)];
    }

    /// @inheritdoc IRegister
    function payeeOf(MemberId member) external view returns (address) {
        return _payees[member];
    }

    /// @inheritdoc IRegister
    function keyOf(MemberId member, address key) external view returns (DelegateKey memory) {
        return _keys[_pair(member, key)];
    }

    /// @inheritdoc IRegister
    function pendingPayee(MemberId member) external view returns (PendingChange memory) {
        return _pendingPayees[member];
    }

    /// @inheritdoc IRegister
    function pendingKey(MemberId member) external view returns (PendingChange memory) {
        return _pendingKeys[member];
    }

    function _setKey(MemberId member, address key, uint8 rights) private {
        if (key == address(0)) revert RegisterZeroAddress();
        DelegateKey storage word = _keys[_pair(member, key)];
        if (rights == 0) {
            word.until = uint40(block.timestamp);
        } else {
            if (word.rights == 0) word.since = uint40(block.timestamp);
            word.until = 0;
        }
        word.rights = rights;
        emit KeySet(member, key, rights);
    }

    function _pair(MemberId member, address key) private pure returns (uint192) {
        return (uint192(MemberId.unwrap(member)) << 160) | uint160(key);
    }

    function _setPayee(MemberId member, address payee) private {
        _payees[member] = payee;
        emit PayeeSet(member, payee);
    }

    function _announce(PendingChange storage pending, address target) private {
        if (target == address(0)) revert RegisterZeroAddress();
        pending.target = target;
        pending.readyAt = uint40(block.timestamp) + OBJECTION_TIME;
    }

    function _ready(MemberId member, PendingChange storage pending) private view returns (address target) {
        target = pending.target;
        if (target == address(0)) revert RegisterNothingPending(member);
        if (block.timestamp < pending.readyAt) revert RegisterTooEarly(member, pending.readyAt);
    }

    function _known(MemberId member) private view {
        if (member < FIRST_MEMBER || lastMember < member) revert RegisterMemberUnknown(member);
    }

    function _in(MemberId member, Standing standing) private view returns (Membership storage membership_) {
        _known(member);
        membership_ = _memberships[member];
        if (membership_.standing != standing) revert RegisterStandingIs(member, membership_.standing);
    }

    function _tell(MemberId member) private {
        if (ledger != address(0)) IAccounts(ledger).sync(member);
    }
}
