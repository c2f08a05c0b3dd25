import type { BaseContract, DeferredTopicFilter, LogDescription } from "ethers";
import { readLogs } from "../chain/events.ts";
import type { Consortium } from "./consortium.ts";
import { read } from "./verb.ts";

/** One event of a contract, and where it stands in the chain. */
export interface Logged {
  readonly name: string;
  readonly args: LogDescription["args"];
  readonly block: number;
  readonly tx: string;
}

/** Which events of a contract, up to which block. */
export interface LogQuery {
  /** One event with its indexed arguments, as `contract.filters.Name(…)` makes it; every event where it is absent. */
  readonly filter?: DeferredTopicFilter;
  /** The latest block where it is absent. */
  readonly toBlock?: number;
}

/** A contract's events, in the order of the chain. */
export async function readEvents(
  { provider, deployment }: Consortium,
  contract: BaseContract,
  { filter, toBlock }: LogQuery = {},
): Promise<Logged[]> {
  const range = {
    address: contract.target as string,
    fromBlock: deployment.fromBlock,
    toBlock: toBlock ?? (await read(provider.getBlockNumber())),
    ...(filter === undefined ? {} : { topics: await filter.getTopicFilter() }),
  };
  const found: Logged[] = [];
  for await (const log of readLogs(provider, range)) {
    const event = contract.interface.parseLog(log);
    if (event === null) continue;
    found.push({ name: event.name, args: event.args, block: log.blockNumber, tx: log.transactionHash });
  }
  return found;
}
