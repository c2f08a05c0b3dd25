import { expect } from "chai";
import { Book } from "../../../src/core/book.ts";
import { ConsortiaError } from "../../../src/core/error.ts";
import type { MemberId } from "../../../src/core/ids.ts";
import { credits } from "../../../src/core/money.ts";
import { period } from "../../../src/core/period.ts";
import { EagerBook, Refused } from "../../support/eager-book.ts";
import { createRandom } from "../../support/random.ts";
import type { Random } from "../../support/random.ts";

const MEMBERS = Array.from({ length: 10 }, (_, i) => (i + 1) as MemberId);
const INSTITUTIONS = MEMBERS.slice(2);
const OPERATIONS = 30_000;
const SEEDS = process.env.CONSORTIA_SEED === undefined ? [1, 2, 3, 4] : [Number(process.env.CONSORTIA_SEED)];

interface Books {
  readonly lazy: Book;
  readonly eager: EagerBook;
}

/** One random operation, as a pair of what to do to either book; `huge` amounts fill the book to its limits. */
function operation(
  random: Random,
  { lazy, eager }: Books,
  huge: boolean,
): [name: string, lazy: () => unknown, eager: () => unknown] {
  const [a, b] = [random.pick(MEMBERS), random.pick(MEMBERS)];
  const amount = credits(
    huge && random.below(50) === 0 ? random.big(62) : random.big(random.pick([3, 8, 20])),
  );
  const dice = random.below(100);
  if (dice < 14)
    return [`deposit ${a} ${amount}`, () => lazy.deposit(a, amount), () => eager.deposit(a, amount)];
  if (dice < 22)
    return [`withdraw ${a} ${amount}`, () => lazy.withdraw(a, amount), () => eager.withdraw(a, amount)];
  if (dice < 32)
    return [
      `advance ${a} ${b} ${amount}`,
      () => lazy.advance(a, b, amount),
      () => eager.advance(a, b, amount),
    ];
  if (dice < 42) {
    return [
      `return ${a} ${b} ${amount}`,
      () => lazy.returnAdvance(a, b, amount),
      () => eager.returnAdvance(a, b, amount),
    ];
  }
  if (dice < 52) return [`payDebt ${a} ${b}`, () => lazy.payDebt(a, b), () => eager.payDebt(a, b)];
  if (dice < 56) return [`touch ${a}`, () => lazy.touch(a), () => undefined];
  if (dice < 57) return ["close", () => lazy.close(), () => eager.close()];
  if (dice < 61)
    return [`lockBond ${a} ${amount}`, () => lazy.lockBond(a, amount), () => eager.lockBond(a, amount)];
  if (dice < 65) {
    return [
      `releaseBond ${b} ${amount}`,
      () => lazy.releaseBond(b, amount),
      () => eager.releaseBond(b, amount),
    ];
  }
  const supplier = random.pick(INSTITUTIONS);
  const consumer = random.pick(INSTITUTIONS.filter((id) => id !== supplier));
  if (dice < 75) {
    return [
      `giveBack ${supplier} ${consumer} ${amount}`,
      () => given(lazy.giveBack(supplier, consumer, amount)),
      () => given(eager.giveBack(supplier, consumer, amount)),
    ];
  }
  const fee = credits(random.big(random.pick([0, 2, 10])));
  if (dice < 80) {
    return [
      `charge ${supplier} ${consumer} ${amount} ${fee}`,
      () => lazy.charge(supplier, consumer, amount, fee),
      () => eager.charge(supplier, consumer, amount, fee),
    ];
  }
  const acknowledge = random.below(3) === 0;
  return [
    `post ${supplier} ${consumer} ${amount} ${fee} ${String(acknowledge)}`,
    () => lazy.post(supplier, consumer, amount, fee, acknowledge),
    () => eager.post(supplier, consumer, amount, fee, acknowledge),
  ];
}

