import { BUNDLE_LIES } from "./bundles.ts";
import { CHAIN_LIES } from "./chain.ts";
import { COLLUSIONS } from "./collusion.ts";
import { DESK_LIES } from "./desks.ts";
import type { Lie } from "./lie.ts";
import { LOG_LIES } from "./logs.ts";
import { PAPER_LIES } from "./papers.ts";
import { createWorld } from "./world.ts";

/** Every way to lie that this suite tries. */
export const LIES: readonly Lie[] = [
  ...LOG_LIES,
  ...DESK_LIES,
  ...BUNDLE_LIES,
  ...COLLUSIONS,
  ...CHAIN_LIES,
  ...PAPER_LIES,
];

/** What became of one lie. */
export interface Told {
  readonly name: string;
  readonly code: string;
  readonly caught: boolean;
  /** Under which names it was found. */
  readonly found: readonly string[];
}

/**
 * Plays a month, shows that the truth is found clean, then tells every lie to an auditor of its own.
 * @throws where the truth itself is not found clean: then nothing that is caught would mean anything
 */
export async function tellAll(
  lies: readonly Lie[] = LIES,
  onTold: (told: Told) => void = () => {},
  progress: (step: string) => void = () => {},
): Promise<Told[]> {
  const world = await createWorld(progress);
  try {
    const truth = await world.audit();
    if (truth.verdict !== "clean") {
      const first = [...truth.wrong, ...truth.unverifiable].map(({ code, message }) => `${code}: ${message}`);
      throw new Error(`The truth is found ${truth.verdict}. ${first.slice(0, 5).join(" ")}`);
    }
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
