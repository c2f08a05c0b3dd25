// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import {PeriodId} from "../../../contracts/types/PeriodId.sol";
import {vm} from "../../support/Vm.sol";
import {World} from "../World.sol";

/// @title InvoiceActions
/// @notice Sponsors ask members for what they spent, and anybody pays it.
abstract contract InvoiceActions is World {
    struct Asked {
        uint32 sponsor;
        uint32 member;
        uint256 amount;
        uint256 paid;
    }

    Asked[] private _invoices;

    function raiseInvoice(uint256 seed) external acting movingNothing("an invoice") {
        (uint32 sponsor, uint32 member) = (_anybody(seed), _anybody(seed >> 8));
        // Mostly of somebody that was lent to.
        for (uint32 i = 0; i < LAST * LAST && seed % 4 != 0 && twin.advanceOf(sponsor, member) == 0; ++i) {
            member = 1 + (member % LAST);
            if (member == 1) sponsor = 1 + (sponsor % LAST);
        }
        (address who, bool holds) = _caller(sponsor, mix(seed, 1));
        uint64 amount = seed % 32 == 0 ? 0 : uint64(magnitude(mix(seed, 2), 1 << 28));
        bool predicted = holds && amount != 0 && sponsor != member && _people[member].known;
        PeriodId month = PeriodId.wrap(c.month());
        bool done;
        vm.prank(who);
        try advances.raiseInvoice(_id(sponsor), _id(member), month, amount, bytes32(seed)) returns (
            uint32 invoice
        ) {
            done = true;
            _invoices.push(Asked(sponsor, member, amount, 0));
            _expect(invoice == _invoices.length, "an invoice has another number");
        } catch {
            done = false;
        }
        _settle("raiseInvoice", done, predicted);
    }

    function payInvoice(uint256 seed) external acting {
        uint256 count = _invoices.length;
        uint32 invoice = uint32(seed % 16 == 0 || count == 0 ? seed % (count + 2) : count - (seed % count));
        bool known = invoice != 0 && invoice <= count;
        Asked memory one;
        if (known) one = _invoices[invoice - 1];
        uint256 rest = one.amount - one.paid;
        uint64 amount = uint64(mix(seed, 1) % 2 == 0 ? rest : mix(seed, 2) % (rest + 2));
        bool predicted = known && amount != 0 && amount <= rest;
        predicted = predicted && twin.backing() + amount <= uint256(uint64(type(int64).max));
        uint256 expected = predicted ? _paid(one, amount) : 0;
        IERC20Metadata asset = c.asset();
        uint256 units = amount * c.scale();
        c.mint(address(this), units);
        asset.approve(address(advances), units);
        bool done;
        try advances.payInvoice(invoice, amount, bytes32(seed)) returns (uint256 repaid) {
            done = true;
            _invoices[invoice - 1].paid += amount;
            _expect(repaid == expected, "an invoice repaid another sum");
            if (repaid != 0) ++succeeded["an invoice repaid an advance"];
        } catch {
            done = false;
        }
        _expect(asset.balanceOf(address(advances)) == 0, "2: assets stay at the desk");
        _settle("payInvoice", done, predicted);
    }

    /// @dev Into the member's account, and from there to the sponsor what it lent and what the account can bear.
    function _paid(Asked memory one, uint256 amount) private returns (uint256 repaid) {
        twin.deposit(one.member, amount);
        repaid = twin.advanceOf(one.sponsor, one.member);
        if (repaid > amount) repaid = amount;
        if (repaid > twin.unspent(one.member)) repaid = twin.unspent(one.member);
        if (repaid != 0) twin.returnAdvance(one.sponsor, one.member, repaid);
    }
}
