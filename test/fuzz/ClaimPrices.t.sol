// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Ledger} from "../../contracts/Ledger.sol";
import {Register} from "../../contracts/Register.sol";
import {Claims} from "../../contracts/desks/Claims.sol";
import {Claim, IClaims} from "../../contracts/interfaces/IClaims.sol";
import {Price} from "../../contracts/interfaces/IFeeSchedule.sol";
import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {PeriodId} from "../../contracts/types/PeriodId.sol";
import {ServiceRecord} from "../../contracts/types/ServiceRecord.sol";
import {Fault, Mode} from "../../contracts/types/Statement.sol";
import {Check} from "../support/Check.sol";
import {Consortium} from "../support/Consortium.sol";
import {RecordTrees} from "../support/RecordTrees.sol";
import {Draft, Line, Statements} from "../support/Statements.sol";
import {vm} from "../support/Vm.sol";

/// @title ClaimPricesTest
/// @notice A statement can be claimed if and only if it could be posted but for its countersignature, for the same
/// price; where it cannot, for the same reason.
contract ClaimPricesTest is Check {
    uint256 private constant LIMIT = 5_000e6;

    Consortium private immutable _c;
    Ledger private immutable _ledger;
    Claims private immutable _claims;
    uint16 private immutable _month;
    RecordTrees.Parties private _parties;

    /// @dev What an attempt would have done; carried out of it by reverting, so that the next one starts afresh.
    error Attempt(bool done, uint256 gross, uint256 fee, bytes reason);

    constructor() {
        vm.warp(1788264000);
        _c = new Consortium(8);
        (_ledger, _claims) = (_c.ledger(), _c.claims());
        _c.appoint(1);
        _c.appoint(2);
        // 3 to 5 stay; 6 is suspended in the third month; 7 changes its tier in the fourth; 8 is admitted in the fifth.
        for (uint256 i = 0; i < 5; ++i) _c.admit(uint8(1 + (i % 2)));
        _c.applyFor(1);
        uint16 first = _c.month();
        for (uint16 i = 1; i < 6; ++i) _c.publish(_prices(i), first + i);
        for (uint16 i = 1; i < 6; ++i) {
            vm.warp(PeriodId.wrap(first + i).start() + 3 days);
            _ledger.closePeriod();
            if (i == 2) _office(abi.encodeCall(Register.suspend, (MemberId.wrap(6))));
            if (i == 3) _office(abi.encodeCall(Register.scheduleTier, (MemberId.wrap(7), 2)));
            if (i == 4) _office(abi.encodeCall(Register.admit, (MemberId.wrap(8))));
        }
        _month = first + 5;
        for (uint32 id = 3; id <= 8; ++id) _c.fund(id, 100_000e6);
    }

    function testFuzz_claimedIfAndOnlyIfPosted(uint256 seed) external {
        vm.warp(PeriodId.wrap(_month).start() + 3 days);
        Draft memory draft = _draft(seed);
        (uint256 gross, bool priced) = _gross(draft);
        ServiceRecord[] memory records = new ServiceRecord[](1);
        records[0].amount = uint64(gross);
        _parties = RecordTrees.Parties(RecordTrees.domain(address(_ledger)), draft.supplier, draft.consumer);
        (draft.root, ) = RecordTrees.build(_parties, records);
        if (seed % 8 == 0) _spend(draft.supplier, draft.number, priced);

        (bool posted, uint256 postedGross, uint256 postedFee, bytes memory fault) = _try(
            abi.encodeCall(this.post, (draft))
        );
        (bool claimed, uint256 claimedGross, uint256 claimedFee, bytes memory reason) = _try(
            abi.encodeCall(this.claim, (draft, RecordTrees.top(_parties, records).hash))
        );

        if (draft.supplier == 1 || draft.consumer == 1) {
            check(!claimed, "the common good has no claims");
            return;
        }
        if (posted && postedGross + postedFee <= LIMIT) {
            check(claimed, "what can be posted cannot be claimed");
            same(claimedGross, postedGross, "gross");
            same(claimedFee, postedFee, "fee");
        } else {
            check(!claimed, "what cannot be posted can be claimed");
            _sameReason(draft, posted, fault, reason);
        }
    }

    /// @notice Posts a countersigned statement, and takes it back. For this test only.
    function post(Draft calldata draft) external {
        address key = _c.addressOf(draft.supplier);
        bytes32 digest = Statements.digest(address(_ledger), Statements.structHash(draft));
        bytes memory batch = Statements.pack(draft, 0, Statements.sign(_c.keyOf(draft.consumer), digest));
        int256 before = _ledger.account(MemberId.wrap(draft.supplier)).position;
        int256 commons = _ledger.account(MemberId.wrap(1)).position;
        vm.prank(key);
        try _ledger.post(MemberId.wrap(draft.supplier), Mode.AllOrNothing, batch) {
            uint256 gross = uint256(_ledger.account(MemberId.wrap(draft.supplier)).position - before);
            revert Attempt(true, gross, uint256(_ledger.account(MemberId.wrap(1)).position - commons), "");
        } catch (bytes memory reason) {
            revert Attempt(false, 0, 0, reason);
        }
    }

    /// @notice Claims a statement, and takes it back. For this test only.
    function claim(Draft calldata draft, bytes32 top) external {
        address key = _c.addressOf(draft.supplier);
        bytes memory packed = Statements.pack(draft, 0, "");
        vm.prank(key);
        try _claims.claim(MemberId.wrap(draft.supplier), packed, top, 1) returns (bytes32 id) {
            Claim memory found = _claims.claimOf(id);
            revert Attempt(true, found.gross, found.fee, "");
        } catch (bytes memory reason) {
            revert Attempt(false, 0, 0, reason);
        }
    }

    function _try(bytes memory call_) private returns (bool done, uint256, uint256, bytes memory) {
        (bool returned, bytes memory told) = address(this).call(call_);
        check(!returned && bytes4(told) == Attempt.selector, "an attempt went wrong");
        assembly ("memory-safe") {
            let length := mload(told)
            told := add(told, 4)
            mstore(told, sub(length, 4))
        }
        return abi.decode(told, (bool, uint256, uint256, bytes));
    }

    /// @dev The same fault with the same figures, but for what posting does not bound and for who is asked first.
    function _sameReason(
        Draft memory draft,
        bool posted,
        bytes memory fault,
        bytes memory reason
    ) private pure {
        if (posted) {
            same(bytes32(bytes4(reason)), bytes32(IClaims.ClaimTooLarge.selector), "too large");
            return;
        }
        same(bytes32(bytes4(fault)), bytes32(ILedger.LedgerStatementFault.selector), "posting's reason");
        Fault found = Fault(uint8(fault[99]));
        if (found == Fault.NoRoom) {
            same(bytes32(bytes4(reason)), bytes32(IClaims.ClaimTooLarge.selector), "too large for any room");
        } else if (found != Fault.NumberUsed && draft.supplier > 2) {
            same(bytes32(bytes4(reason)), bytes32(IClaims.ClaimFault.selector), "claiming's reason");
            same(_figures(reason), _figures(fault), "figures");
        }
    }

    /// @dev What follows the selector.
    function _figures(bytes memory reason) private pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            hash := keccak256(add(reason, 0x24), sub(mload(reason), 4))
        }
    }

    /// @dev A statement with no fault in most of its parts.
    function _draft(uint256 seed) private view returns (Draft memory draft) {
        draft.supplier = uint32(bound(mix(seed, 1), mix(seed, 2) % 16 == 0 ? 1 : 3, 8));
        draft.consumer = uint32(bound(mix(seed, 3), mix(seed, 4) % 16 == 0 ? 0 : 3, 9));
        draft.number = uint32(mix(seed, 5) >> (mix(seed, 6) % 2 == 0 ? 224 : 252));
        draft.period = uint16(_month - (mix(seed, 7) % 4));
        if (mix(seed, 8) % 8 == 0) draft.period = uint16(_month + 2 - (mix(seed, 7) % 9));
        draft.lastPeriod = uint16(_month + (mix(seed, 9) % 3));
        if (mix(seed, 10) % 16 == 0) draft.lastPeriod = _month - 1;
        draft.lines = new Line[](mix(seed, 11) % 16 == 0 ? 0 : 1 + (mix(seed, 12) % 3));
        for (uint256 i = 0; i < draft.lines.length; ++i) {
            uint256 own = mix(seed, 20 + i);
            draft.lines[i].service = uint16(own % 16 == 0 ? own >> 32 : 1 + ((own >> 8) % 3));
            draft.lines[i].quantity = uint32((own >> 64) % (own % 5 == 0 ? 1 << 32 : 6));
        }
        draft.maximum = type(uint64).max;
        if (mix(seed, 13) % 4 == 0) draft.maximum = uint64(magnitude(mix(seed, 14), 1 << 36));
    }

    /// @dev What the lines come to by the schedule, in any number of bits.
    function _gross(Draft memory draft) private view returns (uint256 gross, bool all) {
        all = true;
        MemberId consumer = MemberId.wrap(draft.consumer);
        uint8 tier = _c.register().membership(consumer).tier;
        if (PeriodId.wrap(draft.period) < _c.register().membership(consumer).tierSince) {
            tier = _c.register().membership(consumer).priorTier;
        }
        for (uint256 i = 0; i < draft.lines.length; ++i) {
            (bool offered, uint64 price, , ) = _c.schedule().priceOf(
                PeriodId.wrap(draft.period),
                draft.lines[i].service,
                tier,
                1
            );
            all = all && offered;
            gross += uint256(price) * draft.lines[i].quantity;
        }
        if (gross > type(uint64).max) gross = 0; // never within any maximum
    }

    /// @dev Uses a number up with another statement, where the supplier can post one.
    function _spend(uint32 supplier, uint32 number, bool priced) private {
        if (supplier < 3 || !priced) return;
        address desk = address(_claims);
        vm.prank(desk);
        try _ledger.lockBond(MemberId.wrap(supplier), number, 0) {} catch {}
    }

    function _prices(uint256 seed) private pure returns (Price[] memory prices) {
        prices = new Price[](5);
        for (uint16 i = 0; i < 5; ++i) {
            uint64 price = uint64(magnitude(mix(seed, i), i == 4 ? 1 << 50 : 1 << 26));
            prices[i] = Price(1 + i / 2, uint8(1 + (i % 2)), price, uint64(mix(seed, 10 + i) % 500_000));
        }
    }

    function _office(bytes memory call_) private {
        address register = address(_c.register());
        address registrar = _c.REGISTRAR();
        vm.prank(registrar);
        (bool done, ) = register.call(call_);
        check(done, "the registrar could not act");
    }
}
