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
  /** When it was changed last, in seconds since 1970. */
  readonly completedAt: number;
  /** When it was made; absent where nobody knows. */
  readonly madeAt?: number;
  readonly details: Readonly<Record<string, string>>;
}

/**
 * The common good draws what an agency gave to the catalogue, in the month in which it did so: who made a record long ago is not
 * paid for it when somebody else mends it.
 * @param service the schedule's code of what it did
 */
export function draftOf(item: Item, role: Role, supplier: Agency, service: string): RecordDraft {
  const { identifier, details } = item;
  const completedAt = role === "modifying" ? item.completedAt : (item.madeAt ?? item.completedAt);
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
