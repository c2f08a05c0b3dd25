// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Lines
/// @notice Reads the lines of a statement, side by side as they were packed.
library Lines {
    /// @dev Bytes of a line that names a resource behind service and quantity.
    uint256 private constant LONG = 10;

    function count(bytes calldata lines, uint256 lineSize) internal pure returns (uint256) {
        return lines.length / lineSize;
    }

    /// @notice A line below `count`; its resource is zero where it uses no licensed work.
    function line(
        bytes calldata lines,
        uint256 lineSize,
        uint256 index
    ) internal pure returns (uint16 service, uint32 quantity, uint32 resource) {
        uint256 word;
        assembly ("memory-safe") {
            word := calldataload(add(lines.offset, mul(index, lineSize)))
        }
        service = uint16(word >> 240);
        quantity = uint32(word >> 208);
        if (lineSize == LONG) resource = uint32(word >> 176);
    }
}
