import { flaw } from "../flaw.ts";
import type { ReportEvent, ReportHeader } from "../report.ts";
import { Columns } from "./columns.ts";
import { TableHeader } from "./header.ts";
import { rowsOf } from "./rows.ts";

/**
 * Reads a report as a table of release 5 or 5.1: header, blank row, columns, rows.
 * @throws the codes of `CounterFlaw`
 */
export async function* readTableReport(
  bytes: AsyncIterable<Uint8Array>,
  delimiter: string,
): AsyncGenerator<ReportEvent, void, undefined> {
  const above = new TableHeader();
  let header: ReportHeader | undefined;
  let columns: Columns | undefined;
  let number = 0;
  for await (const row of rowsOf(bytes, delimiter)) {
    number += 1;
    const blank = row.every((cell) => cell === "");
    if (header === undefined) {
      if (!blank) above.add(row);
      else {
        header = above.read();
        yield { kind: "header", header };
      }
    } else if (!blank) {
      if (columns === undefined) columns = new Columns(row, header);
      else yield columns.read(row, number);
    }
  }
  if (number === 0) throw flaw("CounterNotTable", "There is nothing in it.");
  if (header === undefined) {
    above.read();
    throw flaw("CounterHeaderMissing", "No blank row stands between the header and the table.");
  }
  if (columns === undefined && header.exceptions.length === 0) {
    throw flaw("CounterColumnUnknown", "The report has a header but no table after it.");
  }
}
