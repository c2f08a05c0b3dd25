// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice A membership's small sequential number. It outlives every key of the member.
type MemberId is uint32;

using {eq as ==, lt as <} for MemberId global;

/// @dev The common good: shared catalogue, infrastructure, treasury.
MemberId constant COMMONS = MemberId.wrap(1);
/// @dev The account that pays relief.
MemberId constant RELIEF = MemberId.wrap(2);
/// @dev The first number an institution can have.
MemberId constant FIRST_MEMBER = MemberId.wrap(3);

function eq(MemberId a, MemberId b) pure returns (bool) {
    return MemberId.unwrap(a) == MemberId.unwrap(b);
}

function lt(MemberId a, MemberId b) pure returns (bool) {
    return MemberId.unwrap(a) < MemberId.unwrap(b);
}
