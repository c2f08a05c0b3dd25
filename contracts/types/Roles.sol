// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Roles
/// @notice The charter's roles. None of them can move a member's position or cash (invariant 8).
library Roles {
    /// @dev Changes rights and rules: after the handover, the amendments alone.
    uint64 internal constant ADMIN = 0;
    /// @dev Reinstates, classifies and re-keys members, and decides on applications.
    uint64 internal constant REGISTRAR = 1;
    /// @dev Publishes fee schedules for months to come.
    uint64 internal constant SCHEDULER = 2;
    /// @dev Appoints the keys of COMMONS and RELIEF, and issues the credit token.
    uint64 internal constant TREASURER = 3;
    /// @dev Pauses posting for at most a week.
    uint64 internal constant GUARDIAN = 4;
    /// @dev Suspends members. Of those whose debts are overdue the register sees to it for anyone.
    uint64 internal constant SUSPENDER = 5;
    /// @dev Judges disputed claims, within what was claimed.
    uint64 internal constant ARBITER = 6;
    /// @dev Rules on appeals against awards.
    uint64 internal constant APPELLATE = 7;
    /// @dev The council: vetoes acts of the board, confirms suspensions, ratifies amendments, fills offices.
    uint64 internal constant COUNCIL = 8;
    /// @dev The assembly: approves amendments.
    uint64 internal constant ASSEMBLY = 9;
    /// @dev The public authority: admits small libraries on appeal, few a year.
    uint64 internal constant AUTHORITY = 10;
    /// @dev Enters in the register whom the rules of admission let in.
    uint64 internal constant ADMITTER = 11;
}
