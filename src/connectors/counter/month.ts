import { flaw, quoted } from "./flaw.ts";

/** A calendar month as COUNTER writes it, such as `2026-03`. It may lie before the ledger's first. */
export type Month = string;

const MONTH = /^((?:19|20|21)\d\d)-(0[1-9]|1[0-2])$/;
const NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** More than any provider keeps: ten years and the one that runs. */
const MAX_MONTHS = 132;

export function isMonth(text: string): boolean {
  return MONTH.test(text);
}

/** The month of a column such as `Jan-2026`, or undefined where it names none. */
export function monthOfColumn(text: string): Month | undefined {
  const match = /^([A-Z][a-z]{2})-(\d{4})$/.exec(text);
  const index = NAMES.indexOf(match?.[1] ?? "");
  if (match === null || index < 0) return undefined;
  const month = `${match[2]}-${String(index + 1).padStart(2, "0")}`;
  return isMonth(month) ? month : undefined;
}

/** The months from the first to the last. @throws `CounterHeaderInvalid` where they are out of order or too many */
export function monthsFrom(first: Month, last: Month): Month[] {
  const months = [];
  for (let month = first; month <= last; month = nextMonth(month)) {
    if (months.length >= MAX_MONTHS) {
      throw flaw("CounterHeaderInvalid", `The reporting period has more than ${MAX_MONTHS} months.`);
    }
    months.push(month);
  }
  if (months.length > 0) return months;
  throw flaw("CounterHeaderInvalid", `The reporting period ends in ${last}, before it begins in ${first}.`);
}

/** The month that a period of whole months begins with, from `2026-03-01` or `2026-03`. @throws `CounterHeaderInvalid` */
export function monthOfBegin(date: string, what: string): Month {
  return monthOf(date, what, () => 1);
}

/** The month that it ends with, from `2026-03-31` or `2026-03`. @throws `CounterHeaderInvalid` */
export function monthOfEnd(date: string, what: string): Month {
  return monthOf(date, what, lastDay);
}

/** Whether dates such as `2026-03-01` and `2026-03-31`, or months, are the edges of whole months. */
export function areEdges(begin: string, end: string): boolean {
  const isEdge = (date: string, day: (month: Month) => number) =>
    date.length === 7 || Number(date.slice(8, 10)) === day(date.slice(0, 7));
  return isEdge(begin, () => 1) && isEdge(end, lastDay);
}

function monthOf(date: string, what: string, day: (month: Month) => number): Month {
  const month = date.slice(0, 7);
  if (isMonth(month) && (date.length === 7 || date === `${month}-${String(day(month)).padStart(2, "0")}`)) {
    return month;
  }
  throw flaw("CounterHeaderInvalid", `${what} is ${quoted(date)}, which is no edge of a calendar month.`);
}

const lastDay = (month: Month) => new Date((lastSecond(month) + 1) * 1000 - 1).getUTCDate();

/** The last second of a month, in seconds since 1970, UTC: when its usage is complete. */
export function lastSecond(month: Month): number {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return Date.UTC(year, number, 1) / 1000 - 1;
}

export function nextMonth(month: Month): Month {
  return new Date((lastSecond(month) + 1) * 1000).toISOString().slice(0, 7);
}
