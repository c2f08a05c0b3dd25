import { FIRST_MEMBER, type MemberId } from "../../core/ids.ts";
import { periodEnd, type PeriodId } from "../../core/period.ts";
import { tell } from "./ground.ts";
import type { Terms } from "./membership.ts";
import type { FoldState, LoggedDebt } from "./state.ts";
import { spellDebt } from "./posting.ts";

export interface MonthEvents {
  PeriodClosed: { period: PeriodId };
  PostingPaused: { until: bigint };
  AccountSynced: { member: MemberId } & Terms;
  DebtAcknowledged: { debtor: MemberId; creditor: MemberId; amount: bigint };
  DebtCancelled: { debtor: MemberId; creditor: MemberId; amount: bigint };
  DebtPaid: { debtor: MemberId; creditor: MemberId; amount: bigint };
}

/** Months, pauses, copies of memberships and debts. Twin of contracts/Ledger.sol, Book.sol and Debts.sol. */
export class Months {
  readonly #state: FoldState;

  constructor(state: FoldState) {
    this.#state = state;
  }

  readonly handlers: { [K in keyof MonthEvents]: (event: MonthEvents[K]) => void } = {
    PeriodClosed: ({ period }) => {
      const { ground, book, counts } = this.#state;
      counts.closes += 1;
      if (period !== book.openPeriod) {
        const message = `${tell.month(period)} was closed, and ${tell.month(book.openPeriod)} was open.`;
        const figures = { expected: tell.month(book.openPeriod), found: tell.month(period) };
        ground.find("CloseOutOfOrder", message, figures);
      }
      if (ground.now < periodEnd(period)) {
        const message = `${tell.month(period)} was closed at ${tell.time(ground.now)}, before it was over.`;
        ground.find("CloseTooEarly", message, { found: tell.time(ground.now) });
      }
      if (period >= book.openPeriod) while (book.openPeriod <= period) book.close();
    },
    PostingPaused: ({ until }) => {
      const { ground, pauses } = this.#state;
      const wrong = pauses.take(Number(until), ground.now);
      if (wrong === undefined) return;
      const message = `Posting was paused until ${tell.time(Number(until))}, and ${wrong}.`;
      ground.find("PauseWrong", message, { found: tell.time(Number(until)) });
    },
    AccountSynced: ({ member, ...terms }) => {
      this.#state.register.synced(member, terms);
      this.#state.accounts.set(member, terms);
      this.#state.book.touch(member);
    },
    DebtAcknowledged: (debt) => {
      this.#state.owed.push({ ...debt, place: this.#state.ground.place });
    },
    DebtCancelled: (debt) => {
      this.#state.cancelled.push({ ...debt, place: this.#state.ground.place });
    },
    DebtPaid: ({ debtor, creditor, amount }) => {
      const { ground, book, counts } = this.#state;
      if (!this.#state.known(debtor) || !this.#state.known(creditor)) return;
      counts.debtPayments += 1;
      const [owed, held] = [book.debtOf(debtor, creditor), book.accounts.holding(debtor)];
      const due = owed < held ? owed : held;
      if (amount !== due || amount === 0n) {
        const message = `Member ${debtor} paid member ${creditor} ${tell.amount(amount)}; it owed ${tell.amount(owed)} and held ${tell.amount(held)}.`;
        const figures = { expected: tell.amount(due), found: tell.amount(amount) };
        ground.find("DebtPaymentWrong", message, { member: debtor, ...figures });
      }
      const { services } = book.accounts.reduce(debtor, creditor, amount);
      book.accounts.pay(debtor, creditor, amount, creditor < FIRST_MEMBER ? 0n : services);
      this.#state.noteDebts(debtor);
      this.#state.count(debtor, "debtsPaid", amount);
      this.#state.count(creditor, "debtsReceived", amount);
    },
  };

  /** Ends a transaction: every debt that was noted or cancelled has its reason. */
  endTransaction(): void {
    const state = this.#state;
    const tell = (debts: readonly LoggedDebt[], what: string): void => {
      for (const debt of debts) {
        const message = `A debt of ${spellDebt(debt)} was ${what} and nothing says why.`;
        state.ground.find("DebtUnexplained", message, { ...debt.place, member: debt.debtor });
      }
    };
    tell(state.owed, "acknowledged");
    tell(state.cancelled, "cancelled");
    [state.owed, state.cancelled] = [[], []];
  }
}
