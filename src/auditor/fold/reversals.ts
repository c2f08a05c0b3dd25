import { RELIEF, type Hash, type MemberId } from "../../core/ids.ts";
import type { FindingCode } from "../codes.ts";
import type { Place } from "../finding.ts";
import type { DeskBook } from "./deskbook.ts";
import { sentence, tell } from "./ground.ts";
import type { FoldState } from "./state.ts";
import { nameOf, refOf, type ChargeFact, type Given, type KnownStatement } from "./statements.ts";

interface Reversal {
  statement: Hash;
  supplier: MemberId;
  consumer: MemberId;
  amount: bigint;
}

export interface ReversalEvents {
  RecordsRefunded: Reversal & { indices: readonly number[] };
  StatementRefunded: Reversal;
  DuplicateReversed: Reversal & { index: number; earlier: Hash; earlierIndex: number };
}

/** Records that were given back, to be compared with their bundle: what they came to at most, and what was given. */
export interface GivenRecords {
  readonly known: KnownStatement;
  readonly indices: readonly number[];
  readonly amount: bigint;
  /** What was left to be given back of the statement before. */
  readonly rest: bigint;
  readonly place: Place;
  /** Where it was given back as charged twice: the charge that stays. */
  readonly earlier?: { readonly known: KnownStatement; readonly index: number };
}

/** What one account gives back to another. */
type Gift = Pick<Reversal, "supplier" | "consumer" | "amount">;

/** A statement that was charged. */
type Charged = KnownStatement & { readonly charge: ChargeFact };

/** Refunds and reversed duplicates: each record once, never more than was charged. Twin of contracts/desks/Reversals.sol. */
export class Reversals {
  /** Everything that was given back by record, in order. */
  readonly given: GivenRecords[] = [];
  readonly #state: FoldState;
  readonly #desks: DeskBook;
  /** What the ledger must give back in this transaction. */
  #waiting: Gift[] = [];

  constructor(state: FoldState, desks: DeskBook) {
    this.#state = state;
    this.#desks = desks;
  }

