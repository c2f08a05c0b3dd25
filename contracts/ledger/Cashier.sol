// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {ILedger, Withdrawal} from "../interfaces/ILedger.sol";
import {AccountWord} from "../types/AccountWord.sol";
import {MemberId} from "../types/MemberId.sol";
import {Rights} from "../types/Rights.sol";
import {Book} from "./Book.sol";

/// @title Cashier
/// @notice Where assets come in and go out. Only a plain ERC-20 passes: every transfer is measured.
abstract contract Cashier is Book, ReentrancyGuardTransient {
    using SafeERC20 for IERC20Metadata;

    /// @notice What credits are settled in.
    IERC20Metadata public immutable ASSET;

    /// @dev Units of the asset that make a millionth of a credit.
    uint256 private immutable _scale;

    /// @notice Seconds between the announcement of a withdrawal and its execution.
    uint32 public immutable WITHDRAWAL_NOTICE;

    /// @notice Seconds for which a withdrawal stays executable after its notice.
    uint32 public immutable WITHDRAWAL_WINDOW;

    /// @dev The most the book may hold, so that no position can overflow its 64 bits.
    uint256 private constant BACKING_LIMIT = uint256(uint64(type(int64).max));

    mapping(MemberId member => Withdrawal) private _withdrawals;

    constructor(IERC20Metadata asset, uint32 withdrawalNotice, uint32 withdrawalWindow) {
        uint8 decimals = asset.decimals();
        if (decimals < 6 || decimals > 18) revert LedgerAssetDecimals(decimals);
        ASSET = asset;
        _scale = 10 ** (decimals - 6);
        WITHDRAWAL_NOTICE = withdrawalNotice;
        WITHDRAWAL_WINDOW = withdrawalWindow;
    }

    /// @inheritdoc ILedger
    function deposit(MemberId member, uint64 amount) external nonReentrant {
        if (amount == 0) revert LedgerAmountZero();
        AccountWord word = _known(member);
        uint256 before = _clock.backing;
        uint256 total = before + amount;
        if (total > BACKING_LIMIT) revert LedgerBackingFull(before, BACKING_LIMIT);

        _clock.backing = uint64(total);
        _accounts[member] = word.withBalances(word.position(), word.cash() + amount);

        emit Deposited(member, msg.sender, amount);

        uint256 held = ASSET.balanceOf(address(this));
        if (held < before * _scale) revert LedgerAssetShort(held, before * _scale);
        uint256 units = amount * _scale;
        ASSET.safeTransferFrom(msg.sender, address(this), units);
        uint256 moved = ASSET.balanceOf(address(this)) - held;
        if (moved != units) revert LedgerAssetNotExact(units, moved);
    }

    /// @inheritdoc ILedger
    function announceWithdrawal(MemberId member, uint64 amount) external {
        _requireRight(member, Rights.CASH);
        address payee = REGISTER.payeeOf(member);
        uint32 readyAt = uint32(block.timestamp + WITHDRAWAL_NOTICE);
        if (amount == 0) {
            delete _withdrawals[member];
        } else {
            _withdrawals[member] = Withdrawal(amount, readyAt, payee);
        }
        emit WithdrawalAnnounced(member, amount, readyAt, payee);
    }

    /// @inheritdoc ILedger
    function withdraw(MemberId member) external nonReentrant returns (uint256 paid) {
        Withdrawal memory withdrawal = _withdrawals[member];
        if (withdrawal.amount == 0) revert LedgerNothingAnnounced(member);
        if (block.timestamp < withdrawal.readyAt) revert LedgerTooEarly(member, withdrawal.readyAt);
        uint256 expiresAt = uint256(withdrawal.readyAt) + WITHDRAWAL_WINDOW;
        if (block.timestamp > expiresAt) revert LedgerTooLate(member, expiresAt);
        AccountWord word = _known(member);
        paid = _payable(member, word, withdrawal.amount);

        delete _withdrawals[member];
        _accounts[member] = word.withBalances(word.position(), word.cash() - paid);
        _clock.backing -= uint64(paid);

        emit Withdrawn(member, withdrawal.payee, paid);

        ASSET.safeTransfer(withdrawal.payee, paid * _scale);
    }

    /// @dev Pays what was set aside out of the ledger.
    function _payOut(address to, uint64 amount) internal nonReentrant {
        _clock.bonds -= amount;
        _clock.backing -= amount;

        emit PotReturned(to, amount);

        ASSET.safeTransfer(to, amount * _scale);
    }

    /// @inheritdoc ILedger
    function withdrawalOf(MemberId member) external view returns (Withdrawal memory) {
        return _withdrawals[member];
    }

    /// @dev All of it for anyone; less only for a cash key, so that nobody can waste an announcement.
    function _payable(
        MemberId member,
        AccountWord word,
        uint256 announced
    ) private view returns (uint256 paid) {
        paid = announced;
        uint256 free = _free(member, word);
        if (free < announced) {
            if (free == 0 || !REGISTER.hasRight(member, msg.sender, Rights.CASH)) {
                revert LedgerNotFree(member, announced, free);
            }
            paid = free;
        }
    }
}
