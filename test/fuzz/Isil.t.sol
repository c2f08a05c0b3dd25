// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Isil} from "../../contracts/libraries/Isil.sol";
import {Check} from "../support/Check.sol";

/// @title IsilTest
/// @notice Isil.valid against a reading of ISO 15511 in the order of its words.
contract IsilTest is Check {
    bytes private constant ALPHABET = "ABZabz019-:/ _.\x00\xff";

    function testFuzz_anyWord(bytes16 isil) external pure {
        check(Isil.valid(isil) == _naive(isil), "valid");
    }

    /// Words of nearly right letters, which chance alone would not make.
    function testFuzz_nearlyRight(uint256 seed, uint256 prefix, uint256 unit) external pure {
        (prefix, unit) = (bound(prefix, 0, 6), bound(unit, 0, 12));
        bytes memory word;
        for (uint256 i = 0; i < prefix; ++i)
            word = abi.encodePacked(word, ALPHABET[mix(seed, i) % (seed % 4 == 0 ? 17 : 6)]);
        word = abi.encodePacked(word, "-");
        for (uint256 i = 0; i < unit; ++i) {
            word = abi.encodePacked(word, ALPHABET[mix(seed, 50 + i) % (seed % 5 == 0 ? 17 : 12)]);
        }
        bytes16 isil = bytes16(word);
        check(Isil.valid(isil) == _naive(isil), "valid");
    }

    function testFuzz_onePlaceChanged(uint256 place, bytes1 other) external pure {
        bytes memory word = "XABC-12345678901";
        word[place % 16] = other;
        check(Isil.valid(bytes16(word)) == _naive(bytes16(word)), "valid");
    }

    /// Folding keeps what is valid valid, and is done once.
    function testFuzz_fold(bytes16 isil) external pure {
        bytes16 folded = Isil.fold(isil);
        for (uint256 i = 0; i < 16; ++i) {
            bool small = _in(isil[i], "abcdefghijklmnopqrstuvwxyz");
            same(uint8(folded[i]), small ? uint8(isil[i]) - 32 : uint8(isil[i]), "fold");
        }
        check(Isil.valid(folded) == Isil.valid(isil), "valid");
        same(bytes32(Isil.fold(folded)), bytes32(folded), "twice");
    }

    function test_examples() external pure {
        check(Isil.valid("DE-1") && Isil.valid("US-DLC") && Isil.valid("OCLC-12345678901"), "good ones");
        check(Isil.valid("DK-7185:a/b-c"), "marks");
        check(
            !Isil.valid("") && !Isil.valid("DE-") && !Isil.valid("-1") && !Isil.valid("DE1"),
            "parts missing"
        );
        check(!Isil.valid("ABCDE-1") && !Isil.valid("D-123456789012"), "too long");
        check(!Isil.valid("D1-1") && !Isil.valid("DE-1 2") && !Isil.valid(unicode"DE-ä"), "letters");
    }

    function _naive(bytes16 isil) private pure returns (bool) {
        uint256 length = 16;
        while (length != 0 && isil[length - 1] == 0) --length;
        uint256 hyphen = 0;
        while (hyphen < length && isil[hyphen] != "-") ++hyphen;
        if (hyphen == length || hyphen < 1 || hyphen > 4) return false;
        if (length - hyphen - 1 < 1 || length - hyphen - 1 > 11) return false;
        for (uint256 i = 0; i < length; ++i) {
            if (i < hyphen && !_letter(isil[i])) return false;
            if (i > hyphen && !_letter(isil[i]) && !_in(isil[i], "0123456789-:/")) return false;
        }
        return true;
    }

    function _letter(bytes1 char) private pure returns (bool) {
        return _in(char, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    }

    function _in(bytes1 char, bytes memory set) private pure returns (bool) {
        for (uint256 i = 0; i < set.length; ++i) {
            if (set[i] == char) return true;
        }
        return false;
    }
}
