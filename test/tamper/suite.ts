import { ARRANGEMENT_LIES } from "./arrangements.ts";
import { createBalancedWorld, type BalancedWorld } from "./balanced.ts";
import { BUNDLE_LIES } from "./bundles.ts";
import { CHAIN_LIES } from "./chain.ts";
import { COLLUSIONS } from "./collusion.ts";
import type { AuditBlock } from "../../src/auditor/chain/block.ts";
import { FINDINGS, type FindingCode } from "../../src/auditor/codes.ts";
import { DECISION_LIES } from "./decisions.ts";
import { DESK_LIES } from "./desks.ts";
import { createGovernedWorld, type GovernedWorld } from "./governed.ts";
import { INTEREST_LIES } from "./interests.ts";
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

/** The same about what members owe each other, and who is relieved of it. */
export const BALANCE_LIES: readonly Lie<BalancedWorld>[] = [...INTEREST_LIES, ...ARRANGEMENT_LIES];

/** Lies by the world in which they are told. */
export interface AllLies {
  readonly book: readonly Lie[];
  readonly governance: readonly Lie<GovernedWorld>[];
  readonly balance: readonly Lie<BalancedWorld>[];
}

/** Every lie there is. */
export const EVERY_LIE: AllLies = { book: LIES, governance: GOVERNANCE_LIES, balance: BALANCE_LIES };

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
 * year of governance and half a year of balanced interests.
 * @throws where the truth itself is not found clean: then nothing that is caught would mean anything
 */
export async function tellAll(
  { book, governance, balance }: AllLies = EVERY_LIE,
  onTold: (told: Told) => void = () => {},
  progress: (step: string) => void = () => {},
): Promise<Told[]> {
  const told: Told[] = [];
  if (book.length > 0) told.push(...(await tellIn(await createWorld(progress), book, onTold)));
  if (governance.length > 0) {
    told.push(...(await tellIn(await createGovernedWorld(progress), governance, onTold)));
  }
  if (balance.length > 0) {
    told.push(...(await tellIn(await createBalancedWorld(progress), balance, onTold)));
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
