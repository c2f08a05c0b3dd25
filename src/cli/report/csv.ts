import { type Credits, formatCredits } from "../../core/money.ts";
import { formatPeriod } from "../../core/period.ts";
import type { MonthReport } from "./month.ts";

/**
 * RFC 4180, in UTF-8 with a byte order mark, without which Excel garbles names. A text that a spreadsheet
 * would run as a formula is led by an apostrophe.
 */
export function csv(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\ufeff${csvRow(head)}${rows.map(csvRow).join("")}`;
}

/** One more row, for a file that is written as its rows come. */
export function csvRow(row: readonly Cell[]): string {
  return `${row.map(field).join(",")}\r\n`;
}

type Cell = string | number | Amount;

interface Amount {
  readonly credits: Credits;
}

function field(cell: Cell): string {
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "object") return formatCredits(cell.credits);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const paid = (credits: Credits): Amount => ({ credits });

const MEMBER =
  "id,isil,name,tier,region,kind,given,drawn,fees,relief,royalties,compensation,net,position,settled,paid,deposited," +
  "advances_received,advances_owed,advances_given,debts_owed,debts_due,statements_supplied,statements_consumed";

/** One row per member. */
export function membersCsv({ members }: MonthReport): string {
  return csv(
    MEMBER.split(","),
    members.map((m) => [
      ...[m.id, m.isil, m.name, m.tier, m.region, m.kind],
      ...[m.given, m.drawn, m.fees, m.relief, m.royalties, m.compensation, m.net].map(paid),
      ...[m.position, m.settled, m.paid, m.deposited].map(paid),
      ...[m.advances.received, m.advances.owed, m.advances.given, m.debts.owed, m.debts.due].map(paid),
      ...[m.statements.supplied, m.statements.consumed],
    ]),
  );
}

/** One row per statement. */
export function statementsCsv({ statements }: MonthReport): string {
  const head = "supplier,consumer,number,period,records,gross,fee,royalties,relieved,status,root,tx";
  return csv(
    head.split(","),
    statements.map((s) => [
      ...[s.supplier, s.consumer, s.number, formatPeriod(s.period), s.records],
      ...[s.gross, s.fee, s.royalties, s.relieved].map(paid),
      ...[s.status, s.root, s.tx],
    ]),
  );
}

/** One row per member and service: records given and drawn. */
export function recordsCsv({ members }: MonthReport): string {
  const rows = members.flatMap(({ id, isil, services }) =>
    services.map(({ code, given, drawn }) => [id, isil, code, given, drawn]),
  );
  return csv(["member", "isil", "service", "records_given", "records_drawn"], rows);
}

/** One row per request that was not billed. */
export function exceptionsCsv({ exceptions }: MonthReport): string {
  return csv(
    ["request", "requesting", "supplying", "reason", "explanation"],
    exceptions.map((e) => [e.request, e.requesting, e.supplying, e.reason, e.explanation]),
  );
}
