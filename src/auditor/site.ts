import type { Site } from "./chain/discover.ts";
import { addressesOf } from "./chain/governance.ts";

/** The contracts whose logs an audit reads. */
export function contractsOf(site: Site): string[] {
  const { ledger, register, schedule, charter, claims, reversals, advances, governance } = site;
  const desks = [claims, reversals, advances].filter((one) => one !== undefined);
  const governing = governance === undefined ? [] : addressesOf(governance);
  return [ledger, register, schedule, charter, ...desks, ...governing];
}
