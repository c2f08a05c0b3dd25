// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";
import {PeriodId} from "../types/PeriodId.sol";
import {Statement} from "../types/Statement.sol";

/// @title StatementCodec
/// @notice Reads packed statements and hashes them as EIP-712 does. Twin: src/core/statement.ts.
library StatementCodec {
    bytes32 internal constant LINE_TYPEHASH = keccak256(
        "Line(uint16 service,uint32 quantity,uint32 resource)"
    );
    bytes32 internal constant STATEMENT_TYPEHASH = keccak256(
        "Statement(uint32 supplier,uint32 consumer,uint32 number,uint16 period,Line[] lines,uint64 maximum,bytes32 root,uint16 lastPeriod)Line(uint16 service,uint32 quantity,uint32 resource)"
    );

    /// @notice Bytes of a line that names no resource.
    uint256 internal constant LINE = 6;

    /// @notice Bytes of a line that does.
    uint256 internal constant LONG_LINE = 10;

    /// @notice No statement takes fewer bytes: its head, no lines, and a contract's empty signature.
    uint256 internal constant LEAST = 76;

    uint256 private constant HEAD = 54;
    uint256 private constant FORM_CONTRACT = 1;
    uint256 private constant FORM_LONG = 2;

    /// @dev The batch ends inside a statement, or has a form that nobody knows.
    error StatementMalformed(uint256 offset);

    /// @notice Reads the statement at `offset` into `statement`.
    /// @return kind 0 for a key pair's signature, 1 for a contract's
    /// @return signature offset of the signature
    /// @return end offset of the next statement
    function read(
        bytes calldata batch,
        uint256 offset,
        Statement memory statement
    ) internal pure returns (uint256 kind, uint256 signature, uint256 end) {
        unchecked {
            uint256 length = batch.length;
            (kind, signature) = _readBody(batch, offset, statement);
            end = signature + 64;
            if (kind == FORM_CONTRACT) {
                end = signature + 22 + uint16(_word(batch, signature) >> 80);
            }
            if (end > length) revert StatementMalformed(offset);
        }
    }

    /// @notice Reads a statement that stands alone and carries no signature; its form says that of a key pair.
    function readAlone(bytes calldata data) internal pure returns (Statement memory statement) {
        (uint256 kind, uint256 end) = _readBody(data, 0, statement);
        if (kind != 0 || end != data.length) revert StatementMalformed(0);
    }

    /// @dev What the consumer signs, up to the signature; the caller checks that it ends inside the batch.
    function _readBody(
        bytes calldata batch,
        uint256 offset,
        Statement memory statement
    ) private pure returns (uint256 kind, uint256 end) {
        unchecked {
            if (batch.length - offset < HEAD) revert StatementMalformed(offset);
            uint256 head = _word(batch, offset);
            statement.consumer = MemberId.wrap(uint32(head >> 224));
            statement.number = uint32(head >> 192);
            statement.period = PeriodId.wrap(uint16(head >> 176));
            statement.lastPeriod = PeriodId.wrap(uint16(head >> 160));
            statement.maximum = uint64(head >> 96);
            statement.lineCount = uint8(head >> 88);
            uint256 form = uint8(head >> 80);
            if (form > FORM_CONTRACT + FORM_LONG) revert StatementMalformed(offset);
            kind = form & FORM_CONTRACT;
            statement.lineSize = form & FORM_LONG == 0 ? LINE : LONG_LINE;
            statement.root = bytes32(_word(batch, offset + 22));
            statement.lines = offset + HEAD;

            end = offset + HEAD + statement.lineCount * statement.lineSize;
        }
    }

    /// @notice The service and quantity of a line that names no resource.
    function line(
        bytes calldata batch,
        Statement memory statement,
        uint256 index
    ) internal pure returns (uint16 service, uint32 quantity) {
        unchecked {
            uint256 word = _word(batch, statement.lines + index * LINE);
            return (uint16(word >> 240), uint32(word >> 208));
        }
    }

    /// @notice All lines of a statement, side by side as they were packed.
    function linesOf(
        bytes calldata batch,
        Statement memory statement
    ) internal pure returns (bytes calldata lines) {
        unchecked {
            return batch[statement.lines:statement.lines + statement.lineCount * statement.lineSize];
        }
    }

    /// @notice The two words of a compact signature.
    function pair(bytes calldata data, uint256 offset) internal pure returns (bytes32 r, bytes32 vs) {
        unchecked {
            return (bytes32(_word(data, offset)), bytes32(_word(data, offset + 32)));
        }
    }

    /// @notice EIP-712 hash of a statement, without the domain.
    /// @dev Works in the free memory beyond the pointer and allocates nothing: a statement of n lines needs
    /// n words for their hashes and four behind, then nine for its own.
    function structHash(
        bytes calldata batch,
        MemberId supplier,
        Statement memory statement
    ) internal pure returns (bytes32 hash) {
        bytes32 linesHash = _linesHash(batch, statement.lines, statement.lineCount, statement.lineSize);
        bytes32 typehash = STATEMENT_TYPEHASH;
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore(at, typehash)
            mstore(add(at, 0x20), supplier)
            mstore(add(at, 0x40), mload(statement)) // consumer
            mstore(add(at, 0x60), mload(add(statement, 0x20))) // number
            mstore(add(at, 0x80), mload(add(statement, 0x40))) // period
            mstore(add(at, 0xa0), linesHash)
            mstore(add(at, 0xc0), mload(add(statement, 0x80))) // maximum
            mstore(add(at, 0xe0), mload(add(statement, 0xa0))) // root
            mstore(add(at, 0x100), mload(add(statement, 0x60))) // lastPeriod
            hash := keccak256(at, 0x120)
        }
    }

    /// @dev EIP-712 hash of an array of lines: the hash of their struct hashes side by side.
    function _linesHash(
        bytes calldata batch,
        uint256 offset,
        uint256 count,
        uint256 size
    ) private pure returns (bytes32 hash) {
        bytes32 typehash = LINE_TYPEHASH;
        assembly ("memory-safe") {
            let hashes := mload(0x40)
            let at := add(batch.offset, offset)
            let end := add(hashes, shl(5, count))
            let resources := mul(0xffffffff, eq(size, 10))
            for {
                let to := hashes
            } lt(to, end) {
                to := add(to, 0x20)
                at := add(at, size)
            } {
                let word := calldataload(at)
                // service, quantity and resource, each right-aligned in a word behind the type hash
                mstore(end, typehash)
                mstore(add(end, 0x20), shr(240, word))
                mstore(add(end, 0x40), and(shr(208, word), 0xffffffff))
                mstore(add(end, 0x60), and(shr(176, word), resources))
                mstore(to, keccak256(end, 0x80))
            }
            hash := keccak256(hashes, shl(5, count))
        }
    }

    /// @dev 32 bytes of the batch; what lies beyond its end is checked by `read`, not here.
    function _word(bytes calldata batch, uint256 offset) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := calldataload(add(batch.offset, offset))
        }
    }
}
