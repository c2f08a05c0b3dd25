// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Urn} from "../../contracts/libraries/Urn.sol";
import {Check} from "../support/Check.sol";

/// @title UrnTest
/// @notice Urn.valid against a reading of its rules that counts check digits up instead of summing them down.
contract UrnTest is Check {
    bytes private constant ALPHABET = "abxz019-:/.()~!AXZ \x00\x7f\xc3";

    function valid(bytes calldata urn) external pure returns (bool) {
        return Urn.valid(urn);
    }

    function testFuzz_anyBytes(bytes calldata urn) external view {
        _agrees(urn);
    }

    /// Nearly right words, which chance alone would not make.
    function testFuzz_nearlyRight(uint256 seed, uint256 prefix, uint256 length) external view {
        string[6] memory prefixes = ["urn:", "doi:10.", "urn:isbn:", "urn:issn:", "doi:10", "info:doi/"];
        bytes memory urn = bytes(prefixes[prefix % 6]);
        length = bound(length, 0, seed % 3 == 0 ? 130 : 20);
        for (uint256 i = 0; i < length; ++i) {
            urn = abi.encodePacked(urn, ALPHABET[mix(seed, i) % (mix(seed, i) % 41 == 0 ? 22 : 15)]);
        }
        _agrees(urn);
    }

    /// Of the ten last digits exactly one is right.
    function testFuzz_isbn(uint256 digits, bool music) external view {
        bytes memory urn = "urn:isbn:978..........";
        if (music) urn[11] = "9";
        for (uint256 i = 12; i < 22; ++i) urn[i] = bytes1(uint8(48 + (mix(digits, i) % 10)));
        uint256 right = 0;
        for (uint8 last = 48; last < 58; ++last) {
            urn[21] = bytes1(last);
            if (_agrees(urn)) ++right;
        }
        same(right, 1, "one check digit");
        urn[21] = "x";
        check(!_agrees(urn), "x is no digit of an ISBN");
    }

    /// Of the eleven last characters exactly one is right.
    function testFuzz_issn(uint256 digits) external view {
        bytes memory urn = "urn:issn:....-....";
        for (uint256 i = 9; i < 17; ++i) {
            if (i != 13) urn[i] = bytes1(uint8(48 + (mix(digits, i) % 10)));
        }
        uint256 right = 0;
        for (uint8 last = 48; last < 59; ++last) {
            urn[17] = last == 58 ? bytes1("x") : bytes1(last);
            if (_agrees(urn)) ++right;
        }
        same(right, 1, "one check character");
    }

    /// A right one with one character changed is right only where the rules say so.
    function testFuzz_onePlaceChanged(uint256 which, uint256 place, bytes1 other) external view {
        string[4] memory right = [
            "urn:isbn:9783161484100",
            "urn:issn:2434-561x",
            "doi:10.1000/182",
            "urn:nbn:de:101:1-201102033592"
        ];
        bytes memory urn = bytes(right[which % 4]);
        check(_agrees(urn), "right as it was");
        urn[place % urn.length] = other;
        _agrees(urn);
    }

    function test_lengths() external view {
        check(!_agrees("urn:") && _agrees("urn:a"), "five at least");
        check(_agrees(_long("urn:", 128)) && !_agrees(_long("urn:", 129)), "128 at most");
        check(!_agrees("doi:10.") && _agrees("doi:10.1"), "something behind");
        check(_agrees(_long("doi:10.", 127)) && !_agrees(_long("doi:10.", 128)), "120 behind at most");
    }

    function test_examples() external view {
        check(_agrees("urn:issn:0378-5955") && _agrees("urn:isbn:9791032305690"), "good ones");
        check(!_agrees("urn:isbn:4006381333931"), "an article is no book");
        check(!_agrees("urn:isbn:978-3-16-148410-0") && !_agrees("urn:isbn:0306406152"), "other forms");
        check(!_agrees("urn:issn:2434561x") && !_agrees("urn:issn:2434-561X"), "other forms");
        check(!_agrees("urn:isbn:") && !_agrees("urn:issn:") && !_agrees(""), "nothing");
        check(_agrees("urn:isbn") && _agrees("urn:isbnx:1"), "not an ISBN's name");
        check(!_agrees("https://doi.org/10.1000/182") && !_agrees("10.1000/182"), "no doi:");
        check(!_agrees("urn:a b") && !_agrees("doi:10.1000/A") && !_agrees(unicode"urn:bäder"), "characters");
    }

    /// Whether it is valid, after both readings said the same.
    function _agrees(bytes memory urn) private view returns (bool found) {
        found = this.valid(urn);
        same(found, _naive(urn), string.concat("valid: ", string(urn)));
    }

    function _naive(bytes memory urn) private pure returns (bool) {
        for (uint256 i = 0; i < urn.length; ++i) {
            uint8 char = uint8(urn[i]);
            if (char <= 32 || char >= 127 || (char >= 65 && char <= 90)) return false;
        }
        if (_starts(urn, "urn:isbn:")) {
            if (urn.length != 22 || !(_starts(urn, "urn:isbn:978") || _starts(urn, "urn:isbn:979")))
                return false;
            uint8 digit = 0;
            for (uint256 i = 9; i < 21; ++i) {
                if (_digit(urn[i]) > 9) return false;
                digit = (digit + (i % 2 == 1 ? 9 : 7) * _digit(urn[i])) % 10;
            }
            return _digit(urn[21]) == digit;
        }
        if (_starts(urn, "urn:issn:")) {
            if (urn.length != 18 || urn[13] != "-") return false;
            uint8 digit = 0;
            uint8 place = 0;
            for (uint256 i = 9; i < 17; ++i) {
                if (i == 13) continue;
                if (_digit(urn[i]) > 9) return false;
                digit = (digit + (3 + place++) * _digit(urn[i])) % 11;
            }
            return urn[17] == (digit == 10 ? bytes1("x") : bytes1(48 + digit));
        }
        if (_starts(urn, "urn:")) return urn.length > 4 && urn.length < 129;
        return _starts(urn, "doi:10.") && urn.length > 7 && urn.length < 128;
    }

    function _starts(bytes memory urn, bytes memory prefix) private pure returns (bool) {
        if (urn.length < prefix.length) return false;
        for (uint256 i = 0; i < prefix.length; ++i) {
            if (urn[i] != prefix[i]) return false;
        }
        return true;
    }

    /// More than nine where it is none.
    function _digit(bytes1 char) private pure returns (uint8) {
        return char >= "0" && char <= "9" ? uint8(char) - 48 : 99;
    }

    function _long(bytes memory prefix, uint256 length) private pure returns (bytes memory urn) {
        urn = new bytes(length);
        for (uint256 i = 0; i < length; ++i) urn[i] = i < prefix.length ? prefix[i] : bytes1("a");
    }
}
