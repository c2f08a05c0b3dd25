// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {DelegateKey, IRegister, PendingChange} from "../interfaces/IRegister.sol";
import {MemberId} from "../types/MemberId.sol";
import {Rights} from "../types/Rights.sol";

/// @title Keys
/// @notice The keys that speak for members, and what each may do.
/// @dev Kept per pair of member and key, so nobody can occupy another's address, and one service centre can act for many
/// libraries.
abstract contract Keys is IRegister, AccessManaged {
    /// @notice How long a change of payee or a re-keying can be objected to.
    uint40 public constant OBJECTION_TIME = 14 days;

    mapping(uint192 memberAndKey => DelegateKey) private _keys;
    mapping(MemberId member => PendingChange) private _pendingKeys;

    constructor(address charter) AccessManaged(charter) {}

    modifier onlyKey(MemberId member, uint8 right) {
        _requireRight(member, right);
        _;
    }

    modifier onlyLivingKey(MemberId member) {
        if (_keys[_pair(member, msg.sender)].rights == 0) revert RegisterRightMissing(member, msg.sender, 0);
        _;
    }

    /// @inheritdoc IRegister
    function setKey(MemberId member, address key, uint8 rights) external {
        if (rights > Rights.ALL) revert RegisterRightsInvalid(rights);
        uint8 touched = rights | _keys[_pair(member, key)].rights;
        bool resigns = key == msg.sender && rights == 0;
        if (touched == 0 || !(hasRight(member, msg.sender, touched) || resigns)) {
            revert RegisterRightMissing(member, msg.sender, touched);
        }
        _setKey(member, key, rights);
    }

    /// @inheritdoc IRegister
    function rotateKey(MemberId member, address newKey) external onlyLivingKey(member) {
        uint8 rights = _keys[_pair(member, msg.sender)].rights;
        uint8 merged = rights | _keys[_pair(member, newKey)].rights;
        _setKey(member, msg.sender, 0);
        _setKey(member, newKey, merged);
    }

    /// @inheritdoc IRegister
    function voidBallots(MemberId member) external onlyLivingKey(member) {
        uint32 ballots = ++_keys[_pair(member, msg.sender)].ballots;
        emit BallotsVoided(member, msg.sender, ballots);
    }

    /// @inheritdoc IRegister
    function announceRekey(MemberId member, address key) external restricted {
        _known(member);
        _announce(_pendingKeys[member], key);
        emit RekeyAnnounced(member, key, _pendingKeys[member].readyAt);
    }

    /// @inheritdoc IRegister
    function cancelRekey(MemberId member) external onlyLivingKey(member) {
        if (_pendingKeys[member].target == address(0)) revert RegisterNothingPending(member);
        delete _pendingKeys[member];
        emit RekeyAnnounced(member, address(0), 0);
    }

    /// @inheritdoc IRegister
    function rekey(MemberId member) external {
        address key = _ready(member, _pendingKeys[member]);
        delete _pendingKeys[member];
        emit RekeyAnnounced(member, address(0), 0);
        _setKey(member, key, Rights.ALL);
    }

    /// @inheritdoc IRegister
    function hasRight(MemberId member, address key, uint8 right) public view returns (bool) {
        return right != 0 && _keys[_pair(member, key)].rights & right == right;
    }

    /// @inheritdoc IRegister
    function firstLacking(uint8 right, uint256[] calldata pairs) external view returns (uint256 index) {
        unchecked {
            for (; index < pairs.length; ++index) {
                uint256 pair = pairs[index]; // of member and key, as in `_pair`
                if (pair != 0 && _keys[uint192(pair)].rights & right != right) return index;
            }
        }
    }

    /// @inheritdoc IRegister
    function mayVote(uint32 member, address key) external view returns (bool may, uint32 ballots) {
        DelegateKey storage word = _keys[_pair(MemberId.wrap(member), key)];
        return (word.rights & Rights.VOTE != 0, word.ballots);
    }

    /// @inheritdoc IRegister
    function mayAllVote(uint256[] calldata signatories) external view returns (uint256 may) {
        unchecked {
            for (uint256 i = 0; i < signatories.length; ++i) {
                uint256 one = signatories[i];
                DelegateKey storage word = _keys[uint192(one)]; // a pair of member and key, as in `_pair`
                if (word.rights & Rights.VOTE == 0) continue;
                if (word.ballots != uint32(one >> 192)) continue;
                may |= 1 << i;
            }
        }
    }

    /// @inheritdoc IRegister
    function keyOf(MemberId member, address key) external view returns (DelegateKey memory) {
        return _keys[_pair(member, key)];
    }

    /// @inheritdoc IRegister
    function pendingKey(MemberId member) external view returns (PendingChange memory) {
        return _pendingKeys[member];
    }

    /// @dev Reverts where the number is no institution's.
    function _known(MemberId member) internal view virtual;

    function _requireRight(MemberId member, uint8 right) internal view {
        if (!hasRight(member, msg.sender, right)) revert RegisterRightMissing(member, msg.sender, right);
    }

    function _setKey(MemberId member, address key, uint8 rights) internal {
        if (key == address(0)) revert RegisterZeroAddress();
        DelegateKey storage word = _keys[_pair(member, key)];
        if (rights == 0) {
            word.until = uint40(block.timestamp);
        } else {
            if (word.rights == 0) word.since = uint40(block.timestamp);
            word.until = 0;
        }
        // What a key signed does not come back with it should it vote again one day.
        if (word.rights & Rights.VOTE != 0 && rights & Rights.VOTE == 0) ++word.ballots;
        word.rights = rights;
        emit KeySet(member, key, rights);
    }

    function _announce(PendingChange storage pending, address target) internal {
        if (target == address(0)) revert RegisterZeroAddress();
        pending.target = target;
        pending.readyAt = uint40(block.timestamp) + OBJECTION_TIME;
    }

    function _ready(MemberId member, PendingChange storage pending) internal view returns (address target) {
        target = pending.target;
        if (target == address(0)) revert RegisterNothingPending(member);
        if (block.timestamp < pending.readyAt) revert RegisterTooEarly(member, pending.readyAt);
    }

    function _pair(MemberId member, address key) private pure returns (uint192) {
        return (uint192(MemberId.unwrap(member)) << 160) | uint160(key);
    }
}
