import { COMMONS, type Hash, type MemberId, type StatementNumber } from "../../core/ids.ts";
import { credits } from "../../core/money.ts";
import { tell } from "./ground.ts";
import { spellDebt } from "./posting.ts";
import type { FoldState, LoggedDebt } from "./state.ts";

export interface DeskBookEvents {
  ClaimCharged: { supplier: MemberId; consumer: MemberId; batchRoot: Hash; gross: bigint; fee: bigint };
  GivenBack: { supplier: MemberId; consumer: MemberId; amount: bigint };
  BondLocked: { supplier: MemberId; number: StatementNumber; amount: bigint };
  BondReleased: { member: MemberId; amount: bigint };
}

/** A claim that the ledger charged, until the desk's log explains it. */
export interface ChargedClaim {
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  readonly batchRoot: Hash;
  readonly gross: bigint;
  readonly fee: bigint;
  readonly acknowledged: bigint;
}

type Debt = Omit<LoggedDebt, "place">;

/**
 * What the desks did to the book. Each waits here until the desk's own log in the same transaction explains it; a claim
 * or a refund that the ledger knows nothing of is as wrong as the other way round. Twin of contracts/ledger/DeskBook.sol.
 */
export class DeskBook {
  readonly #state: FoldState;
  #locked: DeskBookEvents["BondLocked"][] = [];
  #released: DeskBookEvents["BondReleased"][] = [];
  #charged: ChargedClaim[] = [];
  #given: DeskBookEvents["GivenBack"][] = [];

  constructor(state: FoldState) {
    this.#state = state;
  }

