import { credits, formatCredits } from "../../../core/money.ts";
import type { Account } from "./plan.ts";

/** What the book of one month came to; amounts in millionths of a credit. */
export interface MonthFigures {
  /** Statements that were posted, and that were refused. */
  statements: bigint;
  refused: bigint;
  gross: bigint;
  fees: bigint;
  relief: bigint;
  royalties: bigint;
  /** What net lenders got for this month, whenever it was paid. */
  compensation: bigint;
}

/** What a year came to for one account; amounts in millionths of a credit. */
export interface AccountFigures {
  /** Gross of what it supplied. */
  supplied: bigint;
  /** Gross, fees and royalties of what it drew, relief not deducted. */
  drawn: bigint;
  /** What others paid of that. */
  relieved: bigint;
  /** What it was due for its works. */
  royalties: bigint;
  compensation: bigint;
  /** What it was invoiced for, and what it was paid out. */
  invoiced: bigint;
  paidOut: bigint;
  /** Its own money at the end of the year: position and cash, advances deducted. */
  balance: bigint;
  /** Acknowledged debts at the end. */
  owed: bigint;
}

export interface YearFigures {
  readonly months: readonly MonthFigures[];
  readonly accounts: ReadonlyMap<Account, AccountFigures>;
  /** What givers got back of the preset's grants, by giver and place: `XN-MOST/0`. */
  readonly returned: ReadonlyMap<string, bigint>;
}

export function noMonth(): MonthFigures {
  return { statements: 0n, refused: 0n, gross: 0n, fees: 0n, relief: 0n, royalties: 0n, compensation: 0n };
}

export function noAccount(): AccountFigures {
  return {
    ...{ supplied: 0n, drawn: 0n, relieved: 0n, royalties: 0n, compensation: 0n },
    ...{ invoiced: 0n, paidOut: 0n, balance: 0n, owed: 0n },
  };
}

/** The sum over all months. */
export function totalsOf({ months }: YearFigures): MonthFigures {
  const sums = noMonth();
  for (const month of months) for (const name of namesOf(sums)) sums[name] += month[name];
  return sums;
}

/** Where two calculations of one year differ, in words; none where they agree to the last millionth. */
export function differencesOf(found: YearFigures, expected: YearFigures): string[] {
  const lists: string[][] = [];
  const count = Math.max(found.months.length, expected.months.length);
  for (let month = 0; month < count; month++) {
    const [one, other] = [found.months[month] ?? noMonth(), expected.months[month] ?? noMonth()];
    lists.push(compare(`month ${month + 1}`, one, other));
  }
  for (const name of new Set([...found.accounts.keys(), ...expected.accounts.keys()])) {
    const [one, other] = [
      found.accounts.get(name) ?? noAccount(),
      expected.accounts.get(name) ?? noAccount(),
    ];
    lists.push(compare(name, one, other));
  }
  for (const name of new Set([...found.returned.keys(), ...expected.returned.keys()])) {
    const [one, other] = [found.returned.get(name) ?? 0n, expected.returned.get(name) ?? 0n];
    lists.push(compare(`grant ${name}`, { returned: one }, { returned: other }));
  }
  return lists.flat();
}

/** Figures that count, and no amounts. */
const COUNTS = ["statements", "refused"];

function compare<T extends object>(where: string, found: T, expected: T): string[] {
  return namesOf(found).flatMap((name) => {
    const [one, other] = [found[name] as bigint, expected[name] as bigint];
    if (one === other) return [];
    const tell = (value: bigint) =>
      COUNTS.includes(String(name)) ? String(value) : formatCredits(credits(value));
    return [`${where}, ${String(name)}: the book says ${tell(one)}, the calculation by hand ${tell(other)}`];
  });
}

function namesOf<T extends object>(figures: T): (keyof T)[] {
  return Object.keys(figures) as (keyof T)[];
}
