// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Where an amendment stands; times in seconds since 1970, zero where it did not happen.
/// @param proposedAt when it was proposed
/// @param ratifiedAt when the Council last ratified it
/// @param approvedAt when the Assembly last approved it
/// @param insistedAt when the Assembly insisted on it for the first time
/// @param readyAt from when it can be executed
/// @param executed whether it was
struct Amendment {
    uint40 proposedAt;
    uint40 ratifiedAt;
    uint40 approvedAt;
    uint40 insistedAt;
    uint40 readyAt;
    bool executed;
}

/// @title IAmendments
/// @notice How the charter changes: the Council ratifies, the Assembly approves, in either order, and after a delay
/// anybody executes. Two votes of two thirds in the Assembly, 60 days apart, stand for both.
/// @dev The only administrator of the charter after the handover. An amendment may change every right but these: that
/// the amendments are the charter's only administrator, without delay; that the Council and the Assembly, one chamber
/// each and without delay, decide on amendments; that the Council is the charter's; and that it has time and right to
/// veto what the Board does.
interface IAmendments {
    /// @dev `text` zero: the charter's text stays.
    event AmendmentProposed(bytes32 indexed amendment, address[] targets, bytes[] calldatas, bytes32 text);
    event AmendmentRatified(bytes32 indexed amendment);
    event AmendmentApproved(bytes32 indexed amendment);
    /// @dev For the first time.
    event AmendmentInsisted(bytes32 indexed amendment);
    /// @dev It has all it needs and can be executed in these seconds.
    event AmendmentPassed(bytes32 indexed amendment, uint256 readyAt, uint256 until);
    event AmendmentExecuted(bytes32 indexed amendment);

    error AmendmentTermsInvalid();
    error AmendmentEmpty();
    error AmendmentPending(bytes32 amendment);
    error AmendmentUnknown(bytes32 amendment);
    /// @dev It has what it needs and only waits to be executed, or to lapse.
    error AmendmentDecided(bytes32 amendment);
    /// @dev It lacks a decision, or was executed already.
    error AmendmentNotPassed(bytes32 amendment);
    error AmendmentTooEarly(bytes32 amendment, uint256 readyAt);
    error AmendmentLapsed(bytes32 amendment, uint256 until);
    /// @dev It would leave the charter without its one administrator, or with another.
    error AmendmentAdminLost();
    /// @dev It would take the decision on amendments from a chamber.
    error AmendmentChamberLost(uint64 role);
    /// @dev It would leave the Council no right to veto a role of the Board, or no time.
    error AmendmentVetoLost(uint64 role, uint256 delay, uint256 needed);

    /// @notice Proposes an amendment, or once more one that was executed or has lapsed. Anyone.
    /// @param targets contracts to be called as the charter's administrator, in this order
    /// @param text hash of the charter's new text; zero where it stays
    /// @return amendment its id
    function propose(
        address[] calldata targets,
        bytes[] calldata calldatas,
        bytes32 text
    ) external returns (bytes32 amendment);

    /// @notice Ratifies an amendment. The Council, by two thirds. Counts for a year.
    function ratify(bytes32 amendment) external;

    /// @notice Approves an amendment. The Assembly. Counts for a year.
    function approve(bytes32 amendment) external;

    /// @notice Insists on an amendment. The Assembly, by two thirds: a second time, from 60 days to a year later, it
    /// passes without the Council.
    function insist(bytes32 amendment) external;

    /// @notice Executes an amendment that has passed, in its time. Anyone.
    function execute(address[] calldata targets, bytes[] calldata calldatas, bytes32 text) external;

    /// @notice An amendment's id: the hash of what it does.
    function idOf(
        address[] calldata targets,
        bytes[] calldata calldatas,
        bytes32 text
    ) external pure returns (bytes32 amendment);

    function amendmentOf(bytes32 amendment) external view returns (Amendment memory);

    /// @notice What the Board's delays must exceed, in seconds: the Council's longest decision and a day.
    function vetoTime() external view returns (uint256);
}
