import type { Credits } from "../../core/money.ts";
import { parseCredits } from "../../core/money.ts";
import {
  FIRST_PERIOD,
  LAST_PERIOD,
  parsePeriod,
  periodEnd,
  periodStart,
  type PeriodId,
} from "../../core/period.ts";

/** How a column writes dates. `ISO` takes a date, or a date and time; a time without a zone is UTC. */
export const DATE_FORMATS = ["ISO", "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY", "YYYYMMDD", "YYYY-MM"] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

const TIME = String.raw`(?:[T ](?<h>[01]?\d|2[0-3]):(?<i>[0-5]\d)(?::(?<s>[0-5]\d)(?:\.\d+)?)?)?`;
const ZONE = String.raw`(?<zone>Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?`;
const PATTERNS: Readonly<Record<Exclude<DateFormat, "YYYY-MM">, RegExp>> = {
  ISO: new RegExp(`^(?<y>\\d{4})-(?<m>\\d\\d)-(?<d>\\d\\d)${TIME}${ZONE}$`),
  "DD.MM.YYYY": new RegExp(`^(?<d>\\d\\d?)\\.(?<m>\\d\\d?)\\.(?<y>\\d{4})${TIME}$`),
  "DD/MM/YYYY": new RegExp(`^(?<d>\\d\\d?)/(?<m>\\d\\d?)/(?<y>\\d{4})${TIME}$`),
  "MM/DD/YYYY": new RegExp(`^(?<m>\\d\\d?)/(?<d>\\d\\d?)/(?<y>\\d{4})${TIME}$`),
  YYYYMMDD: /^(?<y>\d{4})(?<m>\d\d)(?<d>\d\d)$/,
};

/**
 * Seconds since 1970, or undefined where the text is no such date or in no month that the ledger can name. A month means its
 * last second.
 */
export function readDate(text: string, format: DateFormat): number | undefined {
  const seconds = format === "YYYY-MM" ? lastSecond(text) : secondsOf(PATTERNS[format].exec(text.trim()));
  return seconds !== undefined && seconds >= FIRST && seconds < END ? seconds : undefined;
}

const FIRST = periodStart(FIRST_PERIOD as PeriodId);
const END = periodEnd(LAST_PERIOD);

function secondsOf(match: RegExpExecArray | null): number | undefined {
  const part = (name: string) => Number(match?.groups?.[name] ?? 0);
  const [year, month, day] = [part("y"), part("m"), part("d")];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (match === null || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const zone = /^([+-])(\d\d):?(\d\d)$/.exec(match.groups?.["zone"] ?? "");
  const offset = (Number(zone?.[2] ?? 0) * 60 + Number(zone?.[3] ?? 0)) * (zone?.[1] === "-" ? -60 : 60);
  return date.getTime() / 1000 + part("h") * 3600 + part("i") * 60 + part("s") - offset;
}

function lastSecond(text: string): number | undefined {
  try {
    return periodEnd(parsePeriod(text)) - 1;
  } catch {
    return undefined;
  }
}

/** How a column writes amounts: what stands before decimals, and what groups thousands, if anything does. */
export interface AmountFormat {
  readonly decimal: "." | ",";
  readonly group: string;
}

/** An exact amount of zero or more, or undefined where the text is none. */
export function readAmount(text: string, { decimal, group }: AmountFormat): Credits | undefined {
  const [whole = "", ...fractions] = text.trim().split(decimal);
  const digits = group !== "" && whole.includes(group) ? ungrouped(whole, group) : whole;
  if (!/^\d{1,19}$/.test(digits) || fractions.length > 1 || fractions[0]?.match(/^\d+$/) === null)
    return undefined;
  try {
    return parseCredits([digits, ...fractions].join("."));
  } catch {
    return undefined;
  }
}

function ungrouped(whole: string, group: string): string {
  const groups = whole.split(group);
  const regular = groups.every((part, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(part));
  return regular ? groups.join("") : "";
}

/** A whole number from 1 to 2^32 − 1, or undefined. */
export function readQuantity(text: string): number | undefined {
  const value = /^\d{1,10}$/.test(text.trim()) ? Number(text) : 0;
  return value >= 1 && value <= 0xffff_ffff ? value : undefined;
}
