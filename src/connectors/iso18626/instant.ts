import type { Brand } from "../../core/brand.ts";

/** A moment in milliseconds since 1970, UTC. */
export type Instant = Brand<number, "Instant">;

const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,12}))?(?:Z|([+-])(0\d|1[0-4]):?([0-5]\d))$/;

/**
 * Reads an `xs:dateTime` of the years 0001 to 9999 that names its zone (`+0000` without colon is understood);
 * what is finer than a millisecond is cut off. A date without zone names no moment and is not read.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = DATE_TIME.exec(text);
  if (match === null || match[1] === "0000") return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  date.setUTCHours(hour, minute, second, Number((match[7] ?? "").padEnd(3, "0").slice(0, 3)));
  const offset = (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)) * 60_000;
  const moment = date.getTime() + (match[8] === "-" ? offset : -offset);
  return moment < FIRST || moment > LAST ? undefined : (moment as Instant);
}

const FIRST = Date.parse("0001-01-01T00:00:00Z");
const LAST = Date.parse("9999-12-31T23:59:59.999Z");

/** Writes a moment as `2026-10-01T09:30:00.000Z`. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}
