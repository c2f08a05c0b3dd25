// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice The cheat codes that this house's tests use, of those that Hardhat's Solidity runner knows.
interface IVm {
    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    function getCode(string calldata artifact) external view returns (bytes memory);

    function warp(uint256 timestamp) external;

    function prank(address sender) external;

    function sign(uint256 privateKey, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);

    function addr(uint256 privateKey) external pure returns (address);

    function expectRevert() external;

    function expectRevert(bytes4 selector) external;

    function expectRevert(bytes calldata reason) external;

    function assume(bool condition) external pure;

    function chainId(uint256 id) external;

    function recordLogs() external;

    /// @dev What was logged since it was last asked, also by calls that reverted.
    function getRecordedLogs() external returns (Log[] memory);
}

IVm constant vm = IVm(address(uint160(uint256(keccak256("hevm cheat code")))));
