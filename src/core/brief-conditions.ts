import type { ServiceId } from "./ids.ts";
import { ZERO } from "./money.ts";
import type { Credits } from "./money.ts";
import type { PeriodId } from "./period.ts";
import type { PriceOf } from "./replay.ts";
import { ANY_TIER, priceKey, Schedule, type ConditionalPrice, type Price } from "./schedule.ts";

/** A price with conditions as a brief tells it. {@link ANY_TIER} stands for every tier, null for no condition. */
export interface ConditionRow {
  readonly service: ServiceId;
  readonly code: string;
  /** The consumer's. */
  readonly tier: number;
  readonly supplierTier: number;
  readonly price: Credits;
  readonly fee: Credits;
  /** The least and the most that a line of a statement costs without fee. */
  readonly minimum: Credits | null;
  readonly cap: Credits | null;
  /** The price of a unit in months of service of a promotion, both included. */
  readonly promotion: { readonly from: PeriodId; readonly until: PeriodId; readonly price: Credits } | null;
}

/** Prices with conditions, by service and tiers; of two for the same tiers the later, as a draft keeps them. */
export function conditionRows(
  conditions: readonly ConditionalPrice[],
  codeOf: (service: ServiceId) => string,
): ConditionRow[] {
  return [...new Map(conditions.map((one) => [priceKey(one), one])).values()]
    .sort((a, b) => a.service - b.service || a.tier - b.tier || a.supplierTier - b.supplierTier)
    .map(({ service, tier, supplierTier, price, fee, minimum, cap, ...promoted }) => {
      const { promotedFrom: from, promotedUntil: until, promotedPrice } = promoted;
      return {
        ...{ service, code: codeOf(service), tier, supplierTier, price, fee },
        minimum: minimum === 0n ? null : minimum,
        cap: cap === 0n ? null : cap,
        promotion: from === 0 || until === 0 ? null : { from, until, price: promotedPrice },
      };
    });
}

/** What a row was made of. */
export function conditionOf({
  promotion,
  minimum,
  cap,
  ...row
}: Omit<ConditionRow, "code">): ConditionalPrice {
  return {
    ...row,
    ...{ minimum: minimum ?? ZERO, cap: cap ?? ZERO },
    ...{ promotedFrom: promotion?.from ?? 0, promotedUntil: promotion?.until ?? 0 },
    promotedPrice: promotion?.price ?? ZERO,
  };
}

/** Plain prices that no condition for the same tiers takes the place of, by service and consumer's tier. */
export function plainTable(
  prices: readonly Price[],
  conditions: readonly ConditionalPrice[],
): ReadonlyMap<string, Price> {
  const replaced = new Set(conditions.map(priceKey));
  const left = prices.filter((price) => !replaced.has(priceKey(price)));
  return new Map(left.map((price) => [`${price.service}/${price.tier}`, price]));
}

/** Prices that hold from a month on, each in its tiers, and with its promotion in the promotion's own months. */
export function pricesFrom(
  from: PeriodId,
  prices: readonly Price[],
  conditions: readonly ConditionalPrice[],
): PriceOf {
  const schedule = new Schedule();
  schedule.publish(from, [...prices, ...conditions]);
  return (period, service, tier, supplierTier) => schedule.priceOf(period, service, tier, supplierTier);
}

/** Whether a price with conditions can hold for a service and a consumer's tier. */
export function conditioned(rows: readonly ConditionRow[], service: number, tier: number): boolean {
  return rows.some((row) => row.service === service && (row.tier === tier || row.tier === ANY_TIER));
}
