import type { Site } from "./chain/discover.ts";
import { addressesOf } from "./chain/governance.ts";
import { houseAddresses } from "./chain/house.ts";

/** The contracts whose logs an audit reads. */
export function contractsOf(site: Site): string[] {
  const governing = site.governance === undefined ? [] : addressesOf(site.governance);
  return [site.ledger, ...houseAddresses(site), ...governing];
}
