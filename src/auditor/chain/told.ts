import type { RawLog } from "./block.ts";
import type { Header } from "./header.ts";
import type { ChainNode } from "./node.ts";
import { checkOrder, type Asked } from "./order.ts";

/** What one node says of a range of blocks. */
export interface Told {
  readonly node: ChainNode;
  /** The range's last block. */
  readonly end: Header;
  readonly logs: readonly RawLog[];
}

/**
 * Asks one node. The last block comes first: a node that is behind answers short and says nothing of it.
 * @throws as {@link checkOrder} does; `BlockMissing`, `RangeTooLarge` and whatever the node refuses
 */
export async function tell(node: ChainNode, asked: Asked): Promise<Told> {
  const end = await node.getBlock(asked.to);
  const logs = await node.logs(asked.addresses, asked.from, asked.to);
  checkOrder(node.name, asked, logs);
  return { node, end, logs };
}

/** Logs by their block's number, in order. */
export function groupByBlock(logs: readonly RawLog[]): Map<number, RawLog[]> {
  const blocks = new Map<number, RawLog[]>();
  for (const log of logs) {
    const block = blocks.get(log.blockNumber);
    if (block === undefined) blocks.set(log.blockNumber, [log]);
    else block.push(log);
  }
  return blocks;
}

/** A log as text, the same for the same log. */
export const spellLog = (log: RawLog): string =>
  [
    log.blockNumber,
    log.blockHash,
    log.txHash,
    log.txIndex,
    log.logIndex,
    log.address,
    log.topics.join(),
    log.data,
  ].join(" ");
