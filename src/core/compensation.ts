import { credits } from "./money.ts";
import type { Credits } from "./money.ts";
import { addMonths } from "./period.ts";
import type { PeriodId } from "./period.ts";
import { WHOLE } from "./relief.ts";

/** What a net lender gets on top. */
export interface Naming {
  /** Of what it received net in the month, in ten-thousandths. */
  readonly rate: number;
  /** The most it gets; set aside when it is named. */
  readonly cap: Credits;
}

/** For how many months after its own a naming can be drawn, and how many months ahead one can be made. */
export const COMPENSATION_TERM = 12;

/** What a named member gets: rate × net received, rounded down, at most the cap; nothing who drew more than it gave. */
export function compensationOf(net: bigint, { rate, cap }: Naming): Credits {
  const earned = net > 0n ? (net * BigInt(rate)) / WHOLE : 0n;
  return earned < cap ? credits(earned) : cap;
}

/** The first month in which what nobody drew goes back to RELIEF. */
export function lapseMonth(period: PeriodId): PeriodId {
  return addMonths(period, COMPENSATION_TERM + 1);
}
