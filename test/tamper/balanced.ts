import { cp, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditBlock } from "../../src/auditor/chain/block.ts";
import type { ChainNode } from "../../src/auditor/chain/node.ts";
import { auditOf, record } from "../support/auditing.ts";
import { createBalanced, type Balanced } from "../support/balanced.ts";
import { playMonths } from "../support/balanced-months.ts";

/** What an auditor of interests is shown. */
export interface BalanceShown {
  readonly blocks: readonly AuditBlock[];
  readonly nodes?: readonly ChainNode[];
  readonly records?: string;
}

/** A consortium that balanced its members' interests for half a year, with its true logs. */
export interface BalancedWorld {
  readonly world: Balanced;
  readonly blocks: readonly AuditBlock[];
  readonly node: ChainNode;
  /** Audits what it is shown. @returns the codes of everything found */
  codes(shown: BalanceShown): Promise<string[]>;
  /** Does something on the chain and takes it back after it was audited. @returns the codes of everything found */
  onFork(act: (records: string) => Promise<unknown>): Promise<string[]>;
  close(): Promise<void>;
}

/** Plays the half-year. Takes some seconds. */
export async function createBalancedWorld(
  progress: (step: string) => void = () => {},
): Promise<BalancedWorld> {
  progress("Balancing interests for half a year");
  const world = await createBalanced();
  await playMonths(world);
  const recorded = await record(world);

  async function codesOf(read: typeof recorded, { blocks, nodes, records = world.records }: BalanceShown) {
    const options = { records: [records], ...(nodes === undefined ? {} : { nodes }) };
    const { wrong, unverifiable, notes } = await auditOf({ ...read, blocks }, options);
    return [...new Set([...wrong, ...unverifiable, ...notes].map(({ code }) => code))];
  }

  return {
    ...{ world, blocks: recorded.blocks, node: recorded.node },
    codes: (shown) => codesOf(recorded, shown),
    async onFork(act) {
      const before = await world.networkHelpers.takeSnapshot();
      const records = await mkdtemp(join(tmpdir(), "consortia-fork-"));
      await cp(world.records, records, { recursive: true });
      try {
        await act(records);
        const now = await record(world);
        return await codesOf(now, { blocks: now.blocks, records });
      } finally {
        await before.restore();
      }
    },
    close: () => world.close(),
  };
}
