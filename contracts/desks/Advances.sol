// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IAdvances} from "../interfaces/IAdvances.sol";
import {AccountView} from "../interfaces/ILedger.sol";
import {IRegister} from "../interfaces/IRegister.sol";
import {MemberId, RELIEF} from "../types/MemberId.sol";
import {Rights} from "../types/Rights.sol";
import {Desk} from "./Desk.sol";
import {Invoices} from "./Invoices.sol";

/// @title Advances
/// @notice See IAdvances.
contract Advances is IAdvances, Invoices {
    /// @dev One word a pair of sponsor and member.
    mapping(uint64 sponsorAndMember => uint256) private _advances;

    constructor(address charter, IRegister register) Desk(charter, register) {}

    /// @inheritdoc IAdvances
    function advance(MemberId sponsor, MemberId member, uint64 amount) external {
        // Lending commits the sponsor as a countersignature does, and leaves its account without a notice.
        _requireRight(sponsor, Rights.CASH | Rights.COUNTERSIGN);
        if (amount == 0) revert AdvanceAmountZero();
        if (sponsor == member) revert AdvanceToSelf(member);
        // RELIEF pays while its own cash lasts. Lent cash it would give away, and owe out of what others give it later.
        if (member == RELIEF) revert AdvanceToRelief(sponsor);

        _advances[_pair(sponsor, member)] += amount;

        ledger.lend(sponsor, member, amount);
    }

    /// @inheritdoc IAdvances
    function recallAdvance(MemberId sponsor, MemberId member, uint64 amount) external {
        _requireRight(sponsor, Rights.CASH);
        _return(sponsor, member, amount);
    }

    /// @inheritdoc IAdvances
    function repayAdvance(MemberId member, MemberId sponsor, uint64 amount) external {
        _requireRight(member, Rights.CASH);
        _return(sponsor, member, amount);
    }

    /// @inheritdoc IAdvances
    function advanceOf(MemberId sponsor, MemberId member) external view returns (uint256) {
        return _advances[_pair(sponsor, member)];
    }

    /// @inheritdoc Invoices
    function _repay(
        MemberId sponsor,
        MemberId member,
        uint64 amount
    ) internal override returns (uint64 repaid) {
        uint256 owed = _advances[_pair(sponsor, member)];
        uint256 unspent = _unspent(member);
        repaid = amount;
        if (owed < repaid) repaid = uint64(owed);
        if (unspent < repaid) repaid = uint64(unspent);
        if (repaid != 0) _return(sponsor, member, repaid);
    }

    /// @dev Up to what is owed here; up to what settled cash can bear, the ledger sees to.
    function _return(MemberId sponsor, MemberId member, uint64 amount) private {
        if (amount == 0) revert AdvanceAmountZero();
        uint64 pair = _pair(sponsor, member);
        uint256 owed = _advances[pair];
        if (amount > owed) revert AdvanceExceeded(sponsor, member, amount, owed);

        _advances[pair] = owed - amount;

        ledger.takeBack(sponsor, member, amount);
    }

    /// @dev Settled cash that no open debit and no acknowledged debt needs, as the ledger counts it when cash goes back.
    function _unspent(MemberId member) private view returns (uint256) {
        AccountView memory account = ledger.account(member);
        int256 unspent = int256(account.cash) - int256(account.debts);
        if (account.position < 0) unspent += account.position;
        return unspent > 0 ? uint256(unspent) : 0;
    }
}
