// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Roles
/// @notice The charter's roles. None of them can move a member's position or cash (invariant 8).
library Roles {
    /// @dev Admits, reinstates, classifies and re-keys members.
    uint64 internal constant REGISTRAR = 1;
    /// @dev Publishes fee schedules for months to come.
    uint64 internal constant SCHEDULER = 2;
    /// @dev Appoints the keys of COMMONS and RELIEF, and issues the credit token.
    uint64 internal constant TREASURER = 3;
    /// @dev Pauses posting for at most a week.
    uint64 internal constant GUARDIAN = 4;
    /// @dev Suspends members: the registrar, and the ledger on behalf of anyone when a debt is overdue.
    uint64 internal constant SUSPENDER = 5;
    /// @dev Judges disputed claims, within what was claimed.
    uint64 internal constant ARBITER = 6;
    /// @dev Rules on appeals against awards.
    uint64 internal constant APPELLATE = 7;
}
