import type { MemberId } from "../../core/ids.ts";
import { consortiumPage } from "./consortium.ts";
import { exceptionsCsv, membersCsv, recordsCsv, statementsCsv } from "./csv.ts";
import { consortiumJson, memberJson } from "./json.ts";
import { lookUp } from "./lookup.ts";
import { memberPage } from "./member.ts";
import type { MonthReport } from "./month.ts";

/** The statements a member supplied or consumed. */
function statementsOf({ statements }: MonthReport, member: MemberId): MonthReport["statements"] {
  return statements.filter(({ supplier, consumer }) => supplier === member || consumer === member);
}

/**
 * A month's report file by file, as path within the report's folder and content. Only member numbers enter a
 * path. Pages are made as they are asked for: thirty thousand of them need not fit in memory.
 */
export function* reportFiles(report: MonthReport): Generator<readonly [path: string, content: string]> {
  yield ["index.html", consortiumPage(report)];
  yield ["report.json", consortiumJson(report)];
  yield ["members.csv", membersCsv(report)];
  yield ["statements.csv", statementsCsv(report)];
  yield ["records.csv", recordsCsv(report)];
  yield ["exceptions.csv", exceptionsCsv(report)];
  const lookup = lookUp(report);
  for (const member of report.members) {
    yield [`members/${member.id}.html`, memberPage(report, member, lookup)];
    yield [`members/${member.id}.json`, memberJson(report, member, lookup)];
    yield [
      `members/${member.id}.csv`,
      statementsCsv({ ...report, statements: statementsOf(report, member.id) }),
    ];
  }
}
