// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";

/// @title IAccounts
/// @notice What the register tells a ledger.
interface IAccounts {
    /// @notice Copies a membership's months and tier from the register into its account. Anyone.
    function sync(MemberId member) external;
}
