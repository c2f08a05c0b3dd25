import { readReport } from "../../src/connectors/counter/read.ts";
import type { ReportKind } from "../../src/connectors/counter/report.ts";
import { sumReport, type ReportSum } from "../../src/connectors/counter/sum.ts";

type Json = Record<string, unknown>;

/** A text as a stream, in pieces that break letters and numbers apart. */
export async function* pieces(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let from = 0; from < bytes.length; from += size) {
    yield await Promise.resolve(bytes.subarray(from, from + size));
  }
}

export async function summed(content: string | Json, kind: ReportKind = "json"): Promise<ReportSum> {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return sumReport(readReport(pieces(text, text.length > 10_000 ? 65_521 : 7), kind));
}

export interface Made {
  readonly id?: string;
  readonly created?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly platform?: string;
  readonly institution?: Json;
  readonly exceptions?: readonly Json[];
  /** By metric and month. */
  readonly counts?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A platform report of release 5.1, of one library in the first quarter. */
export function report51(made: Made = {}): Json {
  return {
    Report_Header: {
      Report_Name: "Platform Report",
      Report_ID: made.id ?? "PR",
      Release: "5.1",
      Institution_Name: "Sample Library",
      Institution_ID: made.institution ?? { ISIL: ["XA-1"] },
      Report_Filters: { Begin_Date: made.begin ?? "2026-01-01", End_Date: made.end ?? "2026-03-31" },
      ...(made.exceptions === undefined ? {} : { Exceptions: made.exceptions }),
      Created: made.created ?? "2026-04-02T08:00:00Z",
      Created_By: "Sample Platform",
      Registry_Record: "",
    },
    Report_Items: made.counts === undefined ? [] : [item51(made.counts, made.platform)],
  };
}

export function item51(counts: Json, platform = "Sample Platform"): Json {
  return {
    Platform: platform,
    Attribute_Performance: [{ Data_Type: "Journal", Access_Method: "Regular", Performance: counts }],
  };
}

/** The same as a table. */
export function table51(
  rows: readonly string[],
  columns = "Jan-2026\tFeb-2026\tMar-2026",
  exceptions = "",
): string {
  return [
    "\ufeffReport_Name\tPlatform Report\t",
    "Report_ID\tPR",
    "Release\t5.1",
    "Institution_Name\tSample Library",
    "Institution_ID\tISIL:XA-1; sample:1",
    "Metric_Types\t",
    "Report_Filters\t",
    "Report_Attributes\t",
    `Exceptions\t${exceptions}`,
    "Reporting_Period\tBegin_Date=2026-01-01; End_Date=2026-03-31",
    "Created\t2026-04-02T08:00:00Z",
    "Created_By\tSample Platform",
    "Registry_Record\t",
    "\t\t",
    `Platform\tData_Type\tMetric_Type\tReporting_Period_Total\t${columns}`,
    ...rows.map((row) => `Sample Platform\tJournal\t${row}`),
    "",
  ].join("\r\n");
}
