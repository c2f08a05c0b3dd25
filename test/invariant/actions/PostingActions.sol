// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ServiceRecord} from "../../../contracts/types/ServiceRecord.sol";
import {Mode} from "../../../contracts/types/Statement.sol";
import {BatchTrees} from "../../support/BatchTrees.sol";
import {Draft, Statements} from "../../support/Statements.sol";
import {vm} from "../../support/Vm.sol";
import {Bill, Billing} from "../Billing.sol";
import {ReliefTwin} from "../ReliefTwin.sol";

/// @title PostingActions
/// @notice Batches of statements, good and bad, posted by their supplier or through a relayer.
abstract contract PostingActions is Billing {
    /// @dev A batch as it is drawn, and what the twin says will become of it.
    /// @param signed whether the consumer really signed
    /// @param posted bit i tells whether the i-th statement is posted
    struct Batch {
        Draft[] drafts;
        ServiceRecord[][] records;
        bool[] signed;
        bytes packed;
        uint8 mode;
        bool predicted;
        uint256 posted;
        uint256[] acknowledged;
        uint256[] relieved;
    }

    /// @dev What a statement comes to.
    /// @param pays what each relief pays of it
    /// @param granted the part of the relief that grants pay
    struct Due {
        bool priced;
        uint256 gross;
        uint256 fee;
        uint256 royalties;
        uint256[] pays;
        uint256 relieved;
        uint256 granted;
        uint256 owed;
    }

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
        uint32 supplier = _supplier(mix(seed, 1));
        Batch memory b = _batch(seed, supplier, 40);
        uint40 deadline = uint40(block.timestamp + (seed % 100) - 5);
        (bytes memory signature, bool speaks) = _relayed(seed, supplier, b.mode, b.packed, deadline);
        if (speaks && deadline >= block.timestamp) _predict(b);
        vm.prank(STRANGER);
        try ledger.postFor(_id(supplier), Mode(b.mode), b.packed, deadline, signature) returns (
            uint256 posted
        ) {
            _settle("relay", true, b.predicted);
            if (posted != 0) _settle("relay anything", true, true);
            _fileAll(b, posted);
        } catch {
            _settle("relay", false, b.predicted);
        }
        _sameNumbers(b.drafts);
    }

    /// @notice Applies a batch to the twin; reverts where all or nothing means nothing. For this contract only.
    function applyBatch(
        Draft[] calldata drafts,
        bool[] calldata signed,
        uint8 mode
    ) external returns (uint256 posted, uint256[] memory acknowledged, uint256[] memory relieved) {
        if (msg.sender != address(this)) revert BatchRefused();
        acknowledged = new uint256[](drafts.length);
        relieved = new uint256[](drafts.length);
        for (uint256 i = 0; i < drafts.length; ++i) {
            Due memory due = _due(drafts[i]);
            bool good = signed[i] && due.priced && _admissible(drafts[i]) && _attested(drafts[i]);
            // Royalties are paid at once or not at all.
            bool atOnce = mode != 2 || due.royalties != 0;
            if (due.owed != 0 && (atOnce || !_owable(drafts[i].consumer, due.owed))) good = false;
            if (good) {
                _apply(drafts[i], due, mode == 2);
                (acknowledged[i], relieved[i]) = (due.owed, due.relieved);
                posted |= 1 << i;
            } else if (mode == 0) {
                revert BatchRefused();
            }
        }
        twin.collect();
    }

    function _due(Draft memory draft) private view returns (Due memory due) {
        (due.priced, due.gross, due.fee, due.royalties) = _priced(draft);
        if (!due.priced) return due;
        if (draft.consumer > 2) (due.pays, due.relieved, due.granted) = _aid(draft);
        uint256 space = twin.room(draft.consumer);
        uint256 sum = due.gross + due.fee + due.royalties - due.relieved;
        due.owed = sum > space ? sum - space : 0;
    }

    /// @dev What reliefs pay, out of what RELIEF has now.
    function _aid(Draft memory draft) private view returns (uint256[] memory, uint256, uint256) {
        uint16[] memory services = new uint16[](draft.lines.length);
        uint256[] memory amounts = new uint256[](draft.lines.length);
        for (uint256 i = 0; i < services.length; ++i) {
            (services[i], amounts[i]) = (draft.lines[i].service, _grossOf(draft, i));
        }
        ReliefTwin.Case memory subject = ReliefTwin.Case(
            draft.consumer,
            draft.period,
            _tierIn(draft.consumer, draft.period),
            _regionOf(draft.consumer),
            twin.room(2)
        );
        return reliefs.quote(subject, services, amounts);
    }

    function _apply(Draft memory draft, Due memory due, bool acknowledge) private {
        (uint32 supplier, uint32 consumer) = (draft.supplier, draft.consumer);
        for (uint256 i = 0; i < draft.lines.length; ++i) {
            (, uint32 holder, uint256 royalty) = _license(draft, i);
            if (royalty != 0) twin.payRoyalty(consumer, holder, royalty);
        }
        twin.postRelieved(supplier, consumer, due.gross, due.fee, due.relieved, due.granted, acknowledge);
        reliefs.settle(consumer, draft.period, due.pays);
        // 4. By the scheduler's word, and never beyond RELIEF's own money; what was granted is not its own.
        _consent(2, due.relieved - due.granted);
        used[supplier][draft.number] = true;
        _tally(draft, due);
    }

    function _tally(Draft memory draft, Due memory due) private {
        (uint32 supplier, uint32 consumer) = (draft.supplier, draft.consumer);
        (bool agreed, ) = agreements.priceOf(supplier, consumer, draft.period, draft.lines[0].service);
        if (agreed) ++succeeded["agreed"];
        if (due.owed != 0) ++succeeded["a debt arose"];
        if (due.relieved > due.granted) ++succeeded["RELIEF paid"];
        if (due.granted != 0) ++succeeded["a grant paid"];
        if (due.relieved != 0 && due.owed != 0) ++succeeded["relieved and in debt"];
        if (due.royalties != 0) ++succeeded["royalties"];
        if (supplier == 1) ++succeeded["COMMONS supplied"];
        if (consumer == 1) ++succeeded["COMMONS drew"];
        if (consumer == 1 && due.owed != 0) ++succeeded["COMMONS owes"];
    }

    /// @dev What COMMONS draws is attested for every service by a key that is accredited for it.
    function _attested(Draft memory draft) private view returns (bool) {
        if (draft.consumer != 1) return true;
        for (uint256 i = 0; i < draft.lines.length; ++i) {
            if (!accredited[draft.lines[i].service]) return false;
        }
        return true;
    }

    function _post(uint256 seed, uint256 odds) private {
        uint32 supplier = _supplier(mix(seed, 1));
        if (mix(seed, 5) % 8 == 0) supplier = mix(seed, 6) % odds == 0 ? 2 : 1;
        Batch memory b = _batch(seed, supplier, odds);
        // A key with nothing but the right to post will do.
        bool second = supplier > 2 && supplier <= FOUNDERS && seed % 2 == 0;
        address who = c.addressOf(second ? supplier + 100 : supplier);
        if (mix(seed, 2) % 16 == 0) who = STRANGER;
        if (who != STRANGER) _predict(b);
        string memory action = ["post all or nothing", "post and skip", "post and acknowledge"][b.mode];
        vm.prank(who);
        try ledger.post(_id(supplier), Mode(b.mode), b.packed) returns (uint256 posted) {
            _settle(action, true, b.predicted);
            if (posted != 0) _settle("post anything", true, true);
            _fileAll(b, posted);
        } catch {
            _settle(action, false, b.predicted);
        }
        _sameNumbers(b.drafts);
    }

    /// @dev Invariant 4: whose key signed a statement may lose up to what it signed.
    function _predict(Batch memory b) private {
        for (uint256 i = 0; i < b.drafts.length; ++i) {
            bool willing = b.signed[i] && _attested(b.drafts[i]);
            if (willing) _consent(b.drafts[i].consumer, b.drafts[i].maximum);
        }
        if (!_booking() || !_people[b.drafts[0].supplier].known) return;
        try this.applyBatch(b.drafts, b.signed, b.mode) returns (
            uint256 posted,
            uint256[] memory acknowledged,
            uint256[] memory relieved
        ) {
            (b.predicted, b.posted, b.acknowledged) = (true, posted, acknowledged);
            b.relieved = relieved;
        } catch {
            b.predicted = false;
        }
    }

    function _fileAll(Batch memory b, uint256 posted) private {
        _expect(posted == b.posted, "other statements were posted");
        bytes32[] memory leaves = new bytes32[](b.drafts.length);
        Bill[] memory filed = new Bill[](b.drafts.length);
        uint256 count = 0;
        for (uint256 i = 0; i < b.drafts.length; ++i) {
            if ((b.posted >> i) & 1 == 0) continue;
            Bill memory one = _billOf(b.drafts[i], b.records[i]);
            (, one.gross, one.fee, ) = _priced(b.drafts[i]);
            (one.acknowledged, one.relieved) = (b.acknowledged[i], b.relieved[i]);
            leaves[count] = BatchTrees.leaf(one.digest, one.gross, one.fee, one.acknowledged, one.relieved);
            filed[count++] = one;
        }
        assembly ("memory-safe") {
            mstore(leaves, count)
        }
        for (uint256 i = 0; i < count; ++i) {
            filed[i].batchRoot = BatchTrees.root(leaves);
            filed[i].path = BatchTrees.path(leaves, i);
            _file(filed[i]);
        }
    }

    /// @dev Half of what debts can count is kept for claims and reversals.
    function _owable(uint32 member, uint256 owed) private view returns (bool) {
        return twin.account(member).debts + owed <= uint256(uint64(type(int64).max));
    }

    /// @dev One to three statements; each of their parts is odd once in `odds` times.
    function _batch(uint256 seed, uint32 supplier, uint256 odds) private view returns (Batch memory b) {
        uint256 count = 1 + (mix(seed, 3) % 3);
        b.mode = uint8(seed % 3);
        b.drafts = new Draft[](count);
        b.records = new ServiceRecord[][](count);
        b.signed = new bool[](count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 own = mix(seed, 100 + i);
            (b.drafts[i], b.records[i]) = _draft(own, supplier, odds, 3);
            bytes memory packed;
            (packed, b.signed[i]) = _countersigned(mix(own, 9), b.drafts[i], odds);
            b.packed = bytes.concat(b.packed, packed);
        }
    }

    /// @dev Countersigned by the consumer's key or its wallet; now and then by someone else, or something else.
    function _countersigned(
        uint256 seed,
        Draft memory draft,
        uint256 odds
    ) private view returns (bytes memory packed, bool signed) {
        bytes32 digest = Statements.digest(address(ledger), Statements.structHash(draft));
        uint32 signer = draft.consumer;
        signed = signer != 0 && signer <= population;
        if (seed % odds == 0) {
            signed = false;
            uint256 kind = (seed >> 8) % 5;
            if (kind == 0) signer = draft.supplier + 300;
            else if (kind == 1) signer += 100;
            else if (kind == 2) digest = Statements.structHash(draft);
            else if (kind == 3) digest = Statements.digest(address(this), Statements.structHash(draft));
            else digest = Statements.digestOn(1, address(ledger), Statements.structHash(draft));
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
