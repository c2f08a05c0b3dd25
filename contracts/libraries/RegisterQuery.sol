// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IRegister} from "../interfaces/IRegister.sol";
import {MemberId} from "../types/MemberId.sol";

/// @title RegisterQuery
/// @notice Asks the register in the scratch space, for loops in which every hundred gas counts.
library RegisterQuery {
    /// @notice `IRegister.hasRight`, without allocating memory. Anything but a clean "true" is "no".
    function hasRight(
        IRegister register,
        MemberId member,
        address key,
        uint8 right
    ) internal view returns (bool held) {
        bytes4 selector = IRegister.hasRight.selector;
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore(at, selector)
            mstore(add(at, 0x04), member)
            mstore(add(at, 0x24), key)
            mstore(add(at, 0x44), right)
            let answered := staticcall(gas(), register, at, 0x64, 0x00, 0x20)
            held := and(and(answered, eq(returndatasize(), 0x20)), eq(mload(0x00), 1))
        }
    }
}
