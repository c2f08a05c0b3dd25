import { noAccount, noMonth, type AccountFigures, type MonthFigures, type YearFigures } from "../figures.ts";
import { MONTHS, type Account } from "../plan.ts";

/** One cent, in millionths. */
export const CENT = 10_000n;

/**
 * The sheets on which an office adds a year up: one line a month, one an account. It knows no price and no rule; each
 * regime's clerk does, and takes nothing from the code that prices, relieves or keeps the book.
 */
export class Paper {
  readonly #months: readonly MonthFigures[] = Array.from({ length: MONTHS }, noMonth);
  readonly #accounts = new Map<Account, AccountFigures>();
  readonly #returned = new Map<string, bigint>();

  month(index: number): MonthFigures {
    const month = this.#months[index];
    if (month === undefined) throw new TypeError(`a year has no month ${index}`);
    return month;
  }

  account(name: Account): AccountFigures {
    const known = this.#accounts.get(name);
    if (known !== undefined) return known;
    const account = noAccount();
    this.#accounts.set(name, account);
    return account;
  }

  /** Notes what a giver got back of a grant. */
  giveBack(giver: Account, grant: number, amount: bigint): void {
    this.#returned.set(`${giver}/${grant}`, amount);
  }

  figures(): YearFigures {
    return { months: this.#months, accounts: this.#accounts, returned: this.#returned };
  }
}

/** What came in and went out of each account in one month. */
export class Nets {
  readonly #nets = new Map<Account, bigint>();

  add(name: Account, amount: bigint): void {
    this.#nets.set(name, this.of(name) + amount);
  }

  of(name: Account): bigint {
    return this.#nets.get(name) ?? 0n;
  }

  [Symbol.iterator](): IterableIterator<[Account, bigint]> {
    return this.#nets[Symbol.iterator]();
  }
}

export function least(...amounts: readonly bigint[]): bigint {
  return amounts.reduce((low, amount) => (amount < low ? amount : low));
}
