// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";

/// @title IDeskBook
/// @notice What the ledger does for its desks: contracts of their own that were fixed when the ledger was built.
/// @dev Claims and reversals wait while posting is paused or a close is due, except for giving a bond back; advances
/// never wait.
interface IDeskBook {
    /// @notice A claim was settled as a batch of one, whose root is its only leaf.
    event ClaimCharged(
        MemberId indexed supplier,
        MemberId indexed consumer,
        bytes32 indexed batchRoot,
        uint256 gross,
        uint256 fee
    );
    /// @dev `amount` is what the consumer gets back; debts of its own to the supplier are cancelled first
    /// (`DebtCancelled`), what the supplier has no room for becomes its debt (`DebtAcknowledged`).
    event GivenBack(MemberId indexed supplier, MemberId indexed consumer, uint256 amount);
    /// @notice A supplier put up a bond for a claim, which also spends its statement's number.
    event BondLocked(MemberId indexed supplier, uint32 indexed number, uint256 amount);
    /// @notice A bond was paid into an account: back to its supplier, or forfeited to COMMONS.
    event BondReleased(MemberId indexed member, uint256 amount);
    /// @notice A sponsor's cash went into a member's account, to be spent but not withdrawn.
    event AdvanceGiven(MemberId indexed sponsor, MemberId indexed member, uint256 amount);
    /// @notice A member's cash went back to a sponsor.
    event AdvanceReturned(MemberId indexed sponsor, MemberId indexed member, uint256 amount);

    /// @notice Money of RELIEF was set aside: for grants or for compensation.
    event PotFilled(uint256 amount);
    /// @notice What was set aside was paid into an account.
    event PotEmptied(MemberId indexed member, uint256 amount);
    /// @notice What was set aside was paid out, back to who gave it.
    event PotReturned(address indexed to, uint256 amount);
    /// @notice From now on what an account nets in a month is kept when it is rolled, or no longer.
    event AccountWatched(MemberId indexed member, bool watched);

    /// @dev This caller is not the desk that may do this.
    error LedgerDeskOnly(address caller);

    /// @notice Spends a statement's number and sets the supplier's free cash aside as bond. The claims desk.
    function lockBond(MemberId supplier, uint32 number, uint64 bond) external;

    /// @notice Pays a bond into an account. The claims desk.
    function releaseBond(MemberId member, uint64 bond) external;

    /// @notice Sets free cash of RELIEF aside. The pricing and the compensation desk.
    function fillPot(uint64 amount) external;

    /// @notice Pays what was set aside into an account. The compensation desk.
    function emptyPot(MemberId member, uint64 amount) external;

    /// @notice Pays what was set aside out of the ledger. The pricing desk.
    function returnPot(address to, uint64 amount) external;

    /// @notice Has what an account nets in a month kept when it is rolled, or no longer. The compensation desk.
    function watch(MemberId member, bool watched) external;

    /// @notice Charges a settled claim; what finds no room becomes acknowledged debts. The claims desk.
    /// @param digest EIP-712 digest of the statement that was claimed
    /// @return acknowledged the part of gross and fee that became debts
    function charge(
        MemberId supplier,
        MemberId consumer,
        bytes32 digest,
        uint64 gross,
        uint64 fee
    ) external returns (uint256 acknowledged);

    /// @notice Gives back to a consumer what it was charged for a supplier. The reversals desk.
    function giveBack(MemberId supplier, MemberId consumer, uint64 amount) external;

    /// @notice Moves a sponsor's free cash into another member's account, where it cannot be withdrawn. The advances
    /// desk.
    function lend(MemberId sponsor, MemberId member, uint64 amount) external;

    /// @notice Moves a member's cash back to a sponsor, no more than it holds in advances and than its settled cash can
    /// bear; acknowledged debts come first. The advances desk.
    function takeBack(MemberId sponsor, MemberId member, uint64 amount) external;
}
