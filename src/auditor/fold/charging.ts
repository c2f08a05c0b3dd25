import type { Legs } from "../../core/book.ts";
import { COMMONS, type MemberId } from "../../core/ids.ts";
import { credits, type Credits } from "../../core/money.ts";
import type { Order } from "../../core/quote.ts";
import type { Statement } from "../../core/statement.ts";
import { admissible, price, type Price } from "./faults.ts";
import type { SettledLegs } from "./legs.ts";
import { tierIn } from "./membership.ts";
import type { FoldState, LoggedDebt } from "./state.ts";

/** What the rules say of a statement up to its signature. */
export interface Judged extends Price {
  readonly tier: number;
  readonly supplierTier: number;
}

/** A debt that nobody logged yet. */
export type DueDebt = Omit<LoggedDebt, "place">;

/** What a statement did to the book. */
export interface Booked {
  /** What found no room. */
  readonly owed: Credits;
  readonly debts: readonly DueDebt[];
}

/** What statements come to as things stand, and what they do to the book. Twin of contracts/ledger/Posting.sol. */
export class Charging {
  readonly #state: FoldState;
  /** Fees of the batch at hand: COMMONS gets them at its end, and can spend them only then. */
  #fees = 0n;

  constructor(state: FoldState) {
    this.#state = state;
  }

  judge(statement: Statement): Judged {
    const { ground, numbers, register, policies } = this.#state;
    const { supplier, consumer, period, number } = statement;
    const [giving, drawing] = [this.#state.termsOf(supplier), this.#state.termsOf(consumer)];
    const [tier, supplierTier] = [tierIn(drawing, period), tierIn(giving, period)];
    const early = admissible(statement, ground.month, giving, drawing, numbers.has(supplier, number));
    const { kind = 0, region = 0 } = register.member(consumer) ?? {};
    const order: Order = {
      ...{ ...statement, tier, supplierTier, kind, region, countersigned: true },
      // The ledger asks about choices and agreements only where it knows of some.
      choosy: giving.choosy || drawing.choosy,
      reliefRoom: this.#state.reliefRoom,
    };
    const priced = price(order, policies);
    return { ...priced, tier, supplierTier, breach: early ?? priced.breach };
  }

  /** What may still be debited. */
  room(member: MemberId): bigint {
    const { accounts } = this.#state.book;
    if (member !== COMMONS || this.#fees === 0n) return accounts.room(member);
    const room = accounts.holding(member) - this.#fees - accounts.debtsOf(member);
    return room > 0n ? room : 0n;
  }

  /** Books a statement as it was charged. */
  book(statement: Statement, gross: Credits, fee: Credits, settled: SettledLegs): Booked {
    const { supplier, consumer } = statement;
    const legs = legsOf(settled);
    const owed = this.#charge(statement, gross, fee, legs);
    const feeOwed = owed < fee ? owed : fee;
    this.#fees += fee - feeOwed;
    this.#state.noteDebts(consumer);
    this.#state.countCharge(supplier, consumer, gross, fee, owed);
    this.#state.countLegs(consumer, legs);
    const debts = [
      { debtor: consumer, creditor: supplier, amount: owed - feeOwed },
      { debtor: consumer, creditor: COMMONS, amount: feeOwed },
    ];
    return { owed, debts: debts.filter(({ amount }) => amount > 0n) };
  }

  endBatch(): void {
    this.#fees = 0n;
  }

  #charge({ supplier, consumer }: Statement, gross: Credits, fee: Credits, legs: Legs): Credits {
    const { book } = this.#state;
    const withheld = consumer === COMMONS ? this.#fees : 0n;
    book.accounts.addCash(COMMONS, -withheld);
    const owed = book.charge(supplier, consumer, gross, fee, legs);
    book.accounts.addCash(COMMONS, withheld);
    return owed;
  }
}

function legsOf({ legs, relieved, granted }: SettledLegs): Legs {
  const royalties = legs.flatMap((leg) =>
    leg.kind === "royalty" ? [{ holder: leg.holder, amount: credits(leg.amount) }] : [],
  );
  return { relieved, granted, royalties };
}
