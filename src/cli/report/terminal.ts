import { credits, type Credits } from "../../core/money.ts";
import { counted, monthName } from "./format.ts";
import type { MonthMember, MonthReport } from "./month.ts";
import { clean, painter, plainTable, type Paint } from "./plain.ts";
import { clip } from "./scale.ts";

export interface TerminalOptions {
  /** Columns to fill at most; 120. */
  readonly width?: number;
  /** Whether the terminal shows colours; no. */
  readonly colour?: boolean;
}

interface Field {
  readonly head: string;
  readonly of: (member: MonthMember) => Credits;
  /** Whether it is left out where it is zero for everybody. */
  readonly rare?: boolean;
}

const FIELDS: readonly Field[] = [
  { head: "given", of: (m) => m.given },
  { head: "drawn", of: (m) => m.drawn },
  { head: "fees", of: (m) => m.fees },
  { head: "relief", of: (m) => m.relief, rare: true },
  { head: "royalties", of: (m) => m.royalties, rare: true },
  { head: "net", of: (m) => m.net },
  { head: "paid out", of: (m) => m.paid },
  { head: "advances", of: (m) => m.advances.received },
  { head: "acknowledged", of: (m) => m.debts.owed },
];

/** The settlement as plain text. Columns that find no room give way from the right, and the last line says so. */
export function settlementText(report: MonthReport, options: TerminalOptions = {}): string {
  const { width = 120, colour = false } = options;
  const paint = painter(colour);
  const fields = FIELDS.filter(({ of, rare }) => rare !== true || report.members.some((m) => of(m) !== 0n));
  const columns = fields.map(({ head, of }) => {
    const values = report.members.map(of);
    return { head, values: [...values, credits(values.reduce((sum, value) => sum + value, 0n))] };
  });
  const { head, rule, rows, missing } = plainTable(
    "member",
    [...report.members.map(label), "all"],
    columns,
    width,
  );
  return [
    paint(1, clip(clean(`${report.consortium}, ${monthName(report.period)}, in ${report.currency}`), width)),
    "",
    paint(2, head),
    rule,
    ...report.members.map(({ net }, i) => paint(net < 0n ? 33 : net > 0n ? 36 : 0, rows[i] ?? "")),
    rule,
    paint(1, rows.at(-1) ?? ""),
    "",
    verdict(report, paint),
    ...(missing.length > 0
      ? [`No room for ${missing.join(", ")}: widen the terminal or open the report.`]
      : []),
    "",
  ].join("\n");
}

function verdict({ invariants, statements, exceptions }: MonthReport, paint: Paint) {
  const counts = `${counted(statements.length, "statement")}, ${counted(exceptions.length, "exception")}.`;
  if (invariants === "held") return `${paint(36, "The book balances.")} ${counts}`;
  const failures = invariants.map((failure) => `  ${clean(failure)}`);
  return [`${paint(31, "The book does not balance:")} ${counts}`, ...failures].join("\n");
}

function label({ isil, name }: MonthMember): string {
  return clean(isil === "" ? name : `${isil}  ${name}`);
}
