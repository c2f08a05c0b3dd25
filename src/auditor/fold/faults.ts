import { explainFault } from "../../chain/faults.ts";
import { FIRST_MEMBER, RELIEF } from "../../core/ids.ts";
import { credits, type Credits } from "../../core/money.ts";
import { POSTING_WINDOW } from "../../core/period.ts";
import { quote, unitOf, type Order, type Policies, type Quote } from "../../core/quote.ts";
import { lineGross } from "../../core/schedule.ts";
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
  "LicenceForbids",
  "WorkClaimed",
  "NotAccredited",
] as const;
export type FaultName = (typeof NAMES)[number];

/** A fault's number as the contract has it. */
export const faultName = (fault: number): FaultName | undefined => NAMES[fault];

/** The fault in plain words. */
export function explainBreach({ fault, found, limit }: Breach): string {
  return explainFault(NAMES.indexOf(fault), found, limit);
}

/** Two breaches in one spelling, to be compared and shown. */
export const spellBreach = (breach: Breach | undefined): string =>
  breach === undefined ? "None" : `${breach.fault} (${breach.found}, ${breach.limit})`;

/** What parties, calendar and number say, before anything is priced. Twin of contracts/ledger/Gate.sol. */
export function admissible(
  statement: Statement,
  month: number,
  supplier: Terms,
  consumer: Terms,
  used: boolean,
): Breach | undefined {
  const { period, lastPeriod, number } = statement;
  if (statement.consumer === statement.supplier) return breach("SameParty", statement.consumer);
  if (statement.consumer === RELIEF) return breach("Reserved", statement.consumer);
  if (lastPeriod < month) return breach("Expired", month, lastPeriod);
  // No month at all passes for the one that the ledger looked at last, and fails as the consumer's.
  if (period !== 0) {
    if (statement.supplier === RELIEF) return breach("Reserved", statement.supplier);
    if (period > month) return breach("PeriodAhead", period, month);
    if (period + POSTING_WINDOW < month) return breach("PeriodPast", period, month - POSTING_WINDOW);
    if (!ranIn(supplier, period)) return breach("SupplierInactive", statement.supplier);
  }
  if (!ranIn(consumer, period)) return breach("ConsumerInactive", statement.consumer);
  return used ? breach("NumberUsed", number) : undefined;
}

/** The same for a claim, which COMMONS neither makes nor meets. Twin of contracts/desks/ClaimPrices.sol. */
export function claimable(
  statement: Statement,
  month: number,
  supplier: Terms,
  consumer: Terms,
): Breach | undefined {
  const same = statement.consumer === statement.supplier;
  const reserved = [statement.consumer, statement.supplier].find((party) => party < FIRST_MEMBER);
  if (!same && reserved !== undefined) return breach("Reserved", reserved);
  return admissible(statement, month, supplier, consumer, false);
}

/** What a statement comes to, or what it would come to but for what stands against it. */
export interface Price {
  readonly gross: Credits;
  readonly fee: Credits;
  readonly breach: Breach | undefined;
  /** With what others pay and get; unknown where something else than the maximum stands against it. */
  readonly quote: Quote | undefined;
}

/** Asks what a statement comes to by all that is known of prices, parties and works. */
export function price(order: Order, policies: Policies): Price {
  const first = quote(order, policies);
  const objection = first.objection;
  const unlimited = { ...order, maximum: UNLIMITED };
  const full = objection?.fault === "AboveMaximum" ? quote(unlimited, policies).quote : first.quote;
  if (full !== undefined) return { gross: full.gross, fee: full.fee, breach: objection, quote: full };
  let [gross, fee] = [0n, 0n];
  for (const { service, quantity } of order.lines) {
    const unit = unitOf(order, policies, service);
    if (unit === undefined) continue;
    gross += lineGross(unit, quantity);
    fee += unit.fee * BigInt(quantity);
  }
  return { gross: credits(gross), fee: credits(fee), breach: objection, quote: undefined };
}

const UNLIMITED = credits(1n << 128n);

function breach(fault: FaultName, found: number, limit = 0): Breach {
  return { fault, found: BigInt(found), limit: BigInt(limit) };
}
