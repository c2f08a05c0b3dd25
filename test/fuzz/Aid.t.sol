// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Aid, aidOf} from "../../contracts/types/Aid.sol";
import {Check} from "../support/Check.sol";

/// @title AidTest
/// @notice What a relief pays is what it has less, and nothing else of it changes.
contract AidTest is Check {
    function testFuzz_pay(
        uint32 relief,
        uint16 share,
        bool grant,
        uint64 left,
        uint64[4] calldata draws
    ) external pure {
        Aid aid = aidOf(relief, share, grant, left);
        uint256 rest = left;
        for (uint256 i = 0; i < draws.length; ++i) {
            uint256 amount = bound(draws[i], 0, rest);
            aid = aid.pay(amount);
            rest -= amount;
            same(aid.left(), rest, "left");
            same(aid.paid(), left - rest, "paid");
        }
        same(aid.relief(), relief, "relief");
        same(aid.share(), share, "share");
        same(aid.isGrant(), grant, "grant");
    }
}
