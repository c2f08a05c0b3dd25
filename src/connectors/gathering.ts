import type { Agency } from "../core/ids.ts";
import type { RecordDraft } from "../core/record.ts";

/** Something that makes no record, and why. It names no reader. */
export interface Omission {
  /** Short and stable, such as `unknown-agency`. */
  readonly reason: string;
  /** What happened, to what, and what to do. */
  readonly sentence: string;
  /** What it would have been a record of; empty where the source names nothing. */
  readonly request: string;
  readonly supplier?: Agency;
  readonly consumer?: Agency;
}

/** What a connector makes of its source. Everything that was read is among the drafts or among the omissions. */
export interface Gathering {
  readonly drafts: readonly RecordDraft[];
  readonly omissions: readonly Omission[];
}
