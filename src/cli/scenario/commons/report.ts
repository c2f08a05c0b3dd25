import { formatCredits } from "../../../core/money.ts";
import { formatPeriod, type PeriodId } from "../../../core/period.ts";
import { amount, counted, monthName } from "../../report/format.ts";
import { clean, painter, plainTable } from "../../report/plain.ts";
import { clip } from "../../report/scale.ts";
import type { TerminalOptions } from "../../report/terminal.ts";
import type { Refused } from "./desk.ts";
import type { CommonsFigures, MemberFigures } from "./figures.ts";
import type { Paper } from "./papers.ts";

/** A month with e-resources and a common catalogue, as it is told. */
export interface CommonsReport {
  readonly consortium: string;
  readonly currency: string;
  readonly month: PeriodId;
  readonly usageMonth: PeriodId;
  readonly figures: CommonsFigures;
  /** What consumers did not sign at first. */
  readonly refused: readonly Refused[];
  /** What was left out as billed already or as not billable, by reason. */
  readonly exceptions: Readonly<Record<string, number>>;
  readonly statements: number;
  readonly papers: readonly Paper[];
  /** The verdict of an audit by another process. */
  readonly audit: string;
}

const COLUMNS = [
  ["given", "given"],
  ["drawn", "drawn"],
  ["fees", "fees"],
  ["net", "net"],
  ["owed for records", "owed"],
  ["still owed", "left"],
] as const satisfies readonly (readonly [head: string, of: keyof MemberFigures])[];

/** The month as plain text: everybody's account, what was billed of what, and what was not. */
export function commonsText(
  report: CommonsReport,
  { width = 120, colour = false }: TerminalOptions = {},
): string {
  const { consortium, currency, month, figures, refused, papers, audit } = report;
  const { members, services, notReady } = figures;
  const paint = painter(colour);
  const table = plainTable(
    "member",
    members.map(({ isil, name }) => clean(isil === "" ? name : `${isil}  ${name}`)),
    COLUMNS.map(([head, of]) => ({ head, values: members.map((member) => member[of]) })),
    width,
  );
  const billed = services.filter(({ records }) => records > 0);
  return [
    paint(1, clip(clean(`${consortium}, ${monthName(month)}, in ${currency}`), width)),
    "",
    paint(2, table.head),
    table.rule,
    ...table.rows.map((row, at) => paint(colourOf(members[at]?.net ?? 0n), row)),
    table.rule,
    ...billed.map(
      ({ code, records, quantity, gross }) =>
        `${code.padEnd(16)}${counted(records, "record").padStart(14)} of ${String(quantity).padStart(5)}${amount(gross).padStart(12)}`,
    ),
    "",
    ...notReady.map(({ platform, sentence }) => paint(33, clean(`Not billed: ${platform}: ${sentence}`))),
    ...refused.map(({ why }) => clean(`Corrected before it was signed: ${why.join(" ")}`)),
    `${counted(papers.length, "document")} in papers, beside report.json. ${counted(report.statements, "statement")}, all countersigned.`,
    paint(audit === "clean" ? 36 : 31, `An audit by another process found it ${audit}.`),
  ].join("\n");
}

/** The same for programs: amounts are decimal strings, months are texts. */
export function commonsJson({ month, usageMonth, ...report }: CommonsReport): string {
  const plain = { month: formatPeriod(month), usageMonth: formatPeriod(usageMonth), ...report };
  const told = (_name: string, value: unknown) =>
    typeof value === "bigint" ? formatCredits(value as Parameters<typeof formatCredits>[0]) : value;
  return `${JSON.stringify(plain, told, 2)}\n`;
}

function colourOf(net: bigint): number {
  return net < 0n ? 33 : net > 0n ? 36 : 0;
}
