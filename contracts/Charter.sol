// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

/// @title Charter
/// @notice Who may do what. Every other contract asks it; the hash of the charter's text stands beside the rights.
contract Charter is AccessManager {
    /// @notice Hash of the charter text in force. Earlier texts are in the log.
    bytes32 public textHash;

    /// @param textHash keccak256 of the text's bytes
    event CharterTextPinned(bytes32 indexed textHash);

    /// @dev The text of a charter cannot be nothing.
    error CharterTextEmpty();

    /// @param bootstrapAdmin holds every right until it hands them over
    constructor(address bootstrapAdmin, bytes32 textHash_) AccessManager(bootstrapAdmin) {
        _pin(textHash_);
    }

    /// @notice Pins another text. Only the charter's own administrators.
    function pinText(bytes32 textHash_) external onlyAuthorized {
        _pin(textHash_);
    }

    function _pin(bytes32 textHash_) private {
        if (textHash_ == 0) revert CharterTextEmpty();
        textHash = textHash_;
        emit CharterTextPinned(textHash_);
    }
}
