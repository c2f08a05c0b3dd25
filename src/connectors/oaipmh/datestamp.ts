import { ConsortiaError } from "../../core/error.ts";
import type { Identify } from "./identify.ts";

const SHAPE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,9})?Z)?$/;

/** Seconds since 1970 of `2026-10-05` (its first second) or `2026-10-05T12:00:00Z`; undefined where there is no such date. */
export function secondsOf(datestamp: string): number | undefined {
  const time = SHAPE.test(datestamp) ? Date.parse(datestamp) : NaN;
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(datestamp.slice(0, 10)))
    return undefined;
  return Math.floor(time / 1000);
}

/** Seconds since 1970 of MARC 005, `20240812153008.0`; undefined where it is no such time. Its zone is nowhere said: UTC. */
export function secondsOf005(text: string): number | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d)?$/.exec(text.trim()) ?? [];
  if (year === undefined) return undefined;
  return secondsOf(`${year}-${month ?? ""}-${day ?? ""}T${hour ?? ""}:${minute ?? ""}:${second ?? ""}Z`);
}

/** A span of datestamps, both ends within it, as asked of a server. */
export interface Span {
  readonly from?: string;
  readonly until?: string;
}

/**
 * A span in the server's granularity (OAI-PMH 2.0, sections 2.7.1 and 3.3), never narrower than wanted: a day ends with its last
 * second, and a server of days is asked for whole days.
 * @param span `2026-10-01` or `2026-10-01T12:00:00Z` each
 * @throws `OaiSpanInvalid` where an end is no date or the span ends before it begins
 */
export function fitted(span: Span, granularity: Identify["granularity"]): Span {
  const from = span.from === undefined ? undefined : fit(span.from, granularity, "00:00:00");
  const until = span.until === undefined ? undefined : fit(span.until, granularity, "23:59:59");
  if (from !== undefined && until !== undefined && from > until) {
    throw invalid(`${until} lies before ${from}`);
  }
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
}

function fit(date: string, granularity: Identify["granularity"], time: string): string {
  if (secondsOf(date) === undefined) throw invalid("an end of it is no date such as 2026-10-01");
  const day = date.slice(0, 10);
  return granularity === "day" ? day : `${day}T${date.length > 10 ? date.slice(11, 19) : time}Z`;
}

function invalid(reason: string): ConsortiaError {
  return new ConsortiaError("OaiSpanInvalid", `The span cannot be harvested: ${reason}. Correct it.`);
}
