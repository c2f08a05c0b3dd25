import type { MemberId } from "./ids.ts";
import { restrain, restraintIn, UNRESTRAINED, type Restraint } from "./restraint.ts";
import type { Statement } from "./statement.ts";

/** What a member thinks of another, in the order of the contract's `Regard`. */
export const REGARDS = ["none", "preferred", "refused"] as const;
export type Regard = (typeof REGARDS)[number];

/** The ceiling of who takes any price. */
export const ANY_PRICE = 2n ** 64n - 1n;

/** A choice that stands against a statement, with the figures of the contract's fault. */
export interface Declined {
  readonly fault: "PartnerRefused" | "ServiceDeclined" | "CeilingExceeded";
  readonly found: bigint;
  readonly limit: bigint;
}

const OFF = ANY_PRICE;
const REFUSED = BigInt(REGARDS.indexOf("refused"));

/** What members chose to offer and to use, at which price and with whom. Twin: contracts/register/Choices.sol. */
export class Choices {
  readonly #offers = new Map<string, Restraint>();
  readonly #uses = new Map<string, Restraint>();
  readonly #regards = new Map<string, Restraint>();

  /** Switches a service on or off for its supplier. @returns the first month of service that it binds */
  offer(member: MemberId, service: number, offers: boolean, month: number): number {
    return change(this.#offers, `${member}/${service}`, offers ? 0n : OFF, month);
  }

  /** Switches a service on or off for its consumer. @returns the first month of service that it binds */
  use(member: MemberId, service: number, uses: boolean, ceiling: bigint, month: number): number {
    const value = uses ? (ceiling < OFF - 1n ? OFF - 1n - ceiling : 0n) : OFF;
    return change(this.#uses, `${member}/${service}`, value, month);
  }

  /** Prefers or refuses a partner. @returns the first month of service that it binds */
  regard(member: MemberId, partner: MemberId, regard: number, month: number): number {
    return change(this.#regards, `${member}/${partner}`, BigInt(regard), month);
  }

  offersIn(member: MemberId, service: number, month: number): boolean {
    return valueIn(this.#offers, `${member}/${service}`, month) === 0n;
  }

  usesIn(member: MemberId, service: number, month: number): { uses: boolean; ceiling: bigint } {
    const value = valueIn(this.#uses, `${member}/${service}`, month);
    if (value === OFF) return { uses: false, ceiling: 0n };
    return { uses: true, ceiling: value === 0n ? ANY_PRICE : OFF - 1n - value };
  }

  regardIn(member: MemberId, partner: MemberId, month: number): Regard {
    return REGARDS[Number(valueIn(this.#regards, `${member}/${partner}`, month))] ?? "none";
  }

  /**
   * What stands against a statement, the first thing first.
   * @param lines what a unit of each costs between the two, fee included
   */
  declined(
    { supplier, consumer, period }: Pick<Statement, "supplier" | "consumer" | "period">,
    lines: readonly { readonly service: number; readonly price: bigint }[],
  ): Declined | undefined {
    for (const [one, other] of [
      [supplier, consumer],
      [consumer, supplier],
    ] as const) {
      if (valueIn(this.#regards, `${one}/${other}`, period) === REFUSED) {
        return { fault: "PartnerRefused", found: BigInt(one), limit: BigInt(other) };
      }
    }
    for (const { service, price } of lines) {
      const found = BigInt(service);
      if (!this.offersIn(supplier, service, period)) {
        return { fault: "ServiceDeclined", found, limit: BigInt(supplier) };
      }
      const { uses, ceiling } = this.usesIn(consumer, service, period);
      if (!uses) return { fault: "ServiceDeclined", found, limit: BigInt(consumer) };
      if (ceiling !== ANY_PRICE && price > ceiling) {
        return { fault: "CeilingExceeded", found, limit: ceiling };
      }
    }
    return undefined;
  }
}

function valueIn(words: ReadonlyMap<string, Restraint>, key: string, month: number): bigint {
  return restraintIn(words.get(key) ?? UNRESTRAINED, month);
}

function change(words: Map<string, Restraint>, key: string, value: bigint, month: number): number {
  const changed = restrain(words.get(key) ?? UNRESTRAINED, value, month);
  words.set(key, changed);
  return changed.from;
}
