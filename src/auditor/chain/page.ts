import { ConsortiaError } from "../../core/error.ts";
import { fault } from "./answer.ts";
import type { AuditBlock, RawLog } from "./block.ts";
import { bloomBits, bloomHas, type BloomBits } from "./bloom.ts";
import type { Header } from "./header.ts";
import { judge } from "./judge.ts";
import type { ChainNode } from "./node.ts";
import type { Asked } from "./order.ts";
import { checkBloom, checkHeader, compareWithTruth, trueLogs, type OnNote } from "./proof.ts";
import type { Receipt } from "./receipt.ts";
import { groupByBlock, tell } from "./told.ts";

/**
 * How much of the chain the logs are checked against. `none`: a block's hash and time are believed. `logs`: every
 * block that holds logs is proved, its receipts included, so that none of its logs can be edited, invented or left
 * out. `all`: every block of the range is proved and linked to the one before, so that no block's logs can be left
 * out either. What no level shows is that the last block is the chain's: compare nodes, or bring a known hash.
 */
export type HeaderLevel = "none" | "logs" | "all";

/** Blocks read at once and found in order. */
export interface Page {
  readonly from: number;
  readonly to: number;
  /** The hash of the block before the first. */
  readonly parentHash: string;
  /** The hash of the last block. */
  readonly endHash: string;
  readonly blocks: readonly AuditBlock[];
}

export interface PageOptions {
  /** The first is read; what the others say must be the same. */
  readonly nodes: readonly ChainNode[];
  readonly headers: HeaderLevel;
  /** Hashes known from elsewhere, by block. */
  readonly known: ReadonlyMap<number, string>;
  readonly onNote: OnNote;
}

/** How many headers are held at once. */
const CHUNK = 100;

/** How many blocks' receipts are asked for at once. */
const AT_ONCE = 8;

/** What the chain may cause by changing under the reader: the page is read once more before anybody is blamed. */
const FLEETING = [
  "ChainReorganised",
  "NodesDisagree",
  "LogRemoved",
  "LogOffChain",
  "LogForged",
  "LogsWithheld",
  "ReceiptsForged",
  "BlockUnlinked",
];

/**
 * Reads and checks one page.
 * @throws what {@link tell}, {@link judge} and the proofs throw; `LogOffChain`, `BlockUnlinked`, `BlockUnexpected`;
 * `ChainReorganised` where the chain changes meanwhile
 */
export async function readPage(asked: Asked, options: PageOptions): Promise<Page> {
  try {
    return await readOnce(asked, options);
  } catch (error) {
    if (!(error instanceof ConsortiaError) || !FLEETING.includes(error.code)) throw error;
    return readOnce(asked, options);
  }
}

async function readOnce(asked: Asked, options: PageOptions): Promise<Page> {
  const answers = await Promise.all(options.nodes.map((node) => tell(node, asked)));
  const [first] = answers;
  if (first === undefined) throw new TypeError("there is no node to read from");
  await judge(answers, asked.addresses, options.onNote);
  const { node, end, logs } = first;
  const blocks = groupByBlock(logs);
  const check = new Check(node, asked, blocks, options);
  const wanted = options.headers === "all" ? everyBlock(asked) : someBlocks(asked, blocks, options.known);
  for (let at = 0; at < wanted.length; at += CHUNK) {
    await check.take(await node.getBlocks(wanted.slice(at, at + CHUNK)));
  }
  const { parentHash, endHash, found } = check;
  if (endHash !== end.hash) throw reorganised(node.name, asked.to);
  return { from: asked.from, to: asked.to, parentHash, endHash, blocks: found };
}

const everyBlock = ({ from, to }: Asked): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Those that hold logs, the ends of the page and those whose hash is known. */
function someBlocks(
  { from, to }: Asked,
  blocks: ReadonlyMap<number, unknown>,
  known: PageOptions["known"],
): number[] {
  const inside = [...known.keys()].filter((number) => number > from && number < to);
  return [...new Set([from, ...blocks.keys(), ...inside, to])].sort((a, b) => a - b);
}

