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

    /// @notice `IRegister.firstLacking` for the first `count` of some pairs. Anything but a clean number is the first.
    function firstLacking(
        IRegister register,
        uint8 right,
        uint256[] memory pairs,
        uint256 count
    ) internal view returns (uint256 index) {
        bytes4 selector = IRegister.firstLacking.selector;
        assembly ("memory-safe") {
            let at := mload(0x40)
            let size := shl(5, count)
            mstore(at, selector)
            mstore(add(at, 0x04), right)
            mstore(add(at, 0x24), 0x40)
            mstore(add(at, 0x44), count)
            mcopy(add(at, 0x64), add(pairs, 0x20), size)
            let answered := staticcall(gas(), register, at, add(0x64, size), 0x00, 0x20)
            index := mul(and(answered, eq(returndatasize(), 0x20)), mload(0x00))
        }
    }
}
