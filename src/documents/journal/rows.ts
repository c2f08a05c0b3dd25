import { credits, CREDIT_DECIMALS, type Credits } from "../../core/money.ts";
import { formatPeriod } from "../../core/period.ts";
import { accountIn, type Chart } from "./chart.ts";
import { closingOf, type Account, type Balance } from "./entry.ts";
import type { Journal } from "./journal.ts";
import { documentOf, textOf, type NameOf } from "./wording.ts";

/** How accounts are called and amounts told. */
export interface Style<Role extends string> {
  readonly chart: Chart<Role>;
  readonly nameOf: NameOf;
  readonly currency: string;
}

export const JOURNAL_HEAD = [
  ...["entry", "date", "period", "document", "account", "account_name", "debit", "credit"],
  ...["currency", "text", "block", "log"],
];

/** A journal line by line: two or more lines have an entry's number in common. Dates are UTC. */
export function* journalRows<Role extends string>(
  { month, entries }: Journal<Role>,
  { chart, nameOf, currency }: Style<Role>,
): Generator<readonly (string | number)[]> {
  const period = formatPeriod(month);
  for (const [at, { movement, lines }] of entries.entries()) {
    const number = `${period}/${String(at + 1).padStart(6, "0")}`;
    const date = new Date(movement.at * 1000).toISOString().slice(0, 10);
    for (const line of lines) {
      const account = accountIn(chart, line, nameOf);
      yield [
        ...[number, date, period, documentOf(movement), account.number, account.name],
        ...sides(line.amount),
        ...[currency, textOf(movement, nameOf), movement.block, movement.log],
      ];
    }
  }
}

export const BALANCE_HEAD = [
  ...["account", "account_name", "opening_debit", "opening_credit", "debits", "credits"],
  ...["closing_debit", "closing_credit", "currency"],
];

/** Every account that holds anything or moved in the month, in the order of the chart. */
export function sortedBalances<Role extends string>(
  { balances }: Journal<Role>,
  chart: Chart<Role>,
): readonly Readonly<Balance<Role>>[] {
  const roles = Object.keys(chart);
  const rank = ({ role, member }: Account<Role>) => roles.indexOf(role) * 2 ** 33 + (member ?? 0);
  return balances
    .list()
    .filter(({ opening, debits, credits: credited }) => opening !== 0n || debits !== 0n || credited !== 0n)
    .sort((a, b) => rank(a) - rank(b));
}

/** The same line by line. */
export function balanceRows<Role extends string>(
  journal: Journal<Role>,
  { chart, nameOf, currency }: Style<Role>,
): (readonly string[])[] {
  return sortedBalances(journal, chart).map((balance) => {
    const account = accountIn(chart, balance, nameOf);
    return [
      ...[account.number, account.name, ...sides(balance.opening)],
      ...[sixDecimals(balance.debits), sixDecimals(balance.credits)],
      ...[...sides(closingOf(balance)), currency],
    ];
  });
}

/** Debit and credit; one of them is empty. */
function sides(amount: Credits): [string, string] {
  return amount >= 0n ? [sixDecimals(amount), ""] : ["", sixDecimals(credits(-amount))];
}

/** Exact, always with six decimals: `12.500000`. */
export function sixDecimals(amount: Credits): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(CREDIT_DECIMALS + 1, "0");
  const point = digits.length - CREDIT_DECIMALS;
  return `${amount < 0n ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}`;
}
