import type { Agency } from "../../core/ids.ts";
import type { Gathering, Omission } from "../gathering.ts";
import type { Mapping } from "../mapping.ts";
import { bookedAs, takeReport, type Restated, type UsageBook } from "./book.ts";
import type { Coverage } from "./coverage.ts";
import { consumerOf, namedInstitution } from "./institution.ts";
import type { Month } from "./month.ts";
import { recordsOf } from "./records.ts";
import type { Institution } from "./report.ts";
import type { ReportSum } from "./sum.ts";

/** A month of a report of which there is no final count. */
export interface OpenMonth {
  readonly institution?: Agency;
  readonly report: string;
  readonly month: Month;
}

export interface UsageGathering extends Gathering {
  readonly book: UsageBook;
  /** Months with final counts, of any report. */
  readonly months: readonly Month[];
  readonly noUsage: readonly OpenMonth[];
  readonly notReady: readonly OpenMonth[];
  readonly partial: readonly OpenMonth[];
  readonly expired: readonly OpenMonth[];
  readonly restated: readonly Restated[];
  readonly conflicts: readonly Restated[];
}

type Known = keyof Coverage;

/** The better word wins where two answers speak of one month. */
const BEST: readonly Known[] = ["ready", "noUsage", "partial", "expired", "notReady", "refused"];

const OPEN: Readonly<Partial<Record<Known, readonly [reason: string, what: string]>>> = {
  notReady: [
    "not-ready",
    "is not counted yet, or was passed over in silence. It is not zero; import it later",
  ],
  partial: ["partial", "is incomplete by the provider's own word. Nothing is billed of it; ask for it anew"],
  expired: [
    "no-longer-kept",
    "is no longer kept by the provider. It is not zero; take it from an older copy",
  ],
  refused: ["refused", "was refused by the provider. Look up the exception in the report's header"],
};

/** Takes reports one by one and makes records of them all at the end. */
export class UsageGatherer {
  #book: UsageBook;
  readonly #mapping: Mapping;
  readonly #known = new Map<string, { open: OpenMonth; known: Known }>();
  readonly #touched = new Map<
    string,
    { platform: string; institution: Agency; months: Set<Month>; disputed: Set<Month> }
  >();
  readonly #restated: Restated[] = [];
  readonly #conflicts: Restated[] = [];
  readonly #strangers = new Map<string, Omission>();

  constructor(book: UsageBook, mapping: Mapping) {
    this.#book = book;
    this.#mapping = mapping;
  }

  /** @param asked whose usage was asked for, where the answer does not say it */
  take(sum: ReportSum, asked?: Institution): void {
    const own = sum.institution === undefined ? undefined : consumerOf(sum.institution, this.#mapping);
    const institution = own ?? (asked === undefined ? undefined : consumerOf(asked, this.#mapping));
    const report = bookedAs(sum);
    for (const known of BEST) {
      for (const month of sum.coverage[known]) this.#note(known, report, month, institution);
    }
    if (institution !== undefined) this.#takeFor(institution, sum);
    else if (sum.institution !== undefined && sum.usage.length > 0) this.#stranger(sum.institution, report);
  }

  #takeFor(institution: Agency, sum: ReportSum): void {
    const { book, restated, conflicts } = takeReport(this.#book, sum, institution);
    this.#book = book;
    this.#restated.push(...restated);
    this.#conflicts.push(...conflicts);
    const months = [...sum.coverage.ready, ...sum.coverage.noUsage];
    for (const platform of new Set([...sum.platforms, ...restated.map((one) => one.platform)])) {
      const key = JSON.stringify([platform, institution]);
      const touched = this.#touched.get(key) ?? {
        platform,
        institution,
        months: new Set(),
        disputed: new Set(),
      };
      this.#touched.set(key, touched);
      for (const month of months) touched.months.add(month);
      for (const one of conflicts) if (one.platform === platform) touched.disputed.add(one.month);
    }
  }

  #note(known: Known, report: string, month: Month, institution: Agency | undefined): void {
    const key = `${institution ?? ""}|${report}|${month}`;
    const before = this.#known.get(key)?.known;
    if (before !== undefined && BEST.indexOf(before) <= BEST.indexOf(known)) return;
    const open = { ...(institution === undefined ? {} : { institution }), report, month };
    this.#known.set(key, { open, known });
  }

  #stranger(institution: Institution, report: string): void {
    const name = namedInstitution(institution);
    const sentence = `${report} counts the usage of an institution that is not known, ${name}. Add one of its identifiers to the mapping's agencies.`;
    const reason = "unknown-institution";
    this.#strangers.set(`${name}|${report}`, { reason, sentence, request: `counter:${report}` });
  }

  finish(): UsageGathering {
    const { drafts, omissions } = recordsOf(this.#book, [...this.#touched.values()], this.#mapping);
    const open = [...this.#known.values()].filter(
      ({ known, open: one }) => !/^(notReady|expired|refused)$/.test(known) || !this.#isBooked(one),
    );
    const those = (kind: Known) => open.filter(({ known }) => known === kind).map((one) => one.open);
    const unfinished = open.flatMap(({ known, open: one }) => omissionOf(known, one));
    return {
      drafts,
      omissions: [...this.#strangers.values(), ...omissions, ...unfinished],
      book: this.#book,
      months: [...new Set(those("ready").map(({ month }) => month))].sort(),
      noUsage: those("noUsage"),
      notReady: those("notReady"),
      partial: those("partial"),
      expired: those("expired"),
      restated: this.#restated,
      conflicts: this.#conflicts,
    };
  }

  /** Whether an earlier report counted the month. */
  #isBooked({ institution, report, month }: OpenMonth): boolean {
    return [...this.#book.values()].some(
      (entry) =>
        entry.institution === institution &&
        entry.report === report &&
        Object.keys(entry.months[month]?.counts ?? {}).length > 0,
    );
  }
}

function omissionOf(known: Known, { institution, report, month }: OpenMonth): Omission[] {
  const words = OPEN[known];
  if (words === undefined) return [];
  const [reason, what] = words;
  const request = `counter:${report}:${month}`;
  const sentence = `${request}${institution === undefined ? "" : ` of ${institution}`} ${what}.`;
  return [{ reason, sentence, request, ...(institution === undefined ? {} : { consumer: institution }) }];
}
