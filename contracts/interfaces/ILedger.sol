// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import {MemberId} from "../types/MemberId.sol";
import {PeriodId} from "../types/PeriodId.sol";
import {Fault, Mode} from "../types/Statement.sol";
import {IAccounts} from "./IAccounts.sol";
import {IDeskBook} from "./IDeskBook.sol";

/// @notice An account as of now: rolled into the open month, whether or not anybody has touched it.
/// @param position net of the open month, millionths of a credit, signed
/// @param cash settled and owned, millionths
/// @param supplied gross supplied in the open month, millionths
/// @param room what may still be debited: position + cash − debts, not below zero
/// @param free what may be withdrawn: settled cash − open debit − advances − debts, not below zero
/// @param advances owed to sponsors
/// @param debts acknowledged and not yet paid
/// @param indebtedSince when debts last rose from zero, seconds since 1970; zero without debts
/// @param standing decayed sum of what was supplied in closed months
struct AccountView {
    int256 position;
    uint256 cash;
    uint256 supplied;
    uint256 room;
    uint256 free;
    uint256 advances;
    uint256 debts;
    uint256 indebtedSince;
    uint256 standing;
}

/// @notice A withdrawal that waits for its notice.
/// @param amount millionths of a credit
/// @param readyAt from when it may be executed, seconds since 1970
/// @param payee where it is paid; fixed when it was announced
struct Withdrawal {
    uint64 amount;
    uint32 readyAt;
    address payee;
}

/// @notice Where and when a batch was posted; zero where the root is unknown.
struct PostedBatch {
    MemberId supplier;
    PeriodId period;
    uint40 postedAt;
}

/// @notice What the charter fixes for the life of a ledger, in seconds.
/// @param withdrawalNotice how long before its execution a withdrawal is announced
/// @param withdrawalWindow how long after its notice a withdrawal stays executable
/// @param debtTerm how long a member may stay indebted before anyone can have it suspended
struct Terms {
    uint32 withdrawalNotice;
    uint32 withdrawalWindow;
    uint32 debtTerm;
}

/// @notice The ledger's desks, fixed for its life: none can be added later, since a desk can move positions.
/// @param claims settles statements that the consumer did not countersign
/// @param reversals gives back what was refunded or charged twice
/// @param advances lends sponsors' cash to members
/// @param pricing quotes what the schedule's plain prices do not tell, and keeps reliefs and grants
/// @param compensation pays net lenders
struct Desks {
    address claims;
    address reversals;
    address advances;
    address pricing;
    address compensation;
}

/// @title ILedger
/// @notice A fully backed book: position + cash ≥ 0 for every account, always.
/// @dev Amounts are millionths of a credit. The settlement asset must be a plain ERC-20 of 6 to 18 decimals that
/// moves exactly what it is told to move. Nothing iterates over members; no member's state, wallet or silence can
/// block another's.
interface ILedger is IAccounts, IDeskBook {
    /// @notice A batch was posted into the book of `period`.
    /// @dev `statements` is the packed batch as given; bit i of `posted` tells whether its i-th statement was
    /// posted. `charges` holds gross (8 bytes) and fee (8 bytes) of each statement, zeros where it was not.
    event StatementsPosted(
        MemberId indexed supplier,
        PeriodId indexed period,
        bytes32 indexed batchRoot,
        uint256 posted,
        bytes statements,
        bytes charges
    );
    event StatementSkipped(
        MemberId indexed supplier,
        uint32 indexed number,
        Fault fault,
        uint256 found,
        uint256 limit
    );
    event AccountSynced(
        MemberId indexed member,
        PeriodId since,
        PeriodId until,
        PeriodId tierSince,
        uint8 tier,
        uint8 priorTier,
        bool choosy
    );
    event Deposited(MemberId indexed member, address indexed from, uint256 amount);
    /// @dev `amount` zero: the announcement was cancelled.
    event WithdrawalAnnounced(MemberId indexed member, uint256 amount, uint256 readyAt, address payee);
    event Withdrawn(MemberId indexed member, address indexed payee, uint256 amount);
    event DebtAcknowledged(MemberId indexed debtor, MemberId indexed creditor, uint256 amount);
    event DebtPaid(MemberId indexed debtor, MemberId indexed creditor, uint256 amount);
    /// @notice A creditor gave something back, which first takes away what it is still owed.
    event DebtCancelled(MemberId indexed debtor, MemberId indexed creditor, uint256 amount);
    event PeriodClosed(PeriodId indexed period);
    event PostingPaused(uint256 until);

