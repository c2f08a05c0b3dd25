// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IAccounts} from "../interfaces/IAccounts.sol";
import {AccountView, ILedger} from "../interfaces/ILedger.sol";
import {IRegister, Membership} from "../interfaces/IRegister.sol";
import {Standing} from "../libraries/Standing.sol";
import {ADVANCED, AccountWord, INDEBTED, KNOWN, WATCHED} from "../types/AccountWord.sol";
import {COMMONS, MemberId, RELIEF} from "../types/MemberId.sol";
import {Obligations} from "../types/Obligations.sol";
import {NO_PERIOD, PeriodId, periodOf} from "../types/PeriodId.sol";

/// @title Book
/// @notice The accounts, and how one is rolled into the open month.
abstract contract Book is ILedger {
    /// @dev Everything the whole book shares, in one word.
    /// @param open the open month
    /// @param pausedUntil until when posting is paused
    /// @param backing the sum of all cash and of what is set aside
    /// @param bonds what is set aside: bonds, grants, compensation
    /// @param pausedSeconds how long all pauses last together, the running one to its end
    struct Clock {
        PeriodId open;
        uint40 pausedUntil;
        uint64 backing;
        uint64 bonds;
        uint40 pausedSeconds;
    }

    /// @notice Institutions and their keys.
    IRegister public immutable REGISTER;

    Clock internal _clock;
    mapping(MemberId member => AccountWord) internal _accounts;
    mapping(MemberId member => Obligations) internal _obligations;
    mapping(uint64 memberAndPeriod => int256) private _nets;

    constructor(IRegister register) {
        REGISTER = register;
        _clock.open = periodOf(block.timestamp);
        _sync(COMMONS);
        _sync(RELIEF);
    }

    /// @inheritdoc IAccounts
    function sync(MemberId member) external {
        _sync(member);
    }

    /// @inheritdoc ILedger
    function touch(MemberId member) external {
        _known(member);
    }

    /// @inheritdoc ILedger
    function account(MemberId member) external view returns (AccountView memory view_) {
        AccountWord word = _accounts[member];
        Obligations memory owed = _obligations[member];
        PeriodId open = _clock.open;
        uint256 supplied = word.supplied();
        if (word.lags(open)) {
            if (supplied != 0) (owed.standing, owed.standingPeriod) = _flow(owed, word);
            word = word.settleInto(open);
        }
        view_.position = word.position();
        view_.cash = word.cash();
        view_.supplied = word.supplied();
        view_.room = _floor(word.backing(), owed.debts);
        view_.free = _floor(word.settled(), uint256(owed.advances) + owed.debts);
        view_.advances = owed.advances;
        view_.debts = owed.debts;
        view_.indebtedSince = owed.indebtedSince;
        if (owed.standing != 0) {
            view_.standing = Standing.decay(owed.standing, _months(owed.standingPeriod, open) - 1);
        }
    }

    /// @inheritdoc ILedger
    function openPeriod() external view returns (PeriodId) {
        return _clock.open;
    }

    /// @inheritdoc ILedger
    function backing() external view returns (uint256) {
        return _clock.backing;
    }

    /// @inheritdoc ILedger
    function bonds() external view returns (uint256) {
        return _clock.bonds;
    }

    /// @inheritdoc ILedger
    function netOf(MemberId member, PeriodId period) external view returns (int256) {
        return _nets[_netKey(member, period)];
    }

    /// @inheritdoc ILedger
    function pausedUntil() external view returns (uint256) {
        return _clock.pausedUntil;
    }

    /// @inheritdoc ILedger
    function pausedSeconds() external view returns (uint256) {
        return _clock.pausedSeconds - _floor(_clock.pausedUntil, block.timestamp);
    }

    /// @dev Copies what the register says of a membership into its account.
    function _sync(MemberId member) private {
        Membership memory membership = REGISTER.membership(member);
        if (REGISTER.lastMember() < member || MemberId.unwrap(member) == 0)
            revert LedgerMemberUnknown(member);

        _accounts[member] = _rolled(member).withMembership(
            membership.since,
            membership.until,
            membership.tierSince,
            membership.tier,
            membership.priorTier,
            membership.choosy
        );

        emit AccountSynced(
            member,
            membership.since,
            membership.until,
            membership.tierSince,
            membership.tier,
            membership.priorTier,
            membership.choosy
        );
    }

    /// @dev An account, rolled into the open month in one step however long it slept.
    function _rolled(MemberId member) internal returns (AccountWord) {
        return _rolledInto(member, _clock.open);
    }

    /// @dev The same where the caller knows the open month.
    function _rolledInto(MemberId member, PeriodId open) internal returns (AccountWord word) {
        word = _accounts[member];
        if (word.lags(open)) {
            if (word.supplied() != 0) {
                Obligations storage owed = _obligations[member];
                (owed.standing, owed.standingPeriod) = _flow(owed, word);
            }
            if (word.has(WATCHED)) _nets[_netKey(member, word.period())] = word.position();
            word = word.settleInto(open);
            // Stored at once: a caller that gives up must not let the same month flow into standing again.
            _accounts[member] = word;
        }
    }

    /// @dev A rolled account that must exist.
    function _known(MemberId member) internal returns (AccountWord word) {
        word = _rolled(member);
        if (!word.has(KNOWN)) revert LedgerMemberUnknown(member);
    }

    /// @dev What may still be debited.
    function _room(MemberId member, AccountWord word) internal view returns (uint256) {
        return word.has(INDEBTED) ? _floor(word.backing(), _obligations[member].debts) : word.backing();
    }

    /// @dev Settled cash that no open debit and no acknowledged debt needs.
    function _unspent(MemberId member, AccountWord word) internal view returns (uint256) {
        return word.has(INDEBTED) ? _floor(word.settled(), _obligations[member].debts) : word.settled();
    }

    /// @dev What may be withdrawn.
    function _free(MemberId member, AccountWord word) internal view returns (uint256) {
        uint256 unspent = _unspent(member, word);
        return word.has(ADVANCED) ? _floor(unspent, _obligations[member].advances) : unspent;
    }

    function _requireRight(MemberId member, uint8 right) internal view {
        if (!REGISTER.hasRight(member, msg.sender, right))
            revert LedgerRightMissing(member, msg.sender, right);
    }

    /// @dev Moves settled cash that the caller found free out of an account, to be set aside.
    function _setAside(MemberId member, AccountWord word, uint64 amount) internal {
        _clock.bonds += amount;
        _accounts[member] = word.withBalances(word.position(), word.cash() - amount);
    }

    /// @dev Pays what was set aside into an account.
    function _release(MemberId member, uint64 amount) internal {
        AccountWord word = _known(member);
        _clock.bonds -= amount;
        _accounts[member] = word.withBalances(word.position(), word.cash() + amount);
    }

    function _pair(MemberId first, MemberId second) internal pure returns (uint64) {
        return (uint64(MemberId.unwrap(first)) << 32) | MemberId.unwrap(second);
    }

    function _floor(uint256 from, uint256 less) internal pure returns (uint256) {
        unchecked {
            return from > less ? from - less : 0;
        }
    }

    function _netKey(MemberId member, PeriodId period) private pure returns (uint64) {
        return (uint64(MemberId.unwrap(member)) << 16) | PeriodId.unwrap(period);
    }

    /// @dev Lets what an account supplied in its last month flow into its standing.
    function _flow(Obligations memory owed, AccountWord word) private pure returns (uint64, PeriodId) {
        PeriodId month = word.period();
        uint256 standing =
            owed.standing == 0 ? 0 : Standing.decay(owed.standing, _months(owed.standingPeriod, month));
        return (uint64(standing + word.supplied()), month);
    }

    function _months(PeriodId from, PeriodId to) private pure returns (uint256) {
        return from == NO_PERIOD ? 0 : PeriodId.unwrap(to) - PeriodId.unwrap(from);
    }
}
