import { ConsortiaError } from "./error.ts";
import type { ServiceId } from "./ids.ts";
import { credits } from "./money.ts";
import type { Credits } from "./money.ts";
import { formatPeriod } from "./period.ts";
import type { PeriodId } from "./period.ts";
import type { Line } from "./statement.ts";

/** What one unit of a service costs the consumers of a tier. */
export interface Price {
  readonly service: ServiceId;
  readonly tier: number;
  /** To the supplier, per unit. */
  readonly price: Credits;
  /** To COMMONS, per unit, on top. */
  readonly fee: Credits;
}

/** What a statement's lines come to. */
export interface Charge {
  readonly gross: Credits;
  readonly fee: Credits;
}

/** Prices by service and tier, in versions that take effect at a month's beginning. Twin of FeeSchedule.sol. */
export class Schedule {
  readonly #versions = new Map<PeriodId, ReadonlyMap<string, Price>>();

  /** Puts complete prices in force from a month on; what they do not name is not offered. */
  publish(from: PeriodId, prices: readonly Price[]): void {
    this.#versions.set(from, new Map(prices.map((price) => [key(price.service, price.tier), price])));
  }

  /** Takes back what was published for a month. */
  withdraw(from: PeriodId): void {
    this.#versions.delete(from);
  }

  /** The price of one unit in a month, or undefined where it is not offered. */
  priceOf(period: PeriodId, service: ServiceId, tier: number): Price | undefined {
    let from: PeriodId | undefined;
    for (const start of this.#versions.keys()) {
      if (start <= period && (from === undefined || start > from)) from = start;
    }
    return from === undefined ? undefined : this.#versions.get(from)?.get(key(service, tier));
  }

  /**
   * What lines come to in a month for a consumer's tier. Nothing is divided, so nothing is rounded.
   * @throws `ServiceNotOffered`
   */
  charge(period: PeriodId, lines: readonly Line[], tier: number): Charge {
    let [gross, fee] = [0n, 0n];
    for (const { service, quantity } of lines) {
      const price = this.priceOf(period, service, tier);
      if (price === undefined) {
        throw new ConsortiaError(
          "ServiceNotOffered",
          `The schedule of ${formatPeriod(period)} has no price for service ${service} in tier ${tier}.`,
          { values: { period, service, tier } },
        );
      }
      gross += price.price * BigInt(quantity);
      fee += price.fee * BigInt(quantity);
    }
    return { gross: credits(gross), fee: credits(fee) };
  }
}

function key(service: ServiceId, tier: number): string {
  return `${service}/${tier}`;
}
