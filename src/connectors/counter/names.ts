import { flaw, quoted } from "./flaw.ts";

/** A release of the COUNTER Code of Practice that is read. */
export type Release = "5" | "5.1";

/** The four reports; each standard view is a part of one. */
export type Report = "PR" | "DR" | "TR" | "IR";

/** The reports' standard views: Code of Practice, section 4, tables 4.b to 4.r. */
const VIEWS: Readonly<Record<Report, readonly string[]>> = {
  PR: ["PR_P1"],
  DR: ["DR_D1", "DR_D2"],
  TR: ["TR_B1", "TR_B2", "TR_B3", "TR_J1", "TR_J2", "TR_J3", "TR_J4"],
  IR: ["IR_A1", "IR_M1"],
};

export const REPORTS = Object.keys(VIEWS) as readonly Report[];

const PARENTS = new Map<string, Report>(
  REPORTS.flatMap((report) => [report, ...VIEWS[report]].map((id) => [id, report] as const)),
);

/** The report that an identifier names, or of which it names a view. @throws `CounterReportUnknown` */
export function reportOf(id: string): Report {
  const report = PARENTS.get(id);
  if (report !== undefined) return report;
  const what = `The report ${quoted(id)} is none of ${REPORTS.join(", ")} and their standard views.`;
  throw flaw("CounterReportUnknown", what, "Take one of those; customized reports have no agreed meaning.");
}

/** @throws `CounterRelease` */
export function releaseOf(text: string): Release {
  if (text === "5" || text === "5.1") return text;
  const what = `The report is of release ${quoted(text)}; releases 5 and 5.1 are read.`;
  throw flaw("CounterRelease", what, "Take one of those from the provider; older counts are not comparable.");
}

const ITEMS = [
  "Total_Item_Investigations",
  "Total_Item_Requests",
  "Unique_Item_Investigations",
  "Unique_Item_Requests",
  "Unique_Title_Investigations",
  "Unique_Title_Requests",
];
const DENIALS = ["Limit_Exceeded", "No_License"];
const DATABASE_SEARCHES = ["Searches_Automated", "Searches_Federated", "Searches_Regular"];

/**
 * The metrics of each report: Code of Practice, section 3.3.4. Access denied stands in every list, since providers
 * report it for whole platforms too.
 */
const METRICS: Readonly<Record<Report, ReadonlySet<string>>> = {
  PR: new Set(["Searches_Platform", ...ITEMS, ...DENIALS]),
  DR: new Set([...DATABASE_SEARCHES, ...ITEMS, ...DENIALS]),
  TR: new Set([...ITEMS, ...DENIALS]),
  IR: new Set([...ITEMS, ...DENIALS]),
};

/** @throws `CounterMetricUnknown` */
export function metricOf(report: Report, metric: unknown, where: string): string {
  if (typeof metric === "string" && METRICS[report].has(metric)) return metric;
  const what = `${where} counts ${quoted(metric)}, which is no metric of a ${report}.`;
  throw flaw("CounterMetricUnknown", what);
}
