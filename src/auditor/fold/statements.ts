import type { Hash, MemberId, StatementNumber } from "../../core/ids.ts";
import type { Credits } from "../../core/money.ts";
import type { PeriodId } from "../../core/period.ts";
import type { Statement } from "../../core/statement.ts";
import type { Place, StatementRef } from "../finding.ts";

/** What a statement was charged, and the batch that proves it. */
export interface ChargeFact {
  readonly gross: Credits;
  /** The part of the gross that others paid for the consumer. */
  readonly relieved: Credits;
  /** The month of the book, and the second. */
  readonly period: PeriodId;
  readonly at: number;
  readonly batchRoot: Hash;
}

/** A statement that was posted or claimed. */
export interface KnownStatement {
  readonly statement: Statement;
  readonly digest: Hash;
  readonly how: "posted" | "claimed";
  /** What its records must sum to: the gross that was posted or claimed. */
  readonly gross: Credits;
  /** The price tiers of its consumer and its supplier. */
  readonly tier: number;
  readonly supplierTier: number;
  /** Counts logs: works are known as of this one. */
  readonly position: number;
  readonly place: Place;
  /** What it was charged in the end; nothing while it is a claim, and where a claim came to nothing. */
  charge: ChargeFact | undefined;
}

/** What was given back of a statement. */
export interface Given {
  amount: bigint;
  /** Whether all that was left was given back at once. */
  whole: boolean;
  readonly records: Set<number>;
}

/** Every statement that the chain knows, in order, and what was given back of it. */
export class Statements {
  readonly list: KnownStatement[] = [];
  readonly #byDigest = new Map<Hash, KnownStatement>();
  readonly #given = new Map<Hash, Given>();

  add(statement: KnownStatement): void {
    this.list.push(statement);
    this.#byDigest.set(statement.digest, statement);
  }

  get(digest: Hash): KnownStatement | undefined {
    return this.#byDigest.get(digest);
  }

  givenOf(digest: Hash): Given | undefined {
    return this.#given.get(digest);
  }

  /** What was given back of a statement, to be changed. */
  give(digest: Hash): Given {
    let given = this.#given.get(digest);
    if (given === undefined) {
      given = { amount: 0n, whole: false, records: new Set() };
      this.#given.set(digest, given);
    }
    return given;
  }
}

export function refOf({ supplier, consumer, number }: Statement): StatementRef {
  return { supplier, consumer, number };
}

/** A statement in a sentence. */
export function nameOf(ref: { supplier: MemberId; consumer: MemberId; number: StatementNumber }): string {
  return `statement ${ref.number} of member ${ref.supplier} for member ${ref.consumer}`;
}

/** Numbers that suppliers used, a bit each. */
export class Numbers {
  readonly #words = new Map<MemberId, Map<number, Uint32Array>>();

  has(supplier: MemberId, number: number): boolean {
    const word = this.#words.get(supplier)?.get(number >>> 8);
    return word !== undefined && ((word[(number & 0xff) >> 5]! >>> (number & 31)) & 1) === 1;
  }

  add(supplier: MemberId, number: number): void {
    let words = this.#words.get(supplier);
    if (words === undefined) this.#words.set(supplier, (words = new Map<number, Uint32Array>()));
    let word = words.get(number >>> 8);
    if (word === undefined) words.set(number >>> 8, (word = new Uint32Array(8)));
    word[(number & 0xff) >> 5]! |= 1 << (number & 31);
  }
}
