import type { Agency } from "../../core/ids.ts";
import { FIRST_PERIOD } from "../../core/period.ts";
import type { RecordDraft } from "../../core/record.ts";
import type { Gathering, Omission } from "../gathering.ts";
import type { Mapping } from "../mapping.ts";
import type { BookEntry, UsageBook } from "./book.ts";
import { quoted } from "./flaw.ts";
import { lastSecond, type Month } from "./month.ts";
import { REPORTS } from "./names.ts";

/** A library on a platform, and the months of which something was read. */
export interface Touched {
  readonly platform: string;
  readonly institution: Agency;
  readonly months: ReadonlySet<Month>;
  /** Months in which two reports of one moment contradict each other. */
  readonly disputed: ReadonlySet<Month>;
}

const MAX_QUANTITY = 0xffff_ffff;
const FIRST_MONTH = `${FIRST_PERIOD / 12}-01`;

/**
 * Usage as records, one for each platform, institution, mapped metric and month with a count above zero. One report counts
 * for a metric on a platform: the platform's own before titles, databases and items, a report before its views and an
 * unfiltered one before a filtered one, since each holds what the next holds too. A record's request does not name the
 * report, so that the same usage is never billed from two.
 */
export function recordsOf(book: UsageBook, touched: readonly Touched[], mapping: Mapping): Gathering {
  const gathered = { drafts: [] as RecordDraft[], omissions: [] as Omission[] };
  const unmapped = new Set<string>();
  const known = new Map<string, BookEntry[]>();
  for (const entry of book.values()) known.set(whose(entry), [...(known.get(whose(entry)) ?? []), entry]);
  for (const one of touched) {
    const entries = (known.get(whose(one)) ?? []).sort((a, b) => rank(a.report) - rank(b.report));
    for (const metric of metricsOf(entries, one.months)) {
      const service = mapping.serviceOf(metric);
      if (service === undefined) unmapped.add(metric);
      else recordMetric(one, entries, metric, service, mapping, gathered);
    }
    gathered.omissions.push(...otherReports(one, entries, mapping));
  }
  gathered.omissions.push(...[...unmapped].sort().map(notMapped), ...unknownPlatforms(touched, mapping));
  return gathered;
}

const whose = ({ platform, institution }: Pick<Touched, "platform" | "institution">) =>
  JSON.stringify([platform, institution]);

/** PR, its view, TR, its views, DR, its views, IR, its views; what is filtered comes after what is not. */
function rank(report: string): number {
  const base = REPORTS.findIndex((one) => report.startsWith(one)) * 4;
  return base + (report.includes("_") ? 2 : 0) + (report.includes("[") ? 1 : 0);
}

const counts = ({ months }: BookEntry, metric: string) =>
  Object.values(months).some((version) => metric in version.counts);

const metricsOf = (entries: readonly BookEntry[], months: ReadonlySet<Month>) =>
  [
    ...new Set(
      entries.flatMap((entry) =>
        [...months].flatMap((month) => Object.keys(entry.months[month]?.counts ?? {})),
      ),
    ),
  ].sort();

function recordMetric(
  { platform, institution, months, disputed }: Touched,
  entries: readonly BookEntry[],
  metric: string,
  service: string,
  mapping: Mapping,
  { drafts, omissions }: { drafts: RecordDraft[]; omissions: Omission[] },
): void {
  const supplier = mapping.agencyOf(platform);
  const entry = entries.find((one) => counts(one, metric));
  if (supplier === undefined || entry === undefined) return;
  for (const month of [...months].sort()) {
    const version = entry.months[month];
    const quantity = version?.counts[metric] ?? 0;
    if (version === undefined || quantity === 0) continue;
    const request = `counter:${metric}:${month}:${platform}`;
    const omit = (reason: string, sentence: string) =>
      omissions.push({ reason, sentence, request, supplier, consumer: institution });
    if (disputed.has(month)) {
      omit(
        "conflict",
        `${request} of ${institution} has two counts of the same moment. Ask the provider which holds.`,
      );
    } else if (month < FIRST_MONTH) {
      omit(
        "month-before-ledger",
        `${request} lies before the ledger's first month. It cannot be billed there.`,
      );
    } else if (quantity > MAX_QUANTITY) {
      omit(
        "too-many",
        `${request} counts more than one record can hold. Ask the provider whether it is right.`,
      );
    } else {
      const { release } = version;
      const details = { report: entry.report, release, platform, metric, month };
      drafts.push({
        supplier,
        consumer: institution,
        request,
        service,
        quantity,
        completedAt: lastSecond(month),
        details,
      });
    }
  }
}

function otherReports(one: Touched, entries: readonly BookEntry[], mapping: Mapping): Omission[] {
  return entries.flatMap(({ report, months }, index) => {
    const metrics = [
      ...new Set([...one.months].flatMap((month) => Object.keys(months[month]?.counts ?? {}))),
    ];
    const covered = metrics.filter(
      (metric) =>
        mapping.serviceOf(metric) !== undefined &&
        entries.slice(0, index).some((earlier) => counts(earlier, metric)),
    );
    if (covered.length === 0) return [];
    const sentence = `${report} of ${quoted(one.platform)} counts ${covered.sort().join(", ")}, for which one report of the platform counts in every month. It is not added: import the other where a month is missing.`;
    return [
      {
        reason: "other-report",
        sentence,
        request: `counter:${report}:${one.platform}`,
        consumer: one.institution,
      },
    ];
  });
}

const notMapped = (metric: string): Omission => ({
  reason: "metric-not-mapped",
  sentence: `${metric} stands for no service. Add it to the mapping's services if it is to be billed.`,
  request: `counter:${metric}`,
});

function unknownPlatforms(touched: readonly Touched[], mapping: Mapping): Omission[] {
  const platforms = new Set(touched.map(({ platform }) => platform));
  return [...platforms]
    .filter((platform) => mapping.agencyOf(platform) === undefined)
    .map((platform) => ({
      reason: "unknown-platform",
      sentence: `The platform ${quoted(platform)} stands for no institution. Add it to the mapping's agencies.`,
      request: `counter:${platform}`,
    }));
}
