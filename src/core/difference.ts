import type { BilledRecord } from "./billing.ts";
import type { ServiceId } from "./ids.ts";

/** What can be wrong with a billed record, in the order in which it is told. */
export const DIFFERENCE_KINDS = [
  "unknownParty",
  "duplicate",
  "wrongPeriod",
  "missingHere",
  "differentService",
  "differentQuantity",
  "differentCost",
  "aboveMaximum",
  "missingThere",
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** One thing in which a statement and its consumer's own records do not agree. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** Whether the statement is not to be countersigned while it stands. */
  readonly blocking: boolean;
  readonly request: BilledRecord["request"];
  readonly service: ServiceId;
  readonly charge: number;
  /** What the statement says; empty where it says nothing. */
  readonly billed: string;
  /** What the consumer has; empty where it has nothing. */
  readonly own: string;
  /** What differs, and what to do: one line for the staff of either party. */
  readonly sentence: string;
}

const TODO: Readonly<Record<DifferenceKind, string>> = {
  unknownParty: "Bill it to the library that asked, or correct the symbol",
  duplicate: "Leave it out; to bill it anew, refund the first and count its charge on",
  wrongPeriod: "Bill it in a statement of its own month",
  missingHere: "Import the messages of that month, or ask the supplier what it supplied",
  differentService: "Compare both systems and bill what was supplied",
  differentQuantity: "Compare both systems and bill what was supplied",
  differentCost: "Bill what the schedule and the supplier's word allow, or agree on it with each other",
  aboveMaximum: "Ask the consumer whether it agrees to the price, or leave it out",
  missingThere: "Nothing hinders signing; the supplier may bill it in another statement",
};

export interface DifferenceFacts extends Omit<Difference, "blocking" | "sentence"> {
  /** The service's code, or its number as text. */
  readonly code: string;
  /** What differs, without the request's name: `is billed for 2; the consumer has 1`. */
  readonly what: string;
  /** Blocking unless said otherwise. */
  readonly blocking?: boolean;
}

/** A difference with its sentence. */
export function difference({ code, what, blocking = true, ...facts }: DifferenceFacts): Difference {
  const { kind, request, charge } = facts;
  const service = charge === 0 ? code : `${code}, charge ${charge}`;
  const subject = `Request ${request.id} of ${request.requesting} to ${request.supplying} (${service})`;
  return { ...facts, blocking, sentence: `${subject} ${what}. ${TODO[kind]}.` };
}
