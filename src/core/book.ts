import { Accounts } from "./accounts.ts";
import type { AccountState } from "./accounts.ts";
import { ConsortiaError } from "./error.ts";
import { COMMONS, FIRST_MEMBER, RELIEF } from "./ids.ts";
import type { MemberId } from "./ids.ts";
import { MAX_BACKING, credits, formatCredits, ZERO } from "./money.ts";
import type { Credits } from "./money.ts";
import type { PeriodId } from "./period.ts";

export type { AccountState } from "./accounts.ts";

/** What posting may have a member acknowledge: half of what its debts can count, the rest is kept for the desks. */
export const MAX_ACKNOWLEDGED = credits((1n << 63n) - 1n);

/** What others pay and get of a statement. */
export interface Legs {
  /** What RELIEF pays of the gross for the consumer; the granted part of it comes out of what is set aside. */
  readonly relieved: Credits;
  readonly granted: Credits;
  /** What the consumer pays to rights holders. */
  readonly royalties: readonly { readonly holder: MemberId; readonly amount: Credits }[];
}

const NO_LEGS: Legs = { relieved: ZERO, granted: ZERO, royalties: [] };

/**
 * The book's twin: the same fully backed accounts, closed in constant time and rolled one by one when they are
 * touched, as contracts/ledger/ keeps them. Whoever folds the ledger's events into it can check every balance.
 *
 * Every verb throws before it changes anything, or changes everything it says.
 */
export class Book {
  /** The accounts themselves, for whoever has to go on where a rule was broken. */
  readonly accounts: Accounts;
  #backing = 0n;
  #bonds = 0n;

  constructor(open: PeriodId) {
    this.accounts = new Accounts(open);
  }

  get openPeriod(): PeriodId {
    return this.accounts.openPeriod;
  }

