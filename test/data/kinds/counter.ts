import { readReport } from "../../../src/connectors/counter/read.ts";
import type { ReportKind } from "../../../src/connectors/counter/report.ts";
import { sumReport, type ReportSum } from "../../../src/connectors/counter/sum.ts";
import { piecesOf, type Figures, type Reader } from "../row.ts";

const KINDS: Readonly<Record<string, ReportKind>> = { json: "json", tsv: "tsv", csv: "csv" };

/**
 * A COUNTER report added up three ways: by platform, by metric and by month; what it says instead of counts; and what is
 * known of each month. Zeros are left out, for releases differ in whether they are written.
 */
export const readCounterFile: Reader = async (file) => {
  const kind = KINDS[file.path.split(".").at(-1) ?? ""] ?? "json";
  const sum = await sumReport(readReport(piecesOf(file), kind));
  return {
    release: sum.release,
    report: sum.report,
    institution: sum.institution?.name,
    from: sum.months[0],
    to: sum.months.at(-1),
    ...countsOf(sum),
    ...(sum.exceptions.length === 0
      ? {}
      : { exceptions: sum.exceptions.map(({ code, consequence }) => [code, consequence]) }),
    coverage: Object.fromEntries(Object.entries(sum.coverage).filter(([, months]) => months.length > 0)),
  };
};

/** None where exceptions stand in the place of counts. */
function countsOf(sum: ReportSum): Record<string, Figures> {
  if (sum.items === 0 && sum.exceptions.length > 0) return {};
  return {
    platforms: added(sum, "platform"),
    metrics: added(sum, "metric"),
    months: added(sum, "month"),
  };
}

function added({ usage }: ReportSum, by: "platform" | "metric" | "month"): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const one of usage) {
    if (one.count > 0) totals[one[by]] = (totals[one[by]] ?? 0) + one.count;
  }
  return totals;
}
