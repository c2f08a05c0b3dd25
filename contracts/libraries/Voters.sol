// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Voters
/// @notice The addresses under which ERC-5805 and the Governor know voters: sixteen letters and the voter's number.
/// @dev They are no hashes of keys, so nobody can send from them or sign for them. Twin: src/core/voter.ts.
library Voters {
    bytes16 internal constant MEMBER = "Consortia member";
    bytes16 internal constant PERSON = "Consortia person";

    /// @notice The address of a member.
    function member(uint32 number) internal pure returns (address) {
        return _account(MEMBER, number);
    }

    /// @notice The address of a delegate.
    function person(uint32 number) internal pure returns (address) {
        return _account(PERSON, number);
    }

    /// @notice The address of another voter of the same sort.
    function like(address account, uint32 number) internal pure returns (address) {
        return address((uint160(account) & ~uint160(type(uint32).max)) | number);
    }

    /// @notice A voter's number.
    function numberOf(address account) internal pure returns (uint32) {
        return uint32(uint160(account));
    }

    function _account(bytes16 name, uint32 number) private pure returns (address) {
        return address((uint160(uint128(name)) << 32) | number);
    }
}