  /** The sum of all cash and of what is set aside. */
  get backing(): Credits {
    return credits(this.#backing);
  }

  /** What is set aside: bonds, grants, compensation. */
  get bonds(): Credits {
    return credits(this.#bonds);
  }

  /** Every account that was ever touched. */
  members(): MemberId[] {
    return this.accounts.members();
  }

  account(member: MemberId): AccountState {
    return this.accounts.state(member);
  }

  /** Closes the open month: constant work, whatever anybody did in it. */
  close(): void {
    this.accounts.close();
  }

  /** Rolls one account; changes no balance that counts. */
  touch(member: MemberId): void {
    this.accounts.touch(member);
  }

  deposit(member: MemberId, amount: Credits): void {
    positive(amount);
    if (this.#backing + amount > MAX_BACKING) {
      throw new ConsortiaError("BackingFull", "The book cannot hold so much.", { values: { amount } });
    }
    this.takeIn(member, amount);
  }

  /** Pays out what was announced, or less where less is free. @returns what was paid */
  withdraw(member: MemberId, amount: Credits): Credits {
    positive(amount);
    const { free } = this.account(member);
    const paid = amount < free ? amount : free;
    if (paid === 0n) throw notFree(member, amount, free);
    this.takeIn(member, credits(-paid));
    return paid;
  }

  /** Moves an account's cash and the backing together, whatever the rules say. */
  takeIn(member: MemberId, amount: Credits): void {
    this.accounts.addCash(member, amount);
    this.#backing += amount;
  }

  /**
   * Books a priced statement: debits the consumer, credits the supplier, COMMONS and rights holders.
   * @param acknowledge whether what finds no room becomes debts: the supplier is paid first, the fee last
   * @returns what became debts
   * @throws `NoRoom` where it finds too little and `acknowledge` is off, where there are royalties, which are paid at once
   * or not at all, or where debts would grow past all measure
   */
  post(
    supplier: MemberId,
    consumer: MemberId,
    gross: Credits,
    fee: Credits,
    acknowledge = false,
    legs: Legs = NO_LEGS,
  ): Credits {
    const owed = this.lacking(consumer, gross, fee, legs);
    const owable = acknowledge && legs.royalties.length === 0;
    if (owed > 0n && (!owable || owed + this.account(consumer).debts > MAX_ACKNOWLEDGED)) {
      const [room, due] = [this.accounts.room(consumer), dueOf(gross, fee, legs)];
      throw new ConsortiaError(
        "NoRoom",
        `Member ${consumer} has room for ${formatCredits(room)}, the statement is due ${formatCredits(due)}.`,
        { values: { consumer, room, due } },
      );
    }
    return this.charge(supplier, consumer, gross, fee, legs);
  }

  /** Charges what is due; what finds no room becomes debts. @returns what became debts */
  charge(
    supplier: MemberId,
    consumer: MemberId,
    gross: Credits,
    fee: Credits,
    legs: Legs = NO_LEGS,
  ): Credits {
    const owed = this.lacking(consumer, gross, fee, legs);
    const feeOwed = owed < fee ? owed : fee;
    const grossPaid = gross - (owed - feeOwed);
    if (legs.granted !== 0n) this.moveBond(RELIEF, credits(-legs.granted));
    this.accounts.pay(RELIEF, consumer, legs.relieved, 0n);
    for (const { holder, amount } of legs.royalties) this.accounts.pay(consumer, holder, amount, 0n);
    this.accounts.owe(consumer, supplier, owed - feeOwed, "services");
    this.accounts.owe(consumer, COMMONS, feeOwed, "services");
    this.accounts.pay(consumer, supplier, grossPaid, grossPaid);
    this.accounts.pay(consumer, COMMONS, fee - feeOwed, 0n);
    return owed;
  }

  /** What of a statement's due a consumer has no room for. */
  lacking(consumer: MemberId, gross: Credits, fee: Credits, legs: Legs = NO_LEGS): Credits {
    const short = dueOf(gross, fee, legs) - this.accounts.room(consumer);
    return credits(short > 0n ? short : 0n);
  }

  /**
   * Gives back to a consumer what it was charged for a supplier: first takes away what the consumer still owes the
   * supplier, then moves what the supplier has room for; the rest the supplier owes back.
   * @returns what was cancelled, and what became the supplier's debt
   */
  giveBack(
    supplier: MemberId,
    consumer: MemberId,
    amount: Credits,
  ): { readonly cancelled: Credits; readonly owed: Credits } {
    const { taken: cancelled, services } = this.accounts.reduce(consumer, supplier, amount);
    const due = amount - cancelled;
    const room = this.accounts.room(supplier);
    const owed = due > room ? due - room : 0n;
    this.accounts.owe(supplier, consumer, owed, "back");
    this.accounts.pay(supplier, consumer, due - owed, 0n);
    // What was never paid for was never counted as supplied.
    this.accounts.unsupply(supplier, amount - services);
    return { cancelled: credits(cancelled), owed: credits(owed) };
  }

  /** Pays an acknowledged debt as far as the debtor's account reaches. @returns what was paid */
  payDebt(debtor: MemberId, creditor: MemberId): Credits {
    const { taken, services } = this.accounts.reduce(debtor, creditor, this.accounts.holding(debtor));
    if (taken === 0n) {
      throw new ConsortiaError(
        "NothingToPay",
        `Member ${debtor} owes or holds nothing to pay ${creditor} with.`,
      );
    }
    this.accounts.pay(debtor, creditor, taken, creditor < FIRST_MEMBER ? 0n : services);
    return credits(taken);
  }

  /** Sets free cash of RELIEF aside, for grants or for compensation. */
  fillPot(amount: Credits): void {
    const { free } = this.account(RELIEF);
    if (free < amount) throw notFree(RELIEF, amount, free);
    this.moveBond(RELIEF, amount);
  }

  /** Pays what was set aside out of the book, back to who gave it. */
  returnPot(amount: Credits): void {
    this.#bonds -= amount;
    this.#backing -= amount;
  }

  /** Sets free cash aside for a claim. */
  lockBond(supplier: MemberId, bond: Credits): void {
    const { free } = this.account(supplier);
    if (free < bond) throw notFree(supplier, bond, free);
    this.moveBond(supplier, bond);
  }

  /** Pays a bond into an account: its supplier's, or COMMONS' where it is forfeited. */
  releaseBond(member: MemberId, bond: Credits): void {
    if (bond > this.#bonds) {
      throw new ConsortiaError(
        "BondMissing",
        `Bonds of ${formatCredits(this.bonds)} are locked, ${formatCredits(bond)} was asked for.`,
        { values: { member, bond, bonds: this.#bonds } },
      );
    }
    this.moveBond(member, credits(-bond));
  }

  /** Moves cash of an account into the bonds, or out of them, whatever the rules say. */
  moveBond(member: MemberId, amount: Credits): void {
    this.accounts.addCash(member, -amount);
    this.#bonds += amount;
  }

  advance(sponsor: MemberId, member: MemberId, amount: Credits): void {
    positive(amount);
    if (sponsor === member) throw new ConsortiaError("SameParty", `Member ${member} cannot sponsor itself.`);
    const { free } = this.account(sponsor);
    if (free < amount) throw notFree(sponsor, amount, free);
    this.accounts.lend(sponsor, member, amount);
  }

  /** Gives an advance back, whichever side asked for it. */
  returnAdvance(sponsor: MemberId, member: MemberId, amount: Credits): void {
    positive(amount);
    const limit = this.returnable(sponsor, member);
    if (amount > limit) {
      throw new ConsortiaError(
        "AdvanceExceeded",
        `Only ${formatCredits(limit)} of the advance can be returned.`,
        {
          values: { sponsor, member, amount, limit },
        },
      );
    }
    this.accounts.lend(sponsor, member, credits(-amount));
  }

  /** What of an advance settled cash can bear to return now. */
  returnable(sponsor: MemberId, member: MemberId): Credits {
    const owed = this.advanceOf(sponsor, member);
    const unspent = this.accounts.unspent(member);
    return owed < unspent ? owed : unspent;
  }

  advanceOf(sponsor: MemberId, member: MemberId): Credits {
    return this.accounts.advanceOf(sponsor, member);
  }

  debtOf(debtor: MemberId, creditor: MemberId): Credits {
    const { services, back } = this.accounts.debt(debtor, creditor);
    return credits(services + back);
  }
}

/** What a consumer is debited. */
function dueOf(gross: Credits, fee: Credits, { relieved, royalties }: Legs): Credits {
  return credits(royalties.reduce((sum, { amount }) => sum + amount, gross + fee - relieved));
}

function positive(amount: Credits): void {
  if (amount <= 0n) throw new ConsortiaError("AmountZero", "The amount must be more than zero.");
}

function notFree(member: MemberId, amount: Credits, free: Credits): ConsortiaError {
  return new ConsortiaError(
    "NotFree",
    `Member ${member} has ${formatCredits(free)} free, ${formatCredits(amount)} was asked for.`,
    { values: { member, amount, free } },
  );
}