  readonly handlers: { [K in keyof ReversalEvents]: (event: ReversalEvents[K]) => void } = {
    RecordsRefunded: (event) => {
      this.#state.counts.refunds += 1;
      const known = this.#begin(event);
      if (known === undefined) return;
      const rest = this.#take(event, known, event.indices);
      const { place } = this.#state.ground;
      this.given.push({ known, indices: event.indices, amount: event.amount, rest, place });
    },
    StatementRefunded: (event) => {
      this.#state.counts.refunds += 1;
      const known = this.#begin(event);
      if (known === undefined) return;
      const given = this.#state.statements.give(known.digest);
      if (given.whole) this.#find("RecordRefundedTwice", known, "was given back whole a second time");
      const rest = this.#take(event, known, []);
      given.whole = true;
      if (event.amount === rest) return;
      const figures = { expected: tell.amount(rest), found: tell.amount(event.amount) };
      this.#find(
        "RefundWrong",
        known,
        `had ${figures.expected} left, and ${figures.found} was given back`,
        figures,
      );
    },
    DuplicateReversed: (event) => {
      this.#state.counts.duplicates += 1;
      const known = this.#begin(event);
      if (known === undefined) return;
      const { index, earlierIndex } = event;
      const earlier = this.#charged(event.earlier);
      if (earlier === undefined) {
        this.#find("DuplicateFalse", known, `was reversed for ${event.earlier}, which was not charged`);
      } else this.#checkOrder(earlier, earlierIndex, known, index);
      const rest = this.#take(event, known, [index]);
      const { place } = this.#state.ground;
      const against = earlier === undefined ? {} : { earlier: { known: earlier, index: earlierIndex } };
      this.given.push({ known, indices: [index], amount: event.amount, rest, place, ...against });
    },
  };

  /** Ends a transaction: the ledger gave back what the desk said, and nothing else. */
  endTransaction(): void {
    for (const { supplier, consumer, amount } of this.#waiting) {
      const gift = this.#desks.takeGiven();
      if (gift?.supplier === supplier && gift.consumer === consumer && gift.amount === amount) continue;
      const expected = spellGift({ supplier, consumer, amount });
      const found = gift && spellGift(gift);
      const message = `A refund is of ${expected}, and the ledger gave ${found ?? "nothing"} back.`;
      this.#state.ground.find("GiftUnexplained", message, {
        member: supplier,
        expected,
        found: found ?? "nothing",
      });
    }
    this.#waiting = [];
  }

  /** The charged statement that something is given back of. */
  #begin(event: Reversal): Charged | undefined {
    const known = this.#charged(event.statement);
    if (known === undefined) {
      const message = `Member ${event.supplier} gave ${tell.amount(event.amount)} of ${event.statement} back, which was not charged.`;
      this.#state.ground.find("RefundUnknown", message, { member: event.supplier, found: event.statement });
      this.#waiting.push(event);
      return undefined;
    }
    const { supplier, consumer } = known.statement;
    if (supplier !== event.supplier || consumer !== event.consumer) {
      const found = `member ${event.supplier} to member ${event.consumer}`;
      this.#find("RefundPartiesWrong", known, `was given back by ${found}`, { found });
    }
    return known;
  }

  /** Marks records and the amount as given back. @returns what was left before */
  #take({ amount, supplier, consumer }: Reversal, known: Charged, indices: readonly number[]): bigint {
    const given = this.#state.statements.give(known.digest);
    const rest = known.charge.gross - given.amount;
    for (const index of indices) {
      if (isGiven(given, index))
        this.#find("RecordRefundedTwice", known, `had record ${index} given back a second time`);
      given.records.add(index);
    }
    if (amount > rest) {
      const figures = { expected: tell.amount(rest), found: tell.amount(amount) };
      this.#find(
        "RefundExceeds",
        known,
        `had ${figures.expected} left, and ${figures.found} was given back`,
        figures,
      );
    }
    // RELIEF gets its part of all that was given back so far, rounded down, less what it got before.
    const aid = aidOf(known.charge, given.amount + amount) - aidOf(known.charge, given.amount);
    this.#waiting.push({ supplier, consumer, amount: amount - aid });
    if (aid !== 0n) this.#waiting.push({ supplier, consumer: RELIEF, amount: aid });
    given.amount += amount;
    return rest;
  }

  /** Of two charges the later is given back: by second of posting, then number, then place. */
  #checkOrder(first: Charged, firstIndex: number, second: Charged, secondIndex: number): void {
    const [a, b] = [first.statement, second.statement];
    if (a.supplier !== b.supplier || a.consumer !== b.consumer) {
      this.#find("DuplicateFalse", second, `was reversed for ${nameOf(a)}, which is of another pair`);
    }
    const same = first.digest === second.digest && firstIndex === secondIndex;
    const ranks = [first.charge.at - second.charge.at, a.number - b.number, firstIndex - secondIndex];
    if (same || (ranks.find((difference) => difference !== 0) ?? 0) > 0) {
      this.#find("DuplicateFalse", second, `was reversed for a charge that came later, in ${nameOf(a)}`);
    }
    const given = this.#state.statements.givenOf(first.digest);
    if (given !== undefined && isGiven(given, firstIndex)) {
      this.#find(
        "DuplicateFalse",
        second,
        `was reversed for a charge that was given back itself, in ${nameOf(a)}`,
      );
    }
  }

  #charged(digest: Hash): Charged | undefined {
    const known = this.#state.statements.get(digest);
    return known?.charge === undefined ? undefined : (known as Charged);
  }

  #find(
    code: FindingCode,
    { statement }: KnownStatement,
    what: string,
    figures: { expected?: string; found?: string } = {},
  ): void {
    const message = sentence(`${nameOf(statement)} ${what}.`);
    this.#state.ground.find(code, message, {
      member: statement.supplier,
      statement: refOf(statement),
      ...figures,
    });
  }
}

const spellGift = ({ supplier, consumer, amount }: Gift): string =>
  `${tell.amount(amount)} from ${tell.member(supplier)} to ${tell.member(consumer)}`;

/** RELIEF's part of what was given back of a statement in all; nothing of nothing, whatever was said to be relieved. */
const aidOf = ({ gross, relieved }: ChargeFact, total: bigint): bigint =>
  gross === 0n ? 0n : (total * relieved) / gross;

/** Whether a record of a statement was given back. */
export const isGiven = ({ whole, records }: Given, index: number): boolean => whole || records.has(index);
