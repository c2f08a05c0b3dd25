// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Lines} from "../../contracts/libraries/Lines.sol";
import {StatementCodec} from "../../contracts/libraries/StatementCodec.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {PeriodId} from "../../contracts/types/PeriodId.sol";
import {Statement} from "../../contracts/types/Statement.sol";
import {Check} from "../support/Check.sol";
import {Draft, Line, Statements} from "../support/Statements.sol";

/// @title StatementCodecTest
/// @notice What is read is what was packed; what cannot be a statement is refused; hashes are EIP-712's.
contract StatementCodecTest is Check {
    struct Read {
        Statement statement;
        uint256 kind;
        uint256 signature;
        uint256 end;
        bytes32 hash;
        Line[] lines;
    }

    function testFuzz_readsWhatWasPacked(
        Draft memory draft,
        uint256 lines,
        bytes memory before,
        bytes memory behind,
        uint256 wallet
    ) external view {
        _fill(draft, lines);
        bytes memory signature = new bytes(64);
        if (wallet % 2 == 1) {
            bytes memory answer = new bytes((wallet >> 8) % 600);
            signature = abi.encodePacked(address(uint160(wallet)), uint16(answer.length), answer);
        }
        bytes memory packed = Statements.pack(draft, uint8(wallet % 2), signature);
        Read memory found = this.read(
            bytes.concat(before, packed, behind),
            before.length,
            draft.supplier,
            wallet
        );
        same(found.kind, wallet % 2, "kind");
        same(found.signature, before.length + packed.length - signature.length, "signature");
        same(found.end, before.length + packed.length, "end");
        same(found.hash, Statements.structHash(draft), "hash");
        _same(found, draft);
    }

    /// Cut short anywhere, a statement is refused and not read into what follows in the calldata.
    function testFuzz_aCutStatementIsRefused(
        Draft memory draft,
        uint256 lines,
        uint256 cut,
        bool wallet
    ) external {
        _fill(draft, lines);
        bytes memory signature =
            wallet ? abi.encodePacked(address(this), uint16(100), new bytes(100)) : new bytes(64);
        bytes memory packed = Statements.pack(draft, wallet ? 1 : 0, signature);
        cut = bound(cut, 1, packed.length - 1);
        assembly ("memory-safe") {
            mstore(packed, cut)
        }
        _refused(packed);
    }

    function testFuzz_anUnknownKindIsRefused(Draft memory draft, uint256 lines, uint8 kind) external {
        _fill(draft, lines);
        _refused(Statements.packAs(draft, uint8(bound(kind, 4, 255)), new bytes(1_000)));
    }

    /// Any bytes are either refused or read within their bounds, as one and only one statement.
    function testFuzz_anyBytes(bytes memory data, uint256 seed) external view {
        for (uint256 i = 0; i < seed % 12; ++i) data = abi.encodePacked(data, mix(seed, i));
        if (data.length == 0) return;
        if (data.length > 21 && seed % 4 != 0) {
            // Pure chance would not come up with a known signature kind and few lines.
            data[20] = bytes1(uint8((seed >> 8) % 16));
            data[21] = bytes1(uint8((seed >> 16) % 5));
        }
        try this.read(data, 0, 3, 0) returns (Read memory found) {
            check(found.kind < 2, "kind");
            same(found.statement.lines, 54, "lines");
            uint256 size = uint8(data[21]) < 2 ? 6 : 10;
            same(found.statement.lineSize, size, "line size");
            same(found.signature, 54 + size * found.statement.lineCount, "signature");
            check(found.end <= data.length, "read beyond its end");
            check(found.signature + (found.kind == 0 ? 64 : 22) <= found.end, "signature out of bounds");
            _repacks(data, found);
        } catch (bytes memory reason) {
            same(bytes32(bytes4(reason)), bytes32(StatementCodec.StatementMalformed.selector), "reason");
        }
    }

    function test_everyCountOfLines() external view {
        for (uint256 count = 0; count < 256; count += count < 8 || count > 247 ? 1 : 16) {
            Draft memory draft;
            _fill(draft, count);
            bytes memory packed = Statements.pack(draft, 0, new bytes(64));
            Read memory found = this.read(packed, 0, draft.supplier, count);
            same(found.hash, Statements.structHash(draft), "hash");
            same(found.end, packed.length, "end");
        }
    }

    /// @dev Reads in a memory full of dirt.
    function read(
        bytes calldata batch,
        uint256 offset,
        uint32 supplier,
        uint256 dirt
    ) external pure returns (Read memory found) {
        assembly ("memory-safe") {
            let at := mload(0x40)
            for {
                let to := add(at, 0x4000)
            } lt(at, to) {
                at := add(at, 0x20)
            } {
                mstore(at, or(not(dirt), 1))
            }
        }
        Statement memory statement;
        (found.kind, found.signature, found.end) = StatementCodec.read(batch, offset, statement);
        found.hash = StatementCodec.structHash(batch, MemberId.wrap(supplier), statement);
        found.statement = statement;
        found.lines = new Line[](statement.lineCount);
        for (uint256 i = 0; i < statement.lineCount; ++i) {
            found.lines[i] = _line(batch, statement, i);
        }
    }

    /// @dev A line of either size, as whoever has the lines reads them; of the short one as posting does, too.
    function _line(
        bytes calldata batch,
        Statement memory statement,
        uint256 index
    ) private pure returns (Line memory line) {
        bytes calldata lines = StatementCodec.linesOf(batch, statement);
        (line.service, line.quantity, line.resource) = Lines.line(lines, statement.lineSize, index);
        if (statement.lineSize != StatementCodec.LINE) return line;
        (uint16 service, uint32 quantity) = StatementCodec.line(batch, statement, index);
        check(service == line.service && quantity == line.quantity, "a short line");
    }

    function _refused(bytes memory data) private view {
        try this.read(data, 0, 3, 0) {
            check(false, "a malformed statement was read");
        } catch (bytes memory reason) {
            same(bytes32(bytes4(reason)), bytes32(StatementCodec.StatementMalformed.selector), "reason");
        }
    }

    /// @dev What was read, packed again, is the very bytes.
    function _repacks(bytes memory data, Read memory found) private pure {
        Statement memory one = found.statement;
        Draft memory draft = Draft({
            supplier: 3,
            consumer: MemberId.unwrap(one.consumer),
            number: one.number,
            period: PeriodId.unwrap(one.period),
            lastPeriod: PeriodId.unwrap(one.lastPeriod),
            maximum: one.maximum,
            root: one.root,
            lines: found.lines
        });
        bytes memory packed = Statements.packAs(draft, uint8(data[21]), "");
        assembly ("memory-safe") {
            mstore(data, mload(packed))
        }
        same(keccak256(packed), keccak256(data), "repacked");
        same(found.hash, Statements.structHash(draft), "hash");
    }

    /// @dev The fuzzer makes few long arrays by itself: 0 to 255 lines out of the seed.
    function _fill(Draft memory draft, uint256 seed) private pure {
        draft.lines = new Line[](seed % 256);
        for (uint256 i = 0; i < draft.lines.length; ++i) {
            uint256 own = mix(seed, i);
            // Whole statements without works, and works among lines without.
            uint32 resource = seed & 256 == 0 || own >> 254 == 0 ? 0 : uint32(own >> 48);
            draft.lines[i] = Line(uint16(own), uint32(own >> 16), resource);
        }
    }

    function _same(Read memory found, Draft memory draft) private pure {
        Statement memory one = found.statement;
        same(MemberId.unwrap(one.consumer), draft.consumer, "consumer");
        same(one.number, draft.number, "number");
        same(PeriodId.unwrap(one.period), draft.period, "period");
        same(PeriodId.unwrap(one.lastPeriod), draft.lastPeriod, "last period");
        same(one.maximum, draft.maximum, "maximum");
        same(one.root, draft.root, "root");
        same(keccak256(abi.encode(found.lines)), keccak256(abi.encode(draft.lines)), "lines");
    }
}
