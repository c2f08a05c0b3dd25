import { type Credits, formatCredits } from "../../core/money.ts";
import type { PeriodId } from "../../core/period.ts";
import { type Html, html } from "./html.ts";

const MINUS = "\u2212";
const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

/** Exact, with thousands apart and at least `places` decimals: `1,234.50`. */
export function amount(value: Credits, places = 2): string {
  const [whole = "", fraction = ""] = formatCredits(value).split(".");
  return `${group(whole)}.${fraction.padEnd(places, "0")}`;
}

/** The decimals that a column needs for its points to stand below one another. */
export function placesOf(values: readonly Credits[]): number {
  return Math.max(2, ...values.map((value) => formatCredits(value).split(".")[1]?.length ?? 0));
}

/** An amount as a page shows it: a true minus sign, and nothing much where there is nothing. */
export function money(value: Credits, places = 2): Html {
  const text = amount(value, places).replace("-", MINUS);
  return value === 0n ? html`<span class="nil">${text}</span>` : html`${text}`;
}

/** An amount that always shows its sign. */
export function signed(value: Credits, places = 2): Html {
  if (value > 0n) return html`<span class="gain">+${amount(value, places)}</span>`;
  if (value === 0n) return money(value, places);
  return html`<span class="loss">${amount(value, places).replace("-", MINUS)}</span>`;
}

/** A count with thousands apart. */
export function count(value: number): string {
  return group(String(value));
}

/** A count and its noun: `1 record`, `1,200 records`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}

/** `November 2026` */
export function monthName(period: PeriodId): string {
  return `${MONTHS[period % 12]} ${Math.floor(period / 12)}`;
}

/** A share of the whole in percent with one decimal, rounded down; 0 where the whole is nothing. */
export function percent(part: Credits, whole: Credits): string {
  const permille = whole === 0n ? 0n : (part * 1000n) / whole;
  return `${permille / 10n}.${permille % 10n}`;
}

/** The two ends of a hash; the whole of it on hovering. */
export function shortHash(text: string): Html {
  if (text.length <= 14) return html`<code>${text}</code>`;
  return html`<code title="${text}">${text.slice(0, 8)}…${text.slice(-4)}</code>`;
}

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}
