import { ConsortiaError } from "./error.ts";
import type { MemberId, ServiceId } from "./ids.ts";
import type { Leg } from "./legs.ts";
import { credits } from "./money.ts";
import type { Credits } from "./money.ts";
import type { PeriodId } from "./period.ts";
import { ANY_TIER } from "./schedule.ts";

/** What shares and rates are counted in: ten-thousandths. */
export const WHOLE = 10_000n;

/** Who pays less, and by how much. It covers a line where everything it names agrees. */
export interface Relief {
  /** Zero for every service. */
  readonly service: ServiceId | 0;
  /** The consumer's; zero for every region. */
  readonly region: number;
  /** The consumer's; {@link ANY_TIER} for every tier. */
  readonly tier: number;
  /** Of the price of a line, in ten-thousandths; rounded down, the rest stays with the consumer. */
  readonly share: number;
  /** First month of service. */
  readonly from: PeriodId;
  /** Last month of service; zero without end, which a grant cannot be. */
  readonly until: PeriodId | 0;
  /** The most for one member and month of service. */
  readonly memberCap: Credits;
  /** The most for all members and one month of service. */
  readonly cap: Credits;
}

/** Who may be relieved, and when. */
export interface Beneficiary {
  readonly consumer: MemberId;
  readonly period: PeriodId;
  /** In the month of service. */
  readonly tier: number;
  readonly region: number;
}

/** What a line costs without fee. */
export interface ReliefLine {
  readonly service: ServiceId;
  readonly gross: Credits;
}

/** What reliefs and grants pay of a statement. */
export interface Allotment {
  readonly relieved: Credits;
  /** One for each that pays something, in the order in which the lines came upon them. */
  readonly legs: readonly Leg[];
}

/** Money given for relief and nothing else. */
export interface Grant {
  readonly balance: Credits;
  /** What givers can claim back in proportion. */
  readonly given: Credits;
}

interface Entry {
  readonly terms: Relief;
  until: PeriodId | 0;
  /** Undefined for a relief, which RELIEF pays. */
  readonly grant: { balance: bigint; given: bigint; readonly givers: Map<string, bigint> } | undefined;
  /** Whom a grant is for; none for all. */
  readonly members: ReadonlySet<MemberId>;
  /** What was paid by month of service, for all and for each member. */
  readonly paid: Map<string, bigint>;
}

/** A relief at work in one statement. */
interface Aid {
  readonly relief: number;
  readonly share: bigint;
  readonly grant: boolean;
  left: bigint;
  paid: bigint;
}

/**
 * Reliefs, which RELIEF pays, and grants, which pay for themselves, by number: who opened first pays first. Twin:
 * contracts/desks/{Reliefs,Grants,Relieving}.sol.
 */
export class Reliefs {
  readonly #entries = new Map<number, Entry>();

  /** Opens a relief. */
  open(relief: number, terms: Relief): void {
    this.#open(relief, terms, undefined, []);
  }

  /** Opens a grant, which holds nothing yet. */
  openGrant(relief: number, terms: Relief, members: readonly MemberId[]): void {
    this.#open(relief, terms, { balance: 0n, given: 0n, givers: new Map() }, members);
  }

  /** Ends a relief with a month. @throws `ReliefUnknown` */
  end(relief: number, last: PeriodId): void {
    this.#known(relief).until = last;
  }

  /** Puts money into a grant. @throws `ReliefUnknown` */
  fund(relief: number, giver: string, amount: Credits): void {
    const grant = this.#grant(relief);
    grant.balance += amount;
    grant.given += amount;
    grant.givers.set(giver, (grant.givers.get(giver) ?? 0n) + amount);
  }

  /**
   * Pays a giver its part of what a grant did not spend: unspent × given ÷ what all gave, rounded down; whoever comes last
   * gets the rest.
   * @throws `ReliefUnknown`
   */
  giveBack(relief: number, giver: string): Credits {
    const grant = this.#grant(relief);
    const gave = grant.givers.get(giver) ?? 0n;
    if (gave === 0n) return credits(0n);
    const amount = (grant.balance * gave) / grant.given;
    grant.balance -= amount;
    grant.given -= gave;
    grant.givers.delete(giver);
    return credits(amount);
  }

  /** The terms of a relief or grant as they hold now, or undefined where there is none. */
  termsOf(relief: number): (Relief & { readonly isGrant: boolean }) | undefined {
    const entry = this.#entries.get(relief);
    if (entry === undefined) return undefined;
    return { ...entry.terms, until: entry.until, isGrant: entry.grant !== undefined };
  }

  /** What is left of a grant, or undefined where it is none. */
  grantOf(relief: number): Grant | undefined {
    const grant = this.#entries.get(relief)?.grant;
    return grant === undefined ? undefined : { balance: credits(grant.balance), given: credits(grant.given) };
  }

