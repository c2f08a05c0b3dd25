import type { ServiceId } from "../../core/ids.ts";
import { unitOf } from "../../core/quote.ts";
import { lineGross, type UnitPrice } from "../../core/schedule.ts";
import type { FoldState } from "./state.ts";
import type { KnownStatement } from "./statements.ts";

/** What a unit of a service costs between a statement's parties in its month, agreements considered. */
export function unitIn(
  { policies }: FoldState,
  { statement, tier, supplierTier }: KnownStatement,
  service: ServiceId,
): UnitPrice | undefined {
  // What was agreed on later holds in later months alone, so whoever asks later gets the same answer.
  const parties = { tier, supplierTier, kind: 0, region: 0, choosy: true };
  return unitOf({ ...statement, ...parties, countersigned: true, reliefRoom: 0n }, policies, service);
}

/** Whether a line has a least or a most, so that its records need not cost their quantity times the price. */
export const isBounded = ({ minimum, cap }: UnitPrice): boolean => minimum !== undefined || cap !== undefined;

/** What the lines of a statement come to by service, without fee; services that were not offered are left out. */
export function totalsOf(state: FoldState, known: KnownStatement): ReadonlyMap<ServiceId, bigint> {
  const totals = new Map<ServiceId, bigint>();
  for (const { service, quantity } of known.statement.lines) {
    const unit = unitIn(state, known, service);
    if (unit !== undefined) totals.set(service, (totals.get(service) ?? 0n) + lineGross(unit, quantity));
  }
  return totals;
}
