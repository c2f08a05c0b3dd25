import { ConsortiaError } from "../../core/error.ts";
import type { Agency } from "../../core/ids.ts";
import { isMonth, type Month } from "./month.ts";
import type { Release } from "./names.ts";
import type { ReportSum } from "./sum.ts";

/** What one version of a report says of a platform and a month. */
interface Version {
  /** When the report was prepared: the later one counts. */
  readonly created: string;
  readonly release: Release;
  readonly counts: Readonly<Record<string, number>>;
}

/** A report's months, by institution and platform. */
export interface BookEntry {
  readonly platform: string;
  readonly institution: Agency;
  /** Such as `PR`; with the filters in brackets where something was left out, such as `TR[Data_Type]`. */
  readonly report: string;
  /** A fingerprint of who prepared it; absent where it does not say. */
  readonly by?: string;
  readonly months: Readonly<Record<Month, Version>>;
}

/** Every usage that was read, each month in its latest version. A value: nothing in it changes. */
export type UsageBook = ReadonlyMap<string, BookEntry>;

/** A count that a newer report gives otherwise. */
export interface Restated {
  readonly platform: string;
  readonly institution: Agency;
  readonly report: string;
  readonly metric: string;
  readonly month: Month;
  readonly from: number;
  readonly to: number;
}

export interface Taken {
  readonly book: UsageBook;
  readonly restated: readonly Restated[];
  /** Two reports of the same moment with other counts: the first is kept, and none can be billed. */
  readonly conflicts: readonly Restated[];
  /** Months of which the book holds a later version. */
  readonly older: readonly Month[];
}

/** What a report is kept under: its identifier, and which filters left something out. A view's filters are its own. */
export function bookedAs({ report = "", header }: ReportSum): string {
  const filters = report.includes("_") ? [] : (header?.filters ?? []).filter((one) => one !== "Platform");
  return filters.length === 0 ? report : `${report}[${[...filters].sort().join("|")}]`;
}

/**
 * Takes a report's finished months into the book: a newer version of a month replaces the one before, whole; an older one
 * is passed over. Months that are not ready or partial are no version. A report that counts nothing takes back only what
 * its provider surely means: the one platform that is known of it. A book holds the platforms of many.
 */
export function takeReport(book: UsageBook, sum: ReportSum, institution: Agency): Taken {
  const report = bookedAs(sum);
  const { created, release, by } = sum.header ?? {};
  const next = new Map(book);
  const restated: Restated[] = [];
  const conflicts: Restated[] = [];
  const older = new Set<Month>();
  if (created === undefined || release === undefined) return { book, restated, conflicts, older: [] };
  const { ready, noUsage } = sum.coverage;
  const known = [...book.values()].filter((one) => one.institution === institution && one.report === report);
  const counted = countsOf(sum);
  const own = by === undefined ? [] : known.filter((one) => one.by === by);
  const silent = counted.size === 0 && own.length === 1 && !sum.header?.filters.includes("Platform");
  for (const platform of [...counted.keys(), ...(silent ? own.map((one) => one.platform) : [])]) {
    const counts = counted.get(platform);
    const key = keyOf(platform, institution, report);
    const months: Record<Month, Version> = { ...next.get(key)?.months };
    for (const month of counts === undefined ? noUsage : [...ready, ...noUsage]) {
      const now: Version = { created, release, counts: counts?.get(month) ?? {} };
      const before = months[month];
      if (before !== undefined && before.created > created) {
        older.add(month);
        continue;
      }
      const changes = before === undefined ? [] : differences(before, now);
      const named = changes.map((change) => ({ platform, institution, report, month, ...change }));
      if (before?.created === created) conflicts.push(...named);
      else {
        restated.push(...named);
        months[month] = now;
      }
    }
    const whose = by === undefined ? {} : { by };
    if (Object.keys(months).length > 0) next.set(key, { platform, institution, report, ...whose, months });
  }
  return { book: next, restated, conflicts, older: [...older].sort() };
}

const keyOf = (platform: string, institution: Agency, report: string) =>
  JSON.stringify([platform, institution, report]);

/** Counts above zero by platform and month. */
function countsOf({ usage }: ReportSum): Map<string, Map<Month, Record<string, number>>> {
  const counts = new Map<string, Map<Month, Record<string, number>>>();
  for (const { platform, metric, month, count } of usage) {
    const months = counts.get(platform) ?? new Map<Month, Record<string, number>>();
    counts.set(platform, months);
    if (count > 0) months.set(month, { ...months.get(month), [metric]: count });
  }
  return counts;
}

function differences({ counts: before }: Version, { counts: now }: Version) {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .sort()
    .map((metric) => ({ metric, from: before[metric] ?? 0, to: now[metric] ?? 0 }))
    .filter(({ from, to }) => from !== to);
}

/** The book as a file holds it. */
export function bookText(book: UsageBook): string {
  const reports = [...book].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, entry]) => entry);
  return `${JSON.stringify({ version: 1, reports }, null, 1)}\n`;
}

/** Reads what {@link bookText} wrote. @throws `UsageBookInvalid` */
export function parseBook(source: unknown): UsageBook {
  const { version, reports } = objectOf(source);
  if (version !== 1 || !Array.isArray(reports)) throw invalid("it holds no usage of version 1");
  return new Map(
    reports.map((entry: unknown, index) => {
      if (!isEntry(entry)) throw invalid(`entry ${index} is incomplete`);
      return [keyOf(entry.platform, entry.institution, entry.report), entry] as const;
    }),
  );
}

type Json = Readonly<Record<string, unknown>>;

function isEntry(entry: unknown): entry is BookEntry {
  const { platform, institution, report, by = "", months } = objectOf(entry);
  if (![platform, institution, report, by].every((text) => typeof text === "string")) return false;
  if (!isObject(months)) return false;
  return Object.entries(months).every(([month, version]) => {
    const { created, release, counts } = objectOf(version);
    if (!isObject(counts)) return false;
    const dated = typeof created === "string" && (release === "5" || release === "5.1");
    const whole = Object.values(counts).every((count) => Number.isSafeInteger(count) && Number(count) > 0);
    return isMonth(month) && dated && whole;
  });
}

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;
const objectOf = (value: unknown): Json => (isObject(value) ? value : {});

function invalid(reason: string): ConsortiaError {
  return new ConsortiaError(
    "UsageBookInvalid",
    `The usage book cannot be used: ${reason}. Take it from a copy, or read the reports anew into a new one.`,
  );
}
