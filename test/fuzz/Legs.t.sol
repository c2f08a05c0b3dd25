// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Legs} from "../../contracts/libraries/Legs.sol";
import {Check} from "../support/Check.sol";

/// @title LegsTest
/// @notice A leg says what was put into it, and relief is never taken for a royalty.
contract LegsTest is Check {
    function testFuzz_aid(uint32 relief, uint64 amount) external pure {
        uint256 leg = Legs.aid(relief, amount);
        check(Legs.isAid(leg), "aid");
        same(Legs.target(leg), relief, "relief");
        same(Legs.amount(leg), amount, "amount");
    }

    function testFuzz_royalty(uint32 holder, uint64 amount) external pure {
        uint256 leg = Legs.royalty(holder, amount);
        check(!Legs.isAid(leg), "royalty");
        same(Legs.target(leg), holder, "holder");
        same(Legs.amount(leg), amount, "amount");
    }
}