  /** What a giver gave and was not paid back. */
  givenBy(relief: number, giver: string): Credits {
    return credits(this.#entries.get(relief)?.grant?.givers.get(giver) ?? 0n);
  }

  /** What a relief paid for one member, and for all, in a month of service. */
  paidIn(relief: number, member: MemberId, period: PeriodId): { forMember: Credits; forAll: Credits } {
    const paid = this.#entries.get(relief)?.paid;
    return {
      forMember: credits(paid?.get(`${period}/${member}`) ?? 0n),
      forAll: credits(paid?.get(`${period}`) ?? 0n),
    };
  }

  /** What all grants hold. */
  get held(): Credits {
    const sum = [...this.#entries.values()].reduce((all, { grant }) => all + (grant?.balance ?? 0n), 0n);
    return credits(sum);
  }

  /** Whether some relief or grant may cover a service and tier in a month. */
  mayCover(period: PeriodId, service: ServiceId, tier: number): boolean {
    return [...this.#entries.values()].some((entry) => holds(entry, { period, tier }, service));
  }

  /**
   * What is paid of the lines of a statement. Each line is relieved by those that cover it, in the order of their numbers, as
   * far as each has money and caps left, never by more than its price.
   * @param room what RELIEF can still pay
   */
  allot(whom: Beneficiary, lines: readonly ReliefLine[], room: bigint): Allotment {
    const aids = new Map<number, Aid>();
    let [relieved, left] = [0n, room];
    for (const { service, gross } of lines) {
      let due: bigint = gross;
      for (const relief of this.#covering(whom, service)) {
        if (due === 0n) break;
        const aid = this.#aidOf(aids, relief, whom);
        const limit = aid.grant ? aid.left : lesser(aid.left, left);
        const paid = lesser(lesser((gross * aid.share) / WHOLE, due), limit);
        aid.left -= paid;
        aid.paid += paid;
        if (!aid.grant) left -= paid;
        due -= paid;
        relieved += paid;
      }
    }
    const legs = [...aids.values()]
      .filter(({ paid }) => paid > 0n)
      .map(({ relief, paid }): Leg => ({ kind: "aid", relief, amount: credits(paid) }));
    return { relieved: credits(relieved), legs };
  }

  /** Notes as paid what was allotted. @returns what came out of grants @throws `ReliefUnknown` */
  settle(consumer: MemberId, period: PeriodId, legs: readonly Leg[]): Credits {
    let granted = 0n;
    for (const leg of legs) {
      if (leg.kind !== "aid") continue;
      const { paid, grant } = this.#known(leg.relief);
      for (const key of [`${period}/${consumer}`, `${period}`]) {
        paid.set(key, (paid.get(key) ?? 0n) + leg.amount);
      }
      if (grant === undefined) continue;
      grant.balance -= leg.amount;
      granted += leg.amount;
    }
    return credits(granted);
  }

  #covering(whom: Beneficiary, service: ServiceId): number[] {
    return [...this.#entries]
      .filter(([, entry]) => covers(entry, whom, service))
      .map(([relief]) => relief)
      .sort((a, b) => a - b);
  }

  #aidOf(aids: Map<number, Aid>, relief: number, { consumer, period }: Beneficiary): Aid {
    const known = aids.get(relief);
    if (known !== undefined) return known;
    const { terms, grant } = this.#known(relief);
    const { forMember, forAll } = this.paidIn(relief, consumer, period);
    const caps = lesser(terms.memberCap - forMember, terms.cap - forAll);
    const rest = grant === undefined ? caps : lesser(caps, grant.balance);
    // An auditor may be told that more was paid than there was: that leaves nothing, and not less.
    const left = rest > 0n ? rest : 0n;
    const aid = { relief, share: BigInt(terms.share), grant: grant !== undefined, left, paid: 0n };
    aids.set(relief, aid);
    return aid;
  }

  #open(relief: number, terms: Relief, grant: Entry["grant"], members: readonly MemberId[]): void {
    this.#entries.set(relief, {
      ...{ terms, grant, until: terms.until },
      ...{ members: new Set(members), paid: new Map() },
    });
  }

  #grant(relief: number): NonNullable<Entry["grant"]> {
    const { grant } = this.#known(relief);
    if (grant === undefined) throw unknown(relief, "grant");
    return grant;
  }

  #known(relief: number): Entry {
    const entry = this.#entries.get(relief);
    if (entry === undefined) throw unknown(relief, "relief");
    return entry;
  }
}

function holds(
  { terms, until }: Entry,
  { period, tier }: Pick<Beneficiary, "period" | "tier">,
  service: ServiceId,
): boolean {
  if (terms.service !== 0 && terms.service !== service) return false;
  if (terms.tier !== ANY_TIER && terms.tier !== tier) return false;
  return terms.from <= period && (until === 0 || period <= until);
}

function covers(entry: Entry, whom: Beneficiary, service: ServiceId): boolean {
  if (!holds(entry, whom, service)) return false;
  const { terms, members } = entry;
  if (terms.region !== 0 && terms.region !== whom.region) return false;
  return members.size === 0 || members.has(whom.consumer);
}

function lesser(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

function unknown(relief: number, what: string): ConsortiaError {
  return new ConsortiaError("ReliefUnknown", `There is no ${what} ${relief}.`, { values: { relief } });
}
