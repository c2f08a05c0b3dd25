import { expect } from "chai";
import type { Outcome } from "../../../../src/connectors/iso18626/fold/fold.ts";
import type { NoticeCode } from "../../../../src/connectors/iso18626/fold/reason.ts";
import type { Message } from "../../../../src/connectors/iso18626/message.ts";
import { act, ask, at, confirm, costs, fold, say } from "./support.ts";

const sent = (hours: number, value?: string, currency?: string) => ({
  delivery: {
    dateSent: at(hours),
    ...(value === undefined ? {} : { deliveryCosts: [costs(value, currency)] }),
  },
});
const loan = ask(0, "Loan", { maximum: costs("15.00") });
const copy = ask(0, "Copy", { maximum: costs("8.00") });

interface Case {
  readonly given: string;
  readonly messages: readonly Message[];
  readonly outcomes: readonly Outcome[];
  readonly notices?: readonly NoticeCode[];
}

const TREE: Readonly<Record<string, readonly Case[]>> = {
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

describe("foldExchanges", () => {
  for (const [branch, cases] of Object.entries(TREE)) {
    describe(branch, () => {
      for (const { given, messages, outcomes, notices = [] } of cases) {
        it(`given ${given}: ${outcomes.join(" and ")}`, () => {
          const result = fold(...messages);
          expect(Object.keys(result.outcomes)).to.have.members(outcomes);
          expect(result.notices.map(({ notice }) => notice)).to.have.members(notices);
          expect(result).to.include({ exchanges: 1, messages: messages.length, repeats: 0 });
        });
      }
    });
  }

  it("drops a repeat and counts it", () => {
    const result = fold(loan, loan, say(5, "Loaned"), say(5, "Loaned"), say(5, "Loaned"));
    expect(result.outcomes).to.deep.equal({ loan: 1 });
    expect(result).to.include({ messages: 5, repeats: 3 });
  });

  it("fills a draft with parties, time, money and the work", () => {
    const { drafts } = fold(loan, say(6, "Loaned", sent(5, "12.50")), act(30, "Lost"));
    const common = { supplier: "ISIL:XA-S", consumer: "ISIL:XA-C", request: "R1", quantity: 1 };
    const details = { title: "Notes on River Ice" };
    expect(drafts).to.deep.equal([
      {
        ...common,
        details,
        service: "loan",
        completedAt: at(5) / 1000,
        maximum: 15_000_000n,
        cost: 12_500_000n,
      },
      { ...common, details, service: "lost", completedAt: at(30) / 1000 },
    ]);
  });

  it("takes the message's own time where no date of sending is given", () => {
    expect(fold(loan, say(6, "Loaned", { changed: 5 })).drafts[0]?.completedAt).to.equal(at(6) / 1000);
  });

  it("takes the second shipping's time and terms after a taking back", () => {
    const { drafts } = fold(
      ...[loan, say(5, "Loaned", sent(5, "14"))],
      ...[say(6, "WillSupply"), say(8, "Loaned", sent(8, "9"))],
    );
    expect(drafts[0]).to.include({ completedAt: at(8) / 1000, cost: 9_000_000n });
  });

  it("links a request to the one that took its place", () => {
    const again = { supplier: "XA-T", request: "R2" };
    const retry = ask(8, "Loan", { ...again, info: { requestingAgencyPreviousRequestId: "R1" } });
    const { exceptions, drafts } = fold(loan, say(5, "Unfilled"), retry, say(9, "Loaned", again));
    expect(drafts).to.have.length(1);
    expect(exceptions[0]).to.deep.include({
      reason: "retried",
      linked: { supplier: "ISIL:XA-T", request: "R2" },
    });
    expect(exceptions[0]?.sentence).to.equal(
      "Request R1 of ISIL:XA-C to ISIL:XA-S was not filled here and was sent again (sent again as R2 to ISIL:XA-T). " +
        "Nothing is to be done: the new request is counted for itself.",
    );
  });

  it("links a Retry under the same number at another supplier", () => {
    const retry = ask(8, "Loan", { supplier: "XA-T", info: { requestType: "Retry" } });
    const { exceptions } = fold(loan, say(5, "RetryPossible"), retry);
    expect(exceptions.map(({ reason }) => reason)).to.have.members(["retried", "still-open"]);
  });

  it("keeps apart requests of one number by other libraries", () => {
    const other = { consumer: "XA-D" };
    const result = fold(loan, ask(0, "Loan", other), say(5, "Loaned"), say(5, "Unfilled", other));
    expect(result.outcomes).to.deep.equal({ loan: 1, unfilled: 1 });
  });

  it("lists confirmations that belong to nothing", () => {
    const stray = { timestamp: at(1), timestampReceived: at(1), messageStatus: "OK" as const };
    const result = fold({ kind: "requestConfirmation", version: "1.2", body: { confirmationHeader: stray } });
    expect(result.outcomes).to.deep.equal({ unassignable: 1 });
  });

  it("takes request numbers that mean something to JavaScript", () => {
    const odd = { request: "__proto__" };
    expect(fold(ask(0, "Loan", odd), say(5, "Loaned", odd)).drafts[0]?.request).to.equal("__proto__");
  });
});
