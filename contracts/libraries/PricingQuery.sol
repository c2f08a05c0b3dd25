// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IPricing, Order} from "../interfaces/IPricing.sol";
import {Fault, Statement} from "../types/Statement.sol";

/// @title PricingQuery
/// @notice Asks the pricing desk without the coding that Solidity would write, which the ledger has no room for. The desk is one
/// of the ledger's own and is believed to answer in the standard encoding.
library PricingQuery {
    /// @notice `IPricing.quote`.
    /// @dev A struct of values stands in memory as it is encoded, and an array of words is decoded where it lies.
    function quote(
        IPricing pricing,
        Order memory order,
        bytes calldata lines
    )
        internal
        view
        returns (
            Fault fault,
            uint256 gross,
            uint256 fee,
            uint256 relieved,
            uint256 royalties,
            uint256[] memory legs
        )
    {
        bytes4 selector = IPricing.quote.selector;
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore(at, selector)
            mcopy(add(at, 0x04), order, 0x140)
            mstore(add(at, 0x144), 0x160)
            mstore(add(at, 0x164), lines.length)
            calldatacopy(add(at, 0x184), lines.offset, lines.length)
            let answered := staticcall(gas(), pricing, at, add(0x184, lines.length), 0x00, 0x00)
            returndatacopy(at, 0x00, returndatasize())
            if iszero(answered) {
                revert(at, returndatasize())
            }
            mstore(0x40, add(at, returndatasize()))
            fault := mload(at)
            gross := mload(add(at, 0x20))
            fee := mload(add(at, 0x40))
            relieved := mload(add(at, 0x60))
            royalties := mload(add(at, 0x80))
            legs := add(at, 0xc0)
        }
    }

    /// @notice `IPricing.settle`.
    function settle(
        IPricing pricing,
        uint256 supplier,
        Statement memory statement,
        uint256[] memory legs
    ) internal returns (uint256 granted) {
        bytes4 selector = IPricing.settle.selector;
        assembly ("memory-safe") {
            let at := mload(0x40)
            let size := shl(5, add(1, mload(legs)))
            mstore(at, selector)
            mstore(add(at, 0x04), supplier)
            mcopy(add(at, 0x24), statement, 0x60) // consumer, number, period
            mstore(add(at, 0x84), 0xa0)
            mcopy(add(at, 0xa4), legs, size)
            if iszero(call(gas(), pricing, 0, at, add(0xa4, size), 0x00, 0x20)) {
                returndatacopy(at, 0x00, returndatasize())
                revert(at, returndatasize())
            }
            granted := mload(0x00)
        }
    }

    /// @notice `IPricing.unaccredited`.
    function unaccredited(
        IPricing pricing,
        address key,
        bytes calldata lines,
        uint256 lineSize
    ) internal view returns (uint256 service) {
        bytes4 selector = IPricing.unaccredited.selector;
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore(at, selector)
            mstore(add(at, 0x04), key)
            mstore(add(at, 0x24), 0x60)
            mstore(add(at, 0x44), lineSize)
            mstore(add(at, 0x64), lines.length)
            calldatacopy(add(at, 0x84), lines.offset, lines.length)
            if iszero(staticcall(gas(), pricing, at, add(0x84, lines.length), 0x00, 0x20)) {
                returndatacopy(at, 0x00, returndatasize())
                revert(at, returndatasize())
            }
            service := mload(0x00)
        }
    }
}
