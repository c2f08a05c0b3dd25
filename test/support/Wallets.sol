// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice A contract account in whose name anybody can act, so that tests can apply and hold keys with it.
abstract contract Wallet is IERC1271 {
    error WalletFailed(bytes answer);

    function execute(address target, bytes calldata data) external returns (bytes memory answer) {
        bool done;
        (done, answer) = target.call(data);
        if (!done) revert WalletFailed(answer);
    }
}

/// @notice Honest: accepts what its owner signed, 65 bytes of r, s, v.
contract OwnedWallet is Wallet {
    address public immutable owner;

    constructor(address owner_) {
        owner = owner_;
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        (address signer, ECDSA.RecoverError problem, ) = ECDSA.tryRecover(digest, signature);
        bool valid = problem == ECDSA.RecoverError.NoError && signer == owner;
        return valid ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}

/// @notice Accepts everything.
contract AcceptingWallet is Wallet {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return IERC1271.isValidSignature.selector;
    }
}

/// @notice Reverts without a reason.
contract RevertingWallet is Wallet {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        assembly ("memory-safe") {
            revert(0x00, 0)
        }
    }
}

/// @notice Uses up whatever gas it is given.
contract GasBurningWallet is Wallet {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        assembly ("memory-safe") {
            invalid()
        }
    }
}

/// @notice Answers yes or no, in as many bytes as its gas pays for.
contract ReturnBombWallet is Wallet {
    bool public immutable accepts;
    bool public immutable reverts;
    uint256 public immutable size;

    constructor(bool accepts_, bool reverts_, uint256 size_) {
        accepts = accepts_;
        reverts = reverts_;
        size = size_;
    }

    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        bytes32 answer = accepts ? bytes32(IERC1271.isValidSignature.selector) : bytes32(0);
        uint256 length = size;
        bool fails = reverts;
        assembly {
            mstore(0x00, answer)
            if fails {
                revert(0x00, length)
            }
            return(0x00, length)
        }
    }
}

/// @notice Answers with any word of any length: wrong magic, right magic with dirt behind it, only four bytes.
contract OddAnswerWallet is Wallet {
    bytes32 public immutable word;
    uint256 public immutable length;

    constructor(bytes32 word_, uint256 length_) {
        word = word_;
        length = length_;
    }

    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        bytes32 answer = word;
        uint256 size = length;
        assembly ("memory-safe") {
            mstore(0x00, answer)
            return(0x00, size)
        }
    }
}

/// @notice While it is asked, calls what it was armed with; says yes whatever came of it, or only if that worked.
contract ReenteringWallet is Wallet {
    address public target;
    bytes public data;
    bool public onlyIfDone;

    function arm(address target_, bytes calldata data_, bool onlyIfDone_) external {
        target = target_;
        data = data_;
        onlyIfDone = onlyIfDone_;
    }

    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        bytes memory call_ = data;
        address to = target;
        bool done;
        // A plain call from within a static one: it may look, and fails as soon as it writes.
        assembly ("memory-safe") {
            done := staticcall(div(mul(gas(), 3), 4), to, add(call_, 0x20), mload(call_), 0x00, 0x00)
        }
        return done || !onlyIfDone ? IERC1271.isValidSignature.selector : bytes4(0);
    }
}
