// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IAccounts} from "./interfaces/IAccounts.sol";
import {AccountView, ILedger} from "./interfaces/ILedger.sol";
import {IRegister, Membership, PendingChange, Standing} from "./interfaces/IRegister.sol";
import {IRoll} from "./interfaces/IRoll.sol";
import {Isil} from "./libraries/Isil.sol";
import {Agreements} from "./register/Agreements.sol";
import {Keys} from "./register/Keys.sol";
import {COMMONS, FIRST_MEMBER, MemberId, RELIEF} from "./types/MemberId.sol";
import {NO_PERIOD, PeriodId, POSTING_WINDOW, periodOf} from "./types/PeriodId.sol";
import {Rights} from "./types/Rights.sol";

/// @title Register
/// @notice See IRegister.
contract Register is Agreements {
    /// @notice The ledger that is told of every change.
    address public ledger;

    MemberId public lastMember = RELIEF;

    /// @inheritdoc IRegister
    uint32 public members;

    /// @notice Who keeps the roll of voters and is told of every change.
    address public roll;

    mapping(MemberId member => Membership) private _memberships;
    mapping(MemberId member => address) private _payees;
    mapping(MemberId member => PendingChange) private _pendingPayees;
    mapping(bytes16 isil => MemberId) private _members;

    constructor(address charter) Keys(charter) {
        PeriodId now_ = periodOf(block.timestamp);
        _memberships[COMMONS].since = now_;
        _memberships[COMMONS].standing = Standing.Admitted;
        _memberships[RELIEF].since = now_;
        _memberships[RELIEF].standing = Standing.Admitted;
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
            region: region,
            choosy: false
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
        ++members;

        emit MemberAdmitted(member, since);
        _tell(member);
    }

    /// @inheritdoc IRegister
    function suspend(MemberId member) external restricted {
        _suspend(member);
    }

    /// @inheritdoc IRegister
    function suspendDebtor(MemberId member) external {
        AccountView memory account = ILedger(ledger).account(member);
        uint256 overdueAt = account.indebtedSince + ILedger(ledger).DEBT_TERM();
        // Who holds enough to pay is not overdue: anyone can have it pay.
        bool solvent = account.position + int256(account.cash) >= int256(account.debts);
        if (solvent || block.timestamp < overdueAt) revert RegisterNotOverdue(member, overdueAt);
        _suspend(member);
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
        if (standing != Standing.Applied) --members;
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
        _tell(member);
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
    function bindRoll(address roll_) external restricted {
        roll = roll_;
        emit RollBound(roll_);
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
    function pendingPayee(MemberId member) external view returns (PendingChange memory) {
        return _pendingPayees[member];
    }

    function _setPayee(MemberId member, address payee) private {
        _payees[member] = payee;
        emit PayeeSet(member, payee);
    }

    function _known(MemberId member) internal view override {
        if (member < FIRST_MEMBER || lastMember < member) revert RegisterMemberUnknown(member);
    }

    function _ledger() internal view override returns (address) {
        return ledger;
    }

    function _requireAdmitted(MemberId member) internal view override {
        _in(member, Standing.Admitted);
    }

    function _in(MemberId member, Standing standing) private view returns (Membership storage membership_) {
        _known(member);
        membership_ = _memberships[member];
        if (membership_.standing != standing) revert RegisterStandingIs(member, membership_.standing);
    }

    function _suspend(MemberId member) private {
        Membership storage membership_ = _in(member, Standing.Admitted);

        PeriodId until = periodOf(block.timestamp);
        membership_.standing = Standing.Suspended;
        membership_.until = until;

        emit MemberSuspended(member, until);
        _tell(member);
    }

    function _becomeChoosy(MemberId member) internal override {
        if (_memberships[member].choosy) return;
        _memberships[member].choosy = true;
        _tell(member);
    }

    function _tell(MemberId member) private {
        if (ledger != address(0)) IAccounts(ledger).sync(member);
        // COMMONS and RELIEF are accounts, not voters.
        if (roll != address(0) && !(member < FIRST_MEMBER)) IRoll(roll).sync(member);
    }
}
