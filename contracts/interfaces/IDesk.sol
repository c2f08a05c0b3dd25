// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";

/// @title IDesk
/// @notice A contract of its own that a ledger was built with and that may do a few things to its book.
interface IDesk {
    event LedgerBound(address indexed ledger);

    /// @dev A desk serves one ledger for life.
    error DeskBound(address ledger);
    error DeskRightMissing(MemberId member, address key, uint8 right);

    /// @notice Names the ledger, once. Only the charter's administrators, while the consortium is being deployed.
    function bindLedger(address ledger) external;
}
