import type { Site } from "./chain/discover.ts";

/** The contracts whose logs an audit reads. */
export function contractsOf({ ledger, register, schedule, charter, claims, reversals }: Site): string[] {
  return [ledger, register, schedule, charter, claims, reversals].filter((one) => one !== undefined);
}
