// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {ILedger} from "../interfaces/ILedger.sol";
import {ADVANCED, AccountWord} from "../types/AccountWord.sol";
import {MemberId} from "../types/MemberId.sol";
import {Obligations} from "../types/Obligations.sol";
import {Rights} from "../types/Rights.sol";
import {Book} from "./Book.sol";

/// @title Advances
/// @notice Credit without default: a sponsor's own cash in a member's account, to be spent but not withdrawn.
/// @dev The risk is the sponsor's alone.
abstract contract Advances is Book {
    using SafeCast for uint256;

    /// @dev One word a pair of sponsor and member.
    mapping(uint64 sponsorAndMember => uint256) private _advances;

    /// @inheritdoc ILedger
    function advance(MemberId sponsor, MemberId member, uint64 amount) external {
        // Lending commits the sponsor as a countersignature does, and leaves its account without a notice.
        _requireRight(sponsor, Rights.CASH | Rights.COUNTERSIGN);
        if (amount == 0) revert LedgerAmountZero();
        if (sponsor == member) revert LedgerSelf(member);
        AccountWord from = _known(sponsor);
        AccountWord to = _known(member);
        uint256 free = _free(sponsor, from);
        if (free < amount) revert LedgerNotFree(sponsor, amount, free);

        _advances[_pair(sponsor, member)] += amount;
        Obligations storage obligations = _obligations[member];
        obligations.advances = (uint256(obligations.advances) + amount).toUint64();
        _accounts[sponsor] = from.withBalances(from.position(), from.cash() - amount);
        _accounts[member] = to.withBalances(to.position(), to.cash() + amount).withFlag(ADVANCED, true);

        emit AdvanceGiven(sponsor, member, amount);
    }

    /// @inheritdoc ILedger
    function recallAdvance(MemberId sponsor, MemberId member, uint64 amount) external {
        _requireRight(sponsor, Rights.CASH);
        _return(sponsor, member, amount);
    }

    /// @inheritdoc ILedger
    function repayAdvance(MemberId member, MemberId sponsor, uint64 amount) external {
        _requireRight(member, Rights.CASH);
        _return(sponsor, member, amount);
    }

    /// @inheritdoc ILedger
    function advanceOf(MemberId sponsor, MemberId member) external view returns (uint256) {
        return _advances[_pair(sponsor, member)];
    }

    /// @dev Up to what is owed and what settled cash can bear; acknowledged debts come first.
    function _return(MemberId sponsor, MemberId member, uint256 amount) private {
        if (amount == 0) revert LedgerAmountZero();
        AccountWord from = _known(member);
        AccountWord to = _known(sponsor);
        uint64 pair = _pair(sponsor, member);
        uint256 owed = _advances[pair];
        uint256 unspent = _unspent(member, from);
        uint256 limit = owed < unspent ? owed : unspent;
        if (amount > limit) revert LedgerAdvanceExceeded(sponsor, member, amount, limit);

        _advances[pair] = owed - amount;
        Obligations storage obligations = _obligations[member];
        uint64 rest = uint64(obligations.advances - amount);
        obligations.advances = rest;
        _accounts[member] = from.withBalances(from.position(), from.cash() - amount).withFlag(
            ADVANCED,
            rest != 0
        );
        _accounts[sponsor] = to.withBalances(to.position(), to.cash() + amount);

        emit AdvanceReturned(sponsor, member, amount);
    }
}
