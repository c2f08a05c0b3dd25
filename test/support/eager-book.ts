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
  readonly debts: { debtor: number; creditor: number; amount: bigint }[] = [];
  readonly advances: { sponsor: number; member: number; amount: bigint }[] = [];
  backing = 0n;

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
    if (short > 0n && !acknowledge) throw new Refused("NoRoom");
    const feeShort = smaller(short, fee);
    this.pay(consumer, supplier, gross - (short - feeShort));
    this.pay(consumer, COMMONS, fee - feeShort);
    this.debts.push({ debtor: consumer, creditor: supplier, amount: short - feeShort });
    this.debts.push({ debtor: consumer, creditor: COMMONS, amount: feeShort });
    return short;
  }

  payDebt(debtor: number, creditor: number): bigint {
    const { position, cash } = this.of(debtor);
    const paid = smaller(this.debtOf(debtor, creditor), position + cash);
    if (paid === 0n) throw new Refused("NothingToPay");
    this.debts.push({ debtor, creditor, amount: -paid });
    this.pay(debtor, creditor, paid);
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
    return sum(this.debts.filter((debt) => debt.debtor === debtor && debt.creditor === creditor));
  }

  advanceOf(sponsor: number, member: number): bigint {
    return sum(this.advances.filter((advance) => advance.sponsor === sponsor && advance.member === member));
  }

  /** Adds equal pairs up, so that a long run stays quick. */
  tidy(): void {
    const debts = [...this.holdings.keys()].flatMap((debtor) =>
      [...this.holdings.keys()].map((creditor) => ({
        debtor,
        creditor,
        amount: this.debtOf(debtor, creditor),
      })),
    );
    const advances = debts.map(({ debtor: sponsor, creditor: member }) => ({
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
