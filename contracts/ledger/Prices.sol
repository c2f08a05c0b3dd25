// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {SlotDerivation} from "@openzeppelin/contracts/utils/SlotDerivation.sol";
import {TransientSlot} from "@openzeppelin/contracts/utils/TransientSlot.sol";

import {IPricing} from "../interfaces/IPricing.sol";
import {PeriodId} from "../types/PeriodId.sol";

/// @title Prices
/// @notice Plain prices, asked for once in a transaction.
/// @dev Sound because the price of a month that has begun never changes (invariant 7).
abstract contract Prices {
    using SlotDerivation for bytes32;
    using TransientSlot for bytes32;
    using TransientSlot for TransientSlot.Uint256Slot;

    /// @notice What statements cost.
    IPricing public immutable PRICING;

    /// @dev In a price's word: the service is offered.
    uint256 internal constant OFFERED = 1 << 128;

    /// @dev In a price's word: it is all there is to the price, so that no quote is needed.
    uint256 internal constant PLAIN = 1 << 129;

    bytes32 private constant CACHE = keccak256("consortia.ledger.prices");
    uint256 private constant ASKED = 1 << 130;

    constructor(IPricing pricing) {
        PRICING = pricing;
    }

    /// @dev Price in bits 0–63, fee in 64–127, then the flags above.
    function _priceOf(
        PeriodId period,
        uint16 service,
        uint8 tier,
        uint8 supplierTier
    ) internal returns (uint256 word) {
        uint256 key =
            (uint256(PeriodId.unwrap(period)) << 32) |
                (uint256(service) << 16) |
                (uint256(tier) << 8) |
                supplierTier;
        TransientSlot.Uint256Slot slot = CACHE.offset(key).asUint256();
        word = slot.tload();
        if (word == 0) {
            (bool offered, uint64 price, uint64 fee, bool plain) = PRICING.priceOf(
                period,
                service,
                tier,
                supplierTier
            );
            word = ASKED | (plain ? PLAIN : 0) | (offered ? OFFERED : 0) | (uint256(fee) << 64) | price;
            slot.tstore(word);
        }
    }
}
