import { expect } from "chai";
import type { RawLog } from "../../../../src/auditor/chain/block.ts";
import { parseHeader } from "../../../../src/auditor/chain/header.ts";
import type { HeaderLevel } from "../../../../src/auditor/chain/page.ts";
import { isConsortiaError } from "../../../../src/core/error.ts";
import { createAudited, type Audited } from "../../../support/audited.ts";
import type { Lies, RpcCall } from "../../../support/lying-node.ts";

const at = ({ blockNumber, logIndex }: RawLog) => ({ block: blockNumber, index: logIndex });
const hex = (value: number) => `0x${value.toString(16)}`;

describe("readBlocks, lied to by its only node", () => {
  let audited: Audited;
  before(async () => {
    audited = await createAudited();
  });
  after(() => audited.stop());

  const told = (log: RawLog) => ({
    blockNumber: hex(log.blockNumber),
    blockHash: log.blockHash,
    transactionHash: log.txHash,
    transactionIndex: hex(log.txIndex),
    logIndex: hex(log.logIndex),
    address: log.address,
    topics: log.topics,
    data: log.data,
  });

  /** Edits one field of one block. */
  const editBlock =
    (number: number, fields: (block: Record<string, unknown>) => Record<string, unknown>) =>
    ({ method, params }: RpcCall, result: unknown): unknown =>
      method === "eth_getBlockByNumber" && Number(params[0]) === number
        ? { ...(result as object), ...fields(result as Record<string, unknown>) }
        : result;

  const cases: readonly [what: string, level: HeaderLevel, lies: (a: Audited) => Lies, code: string][] = [
    ["a page told backwards", "none", () => ({ reverse: true }), "LogsReordered"],
    ["a log told twice", "none", ({ lone }) => ({ double: at(lone) }), "LogDoubled"],
    [
      "a log of a block that was not asked for",
      "none",
      ({ lone }) => ({ insist: { ...told(lone), blockNumber: "0xffffff" } }),
      "LogOutsideRange",
    ],
    [
      "a log of somebody else's contract",
      "none",
      ({ lone }) => ({ change: { ...at(lone), to: { address: `0x${"12".repeat(20)}` } } }),
      "LogUnasked",
    ],
    ["a log that was taken back", "none", ({ lone }) => ({ remove: at(lone) }), "LogRemoved"],
    [
      "two hashes for one block",
      "none",
      ({ paired }) => ({ change: { ...at(paired), to: { blockHash: `0x${"12".repeat(32)}` } } }),
      "LogMisplaced",
    ],
    [
      "a log in another transaction's place",
      "none",
      ({ paired }) => ({ change: { ...at(paired), to: { transactionIndex: "0x9" } } }),
      "LogMisplaced",
    ],
    [
      "a log under a hash that its block has not",
      "none",
      ({ lone }) => ({ change: { ...at(lone), to: { blockHash: `0x${"12".repeat(32)}` } } }),
      "LogOffChain",
    ],
    [
      "a log moved to another block under its old hash",
      "none",
      (a) => ({ move: { ...at(a.lone), to: a.lone.blockNumber - 1, hash: a.lone.blockHash, place: 0 } }),
      "LogOffChain",
    ],
    [
      "a log moved to a quiet block under that block's hash",
      "logs",
      ({ lone, quiet }) => ({ move: { ...at(lone), to: quiet.number, hash: quiet.hash, place: 0 } }),
      "LogForged",
    ],
    [
      "a log edited",
      "logs",
      ({ lone }) => ({ change: { ...at(lone), to: { data: `${lone.data}${"00".repeat(32)}` } } }),
      "LogForged",
    ],
    [
      "a log's topics edited",
      "logs",
      ({ lone }) => ({ change: { ...at(lone), to: { topics: [`0x${"12".repeat(32)}`] } } }),
      "LogForged",
    ],
    [
      "a log edited, where receipts cannot be had",
      "logs",
      ({ lone }) => ({
        change: { ...at(lone), to: { topics: [`0x${"12".repeat(32)}`] } },
        lacks: ["eth_getBlockReceipts", "eth_getTransactionReceipt"],
      }),
      "LogForged",
    ],
    [
      "a log invented",
      "logs",
      ({ lone }) => ({ add: { ...told(lone), logIndex: "0x5", transactionIndex: hex(lone.txIndex) } }),
      "LogForged",
    ],
    [
      "a log withheld from a block that holds more",
      "logs",
      ({ paired }) => ({ skip: at(paired) }),
      "LogsWithheld",
    ],
    ["the only log of its block withheld", "all", ({ lone }) => ({ skip: at(lone) }), "LogsWithheld"],
    [
      "the only log of its block withheld, by a node without whole blocks' receipts",
      "all",
      ({ lone }) => ({ skip: at(lone), lacks: ["eth_getBlockReceipts"] }),
      "LogsWithheld",
    ],
    [
      "a log withheld from the receipts too",
      "logs",
      ({ paired }) => ({ skip: at(paired), depth: "receipts" }),
      "ReceiptsForged",
    ],
    [
      "the only log of its block withheld from the receipts too",
      "all",
      ({ lone }) => ({ skip: at(lone), depth: "receipts" }),
      "ReceiptsForged",
    ],
    [
      "a log edited in the receipts too",
      "logs",
      ({ lone }) => ({ change: { ...at(lone), to: { data: "0x" } }, depth: "receipts" }),
      "ReceiptsForged",
    ],
    [
      "a block's time edited",
      "logs",
      ({ lone }) => ({ edit: editBlock(lone.blockNumber, () => ({ timestamp: "0x1" })) }),
      "HeaderForged",
    ],
    [
      "a block's bloom emptied",
      "all",
      ({ lone }) => ({
        skip: at(lone),
        edit: editBlock(lone.blockNumber, () => ({ logsBloom: `0x${"00".repeat(256)}` })),
      }),
      "HeaderForged",
    ],
    [
      "another block's header told for one",
      "none",
      ({ lone }) => ({ edit: editBlock(lone.blockNumber, () => ({ number: "0x1" })) }),
      "NodeAnswerInvalid",
    ],
    [
      "a block that follows another than the one before, under a hash that fits",
      "all",
      ({ quiet }) => ({
        edit: editBlock(quiet.number, (block) => {
          const unlinked = { ...block, parentHash: `0x${"12".repeat(32)}` };
          return { ...unlinked, hash: parseHeader(unlinked).computedHash };
        }),
      }),
      "BlockUnlinked",
    ],
    [
      "no block where one is",
      "logs",
      ({ lone }) => ({
        edit: ({ method, params }, result) =>
          method === "eth_getBlockByNumber" && Number(params[0]) === lone.blockNumber ? null : result,
      }),
      "BlockMissing",
    ],
    [
      "logs that are no logs",
      "none",
      () => ({ edit: ({ method }, result) => (method === "eth_getLogs" ? [{}] : result) }),
      "NodeAnswerInvalid",
    ],
  ];
  for (const [what, headers, lies, code] of cases) {
    it(`names ${what} ${code}, from headers: ${headers}`, async () => {
      const error = await audited.caught(lies(audited), { headers });
      expect(isConsortiaError(error) && error.code, String(error)).to.equal(code);
    });
  }
});
