import { ConsortiaError } from "./error.ts";
import type { Hash, MemberId, ServiceId } from "./ids.ts";
import type { Credits } from "./money.ts";
import { formatPeriod } from "./period.ts";
import type { PeriodId } from "./period.ts";
import type { UnitPrice } from "./schedule.ts";

/** What a unit of a service costs between members that agreed so. */
export interface AgreedPrice {
  readonly service: ServiceId;
  /** Where the first of two members supplies the second. */
  readonly price: Credits;
  /** Where the second supplies the first; in a group equal to `price`. */
  readonly back: Credits;
}

/** What two members or a group agreed, as each of them signs it. */
export interface Agreement {
  /** Ascending, 2 to 16. */
  readonly members: readonly MemberId[];
  /** First month of service. */
  readonly from: PeriodId;
  /** Last month of service; zero without end. */
  readonly until: PeriodId | 0;
  /** By service, ascending, at most 32. */
  readonly prices: readonly AgreedPrice[];
  /** Hash of the agreement in words. */
  readonly document: Hash;
}

/** How many members an agreement can have, and how many prices. */
export const AGREEMENT_MEMBERS = 16;
export const AGREEMENT_PRICES = 32;

interface Held {
  readonly agreement: number;
  readonly terms: Agreement;
  until: PeriodId | 0;
}

/**
 * What members agreed to charge each other. Of several agreements that price a service in a month the latest holds; one
 * between two goes before one of a group. Twin: contracts/register/Agreements.sol.
 */
export class Agreements {
  readonly #agreements = new Map<number, Held>();
  /** The latest first. */
  readonly #ofPairs = new Map<string, Held[]>();
  readonly #ofGroups = new Map<MemberId, Held[]>();

  make(agreement: number, terms: Agreement): void {
    const held: Held = { agreement, terms, until: terms.until };
    this.#agreements.set(agreement, held);
    const [first, second] = terms.members;
    if (terms.members.length === 2) add(this.#ofPairs, `${first}/${second}`, held);
    else for (const member of terms.members) add(this.#ofGroups, member, held);
  }

  /** Ends an agreement with a month; before its first it never holds. @throws `AgreementUnknown` */
  end(agreement: number, last: PeriodId): void {
    const held = this.#agreements.get(agreement);
    if (held === undefined) {
      throw new ConsortiaError("AgreementUnknown", `There is no agreement ${agreement}.`, {
        values: { agreement },
      });
    }
    held.until = last;
  }

  /** An agreement as it holds now, or undefined where there is none. */
  termsOf(agreement: number): Agreement | undefined {
    const held = this.#agreements.get(agreement);
    return held === undefined ? undefined : { ...held.terms, until: held.until };
  }

  /** What a unit costs between two members by agreement, or undefined where they have none. */
  priceOf(supplier: MemberId, consumer: MemberId, period: PeriodId, service: ServiceId): Credits | undefined {
    const forward = supplier < consumer;
    const pair = forward ? `${supplier}/${consumer}` : `${consumer}/${supplier}`;
    const groups = (this.#ofGroups.get(supplier) ?? []).filter(({ terms }) =>
      terms.members.includes(consumer),
    );
    for (const { terms, until } of [...(this.#ofPairs.get(pair) ?? []), ...groups]) {
      if (period < terms.from || (until !== 0 && until < period)) continue;
      const agreed = terms.prices.find((entry) => entry.service === service);
      if (agreed !== undefined) return forward ? agreed.price : agreed.back;
    }
    return undefined;
  }
}

/** Puts an agreed price in the schedule's place where it is no higher. Its least is then not asked, its most is. */
export function agreeOn(unit: UnitPrice, agreed: Credits | undefined): UnitPrice {
  if (agreed === undefined || agreed > unit.price) return unit;
  const { fee, cap } = unit;
  return { price: agreed, fee, ...(cap === undefined ? {} : { cap }) };
}

/**
 * Checks an agreement before anybody signs it.
 * @param month the current one; what holds must not have begun
 * @throws `AgreementInvalid` saying what is wrong
 */
export function checkAgreement(terms: Agreement, month: PeriodId): Agreement {
  const { members, prices, from, until } = terms;
  const wrong = (what: string): ConsortiaError =>
    new ConsortiaError("AgreementInvalid", `The agreement cannot be made: ${what}`, { values: { members } });
  if (members.length < 2 || members.length > AGREEMENT_MEMBERS || !ascending(members)) {
    throw wrong(`it needs 2 to ${AGREEMENT_MEMBERS} members, each once, in ascending order.`);
  }
  if (from <= month) throw wrong(`it begins in ${formatPeriod(from)}, which has begun. Begin a month later.`);
  if (until !== 0 && until < from) throw wrong("it ends before it begins.");
  if (
    prices.length === 0 ||
    prices.length > AGREEMENT_PRICES ||
    !ascending(prices.map((one) => one.service))
  ) {
    throw wrong(`it needs 1 to ${AGREEMENT_PRICES} prices, one a service, in ascending order.`);
  }
  for (const { service, price, back } of prices) {
    if (members.length > 2 && price !== back)
      throw wrong(`in a group service ${service} costs all the same.`);
    if ((price === 0n) !== (back === 0n)) throw wrong(`service ${service} is free for one side alone.`);
  }
  return terms;
}

function ascending(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || numbers[index - 1]! < number);
}

function add<K>(lists: Map<K, Held[]>, key: K, held: Held): void {
  lists.set(key, [held, ...(lists.get(key) ?? [])]);
}
