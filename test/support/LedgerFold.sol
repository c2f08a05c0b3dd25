// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IDeskBook} from "../../contracts/interfaces/IDeskBook.sol";
import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {IPricing} from "../../contracts/interfaces/IPricing.sol";
import {Legs} from "../../contracts/libraries/Legs.sol";
import {IVm} from "./Vm.sol";

/// @title LedgerFold
/// @notice The whole book from the logs of the ledger, and of pricing where others pay and get, and nothing else, as invariant 6 says that anybody can have it.
/// @dev A debt is logged before the charge or reversal it is part of. It is taken as undoing that part, and told as
/// one for services or one owed back by what follows.
contract LedgerFold {
    struct Account {
        int256 position;
        int256 cash;
        uint256 supplied;
        uint256 standing;
        uint256 advances;
        uint256 debts;
        uint256 indebtedSince;
    }

    struct Debt {
        uint256 services;
        uint256 back;
    }

    struct Acknowledgement {
        uint32 debtor;
        uint32 creditor;
        uint256 amount;
    }

    struct Batch {
        uint32 supplier;
        uint256 period;
        uint256 postedAt;
    }

    struct Announcement {
        uint256 amount;
        uint256 readyAt;
        address payee;
    }

    struct Tiers {
        uint256 since;
        uint8 tier;
        uint8 priorTier;
    }

    uint32 public immutable last;
    uint256 public open;
    uint256 public backing;
    uint256 public bonds;
    uint256 public pausedUntil;
    uint256 private _paused;
    uint256 private _cancelledServices;
    Acknowledgement[] private _pending;
    mapping(uint32 member => Account) private _accounts;
    mapping(uint32 sponsor => mapping(uint32 member => uint256)) public advanceOf;
    mapping(uint32 debtor => mapping(uint32 creditor => Debt)) private _debts;
    mapping(uint32 supplier => mapping(uint32 number => bool)) public numberUsed;
    mapping(bytes32 root => Batch) private _batches;
    mapping(uint32 member => Announcement) private _announced;
    mapping(uint32 member => Tiers) private _tiers;
    mapping(uint32 member => mapping(uint256 month => int256)) public netOf;

    error LogUnknown(bytes32 topic);

    /// @param last_ accounts are numbered from one to this
    /// @param open_ the month in which the ledger was built
    constructor(uint32 last_, uint256 open_) {
        last = last_;
        open = open_;
    }

    /// @param when in seconds since 1970
    function take(IVm.Log calldata log, uint256 when) external {
        bytes32 what = log.topics[0];
        if (what == ILedger.StatementsPosted.selector) _posted(log, when);
        else if (what == IDeskBook.ClaimCharged.selector) _charged(log, when);
        else if (what == IPricing.LegsSettled.selector) _legsSettled(log);
        else if (what == IDeskBook.GivenBack.selector) _givenBack(log);
        else if (what == ILedger.DebtAcknowledged.selector) _acknowledged(log, when);
        else if (what == ILedger.DebtPaid.selector) _debtPaid(log);
        else if (what == ILedger.DebtCancelled.selector) _debtCancelled(log);
        else if (what == ILedger.PeriodClosed.selector) _closed();
        else if (what == ILedger.PostingPaused.selector) _pausedAt(abi.decode(log.data, (uint256)), when);
        else if (what == ILedger.AccountSynced.selector) _synced(log);
        else if (what == ILedger.WithdrawalAnnounced.selector) _announcedAt(log);
        else if (!_movesNothing(what)) _cash(log);
    }

    function account(uint32 member) external view returns (Account memory) {
        return _accounts[member];
    }

    function debtOf(uint32 debtor, uint32 creditor) external view returns (uint256) {
        return _debts[debtor][creditor].services + _debts[debtor][creditor].back;
    }

    function batchOf(bytes32 root) external view returns (Batch memory) {
        return _batches[root];
    }

    function withdrawalOf(uint32 member) external view returns (Announcement memory) {
        return _announced[member];
    }

    function pausedSeconds(uint256 when) external view returns (uint256) {
        return pausedUntil > when ? _paused - (pausedUntil - when) : _paused;
    }

    function tierIn(uint32 member, uint256 month) external view returns (uint8) {
        Tiers storage one = _tiers[member];
        return month < one.since ? one.priorTier : one.tier;
    }

    function room(uint32 member) external view returns (uint256) {
        Account storage one = _accounts[member];
        return _atLeastZero(one.position + one.cash - int256(one.debts));
    }

    function free(uint32 member) external view returns (uint256) {
        Account storage one = _accounts[member];
        int256 settled = one.position < 0 ? one.cash + one.position : one.cash;
        return _atLeastZero(settled - int256(one.advances) - int256(one.debts));
    }

    function _movesNothing(bytes32 what) private pure returns (bool) {
        return
            what == ILedger.StatementSkipped.selector ||
            what == IDeskBook.AccountWatched.selector ||
            what == IAccessManaged.AuthorityUpdated.selector;
    }

    function _posted(IVm.Log calldata log, uint256 when) private {
        uint32 supplier = uint32(uint256(log.topics[1]));
        (uint256 posted, bytes memory batch, bytes memory charges) = abi.decode(
            log.data,
            (uint256, bytes, bytes)
        );
        (uint256 offset, uint256 gross) = (0, 0);
        for (uint256 i = 0; i < charges.length / 16; ++i) {
            if ((posted >> i) & 1 == 1) {
                uint32 consumer = uint32(_number(batch, offset, 4));
                numberUsed[supplier][uint32(_number(batch, offset + 4, 4))] = true;
                (uint256 own, uint256 fee) = (_number(charges, 16 * i, 8), _number(charges, 16 * i + 8, 8));
                _move(consumer, supplier, own);
                _move(consumer, 1, fee);
                gross += own;
            }
            offset = _behind(batch, offset);
        }
        if (log.topics[3] != 0) _batches[log.topics[3]] = Batch(supplier, uint256(log.topics[2]), when);
        uint256 owed = _settlePending(supplier);
        // What COMMONS is owed may be fees: whoever asks what it supplied has to price its statements.
        if (supplier > 2) _supply(supplier, gross - owed);
    }

    /// @dev What others pay of a statement and get of it; its batch is logged behind.
    function _legsSettled(IVm.Log calldata log) private {
        uint32 consumer = uint32(uint256(log.topics[3]));
        (uint256 granted, uint256[] memory legs) = abi.decode(log.data, (uint256, uint256[]));
        _accounts[2].cash += int256(granted);
        bonds -= granted;
        for (uint256 i = 0; i < legs.length; ++i) {
            if (Legs.isAid(legs[i])) _move(2, consumer, Legs.amount(legs[i]));
            else _move(consumer, Legs.target(legs[i]), Legs.amount(legs[i]));
        }
    }

    function _charged(IVm.Log calldata log, uint256 when) private {
        (uint32 supplier, uint32 consumer) = _pair(log);
        (uint256 gross, uint256 fee) = abi.decode(log.data, (uint256, uint256));
        _move(consumer, supplier, gross);
        _move(consumer, 1, fee);
        _batches[log.topics[3]] = Batch(supplier, open, when);
        _supply(supplier, gross - _settlePending(supplier));
    }

    function _givenBack(IVm.Log calldata log) private {
        (uint32 supplier, uint32 consumer) = _pair(log);
        uint256 amount = abi.decode(log.data, (uint256));
        _move(supplier, consumer, amount);
        uint256 less = amount - _cancelledServices;
        uint256 supplied = _accounts[supplier].supplied;
        _accounts[supplier].supplied = supplied > less ? supplied - less : 0;
        _cancelledServices = 0;
        for (; _pending.length != 0; _pending.pop()) {
            Acknowledgement memory one = _pending[_pending.length - 1];
            _debts[one.debtor][one.creditor].back += one.amount;
        }
    }

    function _acknowledged(IVm.Log calldata log, uint256 when) private {
        (uint32 debtor, uint32 creditor) = _pair(log);
        uint256 amount = abi.decode(log.data, (uint256));
        _move(creditor, debtor, amount);
        if (_accounts[debtor].debts == 0) _accounts[debtor].indebtedSince = when;
        _accounts[debtor].debts += amount;
        _pending.push(Acknowledgement(debtor, creditor, amount));
    }

    /// @dev Notes the debts of a charge as owed for services.
    /// @return owed what of them is owed to the supplier
    function _settlePending(uint32 supplier) private returns (uint256 owed) {
        for (; _pending.length != 0; _pending.pop()) {
            Acknowledgement memory one = _pending[_pending.length - 1];
            _debts[one.debtor][one.creditor].services += one.amount;
            if (one.creditor == supplier) owed += one.amount;
        }
    }

    function _debtPaid(IVm.Log calldata log) private {
        (uint32 debtor, uint32 creditor) = _pair(log);
        uint256 amount = abi.decode(log.data, (uint256));
        uint256 services = _takeOff(debtor, creditor, amount);
        _move(debtor, creditor, amount);
        if (creditor > 2) _supply(creditor, services);
    }

    function _debtCancelled(IVm.Log calldata log) private {
        (uint32 debtor, uint32 creditor) = _pair(log);
        uint256 amount = abi.decode(log.data, (uint256));
        _cancelledServices = _takeOff(debtor, creditor, amount);
        _move(debtor, creditor, amount);
    }

    function _takeOff(uint32 debtor, uint32 creditor, uint256 amount) private returns (uint256 services) {
        Debt storage debt = _debts[debtor][creditor];
        services = debt.services < amount ? debt.services : amount;
        debt.services -= services;
        debt.back -= amount - services;
        _accounts[debtor].debts -= amount;
        if (_accounts[debtor].debts == 0) _accounts[debtor].indebtedSince = 0;
    }

    function _closed() private {
        for (uint32 member = 1; member <= last; ++member) {
            Account storage one = _accounts[member];
            netOf[member][open] = one.position;
            one.cash += one.position;
            one.position = 0;
            one.standing = (one.standing * 11) / 12 + one.supplied;
            one.supplied = 0;
        }
        ++open;
    }

    /// @dev Either a pause begins or the running one ends now.
    function _pausedAt(uint256 until, uint256 when) private {
        if (pausedUntil > when) _paused -= pausedUntil - when;
        _paused += until - when;
        pausedUntil = until;
    }

    function _synced(IVm.Log calldata log) private {
        (, , uint16 since, uint8 tier, uint8 priorTier) = abi.decode(
            log.data,
            (uint16, uint16, uint16, uint8, uint8)
        );
        _tiers[uint32(uint256(log.topics[1]))] = Tiers(since, tier, priorTier);
    }

    function _announcedAt(IVm.Log calldata log) private {
        (uint256 amount, uint256 readyAt, address payee) = abi.decode(log.data, (uint256, uint256, address));
        uint32 member = uint32(uint256(log.topics[1]));
        if (amount == 0) delete _announced[member];
        else _announced[member] = Announcement(amount, readyAt, payee);
    }

    /// @dev What moves cash.
    function _cash(IVm.Log calldata log) private {
        bytes32 what = log.topics[0];
        uint32 member = log.topics.length == 1 ? 2 : uint32(uint256(log.topics[1]));
        uint256 amount = abi.decode(log.data, (uint256));
        int256 sum = int256(amount);
        if (what == ILedger.Deposited.selector) {
            _accounts[member].cash += sum;
            backing += amount;
        } else if (what == ILedger.Withdrawn.selector) {
            _accounts[member].cash -= sum;
            backing -= amount;
            delete _announced[member];
        } else if (what == IDeskBook.AdvanceGiven.selector || what == IDeskBook.AdvanceReturned.selector) {
            if (what == IDeskBook.AdvanceReturned.selector) sum = -sum;
            (uint32 sponsor, uint32 to) = _pair(log);
            _accounts[sponsor].cash -= sum;
            _accounts[to].cash += sum;
            _accounts[to].advances = uint256(int256(_accounts[to].advances) + sum);
            advanceOf[sponsor][to] = uint256(int256(advanceOf[sponsor][to]) + sum);
        } else if (what == IDeskBook.BondLocked.selector) {
            _accounts[member].cash -= sum;
            bonds += amount;
            numberUsed[member][uint32(uint256(log.topics[2]))] = true;
        } else if (what == IDeskBook.PotFilled.selector) {
            _accounts[member].cash -= sum;
            bonds += amount;
        } else if (what == IDeskBook.PotReturned.selector) {
            bonds -= amount;
            backing -= amount;
        } else if (what == IDeskBook.BondReleased.selector || what == IDeskBook.PotEmptied.selector) {
            _accounts[member].cash += sum;
            bonds -= amount;
        } else {
            revert LogUnknown(what);
        }
    }

    function _supply(uint32 member, uint256 amount) private {
        uint256 supplied = _accounts[member].supplied + amount;
        _accounts[member].supplied = supplied > type(uint56).max ? type(uint56).max : supplied;
    }

    function _move(uint32 from, uint32 to, uint256 amount) private {
        _accounts[from].position -= int256(amount);
        _accounts[to].position += int256(amount);
    }

    function _pair(IVm.Log calldata log) private pure returns (uint32, uint32) {
        return (uint32(uint256(log.topics[1])), uint32(uint256(log.topics[2])));
    }

    /// @dev Where the statement behind the one at `offset` begins.
    function _behind(bytes memory batch, uint256 offset) private pure returns (uint256) {
        uint256 form = _number(batch, offset + 21, 1);
        uint256 signature = offset + 54 + (form & 2 == 0 ? 6 : 10) * _number(batch, offset + 20, 1);
        if (form & 1 == 0) return signature + 64;
        return signature + 22 + _number(batch, signature + 20, 2);
    }

    function _number(bytes memory data, uint256 from, uint256 size) private pure returns (uint256 number) {
        for (uint256 i = 0; i < size; ++i) number = (number << 8) | uint8(data[from + i]);
    }

    function _atLeastZero(int256 amount) private pure returns (uint256) {
        return amount < 0 ? 0 : uint256(amount);
    }
}
