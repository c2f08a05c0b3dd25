// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Agreement, IAgreements} from "../../contracts/interfaces/IAgreements.sol";
import {IAdvances, Invoice} from "../../contracts/interfaces/IAdvances.sol";
import {ICompensation, Named} from "../../contracts/interfaces/ICompensation.sol";
import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {IPricing} from "../../contracts/interfaces/IPricing.sol";
import {Grant, IReliefs, Relief} from "../../contracts/interfaces/IReliefs.sol";
import {IResources} from "../../contracts/interfaces/IResources.sol";
import {Legs} from "../../contracts/libraries/Legs.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {PeriodId} from "../../contracts/types/PeriodId.sol";
import {IVm} from "./Vm.sol";

/// @title PricingFold
/// @notice Reliefs, grants, compensation, invoices, agreements and holders of works, from the logs alone.
contract PricingFold {
    struct Paid {
        uint256 forAll;
        mapping(uint32 member => uint256) forMember;
    }

    /// @dev Legs of a statement, whose month the log of its batch tells.
    struct Pending {
        uint32 number;
        uint32 consumer;
        uint256[] legs;
    }

    uint32 public lastRelief;
    mapping(uint32 relief => Relief) private _reliefs;
    mapping(uint32 relief => Grant) private _grants;
    mapping(uint32 relief => mapping(address giver => uint256)) public givenBy;
    mapping(uint32 relief => mapping(uint256 month => Paid)) private _paid;
    mapping(uint32 member => mapping(uint256 month => Named)) private _named;
    mapping(uint32 invoice => Invoice) private _invoices;
    mapping(uint32 agreement => uint16[2]) private _months;
    mapping(uint32 resource => uint32) public holderOf;
    mapping(address key => mapping(uint16 service => bool)) public isAccredited;
    uint32 public lastInvoice;
    uint32 public lastAgreement;
    uint32 public lastResource;
    Pending[] private _pending;

    function take(IVm.Log calldata log) external {
        bytes32 what = log.topics[0];
        if (what == IPricing.LegsSettled.selector) _settled(log);
        else if (what == ILedger.StatementsPosted.selector) _posted(log);
        else if (what == IReliefs.ReliefOpened.selector) _opened(log, abi.decode(log.data, (Relief)));
        else if (what == IReliefs.GrantOpened.selector) {
            (Relief memory terms, , ) = abi.decode(log.data, (Relief, MemberId[], bytes32));
            _opened(log, terms);
        } else if (what == IReliefs.ReliefEnded.selector) {
            _reliefs[_number(log, 1)].until = abi.decode(log.data, (PeriodId));
        } else if (what == IReliefs.GrantFunded.selector) _funded(log);
        else if (what == IReliefs.GrantReturned.selector) _returned(log);
        else if (what == ICompensation.CompensationNamed.selector) {
            (uint16 rate, uint64 cap) = abi.decode(log.data, (uint16, uint64));
            _named[_number(log, 2)][_number(log, 1)] = Named(MemberId.wrap(_number(log, 2)), rate, cap);
        } else if (
            what == ICompensation.Compensated.selector || what == ICompensation.CompensationLapsed.selector
        ) {
            delete _named[_number(log, 2)][_number(log, 1)];
        } else if (what == IAdvances.InvoiceRaised.selector) _raised(log);
        else if (what == IAdvances.InvoicePaid.selector) {
            (uint256 amount, , ) = abi.decode(log.data, (uint256, uint256, bytes32));
            _invoices[_number(log, 1)].paid += uint64(amount);
        } else if (what == IAgreements.AgreementMade.selector) {
            Agreement memory terms = abi.decode(log.data, (Agreement));
            lastAgreement = _number(log, 1);
            _months[lastAgreement] = [PeriodId.unwrap(terms.from), PeriodId.unwrap(terms.until)];
        } else if (what == IAgreements.AgreementEnded.selector) {
            _months[_number(log, 1)][1] = abi.decode(log.data, (uint16));
        } else if (what == IResources.ResourceRegistered.selector) {
            lastResource = _number(log, 1);
            holderOf[lastResource] = _number(log, 2);
        } else if (what == IResources.ResourceTransferred.selector) {
            holderOf[_number(log, 1)] = _number(log, 2);
        } else if (what == IPricing.AttestorAccredited.selector) {
            address key = address(uint160(uint256(log.topics[1])));
            isAccredited[key][uint16(_number(log, 2))] = abi.decode(log.data, (bool));
        }
    }

    function reliefOf(uint32 relief) external view returns (Relief memory) {
        return _reliefs[relief];
    }

    function grantOf(uint32 relief) external view returns (Grant memory) {
        return _grants[relief];
    }

    function relieved(uint32 relief, uint32 member, uint256 month) external view returns (uint256, uint256) {
        return (_paid[relief][month].forMember[member], _paid[relief][month].forAll);
    }

    function namedFor(uint32 member, uint256 month) external view returns (Named memory) {
        return _named[member][month];
    }

    function invoiceOf(uint32 invoice) external view returns (Invoice memory) {
        return _invoices[invoice];
    }

    function agreementOf(uint32 agreement) external view returns (uint16 from, uint16 until) {
        return (_months[agreement][0], _months[agreement][1]);
    }

    function _opened(IVm.Log calldata log, Relief memory terms) private {
        lastRelief = _number(log, 1);
        _reliefs[lastRelief] = terms;
    }

    function _funded(IVm.Log calldata log) private {
        uint64 amount = abi.decode(log.data, (uint64));
        _grants[_number(log, 1)].balance += amount;
        _grants[_number(log, 1)].given += amount;
        givenBy[_number(log, 1)][address(uint160(uint256(log.topics[2])))] += amount;
    }

    /// @dev A giver's claim is gone with what it is paid.
    function _returned(IVm.Log calldata log) private {
        (uint32 relief, address giver) = (_number(log, 1), address(uint160(uint256(log.topics[2]))));
        _grants[relief].balance -= abi.decode(log.data, (uint64));
        _grants[relief].given -= uint64(givenBy[relief][giver]);
        delete givenBy[relief][giver];
    }

    function _raised(IVm.Log calldata log) private {
        (PeriodId period, uint256 amount, ) = abi.decode(log.data, (PeriodId, uint256, bytes32));
        lastInvoice = _number(log, 1);
        _invoices[lastInvoice] = Invoice(
            MemberId.wrap(_number(log, 2)),
            MemberId.wrap(_number(log, 3)),
            period,
            uint64(amount),
            0
        );
    }

    function _settled(IVm.Log calldata log) private {
        (, uint256[] memory legs) = abi.decode(log.data, (uint256, uint256[]));
        _pending.push(Pending(_number(log, 2), _number(log, 3), legs));
    }

    /// @dev Statements with legs stand in their batch in the order in which they were settled.
    function _posted(IVm.Log calldata log) private {
        if (_pending.length == 0) return;
        (uint256 posted, bytes memory batch, ) = abi.decode(log.data, (uint256, bytes, bytes));
        (uint256 offset, uint256 next) = (0, 0);
        for (uint256 i = 0; next < _pending.length; ++i) {
            Pending storage one = _pending[next];
            if ((posted >> i) & 1 == 1 && _read(batch, offset + 4, 4) == one.number) {
                _count(one, _read(batch, offset + 8, 2));
                ++next;
            }
            offset = _behind(batch, offset);
        }
        delete _pending;
    }

    function _count(Pending storage one, uint256 month) private {
        for (uint256 i = 0; i < one.legs.length; ++i) {
            uint256 leg = one.legs[i];
            if (!Legs.isAid(leg)) continue;
            uint32 relief = Legs.target(leg);
            Paid storage paid = _paid[relief][month];
            paid.forAll += Legs.amount(leg);
            paid.forMember[one.consumer] += Legs.amount(leg);
            // Only grants have been given anything.
            if (_grants[relief].balance != 0) _grants[relief].balance -= Legs.amount(leg);
        }
    }

    /// @dev Where the statement behind the one at `offset` begins.
    function _behind(bytes memory batch, uint256 offset) private pure returns (uint256) {
        uint256 form = _read(batch, offset + 21, 1);
        uint256 signature = offset + 54 + (form & 2 == 0 ? 6 : 10) * _read(batch, offset + 20, 1);
        if (form & 1 == 0) return signature + 64;
        return signature + 22 + _read(batch, signature + 20, 2);
    }

    function _read(bytes memory data, uint256 from, uint256 size) private pure returns (uint256 number) {
        for (uint256 i = 0; i < size; ++i) number = (number << 8) | uint8(data[from + i]);
    }

    function _number(IVm.Log calldata log, uint256 topic) private pure returns (uint32) {
        return uint32(uint256(log.topics[topic]));
    }
}
