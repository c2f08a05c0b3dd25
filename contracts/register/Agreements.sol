// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AgreedPrice, Agreement, IAgreements} from "../interfaces/IAgreements.sol";
import {IRegister} from "../interfaces/IRegister.sol";
import {KeySignature} from "../libraries/KeySignature.sol";
import {LedgerDomain} from "../libraries/LedgerDomain.sol";
import {MemberId, RELIEF} from "../types/MemberId.sol";
import {NO_PERIOD, PeriodId, POSTING_WINDOW, periodOf} from "../types/PeriodId.sol";
import {Rights} from "../types/Rights.sol";
import {Choices} from "./Choices.sol";

/// @title Agreements
/// @notice See IAgreements.
abstract contract Agreements is Choices {
    /// @param until zero without end
    /// @param first the first of two members; zero for a group
    /// @param second the second of two members; zero for a group
    struct Months {
        PeriodId from;
        PeriodId until;
        MemberId first;
        MemberId second;
    }

    bytes32 private constant PRICE_TYPEHASH = keccak256(
        "AgreedPrice(uint16 service,uint64 price,uint64 back)"
    );
    bytes32 private constant AGREEMENT_TYPEHASH = keccak256(
        "Agreement(uint32[] members,uint16 from,uint16 until,AgreedPrice[] prices,bytes32 document)AgreedPrice(uint16 service,uint64 price,uint64 back)"
    );

    uint8 private constant RIGHTS = Rights.POST | Rights.COUNTERSIGN;
    uint256 private constant MAX_MEMBERS = 16;
    uint256 private constant MAX_PRICES = 32;

    /// @dev Agreements that wait, run or can still be posted: so many numbers of 32 bits fit into a word, the newest lowest.
    uint256 private constant LIMIT = 8;

    /// @dev One word a price: `price` 0–63, `back` 64–127, priced 128.
    uint256 private constant PRICED = 1 << 128;

    uint32 public lastAgreement;

    mapping(uint32 agreement => Months) private _months;
    mapping(uint48 agreementAndService => uint256) private _prices;
    mapping(uint64 firstAndSecond => uint256 agreements) private _ofPairs;
    mapping(MemberId member => uint256 agreements) private _ofGroups;
    mapping(bytes32 digest => bool) private _made;

    /// @inheritdoc IAgreements
    function agree(
        Agreement calldata terms,
        bytes[] calldata signatures
    ) external returns (uint32 agreement) {
        _checkMonths(terms);
        _checkMembers(terms.members);
        _checkPrices(terms.prices, terms.members.length == 2);
        bytes32 digest = LedgerDomain.digest(_ledger(), _structHash(terms));
        if (_made[digest]) revert AgreementKnown(digest);
        _checkSignatures(terms.members, signatures, digest);

        _made[digest] = true;
        agreement = ++lastAgreement;
        _keep(agreement, terms);

        emit AgreementMade(agreement, terms);
        for (uint256 i = 0; i < terms.members.length; ++i) _becomeChoosy(terms.members[i]);
    }

    /// @inheritdoc IAgreements
    function endAgreement(uint32 agreement, MemberId member) external {
        Months storage months = _months[agreement];
        if (months.from == NO_PERIOD) revert AgreementUnknown(agreement);
        bool party = months.first == member || months.second == member || _has(_ofGroups[member], agreement);
        if (!party || MemberId.unwrap(member) == 0) revert AgreementNotParty(agreement, member);
        _requireRight(member, RIGHTS);

        PeriodId last = periodOf(block.timestamp);
        // One that has not begun ends before it begins, and so never holds.
        if (months.until == NO_PERIOD || last < months.until) months.until = last;
        else last = months.until;

        emit AgreementEnded(agreement, member, last);
    }

    /// @inheritdoc IAgreements
    function agreedPrice(
        MemberId supplier,
        MemberId consumer,
        PeriodId period,
        uint16 service
    ) external view returns (bool agreed, uint64 price) {
        bool forward = supplier < consumer;
        uint64 pair = forward ? _between(supplier, consumer) : _between(consumer, supplier);
        uint256 word = _priceIn(_ofPairs[pair], type(uint256).max, period, service);
        if (word == 0) word = _priceIn(_ofGroups[supplier], _ofGroups[consumer], period, service);
        return (word != 0, uint64(forward ? word : word >> 64));
    }

    /// @inheritdoc IAgreements
    function agreementOf(uint32 agreement) external view returns (PeriodId from, PeriodId until) {
        Months storage months = _months[agreement];
        return (months.from, months.until);
    }

    /// @dev For whose ledger agreements are signed.
    function _ledger() internal view virtual returns (address);

    /// @dev Reverts where the number is no admitted institution's.
    function _requireAdmitted(MemberId member) internal view virtual;

    function _keep(uint32 agreement, Agreement calldata terms) private {
        MemberId first = terms.members[0];
        MemberId second = terms.members[1];
        Months storage months = _months[agreement];
        months.from = terms.from;
        months.until = terms.until;
        if (terms.members.length == 2) {
            months.first = first;
            months.second = second;
            uint64 pair = _between(first, second);
            _ofPairs[pair] = _add(_ofPairs[pair], agreement, first);
        } else {
            for (uint256 i = 0; i < terms.members.length; ++i) {
                MemberId member = terms.members[i];
                _ofGroups[member] = _add(_ofGroups[member], agreement, member);
            }
        }
        for (uint256 i = 0; i < terms.prices.length; ++i) {
            AgreedPrice calldata entry = terms.prices[i];
            _prices[_of(agreement, entry.service)] = PRICED | (uint256(entry.back) << 64) | entry.price;
        }
    }

    /// @dev The numbers with one more, without those of which nothing can be posted any longer.
    function _add(uint256 numbers, uint32 agreement, MemberId member) private view returns (uint256 changed) {
        changed = agreement;
        uint256 count = 1;
        PeriodId first = PeriodId.wrap(PeriodId.unwrap(periodOf(block.timestamp)) - POSTING_WINDOW);
        for (; numbers != 0; numbers >>= 32) {
            Months storage months = _months[uint32(numbers)];
            PeriodId until = months.until;
            if (!(until == NO_PERIOD) && (until < first || until < months.from)) continue;
            if (count == LIMIT) revert AgreementTooMany(member, LIMIT);
            changed |= uint256(uint32(numbers)) << (32 * count++);
        }
    }

    /// @dev The price by the newest of some agreements that are also among others, hold in a month and price a service.
    function _priceIn(
        uint256 numbers,
        uint256 others,
        PeriodId period,
        uint16 service
    ) private view returns (uint256 word) {
        for (; numbers != 0; numbers >>= 32) {
            uint32 agreement = uint32(numbers);
            if (others != type(uint256).max && !_has(others, agreement)) continue;
            Months storage months = _months[agreement];
            PeriodId until = months.until;
            if (period < months.from || (!(until == NO_PERIOD) && until < period)) continue;
            word = _prices[_of(agreement, service)];
            if (word != 0) return word;
        }
    }

    function _checkMonths(Agreement calldata terms) private view {
        PeriodId earliest = periodOf(block.timestamp).next();
        if (terms.from < earliest) revert AgreementTooLate(terms.from, earliest);
        if (!(terms.until == NO_PERIOD) && terms.until < terms.from)
            revert AgreementTooLate(terms.until, terms.from);
    }

    function _checkMembers(MemberId[] calldata members_) private view {
        if (members_.length < 2 || members_.length > MAX_MEMBERS) revert AgreementMembersInvalid();
        MemberId last = RELIEF;
        for (uint256 i = 0; i < members_.length; ++i) {
            if (!(last < members_[i])) revert AgreementMembersInvalid();
            last = members_[i];
            _requireAdmitted(last);
        }
    }

    function _checkPrices(AgreedPrice[] calldata prices, bool pair) private pure {
        if (prices.length == 0 || prices.length > MAX_PRICES) revert AgreementPricesInvalid(0);
        uint16 last = 0;
        for (uint256 i = 0; i < prices.length; ++i) {
            AgreedPrice calldata entry = prices[i];
            if (entry.service <= last) revert AgreementPricesInvalid(entry.service);
            last = entry.service;
            if (!pair && entry.price != entry.back) revert AgreementPricesInvalid(last);
            if ((entry.price == 0) != (entry.back == 0)) revert AgreementOneSided(last);
        }
    }

    function _checkSignatures(
        MemberId[] calldata members_,
        bytes[] calldata signatures,
        bytes32 digest
    ) private view {
        if (members_.length != signatures.length)
            revert AgreementSignaturesMissing(members_.length, signatures.length);
        IRegister register = IRegister(address(this));
        for (uint256 i = 0; i < members_.length; ++i) {
            (address signer, bool signed) = KeySignature.check(
                register,
                signatures[i],
                digest,
                members_[i],
                RIGHTS
            );
            if (!signed) revert AgreementUnsigned(members_[i], signer);
        }
    }

    function _structHash(Agreement calldata terms) private pure returns (bytes32) {
        bytes32[] memory prices = new bytes32[](terms.prices.length);
        for (uint256 i = 0; i < prices.length; ++i) {
            prices[i] = keccak256(abi.encode(PRICE_TYPEHASH, terms.prices[i]));
        }
        return
            keccak256(
                abi.encode(
                    AGREEMENT_TYPEHASH,
                    keccak256(abi.encodePacked(terms.members)),
                    terms.from,
                    terms.until,
                    keccak256(abi.encodePacked(prices)),
                    terms.document
                )
            );
    }

    function _has(uint256 numbers, uint32 agreement) private pure returns (bool) {
        for (; numbers != 0; numbers >>= 32) {
            if (uint32(numbers) == agreement) return true;
        }
        return false;
    }

    function _of(uint32 agreement, uint16 service) private pure returns (uint48) {
        return (uint48(agreement) << 16) | service;
    }
}
