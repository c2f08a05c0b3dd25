import { ConsortiaError } from "./error.ts";
import { COMMONS, FIRST_MEMBER } from "./ids.ts";
import type { MemberId } from "./ids.ts";
import { MAX_BACKING, credits, formatCredits } from "./money.ts";
import type { Credits } from "./money.ts";
import { addMonths } from "./period.ts";
import type { PeriodId } from "./period.ts";
import { decayStanding } from "./standing.ts";

/** What statistics can count in a month: 56 bits on chain, where they saturate. */
const SUPPLIED_MAX = (1n << 56n) - 1n;

/** An account as of now, rolled into the open month. The fields are those of the ledger's `account` view. */
export interface AccountState {
  readonly position: Credits;
  readonly cash: Credits;
  readonly supplied: Credits;
  readonly room: Credits;
  readonly free: Credits;
  readonly advances: Credits;
  readonly debts: Credits;
  readonly standing: Credits;
}

interface Account {
  position: bigint;
  cash: bigint;
  supplied: bigint;
  period: PeriodId;
  advances: bigint;
  debts: bigint;
  standing: bigint;
  standingPeriod: PeriodId | undefined;
}

/**
 * The book's twin: the same fully backed accounts, closed in constant time and rolled one by one when they are
 * touched, as contracts/ledger/ keeps them. Whoever folds the ledger's events into it can check every balance.
 *
 * Every verb throws before it changes anything, or changes everything it says.
 */
export class Book {
  #open: PeriodId;
  #backing = 0n;
  readonly #accounts = new Map<MemberId, Account>();
  readonly #advances = new Map<string, bigint>();
  readonly #debts = new Map<string, bigint>();

  constructor(open: PeriodId) {
    this.#open = open;
  }

  get openPeriod(): PeriodId {
    return this.#open;
  }

