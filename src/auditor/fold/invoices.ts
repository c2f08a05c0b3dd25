import type { MemberId } from "../../core/ids.ts";
import type { PeriodId } from "../../core/period.ts";
import type { FindingCode } from "../codes.ts";
import { tell } from "./ground.ts";
import type { FoldState } from "./state.ts";

export interface InvoiceEvents {
  InvoiceRaised: {
    invoice: number;
    sponsor: MemberId;
    member: MemberId;
    period: PeriodId;
    amount: bigint;
  };
  InvoicePaid: { invoice: number; amount: bigint; repaid: bigint };
}

/** What a sponsor asks of a member for what it spent of its advance. */
export interface InvoiceFact {
  readonly sponsor: MemberId;
  readonly member: MemberId;
  readonly period: PeriodId;
  readonly amount: bigint;
  paid: bigint;
}

/** What went back to a sponsor, as the ledger logged it, and what could have gone back just then. */
interface Returned {
  readonly sponsor: MemberId;
  readonly member: MemberId;
  readonly amount: bigint;
  readonly bearable: bigint;
}

/** Invoices and what repaid them. Twin of contracts/desks/Invoices.sol. */
export class Invoices {
  /** By number, from 1 on. */
  readonly list: InvoiceFact[] = [];
  readonly #state: FoldState;
  /** What the desk itself paid in, in this transaction, and no payment told of yet. */
  #deposited: Pick<Returned, "member" | "amount">[] = [];
  /** What went back to a sponsor last: a payment's own log follows at once. */
  #returned: Returned | undefined;

  constructor(state: FoldState) {
    this.#state = state;
  }

  /** Told by the ledger of what the desk deposited. */
  deposited(from: string, member: MemberId, amount: bigint): void {
    if (from !== this.#state.site.advances?.toLowerCase()) return;
    this.#deposited.push({ member, amount });
    this.#returned = undefined;
  }

  /** Told by the ledger of what goes back to a sponsor, before it does. */
  returning(sponsor: MemberId, member: MemberId, amount: bigint): void {
    this.#returned = { sponsor, member, amount, bearable: this.#state.book.returnable(sponsor, member) };
  }

  readonly handlers: { [K in keyof InvoiceEvents]: (event: InvoiceEvents[K]) => void } = {
    InvoiceRaised: ({ invoice, sponsor, member, period, amount }) => {
      this.#state.counts.invoices += 1;
      const next = this.list.length + 1;
      for (const party of [sponsor, member]) this.#state.known(party);
      if (invoice !== next || sponsor === member || amount === 0n) {
        const found = `invoice ${invoice} of ${tell.amount(amount)} from member ${sponsor} to member ${member}`;
        this.#find("InvoiceWrong", `Raised was ${found}`, member, `invoice ${next}`, found);
      }
      // Whoever it is between, it has its number: the next one is another.
      this.list.push({ sponsor, member, period, amount, paid: 0n });
    },
    InvoicePaid: ({ invoice, amount, repaid }) => {
      const one = this.list[invoice - 1];
      const [paid, back] = [this.#deposited.shift(), this.#returned];
      this.#returned = undefined;
      if (one === undefined) {
        this.#state.ground.find("InvoiceUnknown", `Invoice ${invoice} was paid, and nobody raised it.`, {
          found: String(invoice),
        });
        return;
      }
      const { sponsor, member } = one;
      if (amount === 0n || amount > one.amount - one.paid) {
        const rest = tell.amount(one.amount - one.paid);
        const what = `Invoice ${invoice} was paid ${tell.amount(amount)} and had ${rest} left`;
        this.#find("InvoiceWrong", what, member, rest, tell.amount(amount));
      }
      one.paid += amount;
      const taken = paid?.member === member && paid.amount === amount;
      const went = back?.sponsor === sponsor && back.member === member ? back : undefined;
      if (!taken || (went?.amount ?? 0n) !== repaid) {
        const what = `Invoice ${invoice} was paid ${tell.amount(amount)}, which repaid ${tell.amount(repaid)}, and the ledger logged otherwise`;
        this.#find("InvoiceUnexplained", what, member, tell.amount(amount), tell.amount(paid?.amount ?? 0n));
      }
      const bearable = went?.bearable ?? this.#state.book.returnable(sponsor, member);
      const due = bearable < amount ? bearable : amount;
      if (repaid !== due) {
        const what = `Invoice ${invoice} repaid ${tell.amount(repaid)} of ${tell.amount(due)} that could be repaid`;
        this.#find("InvoiceWrong", what, member, tell.amount(due), tell.amount(repaid));
      }
    },
  };

  /** Ends a transaction: the desk brings in nothing but what pays an invoice. */
  endTransaction(): void {
    for (const { member, amount } of this.#deposited) {
      const what = `The advances desk paid ${tell.amount(amount)} in for member ${member}, and no invoice was paid`;
      this.#find("InvoiceUnexplained", what, member, "0.00", tell.amount(amount));
    }
    [this.#deposited, this.#returned] = [[], undefined];
  }

  #find(code: FindingCode, what: string, member: MemberId, expected: string, found: string): void {
    this.#state.ground.find(code, `${what}.`, { member, expected, found });
  }
}
