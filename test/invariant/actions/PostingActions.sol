// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Mode} from "../../../contracts/types/Statement.sol";
import {Draft, Line, Statements} from "../../support/Statements.sol";
import {vm} from "../../support/Vm.sol";
import {Tariff} from "../Tariff.sol";
import {World} from "../World.sol";

/// @title PostingActions
/// @notice Batches of statements, good and bad, posted by their supplier or through a relayer.
abstract contract PostingActions is World {
    /// @notice Which numbers a supplier has used: one bit each, plainly.
    mapping(uint32 supplier => mapping(uint32 number => bool)) public used;

    error BatchRefused();

    /// @notice Statements that mostly have nothing wrong with them, posted by the supplier.
    function post(uint256 seed) external acting {
        _post(seed, 40);
        _post(mix(seed, 77), 40);
    }

    /// @notice Statements with a fault in most of them.
    function postOdd(uint256 seed) external acting {
        _post(seed, 5);
    }

    /// @notice A supplier's signature, carried by somebody else.
    function relay(uint256 seed) external acting {
        uint32 supplier = _member(mix(seed, 1));
        (Draft[] memory drafts, bool[] memory signed, bytes memory batch) = _batch(seed, supplier, 40);
        uint8 mode = uint8(seed % 3);
        uint40 deadline = uint40(block.timestamp + (seed % 100) - 5);
        (bytes memory signature, bool speaks) = _relayed(seed, supplier, mode, batch, deadline);
        (bool predicted, uint256 expected) = (false, 0);
        if (speaks && deadline >= block.timestamp) (predicted, expected) = _predict(drafts, signed, mode);
        vm.prank(STRANGER);
        try ledger.postFor(_id(supplier), Mode(mode), batch, deadline, signature) returns (uint256 posted) {
            _expect(posted == expected, "relay posted other statements");
            _settle("relay", true, predicted);
            if (posted != 0) _settle("relay anything", true, true);
        } catch {
            _settle("relay", false, predicted);
        }
        _sameNumbers(drafts);
    }

    /// @notice Applies a batch to the twin; reverts where all or nothing means nothing. For this contract only.
    function applyBatch(
        Draft[] calldata drafts,
        bool[] calldata signed,
        uint8 mode
    ) external returns (uint256 posted) {
        if (msg.sender != address(this)) revert BatchRefused();
        for (uint256 i = 0; i < drafts.length; ++i) {
            (bool priced, uint256 gross, uint256 fee) = _priced(drafts[i]);
            bool good = signed[i] && priced && _admissible(drafts[i]);
            uint256 space = twin.room(drafts[i].consumer);
            if (mode != 2 && gross + fee > space) good = false;
            if (good) {
                twin.post(drafts[i].supplier, drafts[i].consumer, gross, fee, mode == 2);
                if (gross + fee > space) _settle("a debt arose", true, true);
                used[drafts[i].supplier][drafts[i].number] = true;
                posted |= 1 << i;
            } else if (mode == 0) {
                revert BatchRefused();
            }
        }
    }

    function _post(uint256 seed, uint256 odds) private {
        uint32 supplier = _member(mix(seed, 1));
        (Draft[] memory drafts, bool[] memory signed, bytes memory batch) = _batch(seed, supplier, odds);
        uint8 mode = uint8(seed % 3);
        // A key with nothing but the right to post will do.
        address who = c.addressOf(supplier <= FOUNDERS && seed % 2 == 0 ? supplier + 100 : supplier);
        if (mix(seed, 2) % 16 == 0) who = STRANGER;
        (bool predicted, uint256 expected) = (false, 0);
        if (who != STRANGER) (predicted, expected) = _predict(drafts, signed, mode);
        string memory action = ["post all or nothing", "post and skip", "post and acknowledge"][mode];
        vm.prank(who);
        try ledger.post(_id(supplier), Mode(mode), batch) returns (uint256 posted) {
            _expect(posted == expected, "other statements were posted");
            _settle(action, true, predicted);
            if (posted != 0) _settle("post anything", true, true);
        } catch {
            _settle(action, false, predicted);
        }
        _sameNumbers(drafts);
    }

    function _predict(
        Draft[] memory drafts,
        bool[] memory signed,
        uint8 mode
    ) private returns (bool predicted, uint256 expected) {
        if (block.timestamp < pausedUntil || open < c.month()) return (false, 0);
        if (!_people[drafts[0].supplier].known) return (false, 0);
        try this.applyBatch(drafts, signed, mode) returns (uint256 posted) {
            return (true, posted);
        } catch {
            return (false, 0);
        }
    }

    function _admissible(Draft memory draft) private view returns (bool) {
        uint16 current = c.month();
        return
            draft.consumer != draft.supplier &&
            draft.consumer > 2 &&
            draft.lastPeriod >= current &&
            draft.period <= current &&
            draft.period + 3 >= current &&
            _activeIn(draft.supplier, draft.period) &&
            _activeIn(draft.consumer, draft.period) &&
            !used[draft.supplier][draft.number];
    }

    function _priced(Draft memory draft) private view returns (bool, uint256 gross, uint256 fee) {
        uint8 tier = _tierIn(draft.consumer, draft.period);
        for (uint256 i = 0; i < draft.lines.length; ++i) {
            Line memory line = draft.lines[i];
            Tariff.Quote memory quote = tariff.quote(draft.period, line.service, tier);
            if (!quote.offered) return (false, 0, 0);
            gross += uint256(quote.price) * line.quantity;
            fee += uint256(quote.fee) * line.quantity;
        }
        return (draft.lines.length != 0 && gross + fee <= draft.maximum, gross, fee);
    }

    /// @dev One to three statements; each of their parts is odd once in `odds` times.
    function _batch(
        uint256 seed,
        uint32 supplier,
        uint256 odds
    ) private view returns (Draft[] memory drafts, bool[] memory signed, bytes memory batch) {
        uint256 count = 1 + (mix(seed, 3) % 3);
        drafts = new Draft[](count);
        signed = new bool[](count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 own = mix(seed, 100 + i);
            drafts[i] = _draft(own, supplier, odds);
            bytes memory packed;
            (packed, signed[i]) = _countersigned(mix(own, 9), drafts[i], odds);
            batch = bytes.concat(batch, packed);
        }
    }

    function _draft(uint256 seed, uint32 supplier, uint256 odds) private view returns (Draft memory draft) {
        uint16 current = c.month();
        draft.supplier = supplier;
        draft.consumer = uint32(bound(seed >> 8, 3, population));
        if (draft.consumer == supplier && mix(seed, 1) % odds != 0) {
            draft.consumer = 3 + ((supplier - 2) % (population - 2));
        }
        if (mix(seed, 2) % odds == 0) draft.consumer = uint32((seed >> 16) % 16);
        draft.number = uint32((seed >> 32) % 600);
        if (mix(seed, 3) % odds == 0) draft.number = uint32(seed >> 64);
        draft.period = current;
        if ((seed >> 95) % 2 == 0) draft.period -= uint16((seed >> 96) % 4);
        if (mix(seed, 4) % odds == 0) draft.period = uint16(current + 2 - ((seed >> 100) % 8));
        draft.lastPeriod = current + uint16((seed >> 104) % 3);
        if (mix(seed, 5) % odds == 0) draft.lastPeriod = current - 1;
        draft.root = bytes32(mix(seed, 6));
        draft.lines = new Line[](mix(seed, 7) % odds == 0 ? 0 : 1 + ((seed >> 108) % 3));
        for (uint256 i = 0; i < draft.lines.length; ++i) {
            uint256 own = mix(seed, 200 + i);
            draft.lines[i] = Line(uint16(1 + (own % 3)), uint32((own >> 8) % (own % 19 == 0 ? 1 << 32 : 5)));
            if (mix(own, 1) % odds == 0) draft.lines[i].service = uint16(own >> 64);
        }
        (, uint256 gross, uint256 fee) = _priced(_unbounded(draft));
        uint256 due = gross + fee;
        if (mix(seed, 8) % odds == 0 && due != 0) --due;
        else if (seed % 3 == 0) due += seed % 1e6;
        draft.maximum = due > type(uint64).max ? type(uint64).max : uint64(due);
    }

    function _unbounded(Draft memory draft) private pure returns (Draft memory) {
        draft.maximum = type(uint64).max;
        return draft;
    }

    /// @dev Countersigned by the consumer's key or its wallet; now and then by someone else, or something else.
    function _countersigned(
        uint256 seed,
        Draft memory draft,
        uint256 odds
    ) private view returns (bytes memory packed, bool signed) {
        bytes32 digest = Statements.digest(address(ledger), Statements.structHash(draft));
        uint32 signer = draft.consumer;
        signed = signer > 2 && signer <= population;
        if (seed % odds == 0) {
            signed = false;
            uint256 kind = (seed >> 8) % 4;
            if (kind == 0) signer = draft.supplier + 300;
            else if (kind == 1) signer += 100;
            else if (kind == 2) digest = Statements.structHash(draft);
            else digest = Statements.digest(address(this), Statements.structHash(draft));
        } else if (signer == WALLET_MEMBER && (seed >> 16) % 2 == 0) {
            uint256 key = c.keyOf(signer + 200);
            return (Statements.pack(draft, 1, Statements.signAsWallet(_wallet, key, digest)), signed);
        }
        packed = Statements.pack(draft, 0, Statements.sign(c.keyOf(signer), digest));
    }

    function _relayed(
        uint256 seed,
        uint32 supplier,
        uint8 mode,
        bytes memory batch,
        uint40 deadline
    ) private view returns (bytes memory signature, bool speaks) {
        uint256 draw = mix(seed, 4);
        uint8 said = draw % 16 == 0 ? (mode + 1) % 3 : mode;
        uint32 signer = draw % 16 == 1 ? supplier + 300 : supplier;
        speaks = draw % 16 > 1;
        bytes32 hash = Statements.batchHash(supplier, said, batch, deadline);
        bytes memory signed = Statements.sign(c.keyOf(signer), Statements.digest(address(ledger), hash));
        signature = abi.encodePacked(uint8(0), signed);
    }

    /// @dev Invariant 5: a number is used if and only if a statement of that number was posted.
    function _sameNumbers(Draft[] memory drafts) private {
        for (uint256 i = 0; i < drafts.length; ++i) {
            bool found = ledger.numberUsed(_id(drafts[i].supplier), drafts[i].number);
            _expect(found == used[drafts[i].supplier][drafts[i].number], "numberUsed says otherwise");
        }
    }
}
