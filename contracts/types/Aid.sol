// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice A relief or grant at work in a quote: its number in bits 0–31, its share in 32–47, whether it is a grant in 48,
/// what it can still pay in 64–127 and what it pays in 128–191, in millionths of a credit.
type Aid is uint256;

using {relief, share, isGrant, left, paid, pay} for Aid global;

/// @param left_ below 2^64
function aidOf(uint32 relief_, uint16 share_, bool grant, uint256 left_) pure returns (Aid) {
    return Aid.wrap((left_ << 64) | (grant ? 1 << 48 : 0) | (uint256(share_) << 32) | relief_);
}

function relief(Aid aid) pure returns (uint32) {
    return uint32(Aid.unwrap(aid));
}

/// @dev Of the price of a line, in ten-thousandths.
function share(Aid aid) pure returns (uint16) {
    return uint16(Aid.unwrap(aid) >> 32);
}

function isGrant(Aid aid) pure returns (bool) {
    return (Aid.unwrap(aid) >> 48) & 1 == 1;
}

function left(Aid aid) pure returns (uint64) {
    return uint64(Aid.unwrap(aid) >> 64);
}

function paid(Aid aid) pure returns (uint64) {
    return uint64(Aid.unwrap(aid) >> 128);
}

/// @param amount at most what is left
function pay(Aid aid, uint256 amount) pure returns (Aid) {
    return Aid.wrap(Aid.unwrap(aid) - (amount << 64) + (amount << 128));
}
