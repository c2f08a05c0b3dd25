import { audit, type AuditOptions } from "../../src/auditor/audit.ts";
import { answerOf } from "../../src/auditor/chain/answer.ts";
import type { AuditBlock } from "../../src/auditor/chain/block.ts";
import { discover, type Site } from "../../src/auditor/chain/discover.ts";
import { nodeOver, type ChainNode } from "../../src/auditor/chain/node.ts";
import { lastBlock, readBlocks } from "../../src/auditor/chain/pages.ts";
import { createEngine } from "../../src/auditor/engine/engine.ts";
import type { AuditResult } from "../../src/auditor/result.ts";
import type { TestConsortium } from "./consortium.ts";

/** What carries questions to a chain, as ethers' providers do. */
interface Sender {
  send(method: string, params: unknown[]): Promise<unknown>;
}

/** A chain inside this process, as a node. */
export function nodeAt(provider: Sender, name = "the test chain"): ChainNode {
  const ask = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    try {
      return (await provider.send(method, [...params]));
    } catch (cause) {
      const { code, message } = cause as { code?: unknown; message: string };
      return answerOf(name, method, { id: 1, error: { code, message } }, 1);
    }
  };
  const askAll = async (
    questions: readonly (readonly [string, readonly unknown[]])[],
  ): Promise<unknown[]> => {
    const answers: unknown[] = [];
    for (const [method, params] of questions) answers.push(await ask(method, params));
    return answers;
  };
  return nodeOver({ name, ask, askAll });
}

/** Where a test's consortium is, and every block of it. */
export interface Recorded {
  readonly node: ChainNode;
  readonly site: Site;
  readonly blocks: readonly AuditBlock[];
  readonly last: AuditOptions["last"];
}

/** Reads a whole chain, so that a test can edit what was read before it is audited. */
export async function record(world: TestConsortium): Promise<Recorded> {
  const node = nodeAt(world.ethers.provider);
  const toBlock = await lastBlock([node]);
  const site = await discover([node], world.deployment.ledger);
  const { ledger, register, schedule, charter, claims, reversals } = site;
  const addresses = [ledger, register, schedule, charter, claims, reversals].filter(
    (one) => one !== undefined,
  );
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