/** Checks a page's blocks one after another. */
class Check {
  parentHash = "";
  endHash = "";
  readonly found: AuditBlock[] = [];
  readonly #bits: readonly BloomBits[];
  #last: Header | undefined;

  constructor(
    readonly node: ChainNode,
    readonly asked: Asked,
    readonly blocks: ReadonlyMap<number, readonly RawLog[]>,
    readonly options: PageOptions,
  ) {
    this.#bits = asked.addresses.map(bloomBits);
  }

  /** The next blocks, in order. */
  async take(headers: readonly Header[]): Promise<void> {
    for (const header of headers) this.#look(header);
    if (this.options.headers === "none") return;
    const holding = headers.filter((one) => this.blocks.has(one.number) || this.#mayHold(one));
    for (let at = 0; at < holding.length; at += AT_ONCE) {
      const some = holding.slice(at, at + AT_ONCE);
      const receipts = await Promise.all(some.map((header) => this.node.receipts(header)));
      for (const [i, header] of some.entries()) await this.#prove(header, receipts[i]);
    }
  }

  #look(header: Header): void {
    const { number, hash, timestamp, parentHash } = header;
    const { headers, known, onNote } = this.options;
    const logs = this.blocks.get(number);
    if (headers !== "none") checkHeader(this.node.name, header, onNote);
    this.#link(header);
    const expected = known.get(number);
    if (expected !== undefined && expected !== hash) throw unexpected(this.node.name, number, hash, expected);
    if (logs?.[0] !== undefined && logs[0].blockHash !== hash) throw offChain(this.node.name, logs[0], hash);
    if (logs !== undefined) this.found.push({ number, hash, timestamp, logs });
    if (number === this.asked.from) this.parentHash = parentHash;
    this.endHash = hash;
  }

  #link(header: Header): void {
    const last = this.#last;
    this.#last = header;
    if (last?.number !== header.number - 1 || last.hash === header.parentHash) return;
    const { name } = this.node;
    const message = `tells block ${header.number} as one that does not follow block ${last.number}. Read again, or from another node.`;
    throw fault("BlockUnlinked", name, message, { retryable: true, values: { block: header.number } });
  }

  #mayHold({ logsBloom }: Header): boolean {
    return this.#bits.some((bits) => bloomHas(logsBloom, bits));
  }

  async #prove(header: Header, receipts: readonly Receipt[] | undefined): Promise<void> {
    const { name } = this.node;
    const logs = this.blocks.get(header.number) ?? [];
    checkBloom(name, header, logs);
    const truth = await trueLogs(name, header, receipts, this.options.onNote);
    if (truth === undefined) return;
    const ours = truth.filter(({ address }) => this.asked.addresses.includes(address));
    compareWithTruth(name, header.number, logs, ours);
  }
}

const offChain = (node: string, { blockNumber, blockHash, logIndex, txHash }: RawLog, hash: string) =>
  fault(
    "LogOffChain",
    node,
    `tells log ${logIndex} of block ${blockNumber} under the hash ${blockHash}, and the block's is ${hash}. Read again, or from another node.`,
    { retryable: true, values: { block: blockNumber, log: logIndex, tx: txHash } },
  );

const unexpected = (node: string, block: number, hash: string, expected: string) =>
  fault(
    "BlockUnexpected",
    node,
    `gives block ${block} the hash ${hash}, and it is known to be ${expected}. It follows another chain; name another node.`,
    { values: { block, hash, expected } },
  );

/** The chain is not what it was when the reader began. */
export const reorganised = (node: string, block: number): ConsortiaError =>
  fault(
    "ChainReorganised",
    node,
    `has taken back block ${block} while it was read. Read again; nothing of it was kept.`,
    {
      retryable: true,
      values: { block },
    },
  );