  readonly handlers: { [K in keyof DeskBookEvents]: (event: DeskBookEvents[K]) => void } = {
    BondLocked: (event) => {
      const { book, numbers, ground } = this.#state;
      const { supplier, number, amount } = event;
      if (!this.#state.known(supplier)) return;
      this.#state.checkPosting(`A claim of member ${supplier} was opened`);
      this.#locked.push(event);
      if (numbers.has(supplier, number)) {
        const message = `Member ${supplier} claimed a statement under number ${number}, which it had used.`;
        ground.find("NumberReused", message, { member: supplier, found: String(number) });
      }
      numbers.add(supplier, number);
      const { free } = book.account(supplier);
      if (amount > free) {
        const message = `A bond of ${tell.amount(amount)} was taken from member ${supplier}, which had ${tell.amount(free)} free.`;
        ground.find("BondWrong", message, {
          member: supplier,
          expected: tell.amount(free),
          found: tell.amount(amount),
        });
      }
      book.moveBond(supplier, credits(amount));
      this.#state.count(supplier, "bondsLocked", amount);
    },
    BondReleased: (event) => {
      const { book, ground } = this.#state;
      const { member, amount } = event;
      if (!this.#state.known(member)) return;
      this.#released.push(event);
      if (amount > book.bonds) {
        const message = `A bond of ${tell.amount(amount)} was released, and ${tell.amount(book.bonds)} was locked.`;
        ground.find("BondWrong", message, {
          member,
          expected: tell.amount(book.bonds),
          found: tell.amount(amount),
        });
      }
      book.moveBond(member, credits(-amount));
      this.#state.count(member, "bondsReleased", amount);
    },
    ClaimCharged: (event) => {
      const { book, counts } = this.#state;
      const { supplier, consumer, gross, fee } = event;
      const logged = this.#takeOwed();
      if (!this.#state.known(supplier) || !this.#state.known(consumer)) return;
      this.#state.checkPosting(`A claim of member ${supplier} was charged`);
      counts.claimsCharged += 1;
      const acknowledged = book.charge(supplier, consumer, credits(gross), credits(fee));
      const feeOwed = acknowledged < fee ? acknowledged : fee;
      const due: Debt[] = [
        { debtor: consumer, creditor: supplier, amount: acknowledged - feeOwed },
        { debtor: consumer, creditor: COMMONS, amount: feeOwed },
      ];
      this.#compare(
        due,
        logged,
        "DebtWrong",
        `The charge of a claim of member ${supplier} acknowledges debts of`,
      );
      this.#state.noteDebts(consumer);
      this.#state.countCharge(supplier, consumer, gross, fee, acknowledged);
      this.#state.count(supplier, "claimsGiven", gross);
      this.#state.count(consumer, "claimsDrawn", gross);
      this.#charged.push({ ...event, acknowledged });
    },
    GivenBack: (event) => {
      const { book } = this.#state;
      const { supplier, consumer, amount } = event;
      const [logged, gone] = [this.#takeOwed(), this.#state.cancelled];
      this.#state.cancelled = [];
      if (!this.#state.known(supplier) || !this.#state.known(consumer)) return;
      this.#state.checkPosting(`Member ${supplier} gave something back`);
      this.#given.push(event);
      const { cancelled, owed } = book.giveBack(supplier, consumer, credits(amount));
      const what = `A refund of member ${supplier} to member ${consumer}`;
      this.#compare(
        [{ debtor: supplier, creditor: consumer, amount: owed }],
        logged,
        "DebtWrong",
        `${what} acknowledges debts of`,
      );
      this.#compare(
        [{ debtor: consumer, creditor: supplier, amount: cancelled }],
        gone,
        "DebtWrong",
        `${what} cancels debts of`,
      );
      this.#state.noteDebts(supplier);
      this.#state.noteDebts(consumer);
      this.#state.count(supplier, "gaveBack", amount);
      this.#state.count(consumer, "gotBack", amount);
      this.#state.countDebt(supplier, consumer, owed);
      this.#state.count(consumer, "debtsCancelled", cancelled);
      this.#state.count(supplier, "debtsForgone", cancelled);
    },
  };

  /** The bond that was locked for a claim, once. */
  takeLocked(): DeskBookEvents["BondLocked"] | undefined {
    return this.#locked.shift();
  }

  /** The bond that was released since, once. */
  takeReleased(): DeskBookEvents["BondReleased"] | undefined {
    return this.#released.shift();
  }

  /** The claim that was charged since, once. */
  takeCharged(): ChargedClaim | undefined {
    return this.#charged.shift();
  }

  takeGiven(): DeskBookEvents["GivenBack"] | undefined {
    return this.#given.shift();
  }

  /** Ends a transaction: everything the ledger did for a desk was explained by it. */
  endTransaction(): void {
    const { ground } = this.#state;
    for (const { supplier: member, amount } of this.#locked) {
      const message = `A bond of ${tell.amount(amount)} of member ${member} was locked and no claim was opened.`;
      ground.find("BondUnexplained", message, { member, found: tell.amount(amount) });
    }
    for (const { member, amount } of this.#released) {
      const message = `A bond of ${tell.amount(amount)} was released to ${tell.member(member)} and no claim ended.`;
      ground.find("BondUnexplained", message, { member, found: tell.amount(amount) });
    }
    for (const { supplier, consumer, gross, fee } of this.#charged) {
      const message = `Member ${consumer} was charged ${tell.amount(gross + fee)} for a claim of member ${supplier}, and no claim ended.`;
      ground.find("ChargeUnexplained", message, { member: consumer, found: tell.amount(gross + fee) });
    }
    for (const { supplier, consumer, amount } of this.#given) {
      const message = `Member ${supplier} gave member ${consumer} ${tell.amount(amount)} back, and no refund says for what.`;
      ground.find("GiftUnexplained", message, { member: supplier, found: tell.amount(amount) });
    }
    [this.#locked, this.#released, this.#charged, this.#given] = [[], [], [], []];
  }

  #takeOwed(): LoggedDebt[] {
    const { owed } = this.#state;
    this.#state.owed = [];
    return owed;
  }

  #compare(due: readonly Debt[], logged: readonly LoggedDebt[], code: "DebtWrong", what: string): void {
    const expected =
      due
        .filter(({ amount }) => amount !== 0n)
        .map(spellDebt)
        .join("; ") || "none";
    const found = logged.map(spellDebt).join("; ") || "none";
    if (expected === found) return;
    this.#state.ground.find(code, `${what} ${found}, and by the rules it is ${expected}.`, {
      expected,
      found,
    });
  }
}
