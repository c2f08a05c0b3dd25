import { formatCredits, type Credits } from "../../core/money.ts";
import { formatPeriod, periodStart, type PeriodId } from "../../core/period.ts";
import type { Figure } from "../journal/effects.ts";
import type { Gains } from "./gains.ts";
import type { Saving, SavingRow } from "./saving.ts";

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
  debtsOwed: "Own debts: acknowledged, less paid",
  debtsDue: "Others' debts to it: acknowledged, less paid",
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
  const { figures, net, from, to, saving, debts } = gains;
  const sum = (amount: Credits) => `${amountText(absolute(amount))} ${currency}`;
  const sentences = [
    `In ${spanName(from, to)}, ${name} gave others services worth ${sum(figures.given)} and drew ${sum(figures.drawn)}.`,
    net === 0n
      ? "All told it comes out even."
      : `All told it is ${sum(net)} ${net > 0n ? "ahead" : "behind"}.`,
  ];
  if (debts !== 0n) sentences.push(`At the end it owes ${sum(debts)} that it found no room for.`);
  if (isClaimed(saving)) {
    const compared = `${sum(saving.saved)} ${saving.saved < 0n ? "less" : "more"} than it paid`;
    sentences.push(
      `Buying alone what it drew would have cost ${amountText(saving.alone)} ${currency}: ${compared}.`,
    );
  }
  return sentences.join(" ");
}

/** Whether there is anything to compare with buying alone. */
export function isClaimed(saving: Saving | undefined): saving is Saving {
  return saving !== undefined && (saving.rows.length > 0 || saving.paid !== 0n);
}

/** On what the saving rests, in words; undefined where none is claimed. */
export function assumptionOf({ saving }: Gains, telling: Telling): string | undefined {
  if (!isClaimed(saving)) return undefined;
  const { currency, serviceName, source } = telling;
  const prices = saving.rows.map(
    ({ service, replacement }) => `${serviceName(service)} at ${amountText(replacement)} ${currency}`,
  );
  const units = prices.length === 0 ? "" : ` (${prices.join(", ")})`;
  return (
    `Assumed is that without the consortium each unit would have been bought at the price that ${source} states${units}. ` +
    "What was paid is price, handling fee and royalties as charged, less relief and grants; an own debt counts as paid. " +
    "No more is claimed than is certain: services without such a price, statements of which anything was given back and " +
    "claims settled for a part count for nothing, and relief is taken off only where every service of a statement has " +
    "such a price."
  );
}

/** That the figures can be trusted, and how to check them. */
export function exactnessOf({ months, from, to }: Gains): string {
  const counted =
    months.length === to - from + 1 ? "" : ` Counted are ${months.map(formatPeriod).join(", ")}.`;
  return `All amounts are exact sums of what the ledger's logs tell; nothing is divided, so nothing is rounded.${counted}`;
}

/** Exact, with thousands apart and so many decimals at least: `1,234.50`, `−0.000001`. */
export function amountText(amount: Credits, places = 2): string {
  const [whole = "", fraction = ""] = formatCredits(amount).replace("-", "\u2212").split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${fraction.padEnd(places, "0")}`;
}

/** The decimals with which the points of all amounts stand below one another. */
export function placesOf(amounts: readonly Credits[]): number {
  return amounts.reduce(
    (most, amount) => Math.max(most, formatCredits(amount).split(".")[1]?.length ?? 0),
    2,
  );
}

const absolute = (amount: Credits): Credits => (amount < 0n ? (-amount as Credits) : amount);

const MONTH = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });

function monthName(period: PeriodId): string {
  return MONTH.format(new Date(periodStart(period) * 1000));
}
