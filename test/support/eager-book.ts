import { COMMONS, FIRST_MEMBER } from "../../src/core/ids.ts";
import { MAX_BACKING } from "../../src/core/money.ts";

/** What an account holds. Everything else is worked out from it. */
interface Holding {
  position: bigint;
  cash: bigint;
  supplied: bigint;
  standing: bigint;
}

/** A refusal, named as the book names it. */
export class Refused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const SUPPLIED_MAX = 2n ** 56n - 1n;
const atLeastZero = (amount: bigint): bigint => (amount > 0n ? amount : 0n);
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/**
 * The book as one would write it who had never heard of gas: every close settles everybody, debts and advances
 * are lists. What src/core/book.ts must agree with after every operation.
 */
export class EagerBook {
  readonly holdings = new Map<number, Holding>();
  /** `back` is what is to be given back, which supplies nothing when it is paid. */
  readonly debts: { debtor: number; creditor: number; amount: bigint; back: boolean }[] = [];
  readonly advances: { sponsor: number; member: number; amount: bigint }[] = [];
  backing = 0n;
  bonds = 0n;

  constructor(members: readonly number[]) {
    for (const id of members) this.holdings.set(id, { position: 0n, cash: 0n, supplied: 0n, standing: 0n });
  }

  close(): void {
    for (const holding of this.holdings.values()) {
      holding.cash += holding.position;
      holding.position = 0n;
      holding.standing = (holding.standing * 11n) / 12n + holding.supplied;
      holding.supplied = 0n;
    }
  }

  deposit(member: number, amount: bigint): void {
    if (amount <= 0n) throw new Refused("AmountZero");
    if (this.backing + amount > MAX_BACKING) throw new Refused("BackingFull");
    this.of(member).cash += amount;
    this.backing += amount;
  }

  withdraw(member: number, amount: bigint): bigint {
    if (amount <= 0n) throw new Refused("AmountZero");
    const paid = smaller(amount, this.free(member));
    if (paid === 0n) throw new Refused("NotFree");
    this.of(member).cash -= paid;
    this.backing -= paid;
    return paid;
  }

  post(supplier: number, consumer: number, gross: bigint, fee: bigint, acknowledge: boolean): bigint {
    const short = atLeastZero(gross + fee - this.room(consumer));
    if (short > 0n && (!acknowledge || this.owed(consumer) + short > MAX_BACKING))
      throw new Refused("NoRoom");
    return this.charge(supplier, consumer, gross, fee);
  }

  charge(supplier: number, consumer: number, gross: bigint, fee: bigint): bigint {
    const short = atLeastZero(gross + fee - this.room(consumer));
    const feeShort = smaller(short, fee);
    this.pay(consumer, supplier, gross - (short - feeShort));
    this.pay(consumer, COMMONS, fee - feeShort);
    this.debts.push({ debtor: consumer, creditor: supplier, amount: short - feeShort, back: false });
    this.debts.push({ debtor: consumer, creditor: COMMONS, amount: feeShort, back: false });
    return short;
  }

  /** In words: what the consumer still owes for it is forgotten, the rest is paid, or owed back where it cannot be. */
  giveBack(supplier: number, consumer: number, amount: bigint): { cancelled: bigint; owed: bigint } {
    const cancelled = smaller(amount, this.debtOf(consumer, supplier));
    const unpaid = this.takeOff(consumer, supplier, cancelled);
    const owed = atLeastZero(amount - cancelled - this.room(supplier));
    this.debts.push({ debtor: supplier, creditor: consumer, amount: owed, back: true });
    this.of(supplier).position -= amount - cancelled - owed;
    this.of(consumer).position += amount - cancelled - owed;
    this.of(supplier).supplied = atLeastZero(this.of(supplier).supplied - (amount - unpaid));
    return { cancelled, owed };
  }

  lockBond(member: number, amount: bigint): void {
    if (amount > this.free(member)) throw new Refused("NotFree");
    this.of(member).cash -= amount;
    this.bonds += amount;
  }

  releaseBond(member: number, amount: bigint): void {
    if (amount > this.bonds) throw new Refused("BondMissing");
    this.of(member).cash += amount;
    this.bonds -= amount;
  }

