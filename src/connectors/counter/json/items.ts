import { countOf, Once, platformOf, sumOf } from "../count.ts";
import { flaw, quoted } from "../flaw.ts";
import { areEdges, isMonth, type Month } from "../month.ts";
import { metricOf, type Report } from "../names.ts";
import type { ReportEvent, ReportHeader, Usage } from "../report.ts";
import { objectOf, textOf } from "./header.ts";

type Json = Readonly<Record<string, unknown>>;
type ItemEvent = Extract<ReportEvent, { kind: "item" }>;

/** What tells one count of an item from another: Code of Practice, section 3.2.2, tables 3.l and 11.5. */
const PARTS =
  "Data_Type Section_Type YOP Access_Type Access_Method Country_Code Subdivision_Code Attributed".split(" ");

/**
 * One item's usage, in the shape of its release: `Performance` by period and instance in 5, `Attribute_Performance` by
 * metric and month in 5.1. Components' usage counts with its item, since it is a part of it (section 3.2.2, table 3.k).
 * @throws `CounterItemInvalid`, `CounterMetricUnknown`, `CounterMonthInvalid`, `CounterMonthOutside`, `CounterTwice`,
 * `CounterCountInvalid`, `CounterTotalDiffers`, `CounterGranularity`
 */
export function readItem(value: unknown, header: ReportHeader, number: number): ItemEvent {
  const where = `Item ${number}`;
  const item = objectOf(value);
  if (item === undefined) throw flaw("CounterItemInvalid", `${where} is no object.`);
  checkPlace(item, header.report, where);
  const platform = platformOf(item["Platform"], where);
  const usageOf = header.release === "5" ? periods : attributes;
  const usage = usageOf(item, header, where);
  for (const component of listOf(item["Components"] ?? item["Item_Component"] ?? [], where)) {
    const one = objectOf(component);
    if (one !== undefined && hasUsage(one)) usage.push(...usageOf(one, header, where));
  }
  return { kind: "item", platform, usage };
}

/** Whether the item is what the report lists: Code of Practice, section 3.2.2, table 3.g. */
function checkPlace(item: Json, report: Report, where: string): void {
  const name = { PR: "Platform", DR: "Database", TR: "Title", IR: "Item" }[report];
  const foreign = {
    PR: ["Database", "Title", "Item"],
    DR: ["Title", "Item"],
    TR: ["Database", "Item"],
    IR: ["Database"],
  };
  const stray = foreign[report].find((one) => one in item);
  if (stray !== undefined)
    throw flaw("CounterItemInvalid", `${where} names a ${stray}, which no ${report} lists.`);
  if (name in item || (report !== "DR" && "Item_ID" in item)) return;
  throw flaw("CounterItemInvalid", `${where} names no ${name}, as every item of a ${report} does.`);
}

function attributes(item: Json, header: ReportHeader, where: string): Usage[] {
  if ("Performance" in item)
    throw flaw("CounterItemInvalid", `${where} has the shape of release 5 in a report of 5.1.`);
  const found: Usage[] = [];
  const once = new Once();
  for (const entry of listOf(item["Attribute_Performance"], where)) {
    const part = PARTS.map((one) => textOf(objectOf(entry)?.[one]) ?? "").join("|");
    for (const [name, counts] of entriesOf(objectOf(entry)?.["Performance"], where)) {
      const metric = metricOf(header.report, name, where);
      once.check(metric, part, where);
      for (const [month, count] of entriesOf(counts, where)) {
        found.push({ metric, month: within(month, header, where), count: countOf(count, where) });
      }
    }
  }
  return found;
}

function periods(item: Json, header: ReportHeader, where: string): Usage[] {
  if ("Attribute_Performance" in item) {
    throw flaw("CounterItemInvalid", `${where} has the shape of release 5.1 in a report of 5.`);
  }
  const [found, totals]: [Usage[], Usage[]] = [[], []];
  const [once, onceInAll] = [new Once(), new Once()];
  for (const entry of listOf(item["Performance"], where)) {
    const period = objectOf(objectOf(entry)?.["Period"]);
    const [from, to] = [textOf(period?.["Begin_Date"]), textOf(period?.["End_Date"])];
    if (from === undefined || to === undefined)
      throw flaw("CounterItemInvalid", `${where} counts without a period.`);
    const [begin, end] = [from.slice(0, 7), to.slice(0, 7)];
    if (isMonth(begin) && isMonth(end) && !areEdges(from, to)) {
      const what = `${where} counts from ${quoted(from)} to ${quoted(to)}, which are no whole months.`;
      throw flaw("CounterMonthInvalid", what);
    }
    if (begin !== end && !spans(begin, end, header)) {
      throw flaw(
        "CounterMonthInvalid",
        `${where} counts from ${quoted(begin)} to ${quoted(end)}, which is no month.`,
      );
    }
    const month = within(begin, header, where);
    for (const one of listOf(objectOf(entry)?.["Instance"], where)) {
      const metric = metricOf(header.report, objectOf(one)?.["Metric_Type"], where);
      (begin === end ? once : onceInAll).check(metric, month, where);
      (begin === end ? found : totals).push({
        metric,
        month,
        count: countOf(objectOf(one)?.["Count"], where),
      });
    }
  }
  checkTotals(totals, found, where);
  return found;
}

/** Some providers add a total over the whole reporting period; it must be the sum of its months. */
function checkTotals(totals: readonly Usage[], months: readonly Usage[], where: string): void {
  for (const { metric, count } of totals) {
    const counts = months.filter((one) => one.metric === metric).map((one) => one.count);
    if (counts.length === 0) {
      throw flaw(
        "CounterGranularity",
        `${where} gives ${metric} as a total without months.`,
        "Ask for months.",
      );
    }
    const sum = counts.reduce(sumOf, 0);
    if (sum !== count) {
      throw flaw(
        "CounterTotalDiffers",
        `${where} gives ${count} of ${metric} in all, but ${sum} month by month.`,
      );
    }
  }
}

const spans = (begin: string, end: string, { months }: ReportHeader) =>
  begin === months[0] && end === months.at(-1);

/** @throws `CounterMonthInvalid`, `CounterMonthOutside`, `CounterGranularity` */
export function within(month: string, { months }: ReportHeader, where: string): Month {
  if (months.includes(month)) return month;
  if (month === "Total")
    throw flaw("CounterGranularity", `${where} gives totals without months.`, "Ask for months.");
  if (!isMonth(month))
    throw flaw("CounterMonthInvalid", `${where} counts in ${quoted(month)}, which is no month.`);
  const what = `${where} counts in ${month}, outside the reporting period ${months[0]} to ${months.at(-1)}.`;
  throw flaw("CounterMonthOutside", what);
}

export const hasUsage = (item: Json) => "Performance" in item || "Attribute_Performance" in item;

function listOf(value: unknown, where: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw flaw("CounterItemInvalid", `${where} has no list where its usage should stand.`);
}

function entriesOf(value: unknown, where: string): [string, unknown][] {
  const object = objectOf(value);
  if (object !== undefined) return Object.entries(object);
  throw flaw("CounterItemInvalid", `${where} has no object where its usage should stand.`);
}
