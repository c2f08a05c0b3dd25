import type { Brand } from "./brand.ts";
import { ConsortiaError } from "./error.ts";

/** A calendar month, UTC, half-open: 12 × year + month − 1. November 2026 is 24322. */
export type PeriodId = Brand<number, "PeriodId">;

/** How many months back a service may lie when its statement is posted. */
export const POSTING_WINDOW = 3;

/** The first and last month the ledger can name: account words count months from January 2020 in 12 bits. */
export const FIRST_PERIOD = 2020 * 12;
export const LAST_PERIOD = (FIRST_PERIOD + 4094) as PeriodId;

/** @throws `PeriodInvalid` outside January 2020 to March 2361. */
export function period(value: number): PeriodId {
  if (!Number.isInteger(value) || value < FIRST_PERIOD || value > LAST_PERIOD) {
    throw new ConsortiaError("PeriodInvalid", `${value} is not a month the ledger can name.`, {
      values: { value },
    });
  }
  return value as PeriodId;
}

/** The month that holds a moment, in seconds since 1970. */
export function periodOf(timestamp: number | bigint): PeriodId {
  const date = new Date(Number(timestamp) * 1000);
  return period(date.getUTCFullYear() * 12 + date.getUTCMonth());
}

/** The first second of a month. */
export function periodStart(id: PeriodId): number {
  return Date.UTC(Math.floor(id / 12), id % 12, 1) / 1000;
}

/** The first second after a month: months are half-open. */
export function periodEnd(id: PeriodId): number {
  return Date.UTC(Math.floor(id / 12), (id % 12) + 1, 1) / 1000;
}

/** The month that lies `months` later, or earlier where negative. */
export function addMonths(id: PeriodId, months: number): PeriodId {
  return period(id + months);
}

/** Reads `2026-11`. @throws `PeriodInvalid` */
export function parsePeriod(text: string): PeriodId {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text.trim());
  if (match === null) {
    throw new ConsortiaError("PeriodInvalid", `"${text}" is not a month. Write it as 2026-11.`, {
      values: { text },
    });
  }
  return period(Number(match[1]) * 12 + Number(match[2]) - 1);
}

/** Writes a month as `2026-11`. */
export function formatPeriod(id: PeriodId): string {
  return `${Math.floor(id / 12)}-${String((id % 12) + 1).padStart(2, "0")}`;
}
