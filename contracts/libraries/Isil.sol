// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Isil
/// @notice International Standard Identifier for Libraries (ISO 15511) as 16 bytes of ASCII.
/// @dev Twin: `isil` in src/core/ids.ts.
library Isil {
    /// @notice A prefix of one to four letters, a hyphen, and one to eleven of letters, digits, colon, solidus
    /// and hyphen; zeros only as padding on the right.
    function valid(bytes16 isil) internal pure returns (bool) {
        uint256 prefix = 0;
        uint256 length = 0;
        bool hyphen = false;
        for (uint256 i = 0; i < 16; ++i) {
            bytes1 char = isil[i];
            if (char == 0) continue;
            if (length != i) return false; // a zero inside
            ++length;
            if (!hyphen) {
                if (char == "-") hyphen = true;
                else if (_letter(char)) ++prefix;
                else return false;
            } else if (!(_letter(char) || _digit(char) || char == "-" || char == ":" || char == "/")) {
                return false;
            }
        }
        if (!hyphen || prefix == 0 || prefix > 4) return false;
        uint256 unit = length - prefix - 1;
        return unit != 0 && unit <= 11;
    }

    /// @notice The same identifier in capitals: ISILs that differ only in case name one library.
    function fold(bytes16 isil) internal pure returns (bytes16 folded) {
        for (uint256 i = 0; i < 16; ++i) {
            bytes1 char = isil[i];
            if (char >= "a" && char <= "z") char &= 0xdf;
            folded |= bytes16(char) >> (8 * i);
        }
    }

    function _letter(bytes1 char) private pure returns (bool) {
        return (char >= "A" && char <= "Z") || (char >= "a" && char <= "z");
    }

    function _digit(bytes1 char) private pure returns (bool) {
        return char >= "0" && char <= "9";
    }
}
