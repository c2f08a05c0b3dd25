// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Signers} from "../../contracts/libraries/Signers.sol";
import {Check} from "../support/Check.sol";
import {
    AcceptingWallet,
    GasBurningWallet,
    OddAnswerWallet,
    OwnedWallet,
    ReenteringWallet,
    ReturnBombWallet,
    RevertingWallet
} from "../support/Wallets.sol";
import {vm} from "../support/Vm.sol";

/// @title SignersTest
/// @notice One signature per signer and digest, and no wallet that can be forged, stalled or starved.
contract SignersTest is Check {
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function testFuzz_recoversWhoSigned(uint256 key, bytes32 digest) external view {
        key = bound(key, 1, ORDER - 1);
        (bytes32 r, bytes32 vs) = _compact(key, digest);
        check(Signers.recover(digest, r, vs) == vm.addr(key), "another signer");
    }

    /// Of the two values of s that ecrecover takes, one counts: a malleated signature is nobody's.
    function testFuzz_aMalleatedSignatureIsNobodys(uint256 key, bytes32 digest) external view {
        key = bound(key, 1, ORDER - 1);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        uint256 high = ORDER - uint256(s);
        check(
            ecrecover(digest, v == 27 ? 28 : 27, r, bytes32(high)) == vm.addr(key),
            "the test malleates wrongly"
        );
        // A high s does not fit beside the parity bit, or lies above half the order.
        if (high >> 255 == 0) {
            check(Signers.recover(digest, r, bytes32(high)) == address(0), "a high s counts");
            check(Signers.recover(digest, r, bytes32(high | (1 << 255))) == address(0), "a high s counts");
        }
    }

    function testFuzz_sIsAtMostHalfTheOrder(bytes32 digest, bytes32 r, uint256 s, bool odd) external view {
        s = bound(s, ORDER / 2 + 1, type(uint256).max >> 1);
        if (odd) s |= 1 << 255;
        check(Signers.recover(digest, r, bytes32(s)) == address(0), "a high s counts");
    }

    function testFuzz_anythingElseAsEcrecoverSays(bytes32 digest, bytes32 r, bytes32 vs) external view {
        uint256 s = (uint256(vs) << 1) >> 1;
        address said = ecrecover(digest, uint8(27 + (uint256(vs) >> 255)), r, bytes32(s));
        check(Signers.recover(digest, r, vs) == (s > ORDER / 2 ? address(0) : said), "another answer");
    }

    function testFuzz_zeroesAndTheOrderAreNobodys(bytes32 digest, bytes32 word) external view {
        check(Signers.recover(digest, 0, 0) == address(0), "zeroes");
        check(Signers.recover(digest, 0, word) == address(0), "r is zero");
        check(Signers.recover(digest, word, 0) == address(0), "s is zero");
        check(Signers.recover(digest, word, bytes32(uint256(1 << 255))) == address(0), "s is zero, v is 28");
        check(Signers.recover(digest, bytes32(ORDER), word) == address(0), "r is the order");
    }

    function testFuzz_anHonestWallet(
        uint256 key,
        bytes32 digest,
        bytes32 other,
        bytes calldata odd
    ) external {
        key = bound(key, 1, ORDER - 1);
        vm.assume(digest != other && odd.length != 65);
        address wallet = address(new OwnedWallet(vm.addr(key)));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        check(this.approves(wallet, digest, abi.encodePacked(r, s, v)), "its own signature");
        check(!this.approves(wallet, other, abi.encodePacked(r, s, v)), "another digest");
        check(!this.approves(wallet, digest, odd), "a signature of another length");
    }

    function testFuzz_nobodyHasCode(address nobody, bytes32 digest, bytes calldata signature) external view {
        vm.assume(nobody.code.length == 0);
        check(!this.approves(nobody, digest, signature), "an address without code");
    }

    /// Only the magic value, in a whole word, with nothing behind it, is yes.
    function testFuzz_oddAnswersAreNo(bytes32 word, uint256 length, bytes32 digest) external {
        length = bound(length, 0, 64);
        bytes32 magic = bytes32(bytes4(0x1626ba7e));
        if (uint256(word) % 3 == 0) word = magic;
        else if (uint256(word) % 3 == 1) word = magic | (word >> 32);
        bool said = this.approves(address(new OddAnswerWallet(word, length)), digest, "");
        check(said == (word == magic && length >= 32), "an odd answer counts");
    }

    function test_hostileWalletsSayNoAtABoundedPrice() external {
        bytes32 digest = keccak256("digest");
        _dear(address(new RevertingWallet()), digest, false);
        _dear(address(new GasBurningWallet()), digest, false);
        _dear(address(new ReturnBombWallet(false, false, 50_000)), digest, false);
        _dear(address(new ReturnBombWallet(true, true, 50_000)), digest, false);
        _dear(address(new ReturnBombWallet(true, false, 5_000_000)), digest, false); // out of gas
        _dear(address(new ReturnBombWallet(true, false, 50_000)), digest, true);
        _dear(address(new AcceptingWallet()), digest, true);
    }

    /// A wallet is asked by a static call: it can look, and cannot touch.
    function test_aWalletCannotWriteWhileItIsAsked() external {
        ReenteringWallet wallet = new ReenteringWallet();
        wallet.arm(address(this), abi.encodeCall(this.write, ()), true);
        check(!this.approves(address(wallet), 0, ""), "a wallet wrote");
        same(written, 0, "written");
        wallet.arm(address(this), abi.encodeCall(this.read, ()), true);
        check(this.approves(address(wallet), 0, ""), "a wallet could not look");
    }

    /// Whoever sends little gas cannot make an honest wallet fail: the call reverts.
    function testFuzz_littleGasRevertsAndNeverSaysNo(uint256 gas) external {
        gas = bound(gas, 30_000, 400_000);
        address wallet = address(new AcceptingWallet());
        try this.approves{gas: gas}(wallet, 0, "") returns (bool approved) {
            check(approved, "an honest wallet was starved");
        } catch {
            check(gas < 260_000, "enough gas was refused");
        }
    }

    uint256 public written;

    function write() external {
        ++written;
    }

    function read() external view returns (uint256) {
        return written;
    }

    function approves(address signer, bytes32 digest, bytes calldata signature) external view returns (bool) {
        return Signers.approves(signer, digest, signature);
    }

    function _dear(address wallet, bytes32 digest, bool expected) private view {
        uint256 gas = gasleft();
        check(this.approves(wallet, digest, new bytes(65)) == expected, "a hostile wallet's answer");
        check(gas - gasleft() < Signers.CONTRACT_GAS + 40_000, "a hostile wallet's price");
    }

    function _compact(uint256 key, bytes32 digest) private pure returns (bytes32 r, bytes32 vs) {
        uint8 v;
        bytes32 s;
        (v, r, s) = vm.sign(key, digest);
        vs = bytes32((uint256(v - 27) << 255) | uint256(s));
    }
}
