// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

interface IDelegates {
    function enrol(address key) external returns (uint32 delegate);
    function mayVote(uint32 delegate, address key) external view returns (bool may, uint32 nonce);
}
