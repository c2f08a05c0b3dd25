import { ConsortiaError } from "./error.ts";
import type { ServiceId } from "./ids.ts";
import { credits } from "./money.ts";
import type { Credits } from "./money.ts";
import { formatPeriod } from "./period.ts";
import type { PeriodId } from "./period.ts";
import type { Line } from "./statement.ts";

/** Stands for every tier in a price, and in a relief. */
export const ANY_TIER = 255;

/** What a service counts, in the order of the contract's `Unit`. */
export const UNITS = ["item", "page", "volume", "use", "record"] as const;
export type Unit = (typeof UNITS)[number];

/** What one unit of a service costs the consumers of a tier. */
export interface Price {
  readonly service: ServiceId;
  /** The consumer's; {@link ANY_TIER} for every tier. */
  readonly tier: number;
  /** To the supplier, per unit. */
  readonly price: Credits;
  /** To COMMONS, per unit, on top. */
  readonly fee: Credits;
}

/** A price with conditions. The fields are those of the contract's struct. */
export interface ConditionalPrice extends Price {
  /** {@link ANY_TIER} for every tier. */
  readonly supplierTier: number;
  /** The least a line costs without fee; zero for none. */
  readonly minimum: Credits;
  /** The most a line costs without fee; zero for none. */
  readonly cap: Credits;
  /** First month of service of a promotion; zero for none. */
  readonly promotedFrom: PeriodId | 0;
  readonly promotedUntil: PeriodId | 0;
  /** Price of a unit in those months; the fee stays. */
  readonly promotedPrice: Credits;
}

/** What one unit costs between two parties in a month, and what a line of it costs at least and at most. */
export interface UnitPrice {
  readonly price: Credits;
  readonly fee: Credits;
  /** The least a line costs without fee. */
  readonly minimum?: Credits;
  /** The most a line costs without fee. */
  readonly cap?: Credits;
}

/** What a statement's lines come to. */
export interface Charge {
  readonly gross: Credits;
  readonly fee: Credits;
}

type AnyPrice = Price | ConditionalPrice;

/**
 * Prices by service and tiers, in versions that take effect at a month's beginning. Of several prices the first of these
 * holds: both tiers named; the consumer's; the supplier's; neither. Twin of FeeSchedule.sol.
 */
export class Schedule {
  readonly #versions = new Map<PeriodId, ReadonlyMap<string, AnyPrice>>();

  /** Puts complete prices in force from a month on; what they do not name is not offered. Of two for the same tiers the later. */
  publish(from: PeriodId, prices: readonly AnyPrice[]): void {
    this.#versions.set(from, new Map(prices.map((price) => [priceKey(price), price])));
  }

  /** Takes back what was published for a month. */
  withdraw(from: PeriodId): void {
    this.#versions.delete(from);
  }

  /** The price of one unit in a month, or undefined where it is not offered. */
  priceOf(
    period: PeriodId,
    service: ServiceId,
    tier: number,
    supplierTier: number = ANY_TIER,
  ): UnitPrice | undefined {
    const version = this.#inForce(period);
    const ranked = [
      [tier, supplierTier],
      [tier, ANY_TIER],
      [ANY_TIER, supplierTier],
      [ANY_TIER, ANY_TIER],
    ] as const;
    for (const [consumers, suppliers] of ranked) {
      const found = version?.get(key(service, consumers, suppliers));
      if (found !== undefined) return priceIn(found, period);
    }
    return undefined;
  }

  /**
   * What lines come to in a month for a consumer's tier and a supplier's. Nothing is divided, so nothing is rounded.
   * @throws `ServiceNotOffered`
   */
  charge(period: PeriodId, lines: readonly Line[], tier: number, supplierTier: number = ANY_TIER): Charge {
    let [gross, fee] = [0n, 0n];
    for (const { service, quantity } of lines) {
      const unit = this.priceOf(period, service, tier, supplierTier);
      if (unit === undefined) {
        throw new ConsortiaError(
          "ServiceNotOffered",
          `The schedule of ${formatPeriod(period)} has no price for service ${service} in tier ${tier}.`,
          { values: { period, service, tier } },
        );
      }
      gross += lineGross(unit, quantity);
      fee += unit.fee * BigInt(quantity);
    }
    return { gross: credits(gross), fee: credits(fee) };
  }

  #inForce(period: PeriodId): ReadonlyMap<string, AnyPrice> | undefined {
    let from: PeriodId | undefined;
    for (const start of this.#versions.keys()) {
      if (start <= period && (from === undefined || start > from)) from = start;
    }
    return from === undefined ? undefined : this.#versions.get(from);
  }
}

/** What a line costs without fee: its units at their price, but not less than its minimum nor more than its cap. */
export function lineGross({ price, minimum, cap }: UnitPrice, quantity: number): Credits {
  const plain = credits(price * BigInt(quantity));
  if (minimum !== undefined && plain < minimum) return minimum;
  return cap !== undefined && plain > cap ? cap : plain;
}

/**
 * What each record of a line bears of it, in their order: at the cap the first ones are charged until it is reached, below
 * the minimum the first one bears what is missing. The amounts sum to the line.
 */
export function recordAmounts(unit: UnitPrice, quantities: readonly number[]): Credits[] {
  const gross = lineGross(
    unit,
    quantities.reduce((sum, quantity) => sum + quantity, 0),
  );
  let left: bigint = gross;
  const amounts = quantities.map((quantity) => {
    const plain = unit.price * BigInt(quantity);
    const amount = plain < left ? plain : left;
    left -= amount;
    return amount;
  });
  return amounts.map((amount, index) => credits(index === 0 ? amount + left : amount));
}

/**
 * Whether records make up the lines of one service, in units and in money. Records do not say to which of several lines they
 * belong: where a line has a least or a most, only the sums of several can be compared.
 * @param lines how many units each line bills
 */
export function recordsFit(
  unit: UnitPrice,
  lines: readonly number[],
  records: readonly { readonly quantity: number; readonly amount: Credits }[],
): boolean {
  const units = records.map(({ quantity }) => quantity);
  const sum = (quantities: readonly number[]) => quantities.reduce((all, one) => all + one, 0);
  if (sum(units) !== sum(lines)) return false;
  const bounded = unit.minimum !== undefined || unit.cap !== undefined;
  if (lines.length === 1 || !bounded) {
    return recordAmounts(unit, units).every((fair, at) => fair === records[at]?.amount);
  }
  const gross = lines.reduce((all, quantity) => all + lineGross(unit, quantity), 0n);
  return records.reduce((all, { amount }) => all + amount, 0n) === gross;
}

function priceIn(entry: AnyPrice, period: PeriodId): UnitPrice {
  const { price, fee } = entry;
  if (!("supplierTier" in entry)) return { price, fee };
  const { minimum, cap, promotedFrom, promotedUntil, promotedPrice } = entry;
  const promoted = promotedFrom <= period && period <= promotedUntil;
  return {
    price: promoted ? promotedPrice : price,
    fee,
    ...(minimum === 0n ? {} : { minimum }),
    ...(cap === 0n ? {} : { cap }),
  };
}

/** What sets a price apart in its version: service, consumer's tier, supplier's tier. */
export function priceKey(price: AnyPrice): string {
  return key(price.service, price.tier, "supplierTier" in price ? price.supplierTier : ANY_TIER);
}

function key(service: ServiceId, tier: number, supplierTier: number): string {
  return `${service}/${tier}/${supplierTier}`;
}