const given = ({ cancelled, owed }: { cancelled: bigint; owed: bigint }) =>
  `${cancelled === 0n ? "" : "cancelled"} ${owed === 0n ? "" : "owed"} ${cancelled}/${owed}`;

/** What came of it: a result, or the code of a refusal. */
function outcome(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    if (error instanceof ConsortiaError || error instanceof Refused) return error.code;
    throw error;
  }
}

function compare({ lazy, eager }: Books, where: string): void {
  let [positions, cash] = [0n, 0n];
  for (const id of MEMBERS) {
    const account = lazy.account(id);
    expect(account, `account ${id} ${where}`).to.deep.equal(eager.account(id));
    if (account.position + account.cash < 0n)
      throw new Error(`account ${id} below zero ${where} (invariant 2)`);
    positions += account.position;
    cash += account.cash;
  }
  expect(positions, `Σ position ${where} (invariant 1)`).to.equal(0n);
  expect(cash + lazy.bonds, `Σ cash and bonds ${where} (invariant 2)`).to.equal(lazy.backing);
  expect(eager.bonds, `bonds ${where}`).to.equal(lazy.bonds);
  expect(eager.backing, `backing ${where}`).to.equal(lazy.backing);
}

/** Every pair's debt, and every account's, which the debts must sum to. */
function compareDebts({ lazy, eager }: Books, where: string): void {
  for (const debtor of MEMBERS) {
    let sum = 0n;
    for (const creditor of MEMBERS) {
      const owed = lazy.debtOf(debtor, creditor);
      if (owed !== eager.debtOf(debtor, creditor)) {
        expect(owed, `debt of ${debtor} to ${creditor} ${where}`).to.equal(eager.debtOf(debtor, creditor));
      }
      sum += owed;
    }
    expect(lazy.account(debtor).debts, `debts of ${debtor} ${where}`).to.equal(sum);
  }
}

describe("Book against its eager twin (invariants 1, 2 and 3)", function () {
  this.timeout(60_000);

  for (const seed of SEEDS) {
    it(`agrees over ${OPERATIONS} operations; CONSORTIA_SEED=${seed}`, () => {
      const random = createRandom(seed);
      const books: Books = { lazy: new Book(period(24_321)), eager: new EagerBook(MEMBERS) };
      const seen = new Map<string, number>();
      for (let step = 0; step < OPERATIONS; step++) {
        const [name, lazily, eagerly] = operation(random, books, seed % 2 === 1);
        const where = `after step ${step}: ${name} (CONSORTIA_SEED=${seed})`;
        const result = outcome(lazily);
        expect(result, where).to.equal(outcome(eagerly));
        // What a refund came to is told in words first: what it cancelled, what is owed back.
        const kind = typeof result === "string" ? result.replace(/ [\d/]+$/, "").trim() : name.split(" ")[0]!;
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
        if (step % 50 === 0) books.eager.tidy();
        if (step % 300 === 0) compareDebts(books, where);
        if (name === "close" || step % 1000 === 999) {
          books.eager.tidy();
          compare(books, where);
        }
      }
      // A run that never got anywhere would prove nothing.
      const done = "deposit withdraw advance return payDebt post close charge lockBond releaseBond";
      for (const kind of [...done.split(" "), "NoRoom", "cancelled", "owed", "cancelled owed"]) {
        expect(seen.get(kind) ?? 0, `${kind} (CONSORTIA_SEED=${seed})`).to.be.greaterThan(10);
      }
    });
  }

  it("agrees where nobody touches anything for years", () => {
    const random = createRandom(7);
    const books: Books = { lazy: new Book(period(24_321)), eager: new EagerBook(MEMBERS) };
    for (let round = 0; round < 40; round++) {
      for (let step = 0; step < 20; step++) {
        const [name, lazily, eagerly] = operation(random, books, false);
        expect(outcome(lazily), name).to.equal(outcome(eagerly));
      }
      for (let months = random.below(30); months > 0; months--) {
        books.lazy.close();
        books.eager.close();
      }
      compare(books, `in round ${round}`);
    }
  });
});
