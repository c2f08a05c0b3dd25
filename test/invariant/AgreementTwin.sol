// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AgreedPrice, Agreement} from "../../contracts/interfaces/IAgreements.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {PeriodId} from "../../contracts/types/PeriodId.sol";

/// @title AgreementTwin
/// @notice The twin of agreements: all that were ever made, walked from the latest, those between two before those of groups.
contract AgreementTwin {
    /// @param members one bit each
    /// @param until zero without end
    struct One {
        uint16 members;
        bool pair;
        uint16 from;
        uint16 until;
    }

    One[] private _all;
    mapping(uint256 index => mapping(uint16 service => bool)) private _prices;
    mapping(uint256 index => mapping(uint16 service => AgreedPrice)) private _priceOf;

    function count() external view returns (uint32) {
        return uint32(_all.length);
    }

    /// @notice Whether sound terms can be made: each pair, and each member of a group, has eight at most that can still be
    /// posted for.
    function hasRoom(MemberId[] calldata members, uint16 current) external view returns (bool) {
        uint16 all = _bits(members);
        for (uint256 m = 0; m < members.length; ++m) {
            uint256 alive = 0;
            for (uint256 i = 0; i < _all.length; ++i) {
                One storage one = _all[i];
                bool dead = one.until != 0 && (one.until + 3 < current || one.until < one.from);
                bool same = members.length == 2 ? one.members == all : !one.pair && _has(one, members[m]);
                if (same && !dead) ++alive;
            }
            if (alive >= 8) return false;
        }
        return true;
    }

    function make(Agreement calldata terms) external {
        uint256 index = _all.length;
        _all.push(
            One({
                members: _bits(terms.members),
                pair: terms.members.length == 2,
                from: PeriodId.unwrap(terms.from),
                until: PeriodId.unwrap(terms.until)
            })
        );
        for (uint256 i = 0; i < terms.prices.length; ++i) {
            _prices[index][terms.prices[i].service] = true;
            _priceOf[index][terms.prices[i].service] = terms.prices[i];
        }
    }

    function has(uint32 agreement, uint32 member) external view returns (bool) {
        return _has(_all[agreement - 1], MemberId.wrap(member));
    }

    /// @notice Ends an agreement with a month where it does not end before.
    function end(uint32 agreement, uint16 month) external {
        One storage ended = _all[agreement - 1];
        if (ended.until == 0 || month < ended.until) ended.until = month;
    }

    function priceOf(
        uint32 supplier,
        uint32 consumer,
        uint16 month,
        uint16 service
    ) external view returns (bool agreed, uint64 price) {
        (agreed, price) = _find(true, supplier, consumer, month, service);
        if (!agreed) (agreed, price) = _find(false, supplier, consumer, month, service);
    }

    function _find(
        bool pair,
        uint32 supplier,
        uint32 consumer,
        uint16 month,
        uint16 service
    ) private view returns (bool, uint64) {
        for (uint256 i = _all.length; i > 0; --i) {
            One memory one = _all[i - 1];
            if (pair != one.pair || month < one.from || (one.until != 0 && one.until < month)) continue;
            bool both = (one.members >> supplier) & (one.members >> consumer) & 1 == 1;
            if (!both || !_prices[i - 1][service]) continue;
            AgreedPrice storage price = _priceOf[i - 1][service];
            return (true, supplier < consumer ? price.price : price.back);
        }
        return (false, 0);
    }

    function _has(One storage one, MemberId member) private view returns (bool) {
        return (one.members >> MemberId.unwrap(member)) & 1 == 1;
    }

    function _bits(MemberId[] calldata members) private pure returns (uint16 bits) {
        for (uint256 i = 0; i < members.length; ++i) bits |= uint16(1 << MemberId.unwrap(members[i]));
    }
}
