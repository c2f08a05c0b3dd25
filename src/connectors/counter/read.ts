import { readJsonReport } from "./json/read.ts";
import type { ReportEvent, ReportKind } from "./report.ts";
import { readTableReport } from "./table/read.ts";

/**
 * Reads one report as it comes: its header, then its items or rows one by one, so that memory stays flat. Exceptions
 * instead of a report are read too.
 * @throws the codes of `CounterFlaw`, at the first flaw: what was handed out before must not be used then
 */
export function readReport(
  bytes: AsyncIterable<Uint8Array>,
  kind: ReportKind,
): AsyncGenerator<ReportEvent, void, undefined> {
  return kind === "json" ? readJsonReport(bytes) : readTableReport(bytes, kind === "tsv" ? "\t" : ",");
}
