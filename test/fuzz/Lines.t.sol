// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Lines} from "../../contracts/libraries/Lines.sol";
import {Check} from "../support/Check.sol";

/// @title LinesTest
/// @notice Every line is read from its own bytes, whatever lies behind it.
contract LinesTest is Check {
    function testFuzz_short(uint256 seed, uint8 length, bytes calldata behind) external view {
        uint256 total = bound(length, 1, 40);
        bytes memory lines = "";
        for (uint256 i = 0; i < total; ++i) {
            uint256 draw = mix(seed, i);
            lines = abi.encodePacked(lines, uint16(draw), uint32(draw >> 16));
        }
        same(this.count(lines, 6), total, "count");
        for (uint256 i = 0; i < total; ++i) {
            uint256 draw = mix(seed, i);
            // As a part of something longer, as in a batch.
            this.sameLine(abi.encodePacked(lines, behind), 6, i, uint16(draw), uint32(draw >> 16), 0);
        }
    }

    function testFuzz_long(uint256 seed, uint8 length, bytes calldata behind) external view {
        uint256 total = bound(length, 1, 40);
        bytes memory lines = "";
        for (uint256 i = 0; i < total; ++i) {
            uint256 draw = mix(seed, i);
            lines = abi.encodePacked(lines, uint16(draw), uint32(draw >> 16), uint32(draw >> 48));
        }
        same(this.count(lines, 10), total, "count");
        for (uint256 i = 0; i < total; ++i) {
            uint256 draw = mix(seed, i);
            this.sameLine(
                abi.encodePacked(lines, behind),
                10,
                i,
                uint16(draw),
                uint32(draw >> 16),
                uint32(draw >> 48)
            );
        }
    }

    function count(bytes calldata lines, uint256 lineSize) external pure returns (uint256) {
        return Lines.count(lines, lineSize);
    }

    function sameLine(
        bytes calldata lines,
        uint256 lineSize,
        uint256 index,
        uint16 service,
        uint32 quantity,
        uint32 resource
    ) external pure {
        (uint16 service_, uint32 quantity_, uint32 resource_) = Lines.line(lines, lineSize, index);
        same(service_, service, "service");
        same(quantity_, quantity, "quantity");
        same(resource_, resource, "resource");
    }
}
