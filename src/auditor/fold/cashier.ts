import { MAX_BACKING, credits } from "../../core/money.ts";
import type { MemberId } from "../../core/ids.ts";
import type { FindingCode } from "../codes.ts";
import { tell } from "./ground.ts";
import type { Invoices } from "./invoices.ts";
import type { Pots } from "./pots.ts";
import type { FoldState } from "./state.ts";

export interface CashierEvents {
  Deposited: { member: MemberId; from: string; amount: bigint };
  WithdrawalAnnounced: { member: MemberId; amount: bigint; readyAt: bigint; payee: string };
  Withdrawn: { member: MemberId; payee: string; amount: bigint };
  AdvanceGiven: { sponsor: MemberId; member: MemberId; amount: bigint };
  AdvanceReturned: { sponsor: MemberId; member: MemberId; amount: bigint };
}

/** A withdrawal that waits for its notice. */
export interface Announcement {
  readonly amount: bigint;
  readonly readyAt: number;
  readonly payee: string;
}

/** What comes in and goes out, and what is lent. Twin of contracts/ledger/Cashier.sol and contracts/desks/Advances.sol. */
export class Cashier {
  readonly announced = new Map<MemberId, Announcement>();
  readonly #state: FoldState;
  readonly #pots: Pots;
  readonly #invoices: Invoices;

  constructor(state: FoldState, pots: Pots, invoices: Invoices) {
    this.#state = state;
    this.#pots = pots;
    this.#invoices = invoices;
  }

  readonly handlers: { [K in keyof CashierEvents]: (event: CashierEvents[K]) => void } = {
    Deposited: ({ member, from, amount }) => {
      const { book, counts } = this.#state;
      if (!this.#state.known(member)) return;
      counts.deposits += 1;
      if (amount === 0n || book.backing + amount > MAX_BACKING) {
        const message = `A deposit of ${tell.amount(amount)} was taken in for member ${member} on top of ${tell.amount(book.backing)}.`;
        this.#find("BackingFull", message, member, tell.amount(MAX_BACKING - book.backing), amount);
      }
      book.takeIn(member, credits(amount));
      this.#state.count(member, "deposited", amount);
      this.#pots.deposited(from, member, amount);
      this.#invoices.deposited(from, member, amount);
    },
    WithdrawalAnnounced: ({ member, amount, readyAt, payee }) => {
      const { ground, register, terms } = this.#state;
      const known = register.member(member)?.payee;
      if (payee !== known) {
        const message = `Member ${member} announced a withdrawal to ${payee}, and its payee was ${known ?? "nobody"}.`;
        this.#find("AnnouncementWrong", message, member, known ?? "nobody", payee);
      }
      // The ledger keeps the time in 32 bits.
      const due = terms && (ground.now + terms.withdrawalNotice) % 2 ** 32;
      if (due !== undefined && readyAt !== BigInt(due)) {
        const message = `Member ${member} announced a withdrawal for ${readyAt}, and its notice is over at ${tell.time(due)}.`;
        this.#find("AnnouncementWrong", message, member, tell.time(due), String(readyAt));
      }
      if (amount === 0n) this.announced.delete(member);
      else this.announced.set(member, { amount, readyAt: due ?? Number(readyAt), payee });
    },
    Withdrawn: ({ member, payee, amount }) => {
      const { book, counts } = this.#state;
      if (!this.#state.known(member)) return;
      counts.withdrawals += 1;
      const { free } = book.account(member);
      const announced = this.announced.get(member);
      if (announced === undefined) {
        const message = `Member ${member} was paid ${tell.amount(amount)} that it had not announced.`;
        this.#find("WithdrawalUnannounced", message, member, "0.00", amount);
      } else this.#checkWithdrawal(member, payee, amount, free, announced);
      this.announced.delete(member);
      book.takeIn(member, credits(-amount));
      this.#state.count(member, "withdrawn", amount);
    },
    AdvanceGiven: ({ sponsor, member, amount }) => {
      const { book, counts } = this.#state;
      if (!this.#state.known(sponsor) || !this.#state.known(member)) return;
      counts.advances += 1;
      const { free } = book.account(sponsor);
      if (sponsor === member || amount === 0n || amount > free) {
        const message = `Member ${sponsor} lent member ${member} ${tell.amount(amount)} and had ${tell.amount(free)} free.`;
        this.#find("AdvanceWrong", message, sponsor, tell.amount(free), amount);
      }
      book.accounts.lend(sponsor, member, amount);
      this.#state.count(sponsor, "advancesOut", amount);
      this.#state.count(member, "advancesIn", amount);
    },
    AdvanceReturned: ({ sponsor, member, amount }) => {
      const { book } = this.#state;
      if (!this.#state.known(sponsor) || !this.#state.known(member)) return;
      const limit = book.returnable(sponsor, member);
      this.#invoices.returning(sponsor, member, amount);
      if (amount === 0n || amount > limit) {
        const message = `Member ${member} returned ${tell.amount(amount)} to member ${sponsor}, and could return ${tell.amount(limit)}.`;
        this.#find("AdvanceReturnWrong", message, member, tell.amount(limit), amount);
      }
      book.accounts.lend(sponsor, member, -amount);
      this.#state.count(member, "advancesOut", amount);
      this.#state.count(sponsor, "advancesIn", amount);
    },
  };

  #checkWithdrawal(
    member: MemberId,
    payee: string,
    amount: bigint,
    free: bigint,
    announced: Announcement,
  ): void {
    const { ground, terms } = this.#state;
    const due = announced.amount < free ? announced.amount : free;
    if (amount !== due || amount === 0n) {
      const message = `Member ${member} was paid ${tell.amount(amount)}; it had announced ${tell.amount(announced.amount)} and ${tell.amount(free)} was free.`;
      this.#find("WithdrawalWrong", message, member, tell.amount(due), amount);
    }
    if (payee !== announced.payee) {
      const message = `Member ${member} was paid to ${payee}, and had announced ${announced.payee}.`;
      this.#find("WithdrawalWrong", message, member, announced.payee, payee);
    }
    if (ground.now < announced.readyAt) {
      const message = `Member ${member} was paid before its notice was over.`;
      this.#find("WithdrawalTooEarly", message, member, tell.time(announced.readyAt), tell.time(ground.now));
    }
    const expires = terms && announced.readyAt + terms.withdrawalWindow;
    if (expires !== undefined && ground.now > expires) {
      const message = `Member ${member} was paid after its announcement had run out.`;
      this.#find("WithdrawalTooLate", message, member, tell.time(expires), tell.time(ground.now));
    }
  }

  #find(
    code: FindingCode,
    message: string,
    member: MemberId,
    expected: string,
    found: bigint | string,
  ): void {
    const figures = { expected, found: typeof found === "bigint" ? tell.amount(found) : found };
    this.#state.ground.find(code, message, { member, ...figures });
  }
}
