import type { Outcome } from "../../../../src/connectors/iso18626/fold/fold.ts";
import type { NoticeCode } from "../../../../src/connectors/iso18626/fold/reason.ts";
import type { Message } from "../../../../src/connectors/iso18626/message.ts";
import { act, ask, at, confirm, costs, say } from "./support.ts";

export const sent = (hours: number, value?: string, currency?: string) => ({
  delivery: {
    dateSent: at(hours),
    ...(value === undefined ? {} : { deliveryCosts: [costs(value, currency)] }),
  },
});
export const loan = ask(0, "Loan", { maximum: costs("15.00") });
const copy = ask(0, "Copy", { maximum: costs("8.00") });

interface Case {
  readonly given: string;
  readonly messages: readonly Message[];
  readonly outcomes: readonly Outcome[];
  readonly notices?: readonly NoticeCode[];
}

/** What an exchange comes to, by what its messages say. */
export const TREE: Readonly<Record<string, readonly Case[]>> = {
  "a loan": [
    { given: "Loaned", messages: [loan, say(5, "Loaned")], outcomes: ["loan"] },
    { given: "Overdue alone", messages: [loan, say(5, "Overdue")], outcomes: ["loan"] },
    { given: "Recalled alone", messages: [loan, say(5, "Recalled")], outcomes: ["loan"] },
    { given: "LoanCompleted alone", messages: [loan, say(5, "LoanCompleted")], outcomes: ["loan"] },
    { given: "a return", messages: [loan, say(5, "Loaned"), say(9, "LoanCompleted")], outcomes: ["loan"] },
    {
      given: "a refused cancellation",
      messages: [loan, say(5, "Loaned"), act(6, "Cancel"), say(7, "Loaned", { answer: "N", changed: 5 })],
      outcomes: ["loan"],
    },
    { given: "no service named", messages: [ask(0, undefined), say(5, "Loaned")], outcomes: ["loan"] },
    { given: "CopyOrLoan", messages: [ask(0, "CopyOrLoan"), say(5, "Loaned")], outcomes: ["loan"] },
    {
      given: "closing without return",
      messages: [loan, say(5, "Loaned"), say(9, "CompletedWithoutReturn")],
      outcomes: ["loan"],
      notices: ["not-returned"],
    },
    {
      given: "a second shipping after a taking back",
      messages: [loan, say(5, "Loaned"), say(6, "Unfilled"), say(8, "Loaned")],
      outcomes: ["loan"],
    },
  ],
  "a copy": [
    { given: "CopyCompleted", messages: [copy, say(5, "CopyCompleted")], outcomes: ["copy"] },
    {
      given: "CompletedWithoutReturn",
      messages: [copy, say(5, "CompletedWithoutReturn")],
      outcomes: ["copy"],
    },
    { given: "CopyOrLoan", messages: [ask(0, "CopyOrLoan"), say(5, "CopyCompleted")], outcomes: ["copy"] },
    {
      given: "CopyOrLoan and a delivered copy",
      messages: [
        ask(0, "CopyOrLoan"),
        say(5, "CompletedWithoutReturn", { delivery: { serviceType: "Copy" } }),
      ],
      outcomes: ["copy"],
    },
  ],
  "a lost item": [
    {
      given: "the requester's word",
      messages: [loan, say(5, "Loaned"), act(9, "Lost")],
      outcomes: ["loan", "lost"],
      notices: ["lost"],
    },
    {
      given: "a supplier's status",
      messages: [loan, say(5, "Loaned"), say(9, "Lost")],
      outcomes: ["loan", "lost"],
      notices: ["lost"],
    },
    {
      given: "both, and a closing",
      messages: [loan, say(5, "Loaned"), act(9, "Lost"), say(10, "Lost"), say(11, "CompletedWithoutReturn")],
      outcomes: ["loan", "lost"],
      notices: ["lost"],
    },
    {
      given: "a return after all",
      messages: [loan, say(5, "Loaned"), act(9, "Lost"), say(20, "LoanCompleted")],
      outcomes: ["loan"],
      notices: ["lost-but-returned"],
    },
    {
      given: "a loss after the return",
      messages: [loan, say(5, "Loaned"), say(9, "LoanCompleted"), act(20, "Lost")],
      outcomes: ["contradictory"],
    },
    {
      given: "a copy",
      messages: [copy, say(5, "CopyCompleted"), act(9, "Lost")],
      outcomes: ["contradictory"],
    },
  ],
  "nothing supplied": [
    { given: "Unfilled", messages: [loan, say(5, "WillSupply"), say(6, "Unfilled")], outcomes: ["unfilled"] },
    { given: "Cancelled", messages: [loan, act(5, "Cancel"), say(6, "Cancelled")], outcomes: ["cancelled"] },
    {
      given: "a granted cancellation without status",
      messages: [loan, act(5, "Cancel"), say(6, undefined, { answer: "Y" })],
      outcomes: ["cancelled"],
    },
    { given: "RetryPossible", messages: [loan, say(6, "RetryPossible")], outcomes: ["retry-possible"] },
    { given: "WillSupply", messages: [loan, say(6, "WillSupply")], outcomes: ["still-open"] },
    { given: "a request alone", messages: [loan], outcomes: ["still-open"] },
    { given: "an unanswered cancellation", messages: [loan, act(6, "Cancel")], outcomes: ["still-open"] },
    {
      given: "a refused request",
      messages: [loan, confirm(0, "request", "ERROR")],
      outcomes: ["request-refused"],
    },
    {
      given: "a refused shipping",
      messages: [loan, say(5, "Loaned"), confirm(5, "supplyingAgencyMessage", "ERROR")],
      outcomes: ["message-refused"],
      notices: ["message-refused"],
    },
  ],
  "taken back": [
    ...(
      ["Unfilled", "Cancelled", "RetryPossible", "WillSupply", "ExpectToSupply", "RequestReceived"] as const
    ).map((status): Case => ({
      given: `${status} after Loaned`,
      messages: [loan, say(5, "Loaned"), say(7, status)],
      outcomes: ["taken-back"],
    })),
    {
      given: "a cancellation granted after Loaned",
      messages: [loan, say(5, "Loaned"), act(6, "Cancel"), say(7, "Loaned", { answer: "Y" })],
      outcomes: ["taken-back"],
    },
    {
      given: "a copy",
      messages: [copy, say(5, "CopyCompleted"), say(7, "Unfilled")],
      outcomes: ["taken-back"],
    },
  ],
  contradictions: [
    { given: "a copy that is lent", messages: [copy, say(5, "Loaned")], outcomes: ["contradictory"] },
    {
      given: "a loan that is copied",
      messages: [loan, say(5, "CopyCompleted")],
      outcomes: ["contradictory"],
    },
    {
      given: "Unfilled after the return",
      messages: [loan, say(5, "Loaned"), say(6, "LoanCompleted"), say(7, "Unfilled")],
      outcomes: ["contradictory"],
    },
    {
      given: "Unfilled and Loaned at one moment",
      messages: [loan, say(5, "Loaned"), say(5, "Unfilled")],
      outcomes: ["contradictory"],
    },
    {
      given: "clocks that disagree on Unfilled",
      messages: [loan, say(5, "Loaned"), say(7, "Unfilled", { changed: 3 })],
      outcomes: ["contradictory"],
      notices: ["out-of-order"],
    },
    {
      given: "a return after a taking back",
      messages: [loan, say(5, "Loaned"), say(7, "Unfilled"), say(9, "LoanCompleted")],
      outcomes: ["contradictory"],
    },
    {
      given: "two requests under one number",
      messages: [loan, ask(1, "Copy"), say(5, "Loaned")],
      outcomes: ["contradictory"],
    },
    {
      given: "CopyOrLoan closed without return",
      messages: [ask(0, "CopyOrLoan"), say(5, "CompletedWithoutReturn")],
      outcomes: ["service-unclear"],
    },
  ],
  money: [
    {
      given: "a cost at the maximum",
      messages: [loan, say(5, "Loaned", sent(5, "15.00"))],
      outcomes: ["loan"],
    },
    {
      given: "a cost above",
      messages: [loan, say(5, "Loaned", sent(5, "15.000001"))],
      outcomes: ["above-maximum"],
    },
    {
      given: "an offer above",
      messages: [loan, say(3, "WillSupply", { offered: costs("16") }), say(5, "Loaned")],
      outcomes: ["above-maximum"],
    },
    {
      given: "a foreign cost",
      messages: [loan, say(5, "Loaned", sent(5, "9", "CHF"))],
      outcomes: ["other-currency"],
    },
    {
      given: "a foreign maximum",
      messages: [ask(0, "Loan", { maximum: costs("9", "CHF") }), say(5, "Loaned")],
      outcomes: ["other-currency"],
    },
    {
      given: "two costs",
      messages: [loan, say(5, "Loaned", sent(5, "9")), say(6, "Loaned", sent(5, "8"))],
      outcomes: ["costs-unclear"],
    },
    {
      given: "a cost in two parts",
      messages: [loan, say(5, "Loaned", { delivery: { deliveryCosts: [costs("9"), costs("9")] } })],
      outcomes: ["costs-unclear"],
    },
  ],
  "what cannot be folded": [
    { given: "no request", messages: [say(5, "Loaned")], outcomes: ["messages-missing"] },
    { given: "no shipping", messages: [loan, act(5, "Received")], outcomes: ["messages-missing"] },
    {
      given: "a placeholder",
      messages: [loan, say(-10_000_000, "Loaned")],
      outcomes: ["impossible-time"],
    },
    {
      given: "a foretold shipping",
      messages: [loan, say(5, "Loaned", sent(500))],
      outcomes: ["impossible-time"],
    },
    {
      given: "another service",
      messages: [ask(0, "Scan"), say(5, "CopyCompleted")],
      outcomes: ["not-billable"],
    },
    {
      given: "one agency twice",
      messages: [ask(0, "Loan", { supplier: "XA-C" }), say(5, "Loaned", { supplier: "XA-C" })],
      outcomes: ["same-agency"],
    },
  ],
  order: [
    {
      given: "a WillSupply told late",
      messages: [loan, say(5, "Loaned"), say(7, "WillSupply", { changed: 3 })],
      outcomes: ["loan"],
      notices: ["out-of-order"],
    },
    {
      given: "a return told before the shipping",
      messages: [loan, say(5, "LoanCompleted"), say(7, "Loaned")],
      outcomes: ["loan"],
      notices: ["out-of-order"],
    },
    {
      given: "an answer before the question",
      messages: [loan, say(-1, "Loaned")],
      outcomes: ["loan"],
      notices: ["out-of-order"],
    },
    {
      given: "a reminder",
      messages: [loan, ask(3, "Loan", { info: { requestType: "Reminder" } }), say(5, "Loaned")],
      outcomes: ["loan"],
    },
    {
      given: "the same request once more",
      messages: [copy, ask(2, "Copy", { maximum: costs("8.00") }), say(5, "CopyCompleted")],
      outcomes: ["copy"],
    },
  ],
};
