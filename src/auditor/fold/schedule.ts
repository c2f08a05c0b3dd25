import type { ServiceId } from "../../core/ids.ts";
import { credits } from "../../core/money.ts";
import { addMonths, POSTING_WINDOW, type PeriodId } from "../../core/period.ts";
import { Schedule, type Price } from "../../core/schedule.ts";
import { tell, type Ground } from "./ground.ts";

export interface ScheduleEvents {
  PriceDrafted: { version: bigint; service: ServiceId; tier: number; price: bigint; fee: bigint };
  SchedulePublished: { version: bigint; from: PeriodId };
  ScheduleWithdrawn: { version: bigint; from: PeriodId };
}

interface Version {
  readonly prices: Map<string, Price>;
  published: boolean;
}

/** Prices and since when they hold. Twin of contracts/policy/FeeSchedule.sol. */
export class ScheduleFold {
  readonly prices = new Schedule();
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
      let draft = this.#versions.get(version);
      if (draft === undefined) {
        if (version !== BigInt(this.#versions.size + 1)) this.#noDraft(version, "opened out of turn");
        draft = { prices: new Map(), published: false };
        this.#versions.set(version, draft);
      }
      if (draft.published) this.#noDraft(version, "changed after it was published");
      const entry = { service, tier, price: credits(price), fee: credits(fee) };
      draft.prices.set(`${service}/${tier}`, entry);
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

  /** Every price ever drafted, in the months that matter to posting: up to the next, and three back. */
  *entriesAround(open: PeriodId): Iterable<{ month: PeriodId; service: ServiceId; tier: number }> {
    const entries = [...this.#versions.values()].flatMap(({ prices }) => [...prices.values()]);
    const distinct = new Map(entries.map(({ service, tier }) => [`${service}/${tier}`, { service, tier }]));
    for (let back = -1; back <= POSTING_WINDOW; back++) {
      const month = addMonths(open, -back);
      for (const entry of distinct.values()) yield { month, ...entry };
    }
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
