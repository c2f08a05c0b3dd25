import { ConsortiaError } from "../../core/error.ts";

/**
 * Why something is no usage report of release 5 or 5.1 that can be counted. A report with one flaw is refused whole: what
 * it says cannot be told from what it should have said.
 *
 * | code | what is wrong |
 * |---|---|
 * | `CounterNotJson` | no JSON: a web page, cut off, not UTF-8, nested too deep, a name twice in one object |
 * | `CounterNotTable` | no table of tab- or comma-separated values |
 * | `CounterNotReport` | JSON or a table, but no usage report |
 * | `CounterRelease` | of another release, such as JR1 of release 4 |
 * | `CounterReportUnknown` | none of PR, DR, TR, IR and their standard views |
 * | `CounterHeaderMissing` | the header, or a field that it must have, is missing |
 * | `CounterHeaderInvalid` | a field of the header says what it cannot say |
 * | `CounterItemInvalid` | an item or row lacks its platform, belongs in another report or has another release's shape |
 * | `CounterColumnUnknown` | a column is missing, stands twice or cannot be understood |
 * | `CounterMetricUnknown` | a metric that this report does not have |
 * | `CounterMonthInvalid` | no calendar month |
 * | `CounterMonthOutside` | a month outside the reporting period |
 * | `CounterTwice` | the same metric and month twice |
 * | `CounterCountInvalid` | no whole number from 0 on, or too large to be exact |
 * | `CounterTotalDiffers` | a total that is not the sum of its months |
 * | `CounterGranularity` | totals without months |
 * | `CounterTooLarge` | a value, row, item or list beyond what a report has |
 */
export type CounterFlaw =
  | "CounterNotJson"
  | "CounterNotTable"
  | "CounterNotReport"
  | "CounterRelease"
  | "CounterReportUnknown"
  | "CounterHeaderMissing"
  | "CounterHeaderInvalid"
  | "CounterItemInvalid"
  | "CounterColumnUnknown"
  | "CounterMetricUnknown"
  | "CounterMonthInvalid"
  | "CounterMonthOutside"
  | "CounterTwice"
  | "CounterCountInvalid"
  | "CounterTotalDiffers"
  | "CounterGranularity"
  | "CounterTooLarge";

const AGAIN = "Ask the provider for the report anew.";

export function flaw(code: CounterFlaw, what: string, todo = AGAIN, cause?: unknown): ConsortiaError {
  return new ConsortiaError(code, `${what} ${todo}`, cause === undefined ? {} : { cause });
}

/** A word of a stranger's as an error may show it: short, on one line, and only where it looks like a name. */
export function quoted(word: unknown): string {
  if (typeof word !== "string") return `a ${word === null ? "null" : typeof word}`;
  const plain = /^[\p{L}\p{M}\p{N}_ .:;|=+&,'()/-]{1,60}$/u.test(word);
  return plain ? `"${word}"` : `a text of ${word.length} characters`;
}
