// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IDeskBook} from "../interfaces/IDeskBook.sol";
import {Desks, PostedBatch} from "../interfaces/ILedger.sol";
import {BatchRoot} from "../libraries/BatchRoot.sol";
import {ADVANCED, AccountWord, WATCHED} from "../types/AccountWord.sol";
import {COMMONS, MemberId, RELIEF} from "../types/MemberId.sol";
import {PeriodId} from "../types/PeriodId.sol";
import {Fault} from "../types/Statement.sol";
import {Posting} from "./Posting.sol";

/// @title DeskBook
/// @notice What the desks may do to the book, and nothing more: each its own verbs.
abstract contract DeskBook is Posting {
    /// @notice Settles statements that the consumer did not countersign.
    address public immutable CLAIMS;

    /// @notice Gives back what was refunded or charged twice.
    address public immutable REVERSALS;

    /// @notice Lends sponsors' cash to members.
    address public immutable ADVANCES;

    /// @notice Pays net lenders.
    address public immutable COMPENSATION;

    constructor(Desks memory desks) {
        CLAIMS = desks.claims;
        REVERSALS = desks.reversals;
        ADVANCES = desks.advances;
        COMPENSATION = desks.compensation;
    }

    /// @inheritdoc IDeskBook
    function lockBond(MemberId supplier, uint32 number, uint64 bond) external {
        _only(CLAIMS);
        _postingMonth();
        uint256 key = _numbersKey(supplier, number);
        uint256 bit = 1 << (number & 0xff);
        if (_numbers[key] & bit != 0)
            revert LedgerStatementFault(supplier, number, Fault.NumberUsed, number, 0);
        AccountWord word = _requireFree(supplier, bond);

        _numbers[key] |= bit;
        _setAside(supplier, word, bond);

        emit BondLocked(supplier, number, bond);
    }

    /// @inheritdoc IDeskBook
    function releaseBond(MemberId member, uint64 bond) external {
        _only(CLAIMS);
        _release(member, bond);

        emit BondReleased(member, bond);
    }

    /// @inheritdoc IDeskBook
    function fillPot(uint64 amount) external {
        if (msg.sender != address(PRICING)) _only(COMPENSATION);
        _setAside(RELIEF, _requireFree(RELIEF, amount), amount);

        emit PotFilled(amount);
    }

    /// @inheritdoc IDeskBook
    function emptyPot(MemberId member, uint64 amount) external {
        _only(COMPENSATION);
        _release(member, amount);

        emit PotEmptied(member, amount);
    }

    /// @inheritdoc IDeskBook
    function watch(MemberId member, bool watched) external {
        _only(COMPENSATION);
        _accounts[member] = _known(member).withFlag(WATCHED, watched);

        emit AccountWatched(member, watched);
    }

    /// @inheritdoc IDeskBook
    function charge(
        MemberId supplier,
        MemberId consumer,
        bytes32 digest,
        uint64 gross,
        uint64 fee
    ) external returns (uint256 acknowledged) {
        _only(CLAIMS);
        (PeriodId open, ) = _postingMonth();
        AccountWord word = _known(consumer);
        acknowledged = _floor(uint256(gross) + fee, _room(consumer, word));
        // The fee is paid last, as in posting.
        uint256 feeOwed = acknowledged < fee ? acknowledged : fee;
        uint256 grossOwed = acknowledged - feeOwed;
        uint256 grossPaid = gross - grossOwed;
        uint256 feePaid = fee - feeOwed;
        word = _acknowledge(consumer, word, supplier, grossOwed);
        word = _acknowledge(consumer, word, COMMONS, feeOwed);
        _accounts[consumer] = word.move(-int256(grossPaid + feePaid));
        _accounts[supplier] = _known(supplier).move(int256(grossPaid)).supply(grossPaid);
        _accounts[COMMONS] = _rolled(COMMONS).move(int256(feePaid));
        bytes32 batchRoot = BatchRoot.leaf(digest, gross, fee, acknowledged, 0);
        _batches[batchRoot] = PostedBatch(supplier, open, uint40(block.timestamp));

        emit ClaimCharged(supplier, consumer, batchRoot, gross, fee);
    }

    /// @inheritdoc IDeskBook
    function giveBack(MemberId supplier, MemberId consumer, uint64 amount) external {
        _only(REVERSALS);
        _postingMonth();
        (AccountWord consumerWord, uint256 cancelled, uint256 services) = _reduce(
            consumer,
            _known(consumer),
            supplier,
            amount
        );
        uint256 due = amount - cancelled;
        AccountWord supplierWord = _known(supplier);
        uint256 owed = _floor(due, _room(supplier, supplierWord));
        supplierWord = _oweBack(supplier, supplierWord, consumer, owed);
        // What was never paid for was never counted as supplied.
        _accounts[supplier] = supplierWord.move(-int256(due - owed)).unsupply(amount - services);
        _accounts[consumer] = consumerWord.move(int256(due - owed));

        if (cancelled != 0) emit DebtCancelled(consumer, supplier, cancelled);
        emit GivenBack(supplier, consumer, amount);
    }

    /// @inheritdoc IDeskBook
    function lend(MemberId sponsor, MemberId member, uint64 amount) external {
        _only(ADVANCES);
        _requireFree(sponsor, amount);

        _shift(sponsor, member, amount);
        _obligations[member].advances += amount;
        _accounts[member] = _accounts[member].withFlag(ADVANCED, true);

        emit AdvanceGiven(sponsor, member, amount);
    }

    /// @inheritdoc IDeskBook
    function takeBack(MemberId sponsor, MemberId member, uint64 amount) external {
        _only(ADVANCES);
        uint256 unspent = _unspent(member, _known(member));
        if (unspent < amount) revert LedgerNotFree(member, amount, unspent);

        _shift(member, sponsor, amount);
        uint64 rest = _obligations[member].advances - amount;
        _obligations[member].advances = rest;
        _accounts[member] = _accounts[member].withFlag(ADVANCED, rest != 0);

        emit AdvanceReturned(sponsor, member, amount);
    }

    /// @dev Moves cash that the caller found to be there.
    function _shift(MemberId from, MemberId to, uint256 amount) private {
        AccountWord word = _known(from);
        _accounts[from] = word.withBalances(word.position(), word.cash() - amount);
        word = _known(to);
        _accounts[to] = word.withBalances(word.position(), word.cash() + amount);
    }

    /// @dev A rolled account of which so much is free.
    function _requireFree(MemberId member, uint256 amount) private returns (AccountWord word) {
        word = _known(member);
        uint256 free = _free(member, word);
        if (free < amount) revert LedgerNotFree(member, amount, free);
    }

    function _only(address desk) internal view {
        if (msg.sender != desk) revert LedgerDeskOnly(msg.sender);
    }
}
