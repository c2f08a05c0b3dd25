/** Why an exchange makes no record. Stable: programs and members' procedures refer to these codes. */
export type Reason =
  | "above-maximum"
  | "cancelled"
  | "contradictory"
  | "costs-unclear"
  | "impossible-time"
  | "message-refused"
  | "messages-missing"
  | "no-supplier"
  | "not-billable"
  | "other-currency"
  | "request-refused"
  | "retried"
  | "retry-possible"
  | "same-agency"
  | "service-unclear"
  | "still-open"
  | "taken-back"
  | "unassignable"
  | "unfilled";

/** What is worth telling of an exchange that did make a record, or of how its messages came. */
export type NoticeCode = "lost" | "lost-but-returned" | "not-returned" | "out-of-order" | "message-refused";

const REASONS: Readonly<Record<Reason, readonly [what: string, todo: string]>> = {
  "above-maximum": [
    "was supplied at a cost above the requester's maximum",
    "Agree on the cost with each other and post it by hand, or let it rest",
  ],
  cancelled: ["was cancelled before anything was sent", "Nothing is to be done"],
  contradictory: [
    "has messages that contradict each other",
    "Compare both systems and post by hand what is true",
  ],
  "costs-unclear": ["names more than one cost", "Ask the supplier which cost holds and post it by hand"],
  "impossible-time": [
    "carries a time that cannot be true",
    "Have the sender correct its clock or its placeholder and send the message again",
  ],
  "message-refused": [
    "has a message that its receiver refused and that was not sent again",
    "Have the sender correct the message and send it again",
  ],
  "messages-missing": ["lacks messages", "Import the missing messages of both systems and fold again"],
  "no-supplier": ["names no supplying agency", "Nothing is to be done until a supplier is chosen"],
  "not-billable": ["asks for a service that the ledger does not bill", "Nothing is to be done"],
  "other-currency": ["names money of another currency", "Agree on the amount and post it by hand"],
  "request-refused": ["was refused by the supplier's system", "Correct the request and send it again"],
  retried: [
    "was not filled here and was sent again",
    "Nothing is to be done: the new request is counted for itself",
  ],
  "retry-possible": ["may be sent again on other terms", "The requester decides whether to send it again"],
  "same-agency": ["names one agency as both parties", "Correct the symbols: nobody supplies itself"],
  "service-unclear": [
    "does not tell whether it was a loan or a copy",
    "Ask the supplier which it was and post it by hand",
  ],
  "still-open": ["is not completed yet", "Fold again when more messages have come"],
  "taken-back": [
    "was sent and then taken back by the supplier",
    "Nothing is to be paid; tell the ledger if it came after all",
  ],
  unassignable: ["does not name both agencies and the request", "Ask the sender to fill in the header"],
  unfilled: ["was not filled", "Nothing is to be done"],
};

const NOTICES: Readonly<Record<NoticeCode, string>> = {
  lost: "was lost: the loan is billed, and a lost item beside it. Check the lost item before you sign it",
  "lost-but-returned": "was told lost and then came back: only the loan is billed. Nothing is to be done",
  "not-returned":
    "was closed without return: only the loan is billed. If the item is lost, have the requester say so",
  "out-of-order": "has messages that were sent out of order; they were put in order. Nothing is to be done",
  "message-refused":
    "has a message that its receiver refused; it was left out. Check whether it was sent again",
};

/** What, to which request, what to do: one line for staff. */
export function reasonSentence(subject: string, reason: Reason, why?: string): string {
  const [what, todo] = REASONS[reason];
  return `${subject} ${what}${why === undefined ? "" : ` (${why})`}. ${todo}.`;
}

export function noticeSentence(subject: string, notice: NoticeCode): string {
  return `${subject} ${NOTICES[notice]}.`;
}
