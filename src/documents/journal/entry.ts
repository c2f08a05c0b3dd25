import type { MemberId } from "../../core/ids.ts";
import { credits, ZERO, type Credits } from "../../core/money.ts";
import type { Movement } from "./movement.ts";

/** An account of a chart: what it is for, and whose part of it. */
export interface Account<Role extends string> {
  readonly role: Role;
  readonly member?: MemberId;
}

/** One line of an entry: debited where above zero, credited where below. */
export interface EntryLine<Role extends string> extends Account<Role> {
  readonly amount: Credits;
}

/** What one movement is in the books; debits and credits are equal. */
export interface Entry<Role extends string> {
  readonly movement: Movement;
  readonly lines: readonly EntryLine<Role>[];
}

export function debit<Role extends string>(role: Role, amount: Credits, member?: MemberId): EntryLine<Role> {
  return { role, amount, ...(member === undefined ? {} : { member }) };
}

export function credit<Role extends string>(role: Role, amount: Credits, member?: MemberId): EntryLine<Role> {
  return debit(role, credits(-amount), member);
}

/** What two accounts have in common where they are the same. */
function keyOf({ role, member }: Account<string>): string {
  return member === undefined ? role : `${role}/${member}`;
}

/** What of an account was debited and credited, and what stood on it before: above zero a debit balance. */
export interface Balance<Role extends string> extends Account<Role> {
  opening: Credits;
  debits: Credits;
  credits: Credits;
}

/** Accounts as entries come in. */
export class Balances<Role extends string> {
  readonly #accounts = new Map<string, Balance<Role>>();

  /** Books what happened before the time that is told of. */
  carry({ lines }: Entry<Role>): void {
    for (const line of lines) {
      const account = this.#account(line);
      account.opening = credits(account.opening + line.amount);
    }
  }

  book({ lines }: Entry<Role>): void {
    for (const line of lines) {
      const account = this.#account(line);
      if (line.amount > 0n) account.debits = credits(account.debits + line.amount);
      else account.credits = credits(account.credits - line.amount);
    }
  }

  /** What stands on an account: above zero a debit balance. */
  closing(account: Account<Role>): Credits {
    const found = this.#accounts.get(keyOf(account));
    return found === undefined ? ZERO : closingOf(found);
  }

  /** Every account that was ever touched. */
  list(): readonly Readonly<Balance<Role>>[] {
    return [...this.#accounts.values()];
  }

  #account({ role, member }: Account<Role>): Balance<Role> {
    const key = keyOf({ role, ...(member === undefined ? {} : { member }) });
    let account = this.#accounts.get(key);
    if (account === undefined) {
      const whose = member === undefined ? {} : { member };
      account = { role, ...whose, opening: ZERO, debits: ZERO, credits: ZERO };
      this.#accounts.set(key, account);
    }
    return account;
  }
}

/** What stood on an account at the end. */
export function closingOf(balance: Readonly<Balance<string>>): Credits {
  return credits(balance.opening + balance.debits - balance.credits);
}
