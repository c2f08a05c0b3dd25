// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {IDeskBook} from "./interfaces/IDeskBook.sol";
import {Desks, ILedger, Terms} from "./interfaces/ILedger.sol";
import {IPricing} from "./interfaces/IPricing.sol";
import {IRegister} from "./interfaces/IRegister.sol";
import {Book} from "./ledger/Book.sol";
import {Cashier} from "./ledger/Cashier.sol";
import {Debts} from "./ledger/Debts.sol";
import {DeskBook} from "./ledger/DeskBook.sol";
import {Prices} from "./ledger/Prices.sol";
import {PeriodId} from "./types/PeriodId.sol";

/// @title Ledger
/// @notice See ILedger.
contract Ledger is DeskBook, Cashier, AccessManaged {
    /// @notice The longest notice of a withdrawal that a charter can set, in seconds.
    uint32 public constant NOTICE_LIMIT = 90 days;

    /// @notice The longest pause of posting, in seconds.
    uint40 public constant PAUSE_LIMIT = 7 days;

    /// @notice How long after a pause posting cannot be paused again, in seconds.
    uint40 public constant PAUSE_COOLDOWN = 30 days;

    constructor(
        address charter,
        IRegister register,
        IERC20Metadata asset,
        Desks memory desks,
        Terms memory terms
    )
        Book(register)
        Debts(terms.debtTerm)
        Prices(IPricing(desks.pricing))
        DeskBook(desks)
        Cashier(asset, terms.withdrawalNotice, terms.withdrawalWindow)
        AccessManaged(charter)
        EIP712("Consortia Ledger", "1")
    {
        // A window longer than the notice would let a standing announcement stand in for the notice.
        bool bounded =
            terms.withdrawalNotice <= NOTICE_LIMIT && terms.withdrawalWindow <= terms.withdrawalNotice;
        if (terms.withdrawalWindow == 0 || terms.debtTerm == 0 || !bounded) revert LedgerTermsInvalid();
    }

    /// @inheritdoc IDeskBook
    function returnPot(address to, uint64 amount) external {
        _only(address(PRICING));
        _payOut(to, amount);
    }

    /// @inheritdoc ILedger
    function closePeriod() external {
        PeriodId open = _clock.open;
        uint256 end = open.end();
        if (block.timestamp < end) revert LedgerPeriodOpen(open, end);

        _clock.open = open.next();

        emit PeriodClosed(open);
    }

    /// @inheritdoc ILedger
    function pausePosting(uint40 duration) external restricted {
        if (duration > PAUSE_LIMIT) revert LedgerPauseTooLong(duration, PAUSE_LIMIT);
        uint40 last = _clock.pausedUntil;
        uint256 readyAt = last == 0 ? 0 : uint256(last) + PAUSE_COOLDOWN;
        if (block.timestamp < readyAt) revert LedgerPauseCooling(readyAt);

        uint40 until = uint40(block.timestamp) + duration;
        _clock.pausedUntil = until;
        _clock.pausedSeconds += duration;

        emit PostingPaused(until);
    }

    /// @inheritdoc ILedger
    function resumePosting() external restricted {
        uint40 until = _clock.pausedUntil;
        if (block.timestamp >= until) revert LedgerPaused(until);

        _clock.pausedUntil = uint40(block.timestamp);
        _clock.pausedSeconds -= until - uint40(block.timestamp);

        emit PostingPaused(block.timestamp);
    }
}
