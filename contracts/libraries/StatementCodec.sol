// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";
import {PeriodId} from "../types/PeriodId.sol";
import {Statement} from "../types/Statement.sol";

/// @title StatementCodec
/// @notice Reads packed statements and hashes them as EIP-712 does. Twin: src/core/statement.ts.
library StatementCodec {
    bytes32 internal constant LINE_TYPEHASH = keccak256("Line(uint16 service,uint32 quantity)");
    bytes32 internal constant STATEMENT_TYPEHASH = keccak256(
        "Statement(uint32 supplier,uint32 consumer,uint32 number,uint16 period,Line[] lines,uint64 maximum,bytes32 root,uint16 lastPeriod)Line(uint16 service,uint32 quantity)"
    );

    uint256 private constant HEAD = 54;
    uint256 private constant LINE = 6;

    /// @dev The batch ends inside a statement, or has a signature kind that nobody knows.
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
            if (length - offset < HEAD) revert StatementMalformed(offset);
            uint256 head = _word(batch, offset);
            statement.consumer = MemberId.wrap(uint32(head >> 224));
            statement.number = uint32(head >> 192);
            statement.period = PeriodId.wrap(uint16(head >> 176));
            statement.lastPeriod = PeriodId.wrap(uint16(head >> 160));
            statement.maximum = uint64(head >> 96);
            statement.lineCount = uint8(head >> 88);
            kind = uint8(head >> 80);
            statement.root = bytes32(_word(batch, offset + 22));
            statement.lines = offset + HEAD;

            signature = offset + HEAD + statement.lineCount * LINE;
            end = signature + 64;
            if (kind == 1 && signature + 22 <= length) {
                end = signature + 22 + uint16(_word(batch, signature) >> 80);
            } else if (kind != 0) {
                revert StatementMalformed(offset);
            }
            if (end > length) revert StatementMalformed(offset);
        }
    }

    /// @notice The service and quantity of a statement's line.
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

    /// @notice EIP-712 hash of a statement, without the domain.
    function structHash(
        bytes calldata batch,
        MemberId supplier,
        Statement memory statement
    ) internal pure returns (bytes32) {
        uint256 count = statement.lineCount;
        bytes32[] memory lines = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            (uint16 service, uint32 quantity) = line(batch, statement, i);
            lines[i] = keccak256(abi.encode(LINE_TYPEHASH, service, quantity));
        }
        return
            keccak256(
                abi.encode(
                    STATEMENT_TYPEHASH,
                    supplier,
                    statement.consumer,
                    statement.number,
                    statement.period,
                    keccak256(abi.encodePacked(lines)),
                    statement.maximum,
                    statement.root,
                    statement.lastPeriod
                )
            );
    }

    /// @dev 32 bytes of the batch; what lies beyond its end is checked by `read`, not here.
    function _word(bytes calldata batch, uint256 offset) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := calldataload(add(batch.offset, offset))
        }
    }
}
