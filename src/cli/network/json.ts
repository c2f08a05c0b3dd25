import { parseCredits, type Credits } from "../../core/money.ts";
import { addMonths, parsePeriod, type PeriodId } from "../../core/period.ts";

/** What a preset's file holds. Each reader throws a TypeError that names the member and what it must be. */
export type Json = Readonly<Record<string, unknown>>;

export function object(source: Json, name: string): Json {
  const value = source[name];
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(name, "an object");
  return value as Json;
}

export function list(source: Json, name: string): Json[] {
  const value = source[name];
  if (!Array.isArray(value) || value.length === 0) throw wrong(name, "a list");
  return value.map((item: unknown, index) => object({ [`${name}[${index}]`]: item }, `${name}[${index}]`));
}

export function text(source: Json, name: string): string {
  const value = source[name];
  if (typeof value !== "string" || value === "") throw wrong(name, "a text");
  return value;
}

export function number(source: Json, name: string): number {
  const value = source[name];
  if (!Number.isInteger(value) || Number(value) < 0) throw wrong(name, "a whole number");
  return Number(value);
}

function wrong(name: string, wanted: string): TypeError {
  return new TypeError(`"${name}" must be ${wanted}.`);
}

/** A number of days, in seconds. */
export function days(source: Json, name: string): number {
  return number(source, name) * 86_400;
}

/** A share such as 0.25, in basis points. */
export function share(source: Json, name: string): number {
  const value = source[name];
  const bps = typeof value === "number" ? Math.round(value * 10_000) : 0;
  if (typeof value !== "number" || bps < 1 || bps > 10_000 || Math.abs(value * 10_000 - bps) > 1e-6) {
    throw wrong(name, "a share from 0.0001 to 1, with at most four decimals");
  }
  return bps;
}

/** Reads a member that may be missing. */
export function optional<T>(
  source: Json,
  name: string,
  read: (source: Json, name: string) => T,
): T | undefined {
  return source[name] === undefined ? undefined : read(source, name);
}

/** A list that may be missing, which is none. */
export function anyOf(source: Json, name: string): Json[] {
  return optional(source, name, list) ?? [];
}

/** An amount of credits, such as "0.30", that is not negative. */
export function amount(source: Json, name: string): Credits {
  const value = source[name];
  if (typeof value !== "string" || value.startsWith("-")) throw wrong(name, 'an amount such as "0.30"');
  return parseCredits(value);
}

/** A month of a preset, which may be told from the first month of the schedule on. */
export type PresetMonth = (first: PeriodId) => PeriodId;

/** A month such as "2027-05", or a number: 1 is the first month in which the preset's prices hold. */
export function month(source: Json, name: string): PresetMonth {
  const value = source[name];
  if (typeof value === "string") {
    const named = parsePeriod(value);
    return () => named;
  }
  const place = number(source, name);
  if (place === 0) throw wrong(name, 'a month such as "2027-05", or a number from 1');
  return (first) => addMonths(first, place - 1);
}

/** From when until when; either may be left open. */
export interface PresetSpan {
  readonly from?: PresetMonth;
  readonly until?: PresetMonth;
}

/** A month to try numbers on. */
const SOME = parsePeriod("2027-01");

/** Reads `from` and `until`, each where it is there. @throws TypeError where it ends before it begins */
export function span(source: Json, where: string): PresetSpan {
  const [from, until] = [optional(source, "from", month), optional(source, "until", month)];
  const comparable = typeof source["from"] === typeof source["until"];
  if (from !== undefined && until !== undefined && comparable && from(SOME) > until(SOME)) {
    throw new TypeError(`"from" of ${where} must not be after "until".`);
  }
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
}

export function flag(source: Json, name: string): boolean {
  const value = source[name];
  if (typeof value !== "boolean") throw wrong(name, "true or false");
  return value;
}

/** One of some words. */
export function word<T extends string>(source: Json, name: string, words: readonly T[]): T {
  const found = words.find((one) => one === source[name]);
  if (found === undefined) throw wrong(name, `one of ${words.join(", ")}`);
  return found;
}

/** A whole number of so many bits at most. */
export function small(source: Json, name: string, most: number): number {
  const value = number(source, name);
  if (value > most) throw wrong(name, `a whole number up to ${most}`);
  return value;
}

/** Refuses members that nobody reads: a word misspelt would say nothing, and nobody would know. */
export function only(source: Json, where: string, names: readonly string[]): void {
  const strange = Object.keys(source).find((name) => !names.includes(name));
  if (strange === undefined) return;
  throw new TypeError(`"${strange}" says nothing in ${where}. There are ${names.join(", ")}.`);
}
