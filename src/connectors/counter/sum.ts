import { sumOf } from "./count.ts";
import { coverageOf, type Coverage } from "./coverage.ts";
import type { CounterException } from "./exceptions.ts";
import { flaw } from "./flaw.ts";
import type { Month } from "./month.ts";
import type { Release } from "./names.ts";
import type { Institution, ReportEvent, ReportHeader } from "./report.ts";

/** How often a metric was counted on a platform in a month, over all items. */
export interface PlatformUsage {
  readonly platform: string;
  readonly metric: string;
  readonly month: Month;
  readonly count: number;
}

/** A report, added up. */
export interface ReportSum {
  /** Absent where exceptions came instead of a report. */
  readonly header?: ReportHeader;
  readonly release?: Release;
  /** The report's own identifier, such as `TR_J1`. */
  readonly report?: string;
  readonly institution?: Institution;
  readonly platforms: readonly string[];
  /** The months of the reporting period, or those that the exceptions are about. */
  readonly months: readonly Month[];
  readonly items: number;
  /** By metric and month, over all platforms. A month that is not named was not counted. */
  readonly totals: Readonly<Record<string, Readonly<Record<Month, number>>>>;
  readonly usage: readonly PlatformUsage[];
  readonly exceptions: readonly CounterException[];
  readonly coverage: Coverage;
}

/** A report has one platform or a few; each costs memory. */
const MAX_PLATFORMS = 1_000;

/**
 * Adds up a report as it is read, in memory that grows with its platforms, metrics and months only.
 * @throws what reading throws; `CounterTooLarge`, `CounterCountInvalid`
 */
export async function sumReport(
  events: AsyncIterable<ReportEvent> | Iterable<ReportEvent>,
): Promise<ReportSum> {
  const usage: Counts = new Map();
  const exceptions: CounterException[] = [];
  let header: ReportHeader | undefined;
  let about: Extract<ReportEvent, { kind: "exceptions" }>["about"] = { months: [] };
  let items = 0;
  for await (const event of events) {
    if (event.kind === "item") {
      items += 1;
      add(usage, event);
    } else if (event.kind === "header") {
      header = event.header;
      exceptions.push(...header.exceptions);
    } else {
      exceptions.push(...event.exceptions);
      about = event.about;
    }
  }
  const all = listed(usage);
  const months = header?.months ?? about.months;
  const [release, report] = [header?.release ?? about.release, header?.id ?? about.id];
  return {
    ...(header === undefined ? {} : { header, institution: header.institution }),
    ...(release === undefined ? {} : { release }),
    ...(report === undefined ? {} : { report }),
    platforms: [...usage.keys()],
    months,
    items,
    totals: totalsOf(all),
    usage: all,
    exceptions,
    coverage: coverageOf(months, byMonth(all), exceptions),
  };
}

/** By platform, metric and month. */
type Counts = Map<string, Map<string, Map<Month, number>>>;

function add(usage: Counts, { platform, usage: counted }: Extract<ReportEvent, { kind: "item" }>): void {
  let metrics = usage.get(platform);
  if (metrics === undefined) {
    if (usage.size >= MAX_PLATFORMS) {
      throw flaw("CounterTooLarge", `The report names more than ${MAX_PLATFORMS} platforms.`);
    }
    metrics = new Map<string, Map<Month, number>>();
    usage.set(platform, metrics);
  }
  for (const { metric, month, count } of counted) {
    let months = metrics.get(metric);
    if (months === undefined) {
      months = new Map<Month, number>();
      metrics.set(metric, months);
    }
    months.set(month, sumOf(months.get(month) ?? 0, count));
  }
}

const listed = (usage: Counts): PlatformUsage[] =>
  [...usage].flatMap(([platform, metrics]) =>
    [...metrics].flatMap(([metric, months]) =>
      [...months].map(([month, count]) => ({ platform, metric, month, count })),
    ),
  );

/** Metrics and months are checked words, so that they can be names of plain objects. */
function totalsOf(usage: readonly PlatformUsage[]): Record<string, Record<Month, number>> {
  const totals: Record<string, Record<Month, number>> = {};
  for (const { metric, month, count } of usage) {
    const months = (totals[metric] ??= {});
    months[month] = sumOf(months[month] ?? 0, count);
  }
  return totals;
}

function byMonth(usage: readonly PlatformUsage[]): Map<Month, number> {
  const counts = new Map<Month, number>();
  for (const { month, count } of usage) counts.set(month, sumOf(counts.get(month) ?? 0, count));
  return counts;
}
