import { FAULTS } from "../../chain/faults.ts";
import type { Choices } from "../../core/choices.ts";
import { FIRST_MEMBER } from "../../core/ids.ts";
import { credits, type Credits } from "../../core/money.ts";
import { POSTING_WINDOW } from "../../core/period.ts";
import type { Schedule } from "../../core/schedule.ts";
import type { Statement } from "../../core/statement.ts";
import { ranIn, type Terms } from "./membership.ts";

/** Why a statement cannot be posted, with the figures that the ledger logs beside it. */
export interface Breach {
  readonly fault: FaultName;
  readonly found: bigint;
  readonly limit: bigint;
}

const NAMES = [
  "None",
  "SameParty",
  "Reserved",
  "PeriodAhead",
  "PeriodPast",
  "Expired",
  "SupplierInactive",
  "ConsumerInactive",
  "NumberUsed",
  "NoLines",
  "NotOffered",
  "AboveMaximum",
  "NotCountersigned",
  "NoRoom",
  "PartnerRefused",
  "ServiceDeclined",
  "CeilingExceeded",
] as const;
export type FaultName = (typeof NAMES)[number];

/** A fault's number as the contract has it. */
export const faultName = (fault: number): FaultName | undefined => NAMES[fault];

/** The fault in plain words. */
export function explainBreach({ fault, found, limit }: Breach): string {
  return FAULTS[NAMES.indexOf(fault)]!.explain(found, limit);
}

/** Two breaches in one spelling, to be compared and shown. */
export const spellBreach = (breach: Breach | undefined): string =>
  breach === undefined ? "None" : `${breach.fault} (${breach.found}, ${breach.limit})`;

/** What parties, calendar and number say, before anything is priced. Twin of `Posting._admissible`. */
export function admissible(
  statement: Statement,
  month: number,
  supplier: Terms,
  consumer: Terms,
  used: boolean,
): Breach | undefined {
  const { period, lastPeriod, number } = statement;
  const breach = (fault: FaultName, found: number, limit = 0): Breach => ({
    fault,
    found: BigInt(found),
    limit: BigInt(limit),
  });
  if (statement.consumer === statement.supplier) return breach("SameParty", statement.consumer);
  if (statement.consumer < FIRST_MEMBER) return breach("Reserved", statement.consumer);
  if (lastPeriod < month) return breach("Expired", month, lastPeriod);
  // No month at all passes for the one that the ledger looked at last, and fails as the consumer's.
  if (period !== 0) {
    if (statement.supplier < FIRST_MEMBER) return breach("Reserved", statement.supplier);
    if (period > month) return breach("PeriodAhead", period, month);
    if (period + POSTING_WINDOW < month) return breach("PeriodPast", period, month - POSTING_WINDOW);
    if (!ranIn(supplier, period)) return breach("SupplierInactive", statement.supplier);
  }
  if (!ranIn(consumer, period)) return breach("ConsumerInactive", statement.consumer);
  return used ? breach("NumberUsed", number) : undefined;
}

/**
 * What lines come to by the schedule of the month of service, or why they cannot be posted at that price. Twin of
 * `_priced`; `choices` where the parties' count.
 */
export function price(
  schedule: Schedule,
  statement: Statement,
  tier: number,
  choices?: Choices,
): { readonly gross: Credits; readonly fee: Credits; readonly breach: Breach | undefined } {
  const { period, lines, maximum } = statement;
  let [gross, fee] = [0n, 0n];
  let breach: Breach | undefined;
  if (lines.length === 0) breach = { fault: "NoLines", found: 0n, limit: 0n };
  breach ??= choices?.declined(statement, schedule, tier);
  for (const { service, quantity } of lines) {
    const entry = schedule.priceOf(period, service, tier);
    if (entry === undefined) {
      breach ??= { fault: "NotOffered", found: BigInt(service), limit: BigInt(tier) };
      continue;
    }
    gross += entry.price * BigInt(quantity);
    fee += entry.fee * BigInt(quantity);
  }
  if (gross + fee > maximum) breach ??= { fault: "AboveMaximum", found: gross + fee, limit: maximum };
  return { gross: credits(gross), fee: credits(fee), breach };
}
