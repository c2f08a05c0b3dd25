import { credits, formatCredits, CREDIT_DECIMALS, type Credits } from "../../core/money.ts";

/**
 * An amount in the currency's minor unit: half a unit goes to the even neighbour, so that many roundings do not lean to
 * one side. This one rule holds for every amount on paper.
 * @param decimals of the minor unit, 0 to 6
 */
export function roundHalfEven(amount: bigint, decimals: number): Credits {
  return credits(divideHalfEven(amount, 10n ** BigInt(CREDIT_DECIMALS - decimals)) * unitOf(decimals));
}

/** Whether an amount is one of the minor unit, with nothing below it. */
export function isRound(amount: Credits, decimals: number): boolean {
  return amount % unitOf(decimals) === 0n;
}

/** A whole number's part, to the nearest whole number; halves to the even one. @param by more than zero */
export function divideHalfEven(value: bigint, by: bigint): bigint {
  const down = value / by - (value % by < 0n ? 1n : 0n);
  const twice = 2n * (value - down * by);
  const up = twice > by || (twice === by && (down & 1n) === 1n);
  return up ? down + 1n : down;
}

/** A rounded amount with just the decimals of its currency: `12.50`, in yen `12`. */
export function paperText(amount: Credits, decimals: number): string {
  const [whole = "", fraction = ""] = formatCredits(amount).split(".");
  return decimals === 0 ? whole : `${whole}.${fraction.padEnd(decimals, "0").slice(0, decimals)}`;
}

function unitOf(decimals: number): bigint {
  return 10n ** BigInt(CREDIT_DECIMALS - decimals);
}
