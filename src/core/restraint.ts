import { POSTING_WINDOW } from "./period.ts";

/** How much a member holds back from one service or partner, month by month: zero is nothing, more is stricter. */
export interface Restraint {
  /** What binds from `from` on. */
  readonly value: bigint;
  /** What binds before `from`. */
  readonly prior: bigint;
  /** What binds before `priorFrom`, which is never after `from`. */
  readonly earlier: bigint;
  readonly from: number;
  readonly priorFrom: number;
}

/** Nothing was ever held back. */
export const UNRESTRAINED: Restraint = { value: 0n, prior: 0n, earlier: 0n, from: 0, priorFrom: 0 };

/** What binds in a month of service that is open to posting. */
export function restraintIn(restraint: Restraint, month: number): bigint {
  if (month < restraint.priorFrom) return restraint.earlier;
  return month < restraint.from ? restraint.prior : restraint.value;
}

/**
 * Sets another value: a stricter one from the next month on, a laxer one at once. Three values are kept, so a month that
 * is over may turn out laxer than it was, and never stricter. Twin: contracts/libraries/Restraints.sol.
 */
export function restrain(restraint: Restraint, value: bigint, current: number): Restraint {
  const from = value > restraintIn(restraint, current) ? current + 1 : current;
  const last = from - 1;
  const priorFrom = [restraint.from, restraint.priorFrom, 0].find((month) => month <= last) ?? 0;
  const first = current - POSTING_WINDOW;
  const [one, other] = [restraintIn(restraint, first), restraintIn(restraint, priorFrom - 1)];
  const earlier = first < priorFrom ? (one < other ? one : other) : 0n;
  return { value, prior: restraintIn(restraint, last), earlier, from, priorFrom };
}
