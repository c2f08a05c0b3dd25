import type { MemberId } from "./ids.ts";
import { credits } from "./money.ts";
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
  watched: boolean;
}

/** What a debtor owes one creditor: for services, and what it is to give back. */
export interface Debt {
  readonly debtor: MemberId;
  readonly creditor: MemberId;
  readonly services: bigint;
  readonly back: bigint;
}

/** An advance that is not returned yet. */
export interface Advance {
  readonly sponsor: MemberId;
  readonly member: MemberId;
  readonly amount: bigint;
}

/**
 * The accounts of a book, rolled one by one when they are touched, and what can be done to them. Nothing here asks
 * whether it may be done: that is the book's part, and an auditor's who goes on after a breach.
 */
export class Accounts {
  #open: PeriodId;
  readonly #accounts = new Map<MemberId, Account>();
  readonly #advances = new Map<string, Advance>();
  readonly #debts = new Map<string, Debt>();
  readonly #nets = new Map<string, bigint>();

  constructor(open: PeriodId) {
    this.#open = open;
  }

  get openPeriod(): PeriodId {
    return this.#open;
  }

  /** Every account that was ever touched. */
  members(): MemberId[] {
    return [...this.#accounts.keys()];
  }

  /** Opens the next month: constant work, whatever anybody did in this one. */
  close(): void {
    this.#open = addMonths(this.#open, 1);
  }

  state(member: MemberId): AccountState {
    const account = this.#rolled(member);
    const lag = account.standingPeriod === undefined ? 0 : this.#open - account.standingPeriod - 1;
    const unspent = settled(account) - account.debts;
    return {
      position: credits(account.position),
      cash: credits(account.cash),
      supplied: credits(account.supplied),
      room: this.room(member),
      free: floor(unspent - account.advances),
      advances: credits(account.advances),
      debts: credits(account.debts),
      standing: decayStanding(credits(account.standing), lag),
    };
  }

  /** What may still be debited. */
  room(member: MemberId): Credits {
    const { position, cash, debts } = this.#rolled(member);
    return floor(position + cash - debts);
  }

  /** What an account owes all its creditors. */
  debtsOf(member: MemberId): Credits {
    return credits(this.#rolled(member).debts);
  }

  /** Position and cash together. */
  holding(member: MemberId): Credits {
    const { position, cash } = this.#rolled(member);
    return credits(position + cash);
  }

  /** Settled cash that no open debit and no debt needs. */
  unspent(member: MemberId): Credits {
    const account = this.#rolled(member);
    return floor(settled(account) - account.debts);
  }

  /** Adds to settled cash; negative to take. */
  addCash(member: MemberId, amount: bigint): void {
    this.#rolled(member).cash += amount;
  }

  /** Moves position. Of what the payee gets, `supplied` counts as supplied in the open month. */
  pay(from: MemberId, to: MemberId, amount: bigint, supplied: bigint): void {
    if (amount === 0n) return;
    this.#rolled(from).position -= amount;
    const payee = this.#rolled(to);
    payee.position += amount;
    payee.supplied = payee.supplied + supplied > SUPPLIED_MAX ? SUPPLIED_MAX : payee.supplied + supplied;
  }

  /** Takes off what was supplied in the open month, but not below nothing. */
  unsupply(member: MemberId, amount: bigint): void {
    const account = this.#rolled(member);
    account.supplied = floor(account.supplied - amount);
  }

  /** Has what an account nets in a month kept when it is rolled, or no longer. */
  watch(member: MemberId, watched: boolean): void {
    this.#rolled(member).watched = watched;
  }

  /** What a watched account netted in a month of the book; zero until it was rolled out of it. */
  netOf(member: MemberId, period: PeriodId): bigint {
    return this.#nets.get(`${member}/${period}`) ?? 0n;
  }

  /** Every net that was kept. */
  *nets(): Iterable<{ readonly member: MemberId; readonly period: PeriodId; readonly net: bigint }> {
    for (const [name, net] of this.#nets) {
      const [member, period] = name.split("/").map(Number);
      yield { member: member as MemberId, period: period as PeriodId, net };
    }
  }

  /** Notes a debt: for services, or what is to be given back. */
  owe(debtor: MemberId, creditor: MemberId, amount: bigint, kind: "services" | "back"): void {
    if (amount === 0n) return;
    const debt = this.debt(debtor, creditor);
    this.#debts.set(key(debtor, creditor), { ...debt, [kind]: debt[kind] + amount });
    this.#rolled(debtor).debts += amount;
  }

  /** Takes up to `limit` off a debt, what is owed for services first. */
  reduce(debtor: MemberId, creditor: MemberId, limit: bigint): { taken: bigint; services: bigint } {
    const debt = this.debt(debtor, creditor);
    const taken = floor(smaller(debt.services + debt.back, limit));
    const services = smaller(debt.services, taken);
    if (taken === 0n) return { taken, services };
    const rest = { ...debt, services: debt.services - services, back: debt.back - (taken - services) };
    if (rest.services + rest.back === 0n) this.#debts.delete(key(debtor, creditor));
    else this.#debts.set(key(debtor, creditor), rest);
    this.#rolled(debtor).debts -= taken;
    return { taken, services };
  }

  debt(debtor: MemberId, creditor: MemberId): Debt {
    return this.#debts.get(key(debtor, creditor)) ?? { debtor, creditor, services: 0n, back: 0n };
  }

  /** Every debt that is not paid yet. */
  debts(): Iterable<Debt> {
    return this.#debts.values();
  }

  /** Lends a sponsor's cash; negative to return it. */
  lend(sponsor: MemberId, member: MemberId, amount: bigint): void {
    const owed = this.advanceOf(sponsor, member) + amount;
    if (owed === 0n) this.#advances.delete(key(sponsor, member));
    else this.#advances.set(key(sponsor, member), { sponsor, member, amount: owed });
    this.#rolled(sponsor).cash -= amount;
    const account = this.#rolled(member);
    account.cash += amount;
    account.advances += amount;
  }

  advanceOf(sponsor: MemberId, member: MemberId): Credits {
    return credits(this.#advances.get(key(sponsor, member))?.amount ?? 0n);
  }

  /** Every advance that is not returned yet. */
  advances(): Iterable<Advance> {
    return this.#advances.values();
  }

  /** Brings an account up to the open month in one step, however long it slept. */
  #rolled(member: MemberId): Account {
    let account = this.#accounts.get(member);
    if (account === undefined) {
      account = fresh(this.#open);
      this.#accounts.set(member, account);
    }
    if (account.period < this.#open) {
      if (account.supplied !== 0n) {
        const months = account.period - (account.standingPeriod ?? account.period);
        account.standing = decayStanding(credits(account.standing), months) + account.supplied;
        account.standingPeriod = account.period;
      }
      if (account.watched) this.#nets.set(`${member}/${account.period}`, account.position);
      account.cash += account.position;
      account.position = 0n;
      account.supplied = 0n;
      account.period = this.#open;
    }
    return account;
  }

  /** Rolls one account; changes no balance that counts. */
  touch(member: MemberId): void {
    this.#rolled(member);
  }
}

function fresh(period: PeriodId): Account {
  const nothing = { position: 0n, cash: 0n, supplied: 0n, advances: 0n, debts: 0n, standing: 0n };
  return { ...nothing, period, standingPeriod: undefined, watched: false };
}

function settled({ position, cash }: Account): bigint {
  return position < 0n ? cash + position : cash;
}

function floor(amount: bigint): Credits {
  return credits(amount > 0n ? amount : 0n);
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function key(first: MemberId, second: MemberId): string {
  return `${first}/${second}`;
}