  /** The sum of all cash. */
  get backing(): Credits {
    return credits(this.#backing);
  }

  /** Every account that was ever touched. */
  members(): MemberId[] {
    return [...this.#accounts.keys()];
  }

  /** Closes the open month: constant work, whatever anybody did in it. */
  close(): void {
    this.#open = addMonths(this.#open, 1);
  }

  /** Rolls one account; changes no balance that counts. */
  touch(member: MemberId): void {
    this.#rolled(member);
  }

  deposit(member: MemberId, amount: Credits): void {
    positive(amount);
    if (this.#backing + amount > MAX_BACKING) {
      throw new ConsortiaError("BackingFull", "The book cannot hold so much.", { values: { amount } });
    }
    this.#rolled(member).cash += amount;
    this.#backing += amount;
  }

  /** Pays out what was announced, or less where less is free. @returns what was paid */
  withdraw(member: MemberId, amount: Credits): Credits {
    positive(amount);
    const { free } = this.account(member);
    const paid = amount < free ? amount : free;
    if (paid === 0n) throw notFree(member, amount, free);
    this.#rolled(member).cash -= paid;
    this.#backing -= paid;
    return credits(paid);
  }

  /**
   * Books a priced statement: debits the consumer gross and fee, credits supplier and COMMONS.
   * @param acknowledge whether what finds no room becomes debts: the supplier is paid first, the fee last
   * @returns what became debts
   * @throws `NoRoom` where it finds too little and `acknowledge` is off
   */
  post(supplier: MemberId, consumer: MemberId, gross: Credits, fee: Credits, acknowledge = false): Credits {
    const room = this.account(consumer).room;
    const owed = gross + fee > room ? gross + fee - room : 0n;
    if (owed > 0n && !acknowledge) {
      throw new ConsortiaError(
        "NoRoom",
        `Member ${consumer} has room for ${formatCredits(room)}, the statement is due ${formatCredits(credits(gross + fee))}.`,
        { values: { consumer, room, due: gross + fee } },
      );
    }
    const feeOwed = owed < fee ? owed : fee;
    const grossOwed = owed - feeOwed;
    this.#acknowledge(consumer, supplier, grossOwed);
    this.#acknowledge(consumer, COMMONS, feeOwed);
    this.#pay(consumer, supplier, gross - grossOwed);
    this.#pay(consumer, COMMONS, fee - feeOwed);
    return credits(owed);
  }

  /** Pays an acknowledged debt as far as the debtor's account reaches. @returns what was paid */
  payDebt(debtor: MemberId, creditor: MemberId): Credits {
    const pair = key(debtor, creditor);
    const owed = this.#debts.get(pair) ?? 0n;
    const account = this.#rolled(debtor);
    const backing = account.position + account.cash;
    const paid = owed < backing ? owed : backing;
    if (paid === 0n) {
      throw new ConsortiaError(
        "NothingToPay",
        `Member ${debtor} owes or holds nothing to pay ${creditor} with.`,
      );
    }
    this.#debts.set(pair, owed - paid);
    account.debts -= paid;
    this.#pay(debtor, creditor, paid);
    return credits(paid);
  }

  advance(sponsor: MemberId, member: MemberId, amount: Credits): void {
    positive(amount);
    if (sponsor === member) throw new ConsortiaError("SameParty", `Member ${member} cannot sponsor itself.`);
    const { free } = this.account(sponsor);
    if (free < amount) throw notFree(sponsor, amount, free);
    const [from, to, pair] = [this.#rolled(sponsor), this.#rolled(member), key(sponsor, member)];
    this.#advances.set(pair, (this.#advances.get(pair) ?? 0n) + amount);
    from.cash -= amount;
    to.cash += amount;
    to.advances += amount;
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
    const [from, to, pair] = [this.#rolled(member), this.#rolled(sponsor), key(sponsor, member)];
    this.#advances.set(pair, (this.#advances.get(pair) ?? 0n) - amount);
    from.cash -= amount;
    from.advances -= amount;
    to.cash += amount;
  }

  /** What of an advance settled cash can bear to return now. */
  returnable(sponsor: MemberId, member: MemberId): Credits {
    const owed = this.advanceOf(sponsor, member);
    const account = this.#rolled(member);
    const unspent = floor(settled(account) - account.debts);
    return owed < unspent ? owed : unspent;
  }

  advanceOf(sponsor: MemberId, member: MemberId): Credits {
    return credits(this.#advances.get(key(sponsor, member)) ?? 0n);
  }

  debtOf(debtor: MemberId, creditor: MemberId): Credits {
    return credits(this.#debts.get(key(debtor, creditor)) ?? 0n);
  }

  account(member: MemberId): AccountState {
    const account = this.#rolled(member);
    const lag = account.standingPeriod === undefined ? 0 : this.#open - account.standingPeriod - 1;
    return {
      position: credits(account.position),
      cash: credits(account.cash),
      supplied: credits(account.supplied),
      room: floor(account.position + account.cash - account.debts),
      free: floor(settled(account) - account.advances - account.debts),
      advances: credits(account.advances),
      debts: credits(account.debts),
      standing: decayStanding(credits(account.standing), lag),
    };
  }

  #pay(from: MemberId, to: MemberId, amount: bigint): void {
    if (amount === 0n) return;
    this.#rolled(from).position -= amount;
    const payee = this.#rolled(to);
    payee.position += amount;
    if (to >= FIRST_MEMBER) {
      payee.supplied = payee.supplied + amount > SUPPLIED_MAX ? SUPPLIED_MAX : payee.supplied + amount;
    }
  }

  #acknowledge(debtor: MemberId, creditor: MemberId, amount: bigint): void {
    if (amount === 0n) return;
    const pair = key(debtor, creditor);
    this.#debts.set(pair, (this.#debts.get(pair) ?? 0n) + amount);
    this.#rolled(debtor).debts += amount;
  }

  /** Brings an account up to the open month in one step, however long it slept. */
  #rolled(member: MemberId): Account {
    let account = this.#accounts.get(member);
    if (account === undefined) {
      account = {
        position: 0n,
        cash: 0n,
        supplied: 0n,
        period: this.#open,
        advances: 0n,
        debts: 0n,
        standing: 0n,
        standingPeriod: undefined,
      };
      this.#accounts.set(member, account);
    }
    if (account.period < this.#open) {
      if (account.supplied !== 0n) {
        const months = account.period - (account.standingPeriod ?? account.period);
        account.standing = decayStanding(credits(account.standing), months) + account.supplied;
        account.standingPeriod = account.period;
      }
      account.cash += account.position;
      account.position = 0n;
      account.supplied = 0n;
      account.period = this.#open;
    }
    return account;
  }
}

function settled(account: Account): bigint {
  return account.position < 0n ? account.cash + account.position : account.cash;
}

function floor(amount: bigint): Credits {
  return credits(amount > 0n ? amount : 0n);
}

function key(first: MemberId, second: MemberId): string {
  return `${first}/${second}`;
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
