import type { Header } from "../../src/auditor/chain/header.ts";
import { openNode, type ChainNode } from "../../src/auditor/chain/node.ts";
import type { AuditBlock, RawLog } from "../../src/auditor/chain/block.ts";
import { readBlocks, type ReadOptions } from "../../src/auditor/chain/pages.ts";
import { startLyingNode, type Lies, type LyingNode } from "./lying-node.ts";
import { createNetwork, type TestNetwork } from "./network.ts";

/** A network with some history and a node in front of it that lies when told to. */
export interface Audited {
  readonly network: TestNetwork;
  readonly liar: LyingNode;
  /** Asks the chain itself. */
  readonly honest: ChainNode;
  /** A reader of the lying node without patience, and without memory of what it lacked before. */
  doubtful(): ChainNode;
  readonly addresses: readonly string[];
  readonly toBlock: number;
  /** The true logs, in order. */
  readonly logs: readonly RawLog[];
  /** The first log of a block that holds two or more. */
  readonly paired: RawLog;
  /** A log that is alone in its block. */
  readonly lone: RawLog;
  /** A block without a transaction. */
  readonly quiet: Header;
  /** Reads everything through the lying node, or as told. */
  read(options?: Partial<ReadOptions>): Promise<AuditBlock[]>;
  /** Sets lies, reads, and gives the error; none is an error too. */
  caught(lies: Lies, options?: Partial<ReadOptions>): Promise<unknown>;
  stop(): Promise<void>;
}

/** Founds a consortium with three funded members, and quiet blocks between their doings. */
export async function createAudited(): Promise<Audited> {
  const network = await createNetwork();
  const { chain, deployment } = network;
  for (const deposit of ["10", "20", "30"]) {
    await network.createMember(deposit);
    await chain.provider.send("anvil_mine", ["0x5"]);
  }
  const toBlock = await chain.provider.getBlockNumber();
  const liar = await startLyingNode(chain.url);
  const honest = openNode(chain.url);
  const doubtful = () => openNode(liar.url, { attempts: 2, pause: 5, timeout: 500 });
  const addresses = [deployment.charter, deployment.register, deployment.schedule, deployment.ledger];

  async function read(options: Partial<ReadOptions> = {}): Promise<AuditBlock[]> {
    const blocks: AuditBlock[] = [];
    const all = { nodes: [doubtful()], addresses, fromBlock: 0, toBlock, ...options };
    for await (const block of readBlocks(all)) blocks.push(block);
    return blocks;
  }
  async function caught(lies: Lies, options?: Partial<ReadOptions>): Promise<unknown> {
    liar.lies = lies;
    try {
      await read(options);
      return undefined;
    } catch (error) {
      return error;
    } finally {
      liar.lies = {};
    }
  }

  const blocks = await read({ nodes: [honest] });
  const paired = blocks.find(({ logs }) => logs.length > 1)?.logs[0];
  const lone = blocks.findLast(({ logs }) => logs.length === 1)?.logs[0];
  if (paired === undefined || lone === undefined) throw new Error("the history lacks what the tests need");
  const quiet = await honest.getBlock(toBlock);
  const logs = blocks.flatMap((block) => block.logs);
  const stop = async () => {
    await liar.stop();
    await chain.stop();
  };
  return {
    network,
    liar,
    honest,
    doubtful,
    addresses,
    toBlock,
    logs,
    paired,
    lone,
    quiet,
    read,
    caught,
    stop,
  };
}
