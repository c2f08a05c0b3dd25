// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Withdrawal} from "../../../contracts/interfaces/ILedger.sol";
import {vm} from "../../support/Vm.sol";
import {World} from "../World.sol";

/// @title CashActions
/// @notice Money in and out, advances, debts.
abstract contract CashActions is World {
    mapping(uint32 member => Withdrawal) internal _announced;

    function deposit(uint256 seed) external acting {
        uint32 member = _anybody(seed);
        uint64 amount = uint64(magnitude(mix(seed, 1), seed % 16 == 0 ? 1 << 63 : 1 << 33));
        bool predicted = _people[member].known && twin.backing() + amount <= uint256(uint64(type(int64).max));
        uint256 units = amount * c.scale();
        c.mint(address(this), units);
        c.asset().approve(address(ledger), units);
        bool done;
        try ledger.deposit(_id(member), amount) {
            done = true;
            twin.deposit(member, amount);
        } catch {
            done = false;
        }
        _settle("deposit", done, predicted);
    }

    function announce(uint256 seed) external acting {
        uint32 member = _anybody(seed);
        (address who, bool holds) = _caller(member, mix(seed, 1));
        uint64 amount = seed % 16 == 0 ? 0 : uint64(_sum(seed, twin.free(member)));
        bool done;
        vm.prank(who);
        try ledger.announceWithdrawal(_id(member), amount) {
            done = true;
            _announced[member] = Withdrawal(amount, uint32(block.timestamp + c.NOTICE()), c.payeeOf(member));
        } catch {
            done = false;
        }
        _settle("announce", done, holds);
    }

    function withdraw(uint256 seed) external acting {
        uint32 member = _anybody(seed);
        // Someone whose notice is over, where there is one; else, now and then, it is waited for.
        for (uint32 i = 0; i < population && !_ripe(member); ++i) member = 1 + (member % population);
        if (mix(seed, 2) % 2 == 0 && _announced[member].readyAt > block.timestamp) {
            _wait(_announced[member].readyAt - block.timestamp);
        }
        (address who, bool holds) = _caller(member, mix(seed, 1));
        Withdrawal memory waits = _announced[member];
        uint256 free = twin.free(member);
        uint256 sum = free < waits.amount && holds ? free : waits.amount;
        bool predicted = sum != 0 && sum <= free && block.timestamp >= waits.readyAt;
        predicted = predicted && block.timestamp <= uint256(waits.readyAt) + c.WINDOW();
        uint256 held = c.asset().balanceOf(waits.payee);
        _consent(member, waits.amount);
        bool done;
        vm.prank(who);
        try ledger.withdraw(_id(member)) returns (uint256 paid) {
            done = true;
            twin.withdraw(member, paid);
            delete _announced[member];
            _expect(paid == sum, "withdraw paid another sum");
            uint256 received = c.asset().balanceOf(waits.payee) - held;
            _expect(received == paid * c.scale(), "the payee received another sum");
        } catch {
            done = false;
        }
        _settle("withdraw", done, predicted);
        if (block.timestamp < pausedUntil) _settle("withdraw while paused", done, predicted);
    }

    function advance(uint256 seed) external acting {
        (uint32 sponsor, uint32 member) = (_anybody(seed), _anybody(seed >> 8));
        (address who, bool holds) = _caller(sponsor, mix(seed, 1));
        uint64 amount = uint64(_sum(seed, twin.free(sponsor)));
        bool predicted;
        // RELIEF takes no advances.
        if (holds && member != 2 && _people[sponsor].known && _people[member].known) {
            try twin.advance(sponsor, member, amount) {
                predicted = true;
            } catch {
                predicted = false;
            }
        }
        bool done;
        if (holds) _consent(sponsor, amount);
        vm.prank(who);
        try advances.advance(_id(sponsor), _id(member), amount) {
            done = true;
        } catch {
            done = false;
        }
        _settle("advance", done, predicted);
    }

    function recall(uint256 seed) external acting {
        (uint32 sponsor, uint32 member) = _sponsored(seed);
        (address who, bool holds) = _caller(sponsor, mix(seed, 1));
        uint64 amount = uint64(_sum(seed, twin.advanceOf(sponsor, member)));
        if (holds) _consent(member, twin.advanceOf(sponsor, member));
        bool predicted = _givesBack(holds, sponsor, member, amount);
        bool done;
        vm.prank(who);
        try advances.recallAdvance(_id(sponsor), _id(member), amount) {
            done = true;
        } catch {
            done = false;
        }
        _settle("recall", done, predicted);
    }

    function repay(uint256 seed) external acting {
        (uint32 sponsor, uint32 member) = _sponsored(seed);
        (address who, bool holds) = _caller(member, mix(seed, 1));
        uint64 amount = uint64(_sum(seed, twin.advanceOf(sponsor, member)));
        if (holds) _consent(member, amount);
        bool predicted = _givesBack(holds, sponsor, member, amount);
        bool done;
        vm.prank(who);
        try advances.repayAdvance(_id(member), _id(sponsor), amount) {
            done = true;
        } catch {
            done = false;
        }
        _settle("repay", done, predicted);
    }

    function payDebt(uint256 seed) external acting {
        (uint32 debtor, uint32 creditor) = (_anybody(seed), _anybody(seed >> 8));
        for (uint32 i = 0; i < LAST * LAST && twin.debtOf(debtor, creditor) == 0; ++i) {
            creditor = 1 + (creditor % LAST);
            if (creditor == 1) debtor = 1 + (debtor % LAST);
        }
        uint256 expected;
        bool predicted;
        try twin.payDebt(debtor, creditor) returns (uint256 sum) {
            (expected, predicted) = (sum, true);
        } catch {
            predicted = false;
        }
        bool done;
        vm.prank(STRANGER);
        try ledger.payDebt(_id(debtor), _id(creditor)) returns (uint256 paid) {
            done = true;
            _expect(paid == expected, "payDebt paid another sum");
        } catch {
            done = false;
        }
        _settle("payDebt", done, predicted);
    }

    /// @notice Somebody sends assets to the ledger by mistake, any number of units.
    function stray(uint256 seed) external acting {
        uint256 units = magnitude(seed, 1 << 30);
        c.mint(address(ledger), units);
        strays += units;
        _settle("stray", true, true);
    }

    /// @dev All of it, a little more, or something of any size; never more than 64 bits.
    function _sum(uint256 seed, uint256 all) private pure returns (uint256 sum) {
        uint256 draw = mix(seed, 2);
        if (draw % 4 == 0) sum = all;
        else if (draw % 4 == 1) sum = all + 1;
        else if (draw % 4 == 2) sum = draw % (all / 2 + 1);
        else sum = magnitude(draw, 1 << 40);
        if (sum > type(uint64).max) sum = type(uint64).max;
    }

    function _ripe(uint32 member) private view returns (bool) {
        Withdrawal storage waits = _announced[member];
        return
            waits.amount != 0 &&
            waits.readyAt <= block.timestamp &&
            block.timestamp <= waits.readyAt + c.WINDOW();
    }

    /// @dev A pair in which an advance runs, where there is one.
    function _sponsored(uint256 seed) private view returns (uint32 sponsor, uint32 member) {
        (sponsor, member) = (_anybody(seed), _anybody(seed >> 8));
        for (uint32 i = 0; i < LAST * LAST && twin.advanceOf(sponsor, member) == 0; ++i) {
            member = 1 + (member % LAST);
            if (member == 1) sponsor = 1 + (sponsor % LAST);
        }
    }

    function _givesBack(bool holds, uint32 sponsor, uint32 member, uint256 amount) private returns (bool) {
        if (!holds) return false;
        try twin.returnAdvance(sponsor, member, amount) {
            return true;
        } catch {
            return false;
        }
    }
}
