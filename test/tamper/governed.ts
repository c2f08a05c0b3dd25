import type { AuditBlock } from "../../src/auditor/chain/block.ts";
import { auditOf, record } from "../support/auditing.ts";
import { createGoverned } from "../support/governed.ts";
import { playYear } from "../support/governed-year.ts";

/** A consortium that its members govern, with the true logs of its year. */
export interface GovernedWorld {
  readonly blocks: readonly AuditBlock[];
  /** Audits what it is shown. @returns the codes of everything found */
  codes(shown: { readonly blocks: readonly AuditBlock[] }): Promise<string[]>;
  /** Contracts by their names in a deployment. */
  readonly addresses: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Plays the year. Takes about half a minute. */
export async function createGovernedWorld(
  progress: (step: string) => void = () => {},
): Promise<GovernedWorld> {
  progress("Governing for a year");
  const world = await createGoverned();
  await playYear(world);
  const recorded = await record(world);
  const { governance, charter } = world.deployment;
  const named = Object.entries({ ...governance, charter });
  return {
    blocks: recorded.blocks,
    addresses: Object.fromEntries(named.map(([name, address]) => [name, address.toLowerCase()])),
    async codes({ blocks }) {
      const { wrong, unverifiable, notes } = await auditOf({ ...recorded, blocks });
      return [...new Set([...wrong, ...unverifiable, ...notes].map(({ code }) => code))];
    },
    close: () => world.connection.close(),
  };
}
