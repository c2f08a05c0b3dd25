// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AgreedPrice, Agreement} from "../../../contracts/interfaces/IAgreements.sol";
import {MemberId} from "../../../contracts/types/MemberId.sol";
import {PeriodId} from "../../../contracts/types/PeriodId.sol";
import {Statements} from "../../support/Statements.sol";
import {vm} from "../../support/Vm.sol";
import {World} from "../World.sol";

/// @title AgreementActions
/// @notice Members agree on lower prices, sign for it, and end it.
abstract contract AgreementActions is World {
    bytes32 private constant PRICE = keccak256("AgreedPrice(uint16 service,uint64 price,uint64 back)");
    bytes32 private constant AGREEMENT = keccak256(
        "Agreement(uint32[] members,uint16 from,uint16 until,AgreedPrice[] prices,bytes32 document)AgreedPrice(uint16 service,uint64 price,uint64 back)"
    );

    /// @dev The last call that made an agreement.
    bytes private _made;

    function agree(uint256 seed) external acting movingNothing("an agreement") {
        (Agreement memory terms, bool sound) = _agreement(seed);
        bytes[] memory signatures = new bytes[](terms.members.length);
        bytes32 digest = Statements.digest(address(ledger), _hash(terms));
        for (uint256 i = 0; i < signatures.length; ++i) {
            uint32 member = MemberId.unwrap(terms.members[i]);
            bool signed;
            (signatures[i], signed) = _signature(member, digest, mix(seed, 40 + i));
            sound = sound && signed && _people[member].standing == 2;
        }
        sound = sound && agreements.hasRoom(terms.members, c.month());
        bytes memory data = abi.encodeCall(register.agree, (terms, signatures));
        bool done;
        vm.prank(STRANGER);
        (done, ) = address(register).call(data);
        if (done) {
            agreements.make(terms);
            _made = data;
        }
        _settle("agree", done, sound);
    }

    /// @notice What was agreed once is not agreed again with the same signatures.
    function agreeAgain() external acting {
        if (_made.length == 0) return;
        vm.prank(STRANGER);
        (bool done, ) = address(register).call(_made);
        _expect(!done, "5: an agreement was made twice");
        _settle("agreeAgain", true, true);
    }

    function endAgreement(uint256 seed) external acting movingNothing("who ends an agreement") {
        uint32 count = agreements.count();
        uint32 number = uint32(
            seed % 16 == 0 || count == 0 ? (seed >> 8) % (count + 2) : count - (seed % count)
        );
        bool known = number != 0 && number <= count;
        uint32 member = _member(seed >> 16);
        for (uint32 i = 0; known && (seed >> 24) % 8 != 0 && i < LAST; ++i) {
            if (agreements.has(number, member)) break;
            member = 3 + ((member - 2) % (population - 2));
        }
        (address who, bool holds) = _caller(member, mix(seed, 1));
        bool predicted = known && holds && agreements.has(number, member);
        bool done;
        vm.prank(who);
        try register.endAgreement(number, _id(member)) {
            done = true;
            agreements.end(number, c.month());
        } catch {
            done = false;
        }
        _settle("endAgreement", done, predicted);
    }

    /// @dev Two or three, mostly of the few that meet most often, from next month on; each part odd now and then.
    function _agreement(uint256 seed) private view returns (Agreement memory terms, bool sound) {
        terms.members = new MemberId[](mix(seed, 1) % 3 == 0 ? 3 : 2);
        uint32 first = uint32(bound(seed, 3, mix(seed, 2) % 4 == 0 ? population - 1 : 4));
        for (uint256 i = 0; i < terms.members.length; ++i) {
            terms.members[i] = _id(first);
            first += 1 + uint32((seed >> (8 + i)) % 2);
            if (first > population) first = population;
        }
        uint16 from = c.month() + uint16(mix(seed, 3) % 16 == 0 ? 0 : 1 + (mix(seed, 3) % 2));
        uint16 until = from + uint16(mix(seed, 4) % 5) - (mix(seed, 4) % 32 == 0 ? 1 : 0);
        if (mix(seed, 4) % 4 == 1) until = 0;
        (terms.from, terms.until) = (PeriodId.wrap(from), PeriodId.wrap(until));
        terms.document = bytes32(seed);
        bool fair;
        (terms.prices, fair) = _prices(mix(seed, 5), terms.members.length == 2);
        sound = fair && from > c.month() && (until == 0 || until >= from);
        for (uint256 i = 1; i < terms.members.length; ++i) {
            if (!(terms.members[i - 1] < terms.members[i])) sound = false;
        }
    }

    /// @dev What is free must be free in both directions, and in a group for all.
    function _prices(uint256 seed, bool pair) private pure returns (AgreedPrice[] memory prices, bool fair) {
        uint16 service = uint16(1 + (seed % 3));
        prices = new AgreedPrice[](1 + ((seed >> 8) % 2));
        fair = true;
        for (uint256 i = 0; i < prices.length; ++i) {
            uint256 own = mix(seed, i);
            prices[i].service = service + uint16(i);
            prices[i].price = uint64(own % 4 == 0 ? 0 : 1 + ((own >> 8) % 6e6));
            prices[i].back = prices[i].price;
            if (pair && prices[i].price != 0) prices[i].back = uint64(1 + ((own >> 64) % 6e6));
            if ((own >> 128) % 16 == 0) prices[i].back = 0;
            if ((prices[i].price == 0) != (prices[i].back == 0)) fair = false;
        }
        if (prices.length == 2 && seed % 32 == 0) (prices[1].service, fair) = (service, false);
    }

    function _hash(Agreement memory terms) private pure returns (bytes32) {
        bytes memory members;
        bytes memory prices;
        for (uint256 i = 0; i < terms.members.length; ++i) {
            members = bytes.concat(members, abi.encode(terms.members[i]));
        }
        for (uint256 i = 0; i < terms.prices.length; ++i) {
            prices = bytes.concat(prices, keccak256(abi.encode(PRICE, terms.prices[i])));
        }
        return
            keccak256(
                abi.encode(
                    AGREEMENT,
                    keccak256(members),
                    terms.from,
                    terms.until,
                    keccak256(prices),
                    terms.document
                )
            );
    }
}
