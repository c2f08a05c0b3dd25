// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {vm} from "./Vm.sol";

/// @title Artifacts
/// @notice Creates the contracts as they were compiled, so that no test compiles them once more into itself.
library Artifacts {
    /// @dev The chain refused the contract; it says why where it can.
    error ArtifactNotCreated(string file);

    /// @param file such as "Ledger.sol": it holds one contract of that name
    /// @param arguments of its constructor, ABI-encoded
    function create(string memory file, bytes memory arguments) internal returns (address created) {
        bytes memory code = bytes.concat(vm.getCode(file), arguments);
        assembly ("memory-safe") {
            created := create(0, add(code, 0x20), mload(code))
            if and(iszero(created), gt(returndatasize(), 0)) {
                returndatacopy(code, 0, returndatasize())
                revert(code, returndatasize())
            }
        }
        if (created == address(0)) revert ArtifactNotCreated(file);
    }
}