  payDebt(debtor: number, creditor: number): bigint {
    const { position, cash } = this.of(debtor);
    const paid = smaller(this.debtOf(debtor, creditor), position + cash);
    if (paid === 0n) throw new Refused("NothingToPay");
    const services = this.takeOff(debtor, creditor, paid);
    this.pay(debtor, creditor, services);
    this.of(debtor).position -= paid - services;
    this.of(creditor).position += paid - services;
    return paid;
  }

  advance(sponsor: number, member: number, amount: bigint): void {
    if (amount <= 0n) throw new Refused("AmountZero");
    if (sponsor === member) throw new Refused("SameParty");
    if (amount > this.free(sponsor)) throw new Refused("NotFree");
    this.of(sponsor).cash -= amount;
    this.of(member).cash += amount;
    this.advances.push({ sponsor, member, amount });
  }

  returnAdvance(sponsor: number, member: number, amount: bigint): void {
    if (amount <= 0n) throw new Refused("AmountZero");
    const unspent = atLeastZero(this.settled(member) - this.owed(member));
    if (amount > smaller(this.advanceOf(sponsor, member), unspent)) throw new Refused("AdvanceExceeded");
    this.of(member).cash -= amount;
    this.of(sponsor).cash += amount;
    this.advances.push({ sponsor, member, amount: -amount });
  }

  debtOf(debtor: number, creditor: number): bigint {
    return this.debtFor(debtor, creditor, false) + this.debtFor(debtor, creditor, true);
  }

  advanceOf(sponsor: number, member: number): bigint {
    return sum(this.advances.filter((advance) => advance.sponsor === sponsor && advance.member === member));
  }

  /** Adds equal pairs up, so that a long run stays quick. */
  tidy(): void {
    const pairs = [...this.holdings.keys()].flatMap((debtor) =>
      [...this.holdings.keys()].map((creditor) => ({ debtor, creditor })),
    );
    const debts = pairs.flatMap(({ debtor, creditor }) =>
      [false, true].map((back) => ({
        debtor,
        creditor,
        amount: this.debtFor(debtor, creditor, back),
        back,
      })),
    );
    const advances = pairs.map(({ debtor: sponsor, creditor: member }) => ({
      sponsor,
      member,
      amount: this.advanceOf(sponsor, member),
    }));
    this.debts.splice(0, Infinity, ...debts.filter(({ amount }) => amount !== 0n));
    this.advances.splice(0, Infinity, ...advances.filter(({ amount }) => amount !== 0n));
  }

  /** The same fields as the book's own view. */
  account(member: number) {
    return {
      ...this.of(member),
      room: this.room(member),
      free: this.free(member),
      advances: this.advanced(member),
      debts: this.owed(member),
    };
  }

  private debtFor(debtor: number, creditor: number, back: boolean): bigint {
    return sum(
      this.debts.filter((debt) => debt.debtor === debtor && debt.creditor === creditor && debt.back === back),
    );
  }

  /** Takes off a debt, what was for services first. @returns that part */
  private takeOff(debtor: number, creditor: number, amount: bigint): bigint {
    const services = smaller(amount, this.debtFor(debtor, creditor, false));
    this.debts.push({ debtor, creditor, amount: -services, back: false });
    this.debts.push({ debtor, creditor, amount: services - amount, back: true });
    return services;
  }

  private of(member: number): Holding {
    const holding = this.holdings.get(member);
    if (holding === undefined) throw new Error(`nobody opened account ${member}`);
    return holding;
  }

  private pay(from: number, to: number, amount: bigint): void {
    this.of(from).position -= amount;
    this.of(to).position += amount;
    if (to >= FIRST_MEMBER) this.of(to).supplied = smaller(this.of(to).supplied + amount, SUPPLIED_MAX);
  }

  private owed(member: number): bigint {
    return sum(this.debts.filter(({ debtor }) => debtor === member));
  }

  private advanced(member: number): bigint {
    return sum(this.advances.filter((advance) => advance.member === member));
  }

  private settled(member: number): bigint {
    const { position, cash } = this.of(member);
    return cash + smaller(position, 0n);
  }

  private room(member: number): bigint {
    const { position, cash } = this.of(member);
    return atLeastZero(position + cash - this.owed(member));
  }

  private free(member: number): bigint {
    return atLeastZero(this.settled(member) - this.owed(member) - this.advanced(member));
  }
}

function sum(entries: readonly { amount: bigint }[]): bigint {
  return entries.reduce((total, { amount }) => total + amount, 0n);
}
