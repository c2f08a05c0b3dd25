import { credits, type Credits } from "../../core/money.ts";
import { amount, counted, monthName, placesOf } from "./format.ts";
import type { MonthMember, MonthReport } from "./month.ts";
import { clip, columnsOf } from "./scale.ts";

export interface TerminalOptions {
  /** Columns to fill at most; 120. */
  readonly width?: number;
  /** Whether the terminal shows colours; no. */
  readonly colour?: boolean;
}

interface Field {
  readonly head: string;
  readonly of: (member: MonthMember) => Credits;
}

const FIELDS: readonly Field[] = [
  { head: "given", of: (m) => m.given },
  { head: "drawn", of: (m) => m.drawn },
  { head: "fees", of: (m) => m.fees },
  { head: "net", of: (m) => m.net },
  { head: "paid out", of: (m) => m.paid },
  { head: "advances", of: (m) => m.advances.received },
  { head: "acknowledged", of: (m) => m.debts.owed },
];
const GAP = "  ";
const NAME_LEAST = 14;
const NAME_MOST = 40;

/** The settlement as plain text. Columns that find no room give way from the right, and the last line says so. */
export function settlementText(report: MonthReport, options: TerminalOptions = {}): string {
  const { width = 120, colour = false } = options;
  const paint = (code: number, text: string) =>
    colour && text !== "" ? `\u001b[${code}m${text}\u001b[0m` : text;
  const sums = FIELDS.map(({ of }) => credits(report.members.reduce((sum, m) => sum + of(m), 0n)));
  const columns = FIELDS.map(({ of }, i) => {
    const values = [...report.members.map(of), sums[i]!];
    return values.map((value) => amount(value, placesOf(values)));
  });
  const widths = columns.map((texts, i) =>
    Math.max(FIELDS[i]!.head.length, ...texts.map(({ length }) => length)),
  );
  const names = report.members.map(label);
  let kept = FIELDS.length;
  const room = () => width - widths.slice(0, kept).reduce((sum, w) => sum + w + GAP.length, 0);
  while (kept > 1 && room() < NAME_LEAST) kept -= 1;
  const nameWidth = Math.max(6, Math.min(room(), NAME_MOST, Math.max(6, ...names.map(columnsOf))));
  const line = (name: string, cells: readonly string[]) =>
    [fill(name, nameWidth), ...cells.slice(0, kept).map((text, i) => text.padStart(widths[i]!))].join(GAP);
  const rule = "─".repeat(nameWidth + widths.slice(0, kept).reduce((sum, w) => sum + w + GAP.length, 0));

  const cellsOf = (row: number) => columns.map((texts) => texts[row]!);
  const rows = report.members.map((member, i) => {
    const text = line(names[i]!, cellsOf(i));
    return paint(member.net < 0n ? 33 : member.net > 0n ? 36 : 0, text);
  });
  const missing = FIELDS.slice(kept).map(({ head }) => head);
  return [
    paint(1, clip(clean(`${report.consortium}, ${monthName(report.period)}, in ${report.currency}`), width)),
    "",
    paint(
      2,
      line(
        "member",
        FIELDS.map(({ head }) => head),
      ),
    ),
    rule,
    ...rows,
    rule,
    paint(1, line("all", cellsOf(report.members.length))),
    "",
    verdict(report, paint),
    ...(missing.length > 0
      ? [`No room for ${missing.join(", ")}: widen the terminal or open the report.`]
      : []),
    "",
  ].join("\n");
}

function verdict(
  { invariants, statements, exceptions }: MonthReport,
  paint: (code: number, text: string) => string,
) {
  const counts = `${counted(statements.length, "statement")}, ${counted(exceptions.length, "exception")}.`;
  if (invariants === "held") return `${paint(36, "The book balances.")} ${counts}`;
  const failures = invariants.map((failure) => `  ${clean(failure)}`);
  return [`${paint(31, "The book does not balance:")} ${counts}`, ...failures].join("\n");
}

function label({ isil, name }: MonthMember): string {
  return clean(isil === "" ? name : `${isil}  ${name}`);
}

/** A name must not move the cursor or turn the line around. */
function clean(text: string): string {
  return text.replace(/[\p{Control}\p{Bidi_Control}]/gu, "");
}

function fill(text: string, columns: number): string {
  const clipped = clip(text, columns);
  return clipped + " ".repeat(Math.max(0, columns - columnsOf(clipped)));
}
