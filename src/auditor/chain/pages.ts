import { ConsortiaError } from "../../core/error.ts";
import type { AuditBlock, RawLog } from "./block.ts";
import { openCache, type PageCache, type PageStub } from "./cache.ts";
import type { ChainNode } from "./node.ts";
import { readPage, reorganised, type HeaderLevel, type Page } from "./page.ts";
import type { OnNote } from "./proof.ts";
import { stillHolding } from "./resume.ts";
import { PageSize } from "./size.ts";

/** How far the reader is. */
export interface Progress {
  readonly fromBlock: number;
  readonly toBlock: number;
  /** The last block that was read. */
  readonly block: number;
  /** Logs so far. */
  readonly logs: number;
  /** Whether this page was kept from an earlier run. */
  readonly kept: boolean;
}

export interface ReadOptions {
  /** The first is read; what the others say must be the same. */
  readonly nodes: readonly ChainNode[];
  readonly addresses: readonly string[];
  readonly fromBlock: number;
  /** Read too. */
  readonly toBlock: number;
  /** `logs` by default. */
  readonly headers?: HeaderLevel;
  /** Hashes known from elsewhere, by block: what proves that a node follows the chain meant. */
  readonly known?: ReadonlyMap<number, string>;
  /** A directory that keeps what was read, for the next time. */
  readonly cache?: string;
  /** Called after every page. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called once for each kind of thing that could not be checked, and node. */
  readonly onNote?: OnNote;
}

/**
 * Blocks that hold logs of the addresses, in the order of the chain, each with its time. Nothing is told before its
 * whole page is checked. Every lie ends the reading with a `ConsortiaError`, whose code names it and whose values
 * hold `node`, `block` and, where it is one log, `log`.
 *
 * - The answer itself: `LogOutsideRange`, `LogUnasked`, `LogDoubled`, `LogsReordered`, `LogMisplaced`, `LogRemoved`,
 *   `NodeAnswerInvalid`.
 * - Against the block: `HeaderForged`, `ReceiptsForged`, `LogForged`, `LogsWithheld`, `LogOffChain`, `BlockUnlinked`.
 * - Against other nodes, or a known hash: `NodesDisagree` with its `liars`, `BlockUnexpected`, `NetworkWrong`.
 * - The chain has changed: `ChainReorganised`; read again.
 * @throws `CacheForeign`, `BlockMissing`, and what `Rpc.ask` throws
 */
export async function* readBlocks(options: ReadOptions): AsyncGenerator<AuditBlock> {
  const { fromBlock, toBlock } = options;
  let logs = 0;
  for await (const { page, kept } of readPages(options)) {
    for (const block of page.blocks) {
      if (block.number < fromBlock || block.number > toBlock) continue;
      logs += block.logs.length;
      yield block;
    }
    options.onProgress?.({ fromBlock, toBlock, block: Math.min(page.to, toBlock), logs, kept });
  }
}

/** The same, log by log. */
export async function* readLogs(options: ReadOptions): AsyncGenerator<RawLog> {
  for await (const block of readBlocks(options)) yield* block.logs;
}

/**
 * The last block that every node has.
 * @throws `NetworkWrong` where they are of different chains
 */
export async function lastBlock(
  nodes: readonly ChainNode[],
  tag: "latest" | "finalized" = "latest",
): Promise<number> {
  await chainOf(nodes);
  const blocks = await Promise.all(nodes.map((node) => node.getBlock(tag)));
  return Math.min(...blocks.map(({ number }) => number));
}

async function* readPages(options: ReadOptions): AsyncGenerator<{ page: Page; kept: boolean }> {
  const { nodes, headers = "logs", known = new Map<number, string>(), onNote } = options;
  const addresses = [...new Set(options.addresses.map((address) => address.toLowerCase()))];
  const chainId = await chainOf(nodes);
  const checks = { nodes, headers, known, onNote: once(onNote) };
  const cache = options.cache === undefined ? undefined : await openCache(options.cache, chainId, addresses);
  const stubs = cache === undefined ? [] : await stillHolding(cache, checks);
  const size = new PageSize(headers === "all" ? 1_000 : 100_000);
  let last: Page | undefined;
  for (let from = options.fromBlock; from <= options.toBlock;) {
    const old = await keptAt(cache, stubs, from);
    const nextKept = stubs.find((stub) => stub.from > from)?.from ?? Infinity;
    const to = Math.min(size.last(from), options.toBlock, nextKept - 1);
    const page = old ?? (await size.attempt(from, to, () => readPage({ addresses, from, to }, checks)));
    if (page === undefined) continue;
    if (last !== undefined && page.parentHash !== last.endHash) throw reorganised(nodes[0]!.name, last.to);
    if (old === undefined) await cache?.keep({ ...page, headers, nodes: nodes.map(({ name }) => name) });
    yield { page, kept: old !== undefined };
    last = page;
    from = page.to + 1;
  }
}

async function keptAt(
  cache: PageCache | undefined,
  stubs: readonly PageStub[],
  from: number,
): Promise<Page | undefined> {
  const stub = stubs.find((one) => one.from <= from && from <= one.to);
  return stub === undefined ? undefined : cache?.load(stub);
}

/** The chain that all nodes speak for. */
async function chainOf(nodes: readonly ChainNode[]): Promise<bigint> {
  const ids = await Promise.all(nodes.map((node) => node.chainId()));
  const [first] = ids;
  if (first === undefined) throw new TypeError("there is no node to read from");
  if (ids.every((id) => id === first)) return first;
  const told = nodes.map(({ name }, i) => `${name} for chain ${ids[i]!}`).join(", ");
  throw new ConsortiaError(
    "NetworkWrong",
    `The nodes speak for different chains: ${told}. Name nodes of one.`,
    {
      values: { nodes: nodes.map(({ name }) => name), found: ids },
    },
  );
}

/** Each kind of note once for each node. */
function once(onNote: OnNote | undefined): OnNote {
  const told = new Set<string>();
  return (note) => {
    const kind = `${note.code} ${note.node}`;
    if (told.has(kind)) return;
    told.add(kind);
    onNote?.(note);
  };
}
