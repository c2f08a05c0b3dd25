import type { Contribution } from "../../../connectors/oaipmh/contribution.ts";
import type { Role } from "../../../connectors/marc/cataloguing.ts";

/** What was read so far and what it makes. */
export interface Tally {
  records: number;
  deleted: number;
  readonly contributions: Record<Role, number>;
  pages: number;
  restarts: number;
}

export function createTally(): Tally {
  return {
    records: 0,
    deleted: 0,
    contributions: { creating: 0, transcribing: 0, modifying: 0 },
    pages: 0,
    restarts: 0,
  };
}

/** Counts one record and hands its contributions on. */
export function counted(tally: Tally, made: readonly Contribution[]): readonly Contribution[] {
  tally.records += 1;
  for (const one of made) {
    if ("reason" in one) tally.deleted += one.reason === "deleted" ? 1 : 0;
    else tally.contributions[one.details["role"] as Role] += 1;
  }
  return made;
}
