import type { ServiceId } from "../../core/ids.ts";
import { ACTS, type Act } from "../../core/licence.ts";
import { credits } from "../../core/money.ts";
import { addMonths, POSTING_WINDOW, type PeriodId } from "../../core/period.ts";
import { ANY_TIER, priceKey, Schedule, type ConditionalPrice, type Price } from "../../core/schedule.ts";
import { tell, type Ground } from "./ground.ts";

export interface ScheduleEvents {
  PriceDrafted: { version: bigint; service: ServiceId; tier: number; price: bigint; fee: bigint };
  ConditionalPriceDrafted: { version: bigint; price: ConditionalPrice };
  ServiceDescribed: { service: ServiceId; unit: number; act: number };
  SchedulePublished: { version: bigint; from: PeriodId };
  ScheduleWithdrawn: { version: bigint; from: PeriodId };
}

/** What a service counts and does with a work, by the contract's numbers. */
export interface Description {
  readonly unit: number;
  readonly act: number;
  /** The first month in which it does so; before, it lends. */
  readonly from: PeriodId;
}

/** A price that is looked up: in which month, for whom. */
export interface PriceQuestion {
  readonly month: PeriodId;
  readonly service: ServiceId;
  readonly tier: number;
  readonly supplierTier: number;
}

interface Version {
  readonly prices: Map<string, Price | ConditionalPrice>;
  published: boolean;
}

/** Prices and since when they hold. Twin of contracts/policy/FeeSchedule.sol. */
export class ScheduleFold {
  readonly prices = new Schedule();
  readonly described = new Map<ServiceId, Description>();
  readonly #ground: Ground;
  readonly #versions = new Map<bigint, Version>();
  /** The months from which a version holds, ascending. */
  readonly #froms: PeriodId[] = [];
  readonly #versionFrom = new Map<PeriodId, bigint>();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  readonly handlers: { [K in keyof ScheduleEvents]: (event: ScheduleEvents[K]) => void } = {
    PriceDrafted: ({ version, service, tier, price, fee }) => {
      this.#draft(version, { service, tier, price: credits(price), fee: credits(fee) });
    },
    ConditionalPriceDrafted: ({ version, price }) => {
      if (!isSound(price)) {
        const message = `Version ${version} prices service ${price.service} under conditions that contradict each other.`;
        this.#ground.find("ConditionInvalid", message, { found: String(price.service) });
      }
      this.#draft(version, price);
    },
    ServiceDescribed: ({ service, unit, act }) => {
      if (this.described.has(service)) {
        const message = `Service ${service} was described a second time.`;
        this.#ground.find("ServiceRedescribed", message, { found: String(service) });
      }
      this.described.set(service, { unit, act, from: addMonths(this.#ground.month, 1) });
    },
    SchedulePublished: ({ version, from }) => {
      const draft = this.#versions.get(version);
      if (draft === undefined || draft.published) this.#noDraft(version, "published");
      this.#notBegun(from, "published");
      const last = this.#froms.at(-1);
      if (last !== undefined && from < last) this.#outOfOrder(from, "published", last);
      if (draft !== undefined) draft.published = true;
      if (!this.#froms.includes(from)) {
        this.#froms.push(from);
        this.#froms.sort((a, b) => a - b);
      }
      this.#versionFrom.set(from, version);
      this.prices.publish(from, [...(draft?.prices.values() ?? [])]);
    },
    ScheduleWithdrawn: ({ version, from }) => {
      this.#notBegun(from, "withdrawn");
      const last = this.#froms.at(-1);
      if (last !== from) this.#outOfOrder(from, "withdrawn", last);
      if (this.#versionFrom.get(from) !== version)
        this.#noDraft(version, `withdrawn from ${tell.month(from)}`);
      this.#froms.splice(this.#froms.indexOf(from), this.#froms.includes(from) ? 1 : 0);
      this.#versionFrom.delete(from);
      this.prices.withdraw(from);
    },
  };

  /** What a service does with a work in a month; one that nobody described lends. */
  actOf(service: ServiceId, month: PeriodId): Act {
    const described = this.described.get(service);
    return described === undefined || month < described.from ? "lend" : (ACTS[described.act] ?? "lend");
  }

  /** Every service and tier ever priced, in the months that matter to posting: up to the next, and three back. */
  *questionsAround(open: PeriodId): Iterable<PriceQuestion> {
    const tiers = new Map<ServiceId, { readonly own: Set<number>; readonly suppliers: Set<number> }>();
    for (const price of [...this.#versions.values()].flatMap(({ prices }) => [...prices.values()])) {
      const known = tiers.get(price.service) ?? { own: new Set(), suppliers: new Set([ANY_TIER]) };
      tiers.set(price.service, known);
      known.own.add(price.tier);
      if ("supplierTier" in price) known.suppliers.add(price.supplierTier);
    }
    for (let back = -1; back <= POSTING_WINDOW; back++) {
      const month = addMonths(open, -back);
      for (const [service, { own, suppliers }] of tiers) {
        for (const tier of own)
          for (const supplierTier of suppliers) yield { month, service, tier, supplierTier };
      }
    }
  }

  /** Writes into a draft, which may be a new one. */
  #draft(version: bigint, price: Price | ConditionalPrice): void {
    let draft = this.#versions.get(version);
    if (draft === undefined) {
      if (version !== BigInt(this.#versions.size + 1)) this.#noDraft(version, "opened out of turn");
      draft = { prices: new Map(), published: false };
      this.#versions.set(version, draft);
    }
    if (draft.published) this.#noDraft(version, "changed after it was published");
    draft.prices.set(priceKey(price), price);
  }

  /** Invariant 7. */
  #notBegun(from: PeriodId, what: string): void {
    if (from > this.#ground.month) return;
    const message = `Prices for ${tell.month(from)} were ${what} at ${tell.time(this.#ground.now)}, when it had begun.`;
    this.#ground.find("ScheduleTooLate", message, { found: tell.month(from) });
  }

  #outOfOrder(from: PeriodId, what: string, last: PeriodId | undefined): void {
    const message = `Prices for ${tell.month(from)} were ${what}, and the last ones are for ${tell.month(last ?? 0)}.`;
    this.#ground.find("ScheduleOutOfOrder", message, { found: tell.month(from) });
  }

  #noDraft(version: bigint, what: string): void {
    this.#ground.find("ScheduleNoDraft", `Version ${version} was ${what}, and it was no draft for that.`);
  }
}

/** A promotion has both its months or neither, and without them no price; no least lies above the most. */
function isSound({
  service,
  minimum,
  cap,
  promotedFrom,
  promotedUntil,
  promotedPrice,
}: ConditionalPrice): boolean {
  if (service === (0 as ServiceId) || (cap !== 0n && minimum > cap) || promotedUntil < promotedFrom)
    return false;
  return promotedFrom !== 0 || (promotedUntil === 0 && promotedPrice === 0n);
}
