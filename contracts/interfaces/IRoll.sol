// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";

/// @title IRoll
/// @notice What the register tells those who keep the roll of voters.
interface IRoll {
    /// @notice Brings a member's place on the roll up to what the register says of it. Anyone.
    function sync(MemberId member) external;
}
