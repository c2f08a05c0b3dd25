import type { MemberId, ResourceId, ServiceId } from "./ids.ts";
import { permits, type Act, type Licence } from "./licence.ts";
import { credits, ZERO } from "./money.ts";
import type { Credits } from "./money.ts";
import type { PeriodId } from "./period.ts";

/** Whether a work may be used so, and what its holder is due for a unit. */
export interface Use {
  readonly allowed: boolean;
  /** Undefined where the work is unknown. */
  readonly holder: MemberId | undefined;
  readonly royalty: Credits;
}

/** What somebody does with a work, and when. */
export interface Usage {
  readonly service: ServiceId;
  readonly act: Act;
  /** The consumer's kind of institution. */
  readonly kind: number;
  readonly period: PeriodId;
}

/** What holds from a month on, and what held before. */
interface Change<T> {
  readonly value: T;
  readonly prior: T;
  readonly from: number;
}

interface Work {
  readonly urn: string;
  holder: Change<MemberId>;
  licence: Change<Licence>;
}

interface Permission {
  readonly permitted: boolean;
  readonly royalty: Credits;
}

const FORBIDDEN: Permission = { permitted: false, royalty: ZERO };

/** Registered works, who holds the rights in them, and what a use costs. Twin: contracts/policy/Resources.sol. */
export class Works {
  readonly #works = new Map<ResourceId, Work>();
  readonly #uses = new Map<string, Change<Permission>>();
  readonly #kinds = new Map<number, Change<boolean>>();

  /** Registers a work; it has no licence before the month of its registration. */
  register(resource: ResourceId, holder: MemberId, urn: string, licence: Licence, month: PeriodId): void {
    this.#works.set(resource, {
      urn,
      holder: { value: holder, prior: holder, from: 0 },
      licence: { value: licence, prior: "none", from: month },
    });
  }

  /** Changes the licence from a month on. */
  license(resource: ResourceId, licence: Licence, from: PeriodId): void {
    const work = this.#works.get(resource);
    if (work !== undefined) work.licence = { value: licence, prior: work.licence.value, from };
  }

  /** Hands a work over: its uses are the new holder's from a month on. What has not begun is replaced. */
  transfer(resource: ResourceId, holder: MemberId, from: PeriodId): void {
    const work = this.#works.get(resource);
    if (work === undefined) return;
    const last = work.holder;
    work.holder = { value: holder, prior: last.from === from ? last.prior : last.value, from };
  }

  /** Permits a service to use a reserved work from a month on, for a royalty per unit, or permits it no longer. */
  permit(
    resource: ResourceId,
    service: ServiceId,
    permitted: boolean,
    royalty: Credits,
    from: PeriodId,
  ): void {
    const key = `${resource}/${service}`;
    const prior = this.#uses.get(key)?.value ?? FORBIDDEN;
    this.#uses.set(key, { value: { permitted, royalty }, prior, from });
  }

  /** Says whether members of a kind are in business from a month on. What has not begun is replaced. */
  setCommercial(kind: number, commercial: boolean, from: PeriodId): void {
    const last = this.#kinds.get(kind) ?? { value: false, prior: false, from: 0 };
    const prior = last.from === from ? last.prior : last.value;
    this.#kinds.set(kind, { value: commercial, prior, from });
  }

  /** Who has the say about a work now. */
  holderOf(resource: ResourceId): MemberId | undefined {
    return this.#works.get(resource)?.holder.value;
  }

  urnOf(resource: ResourceId): string | undefined {
    return this.#works.get(resource)?.urn;
  }

  licenceIn(resource: ResourceId, period: PeriodId): Licence {
    const work = this.#works.get(resource);
    return work === undefined ? "none" : valueIn(work.licence, period);
  }

  isCommercial(kind: number, period: PeriodId): boolean {
    const change = this.#kinds.get(kind);
    return change !== undefined && valueIn(change, period);
  }

  /** Whether the licence, or else the holder, allows a use. What is not registered nobody may use. */
  useOf(resource: ResourceId, { service, act, kind, period }: Usage): Use {
    const work = this.#works.get(resource);
    if (work === undefined) return { allowed: false, holder: undefined, royalty: ZERO };
    const holder = valueIn(work.holder, period);
    const licence = this.licenceIn(resource, period);
    if (licence === "reserved" && act !== "lend") {
      const change = this.#uses.get(`${resource}/${service}`);
      const { permitted, royalty } = change === undefined ? FORBIDDEN : valueIn(change, period);
      return { allowed: permitted, holder, royalty };
    }
    return { allowed: permits(licence, act, this.isCommercial(kind, period)), holder, royalty: ZERO };
  }
}

function valueIn<T>({ value, prior, from }: Change<T>, period: PeriodId): T {
  return period < from ? prior : value;
}

/** What the holder of a work is due for so many units. */
export function royaltyOf({ royalty }: Use, quantity: number): Credits {
  return credits(royalty * BigInt(quantity));
}
