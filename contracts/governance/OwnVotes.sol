// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";

/// @title OwnVotes
/// @notice Votes that are remembered by the second (ERC-6372) and that nobody can hand to another.
abstract contract OwnVotes is Votes {
    /// @dev Every voter votes for itself.
    error OwnVotesNotDelegable();

    /// @inheritdoc Votes
    function clock() public view override returns (uint48) {
        return Time.timestamp();
    }

    /// @inheritdoc Votes
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// @inheritdoc Votes
    function delegates(address account) public pure override returns (address) {
        return account;
    }

    /// @inheritdoc Votes
    function delegate(address) public pure override {
        revert OwnVotesNotDelegable();
    }

    /// @inheritdoc Votes
    function delegateBySig(address, uint256, uint256, uint8, bytes32, bytes32) public pure override {
        revert OwnVotesNotDelegable();
    }
}
