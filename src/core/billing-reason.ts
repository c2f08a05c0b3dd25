import type { RecordDraft } from "./record.ts";

const REASONS = {
  "unknown-agency": [
    "cannot be billed: a party was no active member in its month",
    "Correct the symbol, or have the institution admitted",
  ],
  "same-member": ["has one member as both parties", "Nobody bills itself; correct the symbols"],
  "not-offered": [
    "is a service that the schedule of its month does not price for the consumer's tier",
    "Nothing can be charged; have the service priced for months to come",
  ],
  "not-attested": [
    "is a contribution to the common good that nobody may attest",
    "Have a key of COMMONS accredited for the service and build again",
  ],
  "above-maximum": [
    "costs more, fee included, than the consumer said it would pay",
    "Ask the consumer whether it agrees to the price, or do without",
  ],
  "month-ahead": [
    "was completed in a month that has not begun in the ledger",
    "Check the date; bill it when its month is open",
  ],
  "month-past": [
    "was completed more than three months before the open month",
    "It can no longer be posted; settle it with the consumer by other means",
  ],
  duplicate: ["comes twice among the drafts", "The first is billed; nothing is to be done"],
  "already-billed": [
    "was billed in an earlier statement",
    "Nothing is to be done; to bill it anew, refund the first and count its charge on",
  ],
} as const satisfies Record<string, readonly [what: string, todo: string]>;

/** Why a draft makes no record. Short, stable and countable. */
export type BillingReason = keyof typeof REASONS;

/** What happened, to which request, and what to do: one line for staff. */
export function billingSentence(draft: RecordDraft, reason: BillingReason, why = ""): string {
  const [what, todo] = REASONS[reason];
  const { request, consumer, supplier, service } = draft;
  const subject = `Request ${request} of ${consumer} to ${supplier} (${service})`;
  return `${subject} ${what}${why === "" ? "" : ` (${why})`}. ${todo}.`;
}
