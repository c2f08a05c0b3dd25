import { formatCredits, type Credits } from "../../core/money.ts";
import { formatPeriod, periodStart, type PeriodId } from "../../core/period.ts";
import type { Figure } from "../journal/effects.ts";
import type { Gains } from "./gains.ts";
import type { SavingRow } from "./saving.ts";

/** What people call each figure of a statement. */
export const FIGURE_NAMES: Readonly<Record<Figure, string>> = {
  given: "Given to others",
  drawn: "Drawn from others",
  fees: "Handling fees",
  feesEarned: "Handling fees received",
  relief: "Relief received",
  grants: "Grants received",
  reliefPaid: "Relief paid",
  royaltiesPaid: "Royalties paid",
  royaltiesEarned: "Royalties received",
  gaveBack: "Refunds given",
  gotBack: "Refunds received",
  debtsOwed: "Own debts acknowledged, less settled",
  debtsDue: "Debts to it acknowledged, less settled",
  deposited: "Paid in",
  withdrawn: "Paid out",
  advancesReceived: "Advances received, less returned",
  advancesLent: "Advances lent, less returned",
  bonds: "Bonds put up, less returned",
  forfeitsEarned: "Bonds forfeited to it",
  compensation: "Compensation as net lender",
  setAside: "Set aside, less returned",
};

/** How a statement tells what it holds. */
export interface Telling {
  readonly currency: string;
  /** What the member is called. */
  readonly name: string;
  /** What a service is called. */
  readonly serviceName: (service: NonNullable<SavingRow["service"]>) => string;
  /** Who says what buying alone would cost, such as the office and the name of its file. */
  readonly source: string;
}

/** `March 2026` or `January to December 2026`. */
export function spanName(from: PeriodId, to: PeriodId): string {
  if (from === to) return monthName(from);
  const sameYear = Math.floor(from / 12) === Math.floor(to / 12);
  return `${sameYear ? monthName(from).split(" ")[0] : monthName(from)} to ${monthName(to)}`;
}

/** What a director reads first. */
export function headlineOf(gains: Gains, { currency, name }: Telling): string {
  const { figures, net, from, to, saving } = gains;
  const [given, drawn] = [figures.given, -figures.drawn as Credits];
  const told = `In ${spanName(from, to)}, ${name} gave others services worth ${amountText(given)} ${currency} and drew ${amountText(drawn)} ${currency}.`;
  const whole =
    net === 0n
      ? "All told it comes out even."
      : `All told it is ${amountText(absolute(net))} ${currency} ${net > 0n ? "ahead" : "behind"}.`;
  if (saving === undefined || saving.rows.length === 0) return `${told} ${whole}`;
  const { alone, saved } = saving;
  const more =
    saved < 0n ? `${amountText(absolute(saved))} ${currency} less` : `${amountText(saved)} ${currency} more`;
  return `${told} ${whole} Buying alone what it drew would have cost ${amountText(alone)} ${currency}: ${more} than it paid.`;
}

/** On what the saving rests, in words; undefined where none is claimed. */
export function assumptionOf({ saving }: Gains, telling: Telling): string | undefined {
  if (saving === undefined) return undefined;
  const { currency, serviceName, source } = telling;
  const prices = saving.rows.map(
    ({ service, replacement }) => `${serviceName(service)} at ${amountText(replacement)} ${currency}`,
  );
  const units = prices.length === 0 ? "" : ` (${prices.join(", ")})`;
  return (
    `Assumed is that without the consortium each unit would have been bought at the price that ${source} states${units}. ` +
    "What was paid is price, handling fee and royalties, less relief and grants. No more is claimed than is certain: " +
    "services without such a price, statements of which anything was given back and claims settled for a part count for " +
    "nothing, and relief is taken off only where every service of a statement has such a price."
  );
}

/** That the figures can be trusted, and how to check them. */
export function exactnessOf({ months, from, to }: Gains): string {
  const counted =
    months.length === to - from + 1 ? "" : ` Counted are ${months.map(formatPeriod).join(", ")}.`;
  return `All amounts are exact sums of what the ledger's logs tell; nothing is divided, so nothing is rounded.${counted}`;
}

/** Exact, with thousands apart: `1,234.50`, `−0.000001`. */
export function amountText(amount: Credits): string {
  const [whole = "", fraction = ""] = formatCredits(amount).replace("-", "\u2212").split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${fraction}`;
}

const absolute = (amount: Credits): Credits => (amount < 0n ? (-amount as Credits) : amount);

const MONTH = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });

function monthName(period: PeriodId): string {
  return MONTH.format(new Date(periodStart(period) * 1000));
}
