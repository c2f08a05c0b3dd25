// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Urn
/// @notice Identifiers of works in one standard form each, so that a work has one number.
/// @dev An identifier is valid in exactly these cases; every character is printable ASCII other than the space (0x21 to
/// 0x7e) and no capital:
/// 1. It begins with `urn:isbn:` (ISO 2108): then come 13 digits and nothing else, the first three 978 or 979, and the sum of
///    the digits, weighted 1, 3, 1, 3, … 1 from the left, is a multiple of 10.
/// 2. It begins with `urn:issn:` (ISO 3297): then come four digits, a hyphen, three digits and a digit or `x` and nothing
///    else, and the sum of the eight, weighted 8, 7, … 1 from the left with x as 10, is a multiple of 11.
/// 3. It begins with `urn:` otherwise: 5 to 128 characters in all.
/// 4. It begins with `doi:10.` (ISO 26324): 1 to 120 more characters.
/// Twin: `isUrn` in src/core/.
library Urn {
    /// @notice Whether an identifier of a work is in its standard form.
    function valid(bytes calldata urn) internal pure returns (bool) {
        uint256 length = urn.length;
        if (length < 5 || length > 128) return false;
        for (uint256 i = 0; i < length; ++i) {
            bytes1 char = urn[i];
            if (char < 0x21 || char > 0x7e || (char >= "A" && char <= "Z")) return false;
        }
        if (_begins(urn, "urn:isbn:", 9)) return length == 22 && _isbn(urn[9:]);
        if (_begins(urn, "urn:issn:", 9)) return length == 18 && _issn(urn[9:]);
        if (_begins(urn, "urn:", 4)) return true;
        return _begins(urn, "doi:10.", 7) && length > 7 && length <= 127;
    }

    function _begins(bytes calldata urn, bytes16 prefix, uint256 size) private pure returns (bool) {
        return urn.length >= size && (bytes16(urn[:size]) ^ prefix) == 0;
    }

    function _isbn(bytes calldata digits) private pure returns (bool) {
        if (bytes2(digits) != "97" || (digits[2] != "8" && digits[2] != "9")) return false;
        uint256 sum = 0;
        for (uint256 i = 0; i < 13; ++i) {
            if (!_digit(digits[i])) return false;
            sum += _value(digits[i]) * (i % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }

    function _issn(bytes calldata digits) private pure returns (bool) {
        if (digits[4] != "-") return false;
        uint256 sum = 0;
        uint256 weight = 8;
        for (uint256 i = 0; i < 9; ++i) {
            if (i == 4) continue;
            if (i == 8 && digits[8] == "x") sum += 10;
            else if (_digit(digits[i])) sum += weight * _value(digits[i]);
            else return false;
            --weight;
        }
        return sum % 11 == 0;
    }

    function _digit(bytes1 char) private pure returns (bool) {
        return char >= "0" && char <= "9";
    }

    function _value(bytes1 digit) private pure returns (uint256) {
        return uint8(digit) - uint8(bytes1("0"));
    }
}
