import type { Agency } from "../../core/ids.ts";
import type { RecordDraft } from "../../core/record.ts";
import type { Omission } from "../gathering.ts";
import type { Role } from "../marc/cataloguing.ts";
import { agencyOf } from "../mapping.ts";

export type Contribution = RecordDraft | Omission;

/** A record in a catalogue, as far as contributions need it. */
export interface Item {
  /** The same whenever the record is harvested. */
  readonly identifier: string;
  /** Seconds since 1970. */
  readonly completedAt: number;
  readonly details: Readonly<Record<string, string>>;
}

/** The common good draws what an agency gave to the catalogue. @param service the schedule's code of what it did */
export function draftOf(item: Item, role: Role, supplier: Agency, service: string): RecordDraft {
  const { identifier, completedAt, details } = item;
  return {
    supplier,
    consumer: agencyOf("COMMONS"),
    request: `${identifier}#${role}`,
    service,
    quantity: 1,
    completedAt,
    details: { ...details, role },
  };
}

/** @param what goes on from "The record … " */
export function omitted(reason: string, identifier: string, what: string): Omission {
  return { reason, sentence: `The record ${identifier} ${what}`, request: identifier };
}

/** A code as a sentence may show it: short, on one line. */
export function shownCode(code: string): string {
  return `"${[...code.replace(/[\s\p{Cc}\p{Cf}]+/gu, " ")].slice(0, 64).join("")}"`;
}
