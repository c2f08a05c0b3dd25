// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Signers} from "../../contracts/libraries/Signers.sol";

/// @notice Opens the ledger's recovery of signatures to the tests of the auditor's.
contract SignersHarness {
    function recover(
        bytes32[] calldata digests,
        bytes32[2][] calldata signatures
    ) external view returns (address[] memory signers) {
        signers = new address[](digests.length);
        for (uint256 i = 0; i < digests.length; ++i) {
            signers[i] = Signers.recover(digests[i], signatures[i][0], signatures[i][1]);
        }
    }
}
