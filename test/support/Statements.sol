// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {vm} from "./Vm.sol";

struct Line {
    uint16 service;
    uint32 quantity;
    uint32 resource;
}

/// @notice A statement before it is packed, with its supplier.
struct Draft {
    uint32 supplier;
    uint32 consumer;
    uint32 number;
    uint16 period;
    uint16 lastPeriod;
    uint64 maximum;
    bytes32 root;
    Line[] lines;
}

/// @title Statements
/// @notice Packs, hashes and signs statements as plainly as EIP-712 describes it: the twin of StatementCodec.
library Statements {
    bytes32 internal constant LINE = keccak256("Line(uint16 service,uint32 quantity,uint32 resource)");
    bytes32 internal constant STATEMENT = keccak256(
        "Statement(uint32 supplier,uint32 consumer,uint32 number,uint16 period,Line[] lines,uint64 maximum,bytes32 root,uint16 lastPeriod)Line(uint16 service,uint32 quantity,uint32 resource)"
    );
    bytes32 internal constant BATCH = keccak256(
        "Batch(uint32 supplier,uint8 mode,bytes32 statements,uint40 deadline)"
    );
    bytes32 internal constant DISPUTE = keccak256(
        "Dispute(uint32 consumer,bytes32[] claims,uint40 deadline)"
    );
    bytes32 internal constant RECEIPT = keccak256("Receipt(bytes32 record)");
    bytes32 internal constant DOMAIN = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    function structHash(Draft memory draft) internal pure returns (bytes32) {
        bytes memory lines;
        for (uint256 i = 0; i < draft.lines.length; ++i) {
            lines = bytes.concat(lines, keccak256(abi.encode(LINE, draft.lines[i])));
        }
        return
            keccak256(
                abi.encode(
                    STATEMENT,
                    draft.supplier,
                    draft.consumer,
                    draft.number,
                    draft.period,
                    keccak256(lines),
                    draft.maximum,
                    draft.root,
                    draft.lastPeriod
                )
            );
    }

    function digest(address ledger, bytes32 hash) internal view returns (bytes32) {
        return digestOn(block.chainid, ledger, hash);
    }

    function digestOn(uint256 chain, address ledger, bytes32 hash) internal pure returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(DOMAIN, keccak256("Consortia Ledger"), keccak256("1"), chain, ledger)
        );
        return keccak256(abi.encodePacked(hex"1901", domain, hash));
    }

    /// @notice What a consumer signs to dispute claims.
    function disputeHash(
        uint32 consumer,
        bytes32[] memory claims,
        uint40 deadline
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(DISPUTE, consumer, keccak256(abi.encodePacked(claims)), deadline));
    }

    /// @notice What a consumer signs when it receives what a record is about.
    function receiptHash(bytes32 leaf) internal pure returns (bytes32) {
        return keccak256(abi.encode(RECEIPT, leaf));
    }

    function batchHash(
        uint32 supplier,
        uint8 mode,
        bytes memory batch,
        uint40 deadline
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(BATCH, supplier, mode, keccak256(batch), deadline));
    }

    /// @param signature what follows the lines: r and vs, or contract, length and bytes
    function pack(
        Draft memory draft,
        uint8 kind,
        bytes memory signature
    ) internal pure returns (bytes memory) {
        bool long = false;
        for (uint256 i = 0; i < draft.lines.length; ++i) long = long || draft.lines[i].resource != 0;
        return packAs(draft, kind | (long ? 2 : 0), signature);
    }

    /// @param form bit 0 the signature's kind, bit 1 whether lines name resources
    function packAs(
        Draft memory draft,
        uint8 form,
        bytes memory signature
    ) internal pure returns (bytes memory) {
        bytes memory lines;
        for (uint256 i = 0; i < draft.lines.length; ++i) {
            Line memory line = draft.lines[i];
            lines = abi.encodePacked(lines, line.service, line.quantity);
            if (form & 2 != 0) lines = abi.encodePacked(lines, line.resource);
        }
        return
            abi.encodePacked(
                draft.consumer,
                draft.number,
                draft.period,
                draft.lastPeriod,
                draft.maximum,
                uint8(draft.lines.length),
                form,
                draft.root,
                lines,
                signature
            );
    }

    /// @notice A key pair's signature in 64 bytes (EIP-2098).
    function sign(uint256 privateKey, bytes32 digest_) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(privateKey, digest_);
        return abi.encodePacked(r, (uint256(v - 27) << 255) | uint256(s));
    }

    /// @notice What an OwnedWallet accepts, with the wallet's address and the length before it.
    function signAsWallet(
        address wallet,
        uint256 ownerKey,
        bytes32 digest_
    ) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ownerKey, digest_);
        return abi.encodePacked(wallet, uint16(65), r, s, v);
    }
}
