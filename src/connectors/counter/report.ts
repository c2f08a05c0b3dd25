import type { CounterException } from "./exceptions.ts";
import type { Month } from "./month.ts";
import type { Release, Report } from "./names.ts";

/** Another system's name for an institution, such as `ISIL` and `DE-1`. */
export interface Identifier {
  readonly type: string;
  readonly value: string;
}

/** Whose usage a report counts. */
export interface Institution {
  readonly name: string;
  readonly identifiers: readonly Identifier[];
}

/** What a report says of itself: Code of Practice, section 3.2.1. */
export interface ReportHeader {
  readonly release: Release;
  /** Its own identifier, such as `TR_J1`. */
  readonly id: string;
  /** The report that it is or is a view of. */
  readonly report: Report;
  readonly institution: Institution;
  /** The months of the reporting period, first to last. */
  readonly months: readonly Month[];
  /** When it was prepared, as `2026-04-02T08:00:00.000Z`: the version of its counts. */
  readonly created: string;
  /** A fingerprint of who prepared it, whose name may be a person's; absent where it does not say. */
  readonly by?: string;
  /** Names of the filters that left something out, beside the dates. */
  readonly filters: readonly string[];
  readonly exceptions: readonly CounterException[];
}

/** How often, in one month. */
export interface Usage {
  readonly metric: string;
  readonly month: Month;
  /** Whole, from 0 on. */
  readonly count: number;
}

/** One piece of a report, in the order in which it is read. */
export type ReportEvent =
  | ({ readonly kind: "header" } & { readonly header: ReportHeader })
  /** One item, or one row of a table. */
  | { readonly kind: "item"; readonly platform: string; readonly usage: readonly Usage[] }
  /** Exceptions instead of a report; a harvester's own note may say which report and month they are about. */
  | {
      readonly kind: "exceptions";
      readonly exceptions: readonly CounterException[];
      readonly about: { readonly release?: Release; readonly id?: string; readonly months: readonly Month[] };
    };

/** How a report is written. */
export type ReportKind = "json" | "tsv" | "csv";