    error LedgerAssetDecimals(uint8 decimals);
    error LedgerAssetNotExact(uint256 expected, uint256 moved);
    error LedgerAssetShort(uint256 held, uint256 backing);
    error LedgerBackingFull(uint256 backing, uint256 limit);
    error LedgerTermsInvalid();
    error LedgerAmountZero();
    error LedgerMemberUnknown(MemberId member);
    error LedgerRightMissing(MemberId member, address key, uint8 right);
    error LedgerPeriodOpen(PeriodId period, uint256 end);
    error LedgerCloseDue(PeriodId period);
    error LedgerPaused(uint256 until);
    error LedgerPauseTooLong(uint256 duration, uint256 limit);
    error LedgerPauseCooling(uint256 readyAt);
    error LedgerBatchEmpty();
    error LedgerBatchTooMany(uint256 limit);
    error LedgerBatchExpired(uint256 deadline);
    error LedgerBatchUnsigned(MemberId supplier, address signer);
    error LedgerStatementFault(MemberId supplier, uint32 number, Fault fault, uint256 found, uint256 limit);
    error LedgerNothingAnnounced(MemberId member);
    error LedgerTooEarly(MemberId member, uint256 readyAt);
    error LedgerTooLate(MemberId member, uint256 expiredAt);
    error LedgerNotFree(MemberId member, uint256 amount, uint256 free);
    error LedgerNothingToPay(MemberId debtor, MemberId creditor);

    /// @notice Posts a batch of countersigned statements. The caller holds a key of the supplier with POST.
    /// @param batch packed statements, see `Statement`; at most 256
    /// @return posted bit i tells whether the i-th statement was posted
    function post(MemberId supplier, Mode mode, bytes calldata batch) external returns (uint256 posted);

    /// @notice Posts a batch for a supplier that signed it, so that the supplier needs no native coin. Anyone.
    /// @param deadline last second in which the supplier's signature counts
    /// @param signature kind and signature as in a packed statement
    function postFor(
        MemberId supplier,
        Mode mode,
        bytes calldata batch,
        uint40 deadline,
        bytes calldata signature
    ) external returns (uint256 posted);

    /// @notice Closes the open month once it is over and opens the next. Anyone; constant cost.
    function closePeriod() external;

    /// @notice Rolls an account into the open month. Anyone; changes no balance that counts.
    function touch(MemberId member) external;

    /// @notice Pays `amount` of the caller's assets into a member's account. Anyone.
    function deposit(MemberId member, uint64 amount) external;

    /// @notice Announces a withdrawal, replacing an earlier announcement; zero cancels. A cash key.
    function announceWithdrawal(MemberId member, uint64 amount) external;

    /// @notice Executes an announced withdrawal in full. Anyone, once its notice is over.
    /// @dev Where less than announced is free, only a cash key may execute it, for what is free. The announcement
    /// is used up either way. Works while posting is paused, and for members that left or are suspended.
    function withdraw(MemberId member) external returns (uint256 paid);

    /// @notice Pays an acknowledged debt as far as the debtor's account reaches. Anyone.
    /// @return paid millionths of a credit
    function payDebt(MemberId debtor, MemberId creditor) external returns (uint256 paid);

    /// @notice Pauses posting for at most seven days; not again within thirty days of its end. Guardian only.
    /// @dev Never stops closing, rolling, depositing or withdrawing. Ends by itself.
    function pausePosting(uint40 duration) external;

    /// @notice Ends a pause early; the cooldown counts from now. Guardian only.
    function resumePosting() external;

    /// @notice What credits are settled in.
    function ASSET() external view returns (IERC20Metadata);

    function account(MemberId member) external view returns (AccountView memory);

    function openPeriod() external view returns (PeriodId);

    /// @notice Assets the book accounts for: the sum of all cash and of what is set aside, in millionths of a credit.
    function backing() external view returns (uint256);

    /// @notice What a watched account netted in a month of the book, in millionths of a credit; zero until it was rolled.
    function netOf(MemberId member, PeriodId period) external view returns (int256);

    /// @notice What is set aside: bonds of claims, grants, compensation that was named.
    function bonds() external view returns (uint256);

    function pausedUntil() external view returns (uint256);

    /// @notice For how many seconds of this ledger's life posting was paused.
    function pausedSeconds() external view returns (uint256);

    function withdrawalOf(MemberId member) external view returns (Withdrawal memory);

    /// @notice How long a member may stay indebted before anyone can have it suspended, in seconds.
    function DEBT_TERM() external view returns (uint40);

    function debtOf(MemberId debtor, MemberId creditor) external view returns (uint256);

    function numberUsed(MemberId supplier, uint32 number) external view returns (bool);

    function batchOf(bytes32 batchRoot) external view returns (PostedBatch memory);
}
