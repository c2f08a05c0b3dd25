// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Act, Licence} from "../../contracts/interfaces/IResources.sol";
import {BatchRoot} from "../../contracts/libraries/BatchRoot.sol";
import {Isil} from "../../contracts/libraries/Isil.sol";
import {Legs} from "../../contracts/libraries/Legs.sol";
import {Licences} from "../../contracts/libraries/Licences.sol";
import {Standing} from "../../contracts/libraries/Standing.sol";
import {StatementCodec} from "../../contracts/libraries/StatementCodec.sol";
import {Urn} from "../../contracts/libraries/Urn.sol";
import {AccountWord} from "../../contracts/types/AccountWord.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {PeriodId, periodOf} from "../../contracts/types/PeriodId.sol";
import {Statement} from "../../contracts/types/Statement.sol";

/// @notice Opens the contracts' pure rules to the parity tests.
contract ParityHarness {
    function monthOf(uint256 timestamp) external pure returns (uint16) {
        return PeriodId.unwrap(periodOf(timestamp));
    }

    function monthBounds(uint16 month) external pure returns (uint256 first, uint256 end) {
        PeriodId period = PeriodId.wrap(month);
        return (period.start(), period.end());
    }

    function decay(uint256 standing, uint256 months) external pure returns (uint256) {
        return Standing.decay(standing, months);
    }

    function isilValid(bytes16 isil) external pure returns (bool) {
        return Isil.valid(isil);
    }

    function leaf(
        bytes32 digest,
        uint256 gross,
        uint256 fee,
        uint256 acknowledged,
        uint256 relieved
    ) external pure returns (bytes32) {
        return BatchRoot.leaf(digest, gross, fee, acknowledged, relieved);
    }

    function urnValid(bytes calldata urn) external pure returns (bool) {
        return Urn.valid(urn);
    }

    function licencePermits(Licence licence, Act act, bool commercial) external pure returns (bool) {
        return Licences.permits(licence, act, commercial);
    }

    function leg(bool aid, uint32 target, uint64 amount) external pure returns (uint256) {
        return aid ? Legs.aid(target, amount) : Legs.royalty(target, amount);
    }

    function legParts(uint256 word) external pure returns (bool aid, uint32 target, uint64 amount) {
        return (Legs.isAid(word), Legs.target(word), Legs.amount(word));
    }

    function fold(bytes32[] memory leaves) external pure returns (bytes32) {
        return BatchRoot.fold(leaves, leaves.length);
    }

    /// @notice EIP-712 hash of the statement at `offset`, without the domain, and where the next one begins.
    function structHash(
        bytes calldata batch,
        uint256 offset,
        uint32 supplier
    ) external pure returns (bytes32 hash, uint256 end) {
        Statement memory statement;
        (, , end) = StatementCodec.read(batch, offset, statement);
        hash = StatementCodec.structHash(batch, MemberId.wrap(supplier), statement);
    }

    function balances(
        uint256 word
    ) external pure returns (int256 position, uint256 cash, uint256 supplied, uint16 month) {
        AccountWord account = AccountWord.wrap(word);
        return (account.position(), account.cash(), account.supplied(), PeriodId.unwrap(account.period()));
    }

    function membership(
        uint256 word,
        uint16 month
    ) external pure returns (uint16 since, uint16 until, bool ran, uint8 tier) {
        AccountWord account = AccountWord.wrap(word);
        PeriodId period = PeriodId.wrap(month);
        since = PeriodId.unwrap(account.since());
        until = PeriodId.unwrap(account.until());
        return (since, until, account.ranIn(period), account.tierIn(period));
    }

    function withBalances(uint256 word, int256 position, uint256 cash) external pure returns (uint256) {
        return AccountWord.unwrap(AccountWord.wrap(word).withBalances(position, cash));
    }

    function withMembership(
        uint256 word,
        uint16 since,
        uint16 until,
        uint16 tierSince,
        uint8 tier,
        uint8 priorTier,
        bool choosy
    ) external pure returns (uint256) {
        AccountWord account = AccountWord.wrap(word);
        PeriodId first = PeriodId.wrap(since);
        PeriodId last = PeriodId.wrap(until);
        PeriodId from = PeriodId.wrap(tierSince);
        return AccountWord.unwrap(account.withMembership(first, last, from, tier, priorTier, choosy));
    }

    function settleInto(uint256 word, uint16 month) external pure returns (uint256) {
        return AccountWord.unwrap(AccountWord.wrap(word).settleInto(PeriodId.wrap(month)));
    }
}
