// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {Grant, IReliefs, Relief} from "../interfaces/IReliefs.sol";
import {Assets} from "../libraries/Assets.sol";
import {FIRST_MEMBER, MemberId, RELIEF} from "../types/MemberId.sol";
import {PeriodId, POSTING_WINDOW, periodOf} from "../types/PeriodId.sol";
import {Reliefs} from "./Reliefs.sol";

/// @title Grants
/// @notice Money given for relief and nothing else. It lies in the ledger's pot; who gave how much is written here.
abstract contract Grants is Reliefs, ReentrancyGuardTransient {
    /// @notice How many members a grant can name.
    uint256 public constant MEMBER_LIMIT = 256;

    mapping(uint32 relief => Grant) internal _grants;
    mapping(uint32 relief => mapping(address giver => uint256)) private _givenBy;

    /// @dev The members a grant names, 256 a word.
    mapping(uint32 relief => mapping(uint256 word => uint256 bitmap)) private _members;

    /// @inheritdoc IReliefs
    function openGrant(
        Relief calldata terms,
        MemberId[] calldata members,
        bytes32 document
    ) external restricted returns (uint32 relief) {
        uint256 count = members.length;
        if (count > MEMBER_LIMIT) revert GrantMembersInvalid();
        if (count != 0 && REGISTER.lastMember() < members[count - 1]) revert GrantMembersInvalid();

        relief = _open(terms, true, count != 0);
        MemberId earliest = FIRST_MEMBER;
        for (uint256 i = 0; i < count; ++i) {
            MemberId member = members[i];
            if (member < earliest) revert GrantMembersInvalid();
            (uint256 word, uint256 bit) = _placeOf(member);
            _members[relief][word] |= bit;
            earliest = MemberId.wrap(MemberId.unwrap(member) + 1);
        }

        emit GrantOpened(relief, terms, members, document);
    }

    /// @inheritdoc IReliefs
    function fundGrant(uint32 relief, uint64 amount) external nonReentrant {
        PeriodId until = _untilOf(relief);
        if (amount == 0) revert GrantAmountZero();
        if (until < periodOf(block.timestamp)) revert GrantOver(relief);

        Grant storage grant = _grants[relief];
        grant.balance += amount;
        grant.given += amount;
        _givenBy[relief][msg.sender] += amount;

        emit GrantFunded(relief, msg.sender, amount);

        Assets.deposit(ledger, RELIEF, amount);
        ledger.fillPot(amount);
    }

    /// @inheritdoc IReliefs
    function returnGrant(uint32 relief, address giver) external nonReentrant returns (uint256 amount) {
        PeriodId until = _untilOf(relief);
        if (!_isPast(until, periodOf(block.timestamp))) {
            revert GrantRunning(relief, until.plus(POSTING_WINDOW + 1));
        }
        Grant storage grant = _grants[relief];
        uint256 gave = _givenBy[relief][giver];
        uint256 balance = grant.balance;
        if (gave == 0 || balance == 0) revert GrantNothingLeft(relief, giver);

        // At most the balance, since nobody gave more than all did. What rounds to nothing is used up all the same: else
        // the last of several could never be told and their rest would stay.
        amount = (balance * gave) / grant.given;
        grant.balance = uint64(balance - amount);
        grant.given -= uint64(gave);
        delete _givenBy[relief][giver];

        emit GrantReturned(relief, giver, amount);

        if (amount != 0) ledger.returnPot(giver, uint64(amount));
    }

    /// @inheritdoc IReliefs
    function grantOf(uint32 relief) external view returns (Grant memory) {
        return _grants[relief];
    }

    /// @inheritdoc IReliefs
    function givenBy(uint32 relief, address giver) external view returns (uint256) {
        return _givenBy[relief][giver];
    }

    /// @dev Whether a grant names a member.
    function _names(uint32 relief, MemberId member) internal view returns (bool) {
        (uint256 word, uint256 bit) = _placeOf(member);
        return _members[relief][word] & bit != 0;
    }

    /// @dev The last month of a grant, which every grant has.
    function _untilOf(uint32 relief) private view returns (PeriodId) {
        Entry storage entry = _entries[relief];
        if (!entry.grant) revert ReliefUnknown(relief);
        return entry.until;
    }

    function _placeOf(MemberId member) private pure returns (uint256 word, uint256 bit) {
        uint256 number = MemberId.unwrap(member);
        return (number >> 8, 1 << (number & 0xff));
    }
}
