import type { DeploymentParameters } from "@nomicfoundation/ignition-core";
import { ConsortiaError } from "../../core/error.ts";
import type { ChamberSettings, GovernancePreset } from "./governance.ts";

/** The founders' own keys: each takes a seat until its body is elected. */
export interface Founders {
  readonly council: readonly string[];
  readonly board: readonly string[];
}

interface Plan {
  readonly constituency: number;
  readonly seats: number;
}

/**
 * What the module of governance is given.
 * @throws `FoundersInvalid` where there are more founders than seats, or one twice
 */
export function governanceParameters(
  preset: GovernancePreset,
  founders: Founders,
): DeploymentParameters[string] {
  const { fullStanding, foundersTerm, elections, chambers, amendments, admissions } = preset;
  const councilPlans = preset.constituencies.map(({ constituency, seats, groups }) => ({
    constituency,
    seats,
    groups,
  }));
  const boardPlans = [{ constituency: 0, ...preset.board }];
  requireDistinct([...founders.council, ...founders.board]);
  return {
    fullStanding,
    foundersTerm,
    councilFounders: seatFounders("council", founders.council, councilPlans),
    boardFounders: seatFounders("board", founders.board, boardPlans),
    councilRules: { ...elections.council },
    boardRules: { ...elections.board },
    councilPlans,
    boardPlans,
    ...chamberParameters("council", chambers.council),
    ...chamberParameters("board", chambers.board),
    ...chamberParameters("assembly", chambers.assembly),
    amendmentDelay: amendments.delay,
    amendmentGrace: amendments.grace,
    admissions: { ...admissions },
  };
}

/** The first seat of each constituency, then the second of each: so that few founders speak for all. */
function seatFounders(body: string, keys: readonly string[], plans: readonly Plan[]) {
  const most = Math.max(0, ...plans.map(({ seats }) => seats));
  const seats = Array.from({ length: most }, (_, seat) =>
    plans.filter((plan) => seat < plan.seats).map(({ constituency }) => ({ constituency, seat })),
  ).flat();
  if (keys.length > seats.length) {
    throw new ConsortiaError(
      "FoundersInvalid",
      `The ${body} has ${seats.length} seats, and ${keys.length} founders are named for it. Name fewer.`,
    );
  }
  return seats.slice(0, keys.length).map((place, index) => ({ ...place, key: keys[index] ?? "" }));
}

function requireDistinct(keys: readonly string[]): void {
  if (new Set(keys.map((key) => key.toLowerCase())).size === keys.length) return;
  throw new ConsortiaError("FoundersInvalid", "A founder's key is named twice. Nobody holds two seats.");
}

function chamberParameters(body: string, settings: ChamberSettings): DeploymentParameters[string] {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      `${body}${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
      value as number | bigint,
    ]),
  );
}
