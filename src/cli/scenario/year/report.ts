import { credits, formatCredits } from "../../../core/money.ts";
import { addMonths, formatPeriod, type PeriodId } from "../../../core/period.ts";
import { painter } from "../../report/plain.ts";
import { clip } from "../../report/scale.ts";
import type { TerminalOptions } from "../../report/terminal.ts";
import { totalsOf, type MonthFigures, type YearFigures } from "./figures.ts";

/** What a year came to, whether a calculation by hand says the same, and what an audit said. */
export interface YearReport {
  readonly consortium: string;
  readonly currency: string;
  readonly first: PeriodId;
  readonly figures: YearFigures;
  /** Where book and calculation differ, in words. */
  readonly differences: readonly string[];
  /** The verdict of an audit by another process. */
  readonly audit: string;
}

type Column = readonly [head: string, name: keyof MonthFigures];

const COUNTS: readonly Column[] = [
  ["posted", "statements"],
  ["refused", "refused"],
];
const AMOUNTS: readonly Column[] = [
  ["gross", "gross"],
  ["fees", "fees"],
  ["relief", "relief"],
  ["royalties", "royalties"],
  ["compensation", "compensation"],
];

/** The year as plain text: a line a month, the sum, and both verdicts. */
export function yearText(report: YearReport, { width = 120, colour = false }: TerminalOptions = {}): string {
  const { consortium, currency, first, figures, differences, audit } = report;
  const paint = painter(colour);
  const rule = "─".repeat(Math.min(width, 84));
  const rows = figures.months.map((month, index) => row(formatPeriod(addMonths(first, index)), month));
  const agreed = differences.length === 0;
  return [
    paint(1, clip(`${consortium}, twelve months in ${currency}`, width)),
    "",
    cells(
      "month",
      [...COUNTS, ...AMOUNTS].map(([head]) => head),
    ),
    ...rows,
    rule,
    row("year", totalsOf(figures)),
    rule,
    ...(agreed
      ? [paint(36, "A calculation by hand comes to the same, for every month and every account.")]
      : [
          paint(31, "A calculation by hand comes to something else:"),
          ...differences.map((one) => `  ${one}`),
        ]),
    paint(audit === "clean" ? 36 : 31, `An audit by another process found it ${audit}.`),
  ].join("\n");
}

/** A year's figures with amounts as decimal strings, for a file. */
export function yearJson({ figures, first, ...rest }: YearReport): Record<string, unknown> {
  const { months, accounts, returned } = figures;
  return {
    ...rest,
    months: months.map((month, index) => ({ month: formatPeriod(addMonths(first, index)), ...plain(month) })),
    accounts: Object.fromEntries([...accounts].map(([name, account]) => [name, plain(account)])),
    returned: Object.fromEntries([...returned].map(([name, amount]) => [name, money(amount)])),
  };
}

/** Counts as numbers, amounts as decimal strings. */
export function plain(figures: object): Record<string, number | string> {
  const counts = COUNTS.map(([, name]) => name as string);
  return Object.fromEntries(
    Object.entries(figures as Record<string, bigint>).map(([name, value]) => [
      name,
      counts.includes(name) ? Number(value) : money(value),
    ]),
  );
}

function row(head: string, month: MonthFigures): string {
  const counts = COUNTS.map(([, name]) => String(month[name]));
  return cells(head, [...counts, ...AMOUNTS.map(([, name]) => money(month[name]))]);
}

function cells(head: string, values: readonly string[]): string {
  return [head.padEnd(8), ...values.map((value, at) => value.padStart(at < COUNTS.length ? 8 : 13))].join("");
}

function money(amount: bigint): string {
  return formatCredits(credits(amount));
}
