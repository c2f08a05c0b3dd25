import { audit, type AuditOptions } from "../../src/auditor/audit.ts";
import type { AuditBlock } from "../../src/auditor/chain/block.ts";
import { discover, type Site } from "../../src/auditor/chain/discover.ts";
import type { ChainNode } from "../../src/auditor/chain/node.ts";
import { lastBlock, readBlocks } from "../../src/auditor/chain/pages.ts";
import { nodeBehind } from "../../src/auditor/chain/provider.ts";
import { contractsOf } from "../../src/auditor/site.ts";
import { createEngine } from "../../src/auditor/engine/engine.ts";
import type { AuditResult } from "../../src/auditor/result.ts";
import type { TestConsortium } from "./consortium.ts";

/** Where a test's consortium is, and every block of it. */
export interface Recorded {
  readonly node: ChainNode;
  readonly site: Site;
  readonly blocks: readonly AuditBlock[];
  readonly last: AuditOptions["last"];
}

/** Reads a whole chain, so that a test can edit what was read before it is audited. */
export async function record(world: TestConsortium): Promise<Recorded> {
  const node = nodeBehind(world.ethers.provider, "the test chain");
  const toBlock = await lastBlock([node]);
  const site = await discover([node], world.deployment.ledger);
  const addresses = contractsOf(site);
  const blocks: AuditBlock[] = [];
  for await (const block of readBlocks({ nodes: [node], addresses, fromBlock: site.fromBlock, toBlock })) {
    blocks.push(block);
  }
  return { node, site, blocks, last: await node.getBlock(toBlock) };
}

/** Audits blocks as they were read, or as a test left them. */
export async function auditOf(
  { node, site, blocks, last }: Recorded,
  options: Partial<AuditOptions> = {},
): Promise<AuditResult> {
  async function* source(): AsyncGenerator<AuditBlock> {
    await Promise.resolve();
    yield* blocks;
  }
  const engine = createEngine({ threads: 0 });
  return audit({ site, source: source(), last, nodes: [node], engine, ...options });
}
