import { isConsortiaError } from "../../core/error.ts";
import type { AuditBlock, RawLog } from "./block.ts";
import type { ChainNode } from "./node.ts";
import { checkOrder } from "./order.ts";

export interface ReadOptions {
  readonly nodes: readonly ChainNode[];
  readonly addresses: readonly string[];
  readonly fromBlock: number;
  /** Read too. */
  readonly toBlock: number;
}

/** Blocks that hold logs of the addresses, in the order of the chain, each with its time. */
export async function* readBlocks(options: ReadOptions): AsyncGenerator<AuditBlock> {
  const [node] = options.nodes;
  if (node === undefined) throw new TypeError("there is no node to read from");
  const addresses = options.addresses.map((address) => address.toLowerCase());
  let size = 2_000;
  for (let from = options.fromBlock; from <= options.toBlock;) {
    const asked = { addresses, from, to: Math.min(from + size - 1, options.toBlock) };
    let logs: RawLog[];
    try {
      logs = await node.logs(addresses, asked.from, asked.to);
    } catch (error) {
      if (!isConsortiaError(error, "RangeTooLarge") || size === 1) throw error;
      size = Math.ceil(size / 2);
      continue;
    }
    checkOrder(node.name, asked, logs);
    const numbers = [...new Set(logs.map(({ blockNumber }) => blockNumber))];
    for (const { number, hash, timestamp } of await node.getBlocks(numbers)) {
      yield { number, hash, timestamp, logs: logs.filter(({ blockNumber }) => blockNumber === number) };
    }
    from = asked.to + 1;
  }
}

/** The same, log by log. */
export async function* readLogs(options: ReadOptions): AsyncGenerator<RawLog> {
  for await (const block of readBlocks(options)) yield* block.logs;
}
