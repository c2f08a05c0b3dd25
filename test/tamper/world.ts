import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { audit } from "../../src/auditor/audit.ts";
import type { AuditBlock } from "../../src/auditor/chain/block.ts";
import { discover, type Site } from "../../src/auditor/chain/discover.ts";
import { openNode, type ChainNode } from "../../src/auditor/chain/node.ts";
import { lastBlock, readBlocks } from "../../src/auditor/chain/pages.ts";
import { createEngine, type Engine } from "../../src/auditor/engine/engine.ts";
import type { AuditResult } from "../../src/auditor/result.ts";
import { contractsOf } from "../../src/auditor/site.ts";
import { quarrel } from "../../src/cli/scenario/dispute.ts";
import type { SettledMonth } from "../../src/cli/scenario/month.ts";
import { runMonth } from "../../src/cli/scenario/scenarios.ts";
import { createDirectoryStore } from "../../src/records/directory.ts";

/** What an auditor is shown. */
export interface Shown {
  readonly blocks?: readonly AuditBlock[];
  readonly nodes?: readonly ChainNode[];
  readonly records?: string;
}

/** A settled month and everything that went wrong after it, on a chain that stays up, with its true logs. */
export interface World {
  readonly settled: SettledMonth;
  readonly site: Site;
  readonly node: ChainNode;
  readonly blocks: readonly AuditBlock[];
  /** The folder of bundles. */
  readonly records: string;
  /** Audits what it is shown; the truth where nothing else is. */
  audit(shown?: Shown): Promise<AuditResult>;
  /** The codes of everything an audit finds. */
  codes(shown?: Shown): Promise<string[]>;
  /** The logs of the chain as it is now. */
  read(nodes?: readonly ChainNode[]): Promise<AuditBlock[]>;
  /** A copy of the folder of bundles, to be tampered with. */
  copyRecords(): Promise<string>;
  /** Does something on the chain and takes it back afterwards. */
  onFork<T>(act: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Plays the month and the quarrel. Takes about a minute. */
export async function createWorld(progress: (step: string) => void = () => {}): Promise<World> {
  const out = await mkdtemp(join(tmpdir(), "consortia-tamper-"));
  const { settled } = await runMonth({ inputs: [], preset: "default", out, progress });
  const engine = createEngine();
  try {
    const records = join(out, "records");
    progress("Claiming, disputing, refunding");
    await quarrel(settled, createDirectoryStore(records));
    return await worldOf(settled, engine, out, records);
  } catch (error) {
    await settled.stage.close();
    await engine.close();
    throw error;
  }
}

async function worldOf(settled: SettledMonth, engine: Engine, out: string, records: string): Promise<World> {
  const { chain, admin } = settled.stage;
  const node = openNode(chain.url);
  const site = await discover([node], admin.deployment.ledger);

  async function read(nodes: readonly ChainNode[] = [node]): Promise<AuditBlock[]> {
    const range = { fromBlock: site.fromBlock, toBlock: await lastBlock(nodes) };
    const blocks: AuditBlock[] = [];
    const asked = { nodes, addresses: contractsOf(site), headers: "all" as const, ...range };
    for await (const block of readBlocks(asked)) blocks.push(block);
    return blocks;
  }

  const blocks = await read();

  async function run(shown: Shown = {}): Promise<AuditResult> {
    const { nodes = [node], records: directory = records, blocks: source = blocks } = shown;
    const last = await node.getBlock("latest");
    return audit({ site, source: one(source), last, nodes, records: [directory], engine });
  }

  return {
    ...{ settled, site, node, blocks, records, read },
    audit: run,
    async codes(shown) {
      const { wrong, unverifiable, notes } = await run(shown);
      return [...new Set([...wrong, ...unverifiable, ...notes].map(({ code }) => code))];
    },
    async copyRecords() {
      const copy = await mkdtemp(join(out, "copy-"));
      await cp(records, copy, { recursive: true });
      return copy;
    },
    async onFork(act) {
      const id = (await chain.provider.send("evm_snapshot", [])) as string;
      try {
        return await act();
      } finally {
        await chain.provider.send("evm_revert", [id]);
      }
    },
    async close() {
      await engine.close();
      await settled.stage.close();
      await rm(out, { recursive: true, force: true });
    },
  };
}

async function* one(blocks: readonly AuditBlock[]): AsyncGenerator<AuditBlock> {
  yield* blocks;
}
