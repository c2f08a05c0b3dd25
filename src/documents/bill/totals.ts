import { credits, type Credits } from "../../core/money.ts";
import type { Tax } from "../office/office.ts";
import { divideHalfEven, roundHalfEven } from "./round.ts";

/** What a paper's lines come to, in the currency's minor unit; the terms are those of EN 16931. */
export interface Totals {
  /** BT-106: the lines. */
  readonly lines: Credits;
  /** BT-107: what is taken off. */
  readonly deductions: Credits;
  /** BT-109 and BT-116: the lines less what is taken off (BR-CO-13). */
  readonly untaxed: Credits;
  /** BT-110 and BT-117 (BR-CO-17). */
  readonly tax: Credits;
  /** BT-112 (BR-CO-15). */
  readonly taxed: Credits;
  /** BT-113: what the ledger has settled already. */
  readonly prepaid: Credits;
  /** BT-114: the exact amount rounded once, less the sum of what was rounded line by line. */
  readonly rounding: Credits;
  /** BT-115 (BR-CO-16). */
  readonly due: Credits;
}

/** What is to be summed, exactly. */
export interface Sums {
  readonly lines: readonly Credits[];
  readonly deductions: readonly Credits[];
  /** What of it the ledger has not settled, from zero to all of it. */
  readonly open: Credits;
}

/**
 * Adds up a paper. Each line and each deduction is rounded for itself, and what is settled and what is open once; what
 * then differs from the exact sum is the paper's rounding amount, so that nobody pays for roundings.
 */
export function totalsOf(sums: Sums, { rate }: Pick<Tax, "rate">, decimals: number): Totals {
  const round = (amount: bigint) => roundHalfEven(amount, decimals);
  const rounded = (amounts: readonly Credits[]) =>
    credits(amounts.reduce((sum, one) => sum + round(one), 0n));
  const exact = sum(sums.lines) - sum(sums.deductions);
  const [lines, deductions] = [rounded(sums.lines), rounded(sums.deductions)];
  const untaxed = credits(lines - deductions);
  const tax = round(divideHalfEven(untaxed * BigInt(rate), 10_000n));
  const prepaid = credits(round(exact) - round(sums.open));
  const rounding = credits(round(exact) - untaxed);
  const taxed = credits(untaxed + tax);
  return {
    ...{ lines, deductions, untaxed, tax, taxed, prepaid, rounding },
    due: credits(taxed - prepaid + rounding),
  };
}

export function sum(amounts: readonly Credits[]): Credits {
  return credits(amounts.reduce((all, one) => all + one, 0n));
}
