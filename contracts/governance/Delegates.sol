// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IDelegates} from "../interfaces/IDelegates.sol";

/// @title Delegates
/// @notice See IDelegates.
contract Delegates is IDelegates {
    /// @dev One word a delegate. The nonce is the delegate's, not the key's: a key that comes back finds it risen.
    struct Delegate {
        address key;
        uint40 since;
        uint32 ballots;
    }

    /// @inheritdoc IDelegates
    uint32 public lastDelegate;

    mapping(uint32 delegate => Delegate) private _delegates;

    /// @inheritdoc IDelegates
    function enrol(address key) external returns (uint32 delegate) {
        if (key == address(0)) revert DelegateKeyZero();
        delegate = ++lastDelegate;
        _delegates[delegate] = Delegate({key: key, since: uint40(block.timestamp), ballots: 0});
        emit DelegateEnrolled(delegate, key);
    }

    /// @inheritdoc IDelegates
    function rotate(uint32 delegate, address newKey) external {
        uint32 ballots = _own(delegate).ballots + 1;
        if (newKey == address(0)) revert DelegateKeyZero();
        _delegates[delegate] = Delegate({key: newKey, since: uint40(block.timestamp), ballots: ballots});
        emit DelegateKeyRotated(delegate, newKey, ballots);
    }

    /// @inheritdoc IDelegates
    function voidBallots(uint32 delegate) external {
        uint32 ballots = ++_own(delegate).ballots;
        emit DelegateBallotsVoided(delegate, ballots);
    }

    /// @inheritdoc IDelegates
    function mayVote(uint32 delegate, address key) external view returns (bool may, uint32 nonce) {
        Delegate memory word = _delegates[delegate];
        return (key != address(0) && word.key == key, word.ballots);
    }

    /// @inheritdoc IDelegates
    function mayAllVote(uint256[] calldata signatories) external view returns (uint256 may) {
        for (uint256 i = 0; i < signatories.length; ++i) {
            uint256 one = signatories[i];
            Delegate memory word = _delegates[uint32(one >> 160)];
            bool its = word.key != address(0) && word.key == address(uint160(one));
            if (its && word.ballots == uint32(one >> 192)) may |= 1 << i;
        }
    }

    /// @inheritdoc IDelegates
    function keyOf(uint32 delegate) external view returns (address key, uint40 since, uint32 ballots) {
        Delegate memory word = _delegates[delegate];
        return (word.key, word.since, word.ballots);
    }

    function _own(uint32 delegate) private view returns (Delegate storage word) {
        word = _delegates[delegate];
        if (word.key != msg.sender) revert DelegateKeyWrong(delegate, msg.sender);
    }
}
