import { BUNDLE_LIES } from "./bundles.ts";
import { CHAIN_LIES } from "./chain.ts";
import { COLLUSIONS } from "./collusion.ts";
import type { AuditBlock } from "../../src/auditor/chain/block.ts";
import { FINDINGS, type FindingCode } from "../../src/auditor/codes.ts";
import { DECISION_LIES } from "./decisions.ts";
import { DESK_LIES } from "./desks.ts";
import { createGovernedWorld, type GovernedWorld } from "./governed.ts";
import type { Lie } from "./lie.ts";
import { LOG_LIES } from "./logs.ts";
import { PAPER_LIES } from "./papers.ts";
import { VOTING_LIES } from "./voting.ts";
import { createWorld } from "./world.ts";

/** Every way to lie about the book that this suite tries. */
export const LIES: readonly Lie[] = [
  ...LOG_LIES,
  ...DESK_LIES,
  ...BUNDLE_LIES,
  ...COLLUSIONS,
  ...CHAIN_LIES,
  ...PAPER_LIES,
];

/** The same about how members govern. */
export const GOVERNANCE_LIES: readonly Lie<GovernedWorld>[] = [...VOTING_LIES, ...DECISION_LIES];

/** What became of one lie. */
export interface Told {
  readonly name: string;
  readonly code: string;
  readonly caught: boolean;
  /** Under which names it was found. */
  readonly found: readonly string[];
}

/**
 * Plays a month, shows that the truth is found clean, then tells every lie to an auditor of its own; the same with a
 * year of governance.
 * @throws where the truth itself is not found clean: then nothing that is caught would mean anything
 */
export async function tellAll(
  lies: readonly Lie[] = LIES,
  governed: readonly Lie<GovernedWorld>[] = GOVERNANCE_LIES,
  onTold: (told: Told) => void = () => {},
  progress: (step: string) => void = () => {},
): Promise<Told[]> {
  const told: Told[] = [];
  if (lies.length > 0) told.push(...(await tellIn(await createWorld(progress), lies, onTold)));
  if (governed.length > 0) {
    told.push(...(await tellIn(await createGovernedWorld(progress), governed, onTold)));
  }
  return told;
}

/** A world in which lies are told. */
interface Stage {
  readonly blocks: readonly AuditBlock[];
  codes(shown: { readonly blocks: readonly AuditBlock[] }): Promise<readonly string[]>;
  close(): Promise<void>;
}

async function tellIn<W extends Stage>(
  world: W,
  lies: readonly Lie<W>[],
  onTold: (told: Told) => void,
): Promise<Told[]> {
  try {
    const truth = await world.codes({ blocks: world.blocks });
    const wrong = truth.filter((code) => FINDINGS[code as FindingCode].severity !== "note");
    if (wrong.length > 0) throw new Error(`The truth is found to be ${wrong.slice(0, 5).join(", ")}.`);
    const told: Told[] = [];
    for (const { name, code, tell } of lies) {
      const found = await tell(world).catch((error: unknown) => [String(error)]);
      const one = { name, code, caught: found.includes(code), found };
      told.push(one);
      onTold(one);
    }
    return told;
  } finally {
    await world.close();
  }
}
