// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Ledger} from "../../contracts/Ledger.sol";
import {AccountView} from "../../contracts/interfaces/ILedger.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {Check} from "../support/Check.sol";
import {Consortium} from "../support/Consortium.sol";
import {EagerBook} from "../support/EagerBook.sol";
import {vm} from "../support/Vm.sol";

/// @title DeskBookTest
/// @notice What the desks may do to the book, with amounts of any size, in any order, against a book written plainly.
contract DeskBookTest is Check {
    uint32 private constant LAST = 6;

    Consortium private immutable _c;
    Ledger private immutable _ledger;
    EagerBook private _twin;

    constructor() {
        vm.warp(1788264000);
        _c = new Consortium(8);
        _ledger = _c.ledger();
        for (uint256 i = 3; i <= LAST; ++i) _c.admit(1);
    }

    /// 1 to 4. Charges, what is given back, debts paid, bonds, advances and closes.
    function testFuzz_anyOrderAsTheTwin(uint256 seed) external {
        vm.warp(1788264000);
        _twin = new EagerBook(LAST);
        for (uint32 id = 3; id <= LAST; ++id) {
            _deposit(id, uint64(magnitude(mix(seed, id), 1 << (id == 3 ? 61 : 40))));
        }
        for (uint256 i = 0; i < 16; ++i) {
            _act(mix(seed, 100 + i));
            _same();
        }
    }

    /// 9. Who signs itself into the clouds of debt stays within the reach of claims and reversals.
    function testFuzz_hugeAmountsAreCharged(uint64 amount, uint64 fee) external {
        vm.warp(1788264000);
        amount >>= 1;
        fee >>= 1;
        vm.prank(address(_c.claims()));
        uint256 acknowledged = _ledger.charge(_id(3), _id(4), "digest", amount, fee);
        same(acknowledged, uint256(amount) + fee, "acknowledged");
        same(_view(4).debts, uint256(amount) + fee, "debts");
    }

    function _act(uint256 seed) private {
        (uint32 a, uint32 b) = (_member(seed), _member(seed >> 8));
        if (a == b) b = b == LAST ? 3 : b + 1;
        uint64 amount = uint64(magnitude(mix(seed, 1), 1 << (seed % 8 == 0 ? 60 : 41)));
        uint256 what = mix(seed, 2) % 10;
        if (what < 2) _charge(a, b, amount, uint64(mix(seed, 3) % (amount + 1)));
        else if (what < 4) _giveBack(a, b, amount);
        else if (what == 4) _payAll(a);
        else if (what == 5) _bond(a, uint32(seed >> 32), seed % 2 == 0 ? amount : uint64(_twin.free(a)));
        else if (what == 6) _release(a, amount);
        else if (what == 7) _lend(a, b, seed % 2 == 0 ? amount : uint64(_twin.free(a)));
        else if (what == 8) _takeBack(a, b, amount, mix(seed, 4));
        else _close();
    }

    function _charge(uint32 supplier, uint32 consumer, uint64 gross, uint64 fee) private {
        _twin.post(supplier, consumer, gross, fee, true);
        vm.prank(address(_c.claims()));
        _ledger.charge(_id(supplier), _id(consumer), bytes32(mix(gross, fee)), gross, fee);
    }

    function _giveBack(uint32 supplier, uint32 consumer, uint64 amount) private {
        _twin.giveBack(supplier, consumer, amount);
        vm.prank(address(_c.reversals()));
        _ledger.giveBack(_id(supplier), _id(consumer), amount);
    }

    /// @dev Pays all debts of a member, as far as it can.
    function _payAll(uint32 debtor) private {
        for (uint32 creditor = 1; creditor <= LAST; ++creditor) {
            uint256 expected;
            try _twin.payDebt(debtor, creditor) returns (uint256 sum) {
                expected = sum;
            } catch {
                continue;
            }
            same(_ledger.payDebt(_id(debtor), _id(creditor)), expected, "paid");
        }
    }

    function _bond(uint32 member, uint32 number, uint64 amount) private {
        if (_ledger.numberUsed(_id(member), number)) return;
        bool predicted;
        try _twin.lockBond(member, amount) {
            predicted = true;
        } catch {
            predicted = false;
        }
        vm.prank(address(_c.claims()));
        try _ledger.lockBond(_id(member), number, amount) {
            check(predicted, "a bond beyond what is free");
        } catch {
            check(!predicted, "a bond was refused");
        }
        same(_ledger.numberUsed(_id(member), number), predicted, "the number is spent with the bond");
    }

    /// @dev Some of the bonds, to anybody.
    function _release(uint32 member, uint64 amount) private {
        uint64 some = uint64(bound(amount, 0, _twin.bonds()));
        _twin.releaseBond(member, some);
        vm.prank(address(_c.claims()));
        _ledger.releaseBond(_id(member), some);
    }

    function _lend(uint32 sponsor, uint32 member, uint64 amount) private {
        bool predicted;
        try _twin.advance(sponsor, member, amount) {
            predicted = true;
        } catch {
            predicted = amount == 0;
        }
        vm.prank(address(_c.advances()));
        try _ledger.lend(_id(sponsor), _id(member), amount) {
            check(predicted, "more was lent than was free");
        } catch {
            check(!predicted, "an advance was refused");
        }
    }

    /// @dev Also where nothing was lent: the book does not rely on the desk's own count.
    function _takeBack(uint32 sponsor, uint32 member, uint64 amount, uint256 seed) private {
        uint256 lent = _twin.advanceOf(sponsor, member);
        if (seed % 2 == 0) amount = uint64(lent);
        bool predicted;
        try _twin.returnAdvance(sponsor, member, amount) {
            predicted = true;
        } catch {
            // Of somebody else's advance the ledger knows nothing: that is for the desk to count.
            if (amount <= _twin.account(member).advances) return;
        }
        vm.prank(address(_c.advances()));
        try _ledger.takeBack(_id(sponsor), _id(member), amount) {
            check(predicted, "more was taken back than the account holds in advances");
        } catch {
            check(!predicted, "what was lent could not be taken back");
        }
    }

    function _close() private {
        vm.warp(_ledger.openPeriod().end());
        _ledger.closePeriod();
        _twin.close();
    }

    function _deposit(uint32 member, uint64 amount) private {
        _c.fund(member, amount);
        _twin.deposit(member, amount);
    }

    function _same() private view {
        uint256 cash = 0;
        for (uint32 id = 1; id <= LAST; ++id) {
            AccountView memory one = _view(id);
            EagerBook.Account memory other = _twin.account(id);
            same(one.position, other.position, "position");
            same(int256(one.cash), other.cash, "cash");
            same(one.supplied, other.supplied, "supplied");
            same(one.standing, other.standing, "standing");
            same(one.debts, other.debts, "debts");
            same(one.advances, other.advances, "advances");
            same(one.indebtedSince, other.indebtedSince, "indebted since");
            same(one.room, _twin.room(id), "room");
            same(one.free, _twin.free(id), "free");
            cash += one.cash;
            for (uint32 to = 1; to <= LAST; ++to) {
                same(_ledger.debtOf(_id(id), _id(to)), _twin.debtOf(id, to), "debt of a pair");
            }
        }
        same(_ledger.bonds(), _twin.bonds(), "bonds");
        same(_ledger.backing(), cash + _twin.bonds(), "2: backing");
    }

    function _member(uint256 seed) private pure returns (uint32) {
        return uint32(bound(seed % 256, 3, LAST));
    }

    function _view(uint32 member) private view returns (AccountView memory) {
        return _ledger.account(_id(member));
    }

    function _id(uint32 member) private pure returns (MemberId) {
        return MemberId.wrap(member);
    }
}
