import { formatPeriod } from "../../core/period.ts";
import { ANY_TIER, type ConditionalPrice } from "../../core/schedule.ts";
import { amount } from "./format.ts";

type Conditions = Pick<
  ConditionalPrice,
  "minimum" | "cap" | "promotedFrom" | "promotedUntil" | "promotedPrice"
>;

/** What a price is bound to, a few words each: `at least 1.00`, `0.20 from 2029-02 to 2029-03`. */
export function conditionWords(price: Conditions): string[] {
  const { minimum, cap, promotedFrom, promotedUntil, promotedPrice } = price;
  return [
    ...(minimum === 0n ? [] : [`at least ${amount(minimum)}`]),
    ...(cap === 0n ? [] : [`at most ${amount(cap)}`]),
    ...(promotedFrom === 0 || promotedUntil === 0
      ? []
      : [`${amount(promotedPrice)} from ${formatPeriod(promotedFrom)} to ${formatPeriod(promotedUntil)}`]),
  ];
}

/** A tier's number, or that it is any. */
export function tierName(tier: number): string {
  return tier === ANY_TIER ? "any" : String(tier);
}

/** A price with conditions in a few words: `5.00 in any tier, supplied by tier 1, at most 30.00`. */
export function conditionText(price: ConditionalPrice): string {
  const { tier, supplierTier } = price;
  return [
    `${amount(price.price)} in ${tier === ANY_TIER ? "any tier" : `tier ${tier}`}`,
    ...(supplierTier === ANY_TIER ? [] : [`supplied by tier ${supplierTier}`]),
    ...conditionWords(price),
  ].join(", ");
}
