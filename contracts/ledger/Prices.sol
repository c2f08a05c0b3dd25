// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {SlotDerivation} from "@openzeppelin/contracts/utils/SlotDerivation.sol";
import {TransientSlot} from "@openzeppelin/contracts/utils/TransientSlot.sol";

import {IFeeSchedule} from "../interfaces/IFeeSchedule.sol";
import {PeriodId} from "../types/PeriodId.sol";

/// @title Prices
/// @notice The schedule's prices, asked for once in a transaction.
/// @dev Sound because the price of a month that has begun never changes (invariant 7).
abstract contract Prices {
    using SlotDerivation for bytes32;
    using TransientSlot for bytes32;
    using TransientSlot for TransientSlot.Uint256Slot;

    /// @notice What services cost.
    IFeeSchedule public immutable SCHEDULE;

    bytes32 private constant CACHE = keccak256("consortia.ledger.prices");
    uint256 private constant ASKED = 1 << 129;
    uint256 private constant OFFERED = 1 << 128;

    constructor(IFeeSchedule schedule) {
        SCHEDULE = schedule;
    }

    function _priceOf(
        PeriodId period,
        uint16 service,
        uint8 tier
    ) internal returns (bool offered, uint256 price, uint256 fee) {
        uint256 key = (uint256(PeriodId.unwrap(period)) << 24) | (uint256(service) << 8) | tier;
        TransientSlot.Uint256Slot slot = CACHE.offset(key).asUint256();
        uint256 word = slot.tload();
        if (word == 0) {
            (bool offered_, uint64 price_, uint64 fee_) = SCHEDULE.priceOf(period, service, tier);
            word = ASKED | (offered_ ? OFFERED : 0) | (uint256(fee_) << 64) | price_;
            slot.tstore(word);
        }
        return (word & OFFERED != 0, uint64(word), uint64(word >> 64));
    }
}
