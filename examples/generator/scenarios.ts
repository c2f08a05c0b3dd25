import type { Outcome } from "../../src/connectors/iso18626/fold/fold.ts";
import type { Conversation } from "./conversation.ts";

type Work = Record<string, unknown>;

/** What goes on in one exchange that is not plain, and what it must come to. */
export interface Scenario {
  readonly outcomes: readonly Outcome[];
  readonly supplier: string | undefined;
  readonly consumer: string;
  readonly edition2021?: true;
  readonly article?: true;
  /** Comes ten days after the scenario before, under a new number or under the same. */
  readonly follows?: "new number" | "same number";
  /** @param previous the number of the request before. */
  readonly tell: (talk: Conversation, work: Work, previous: string) => unknown;
}

const READER = `    <patronInfo>
      <patronId>R-77120</patronId>
      <surname>Quillfeather</surname>
      <givenName>Wilhelmina</givenName>
      <address>
        <physicalAddress>
          <line1>9 Foundry Steps</line1>
          <locality>Upper Tarn</locality>
        </physicalAddress>
      </address>
    </patronInfo>`;

const loan = { service: "Loan", maximum: "15.00" };
const copy = { service: "Copy", maximum: "8.00" };

const s = (
  outcomes: Outcome | readonly Outcome[],
  pair: string,
  tell: Scenario["tell"],
  more: Partial<Scenario> = {},
): Scenario => {
  const [supplier, consumer] = pair.split(" > ") as [string, string];
  const list = typeof outcomes === "string" ? [outcomes] : outcomes;
  return { outcomes: list, supplier: supplier === "?" ? undefined : supplier, consumer, tell, ...more };
};

export const SCENARIOS: readonly Scenario[] = [
  ...["XA-OBM", "XA-KEP", "XA-SAL", "XB-RIV", "XB-DEN", "XC-SUN", "XC-POL", "XC-MUS", "XC-LAW"].map(
    (consumer) =>
      s("unfilled", `XA-NAT > ${consumer}`, (talk, work) =>
        talk
          .ask({ ...loan, work })
          .wait(20)
          .say("ExpectToSupply")
          .wait(30)
          .say("Unfilled"),
      ),
  ),
  // Cancelled: granted by answer, and by status alone.
  ...["XA-LVA", "XB-RIV", "XC-POL"].map((consumer) =>
    s("cancelled", `XA-NHU > ${consumer}`, (talk, work) =>
      talk
        .ask({ ...loan, work })
        .wait(5)
        .say("WillSupply")
        .wait(3)
        .act("Cancel")
        .wait(2)
        .say("Cancelled", { answer: "Y" }),
    ),
  ),
  s("cancelled", "XA-LVA > XA-OBM", (talk, work) =>
    talk
      .ask({ ...copy, work })
      .wait(1)
      .act("Cancel")
      .wait(9)
      .say("Cancelled"),
  ),
  // A cancellation that is refused: the loan stands.
  s("loan", "XA-NHU > XA-OBM", (talk, work) =>
    talk
      .ask({ ...loan, work })
      .wait(8)
      .say("Loaned", { cost: "10.00" })
      .wait(1)
      .act("Cancel")
      .wait(2)
      .say("Loaned", { answer: "N", late: 3 }),
  ),
  // Retried at another supplier, by the previous number.
  ...["XA-KEP", "XA-SAL", "XB-RIV", "XA-OBM"].flatMap((consumer, index) => [
    s("retried", `XA-NAT > ${consumer}`, (talk, work) =>
      talk
        .ask({ ...loan, work })
        .wait(12)
        .say("Unfilled"),
    ),
    s(
      "loan",
      `XA-NHU > ${consumer}`,
      (talk, work, previous) =>
        talk
          .ask({ ...loan, work, previous, type: index % 2 === 0 ? "Retry" : "New" })
          .wait(9)
          .say("Loaned", { cost: consumer === "XA-SAL" ? "6.00" : "10.00" }),
      { follows: "new number" },
    ),
  ]),
  // Retried at another supplier under the same number.
  s("retried", "XA-NAT > XA-LVA", (talk, work) =>
    talk
      .ask({ ...loan, work })
      .wait(10)
      .say("RetryPossible", { offered: "14.00" }),
  ),
  s(
    "loan",
    "XB-RIV > XA-LVA",
    (talk, work) =>
      talk
        .ask({ ...loan, work, type: "Retry" })
        .wait(15)
        .say("Loaned", { cost: "12.00" }),
    { follows: "same number" },
  ),
  ...["XA-LVA", "XB-RIV"].map((consumer) =>
    s(
      "retry-possible",
      `XB-MED > ${consumer}`,
      (talk, work) =>
        talk
          .ask({ ...copy, work })
          .wait(6)
          .say("RetryPossible", { offered: "9.50" }),
      { edition2021: true, article: true },
    ),
  ),
  ...["XA-NHU > XA-LVA", "XA-NHU > XA-KEP", "XA-LVA > XB-RIV", "XB-RIV > XC-POL", "XA-NAT > XB-ARC"].map(
    (pair) =>
      s("still-open", pair, (talk, work) =>
        talk
          .ask({ ...loan, work })
          .confirm("OK")
          .wait(7)
          .say("WillSupply"),
      ),
  ),
  s("still-open", "XA-NHU > XC-LAW", (talk, work) =>
    talk
      .ask({ ...loan, work })
      .wait(30)
      .act("Cancel"),
  ),
  s("taken-back", "XA-NHU > XB-RIV", (talk, work) =>
    talk
      .ask({ ...loan, work })
      .wait(9)
      .say("Loaned", { cost: "10.00" })
      .wait(20)
      .say("Unfilled"),
  ),
  s("taken-back", "XA-LVA > XA-OBM", (talk, work) =>
    talk
      .ask({ ...loan, work })
      .wait(9)
      .say("Loaned", { cost: "10.00" })
      .wait(4)
      .say("WillSupply"),
  ),
  s("taken-back", "XA-NHU > XC-POL", (talk, work) =>
    talk
      .ask({ ...loan, work })
      .wait(9)
      .say("Loaned", { cost: "10.00" })
      .wait(1)
      .act("Cancel")
      .wait(3)
      .say("Cancelled", { answer: "Y" }),
  ),
  // Taken back and sent again: the second shipping counts.
  s("loan", "XA-NHU > XA-KEP", (talk, work) =>
    talk
      .ask({ ...loan, work })
      .wait(9)
      .say("Loaned", { cost: "10.00" })
      .wait(5)
      .say("WillSupply")
      .wait(24)
      .say("Loaned", { cost: "10.00" }),
  ),
  ...["XA-SAL", "XA-KEP", "XC-MUS"].map((consumer) =>
    s("above-maximum", `XA-NHU > ${consumer}`, (talk, work) =>
      talk.ask({ service: "Loan", maximum: "5.00", work }).wait(11).say("Loaned", { cost: "6.00" }),
    ),
  ),
  s(
    "above-maximum",
    "XB-MED > XC-LAW",
    (talk, work) =>
      talk.ask({ service: "Copy", maximum: "2.00", work }).wait(11).say("CopyCompleted", { cost: "2.50" }),
    { article: true },
  ),
  s("other-currency", "XB-RIV > XA-LVA", (talk, work) =>
    talk
      .ask({ ...loan, work })
      .wait(11)
      .say("Loaned", { cost: "13.00", currency: "XTS" }),
  ),
  s("other-currency", "XA-NHU > XB-RIV", (talk, work) =>
    talk
      .ask({ ...loan, work, currency: "XTS" })
      .wait(11)
      .say("Loaned", { cost: "10.00" }),
  ),
  s("messages-missing", "XA-NHU > XA-OBM", (talk, work) =>
    talk
      .ask({ ...loan, work })
      .wait(8)
      .say("WillSupply")
      .wait(8)
      .say("Loaned", { cost: "10.00" })
      .lose("request."),
  ),
  s("messages-missing", "XA-NAT > XA-LVA", (talk, work) =>
    talk
      .ask({ ...loan, work })
      .wait(8)
      .say("Loaned", { cost: "12.00" })
      .wait(40)
      .act("Received")
      .lose("Loaned"),
  ),
  s("impossible-time", "XC-POL > XA-OBM", (talk, work) => {
    talk.ask({ ...loan, work });
    talk.clock = Date.parse("0001-01-01T00:00:00Z");
    return talk.say("Loaned", { sent: true });
  }),
  s("impossible-time", "XA-KEP > XA-SAL", (talk, work) =>
    talk
      .ask({ ...loan, work })
      .wait(10)
      .say("Loaned", { sent: true, late: -720 }),
  ),
  s("not-billable", "XA-NHU > XA-SAL", (talk, work) =>
    talk.ask({ service: "LocationsRequest", work }).wait(2).say("CompletedWithoutReturn"),
  ),
  s("not-billable", "XA-LVA > XC-MUS", (talk, work) =>
    talk.ask({ service: "CostEstimate", work }).wait(2).say("CompletedWithoutReturn", { offered: "18.00" }),
  ),
  s("service-unclear", "XA-NHU > XC-POL", (talk, work) =>
    talk.ask({ service: "CopyOrLoan", work }).wait(30).say("CompletedWithoutReturn"),
  ),
  // Copy or loan: what was reached decides.
  s("copy", "XA-NHU > XC-POL", (talk, work) =>
    talk
      .ask({ service: "CopyOrLoan", maximum: "15.00", work })
      .wait(30)
      .say("CopyCompleted", { cost: "4.00" }),
  ),
  s(
    "loan",
    "XA-NHU > XB-RIV",
    (talk, work) =>
      talk
        .ask({ service: "CopyOrLoan", maximum: "15.00", work })
        .wait(30)
        .say("Loaned", { cost: "10.00", delivered: "Loan" }),
    { edition2021: true },
  ),
  s("contradictory", "XA-NHU > XA-LVA", (talk, work) =>
    talk
      .ask({ ...copy, work })
      .wait(20)
      .say("Loaned", { cost: "5.00" }),
  ),
  s("contradictory", "XA-LVA > XA-NHU", (talk, work) =>
    talk
      .ask({ ...loan, work })
      .wait(20)
      .say("Loaned", { cost: "12.00" })
      .wait(90)
      .say("LoanCompleted")
      .wait(5)
      .say("Unfilled"),
  ),
  s("costs-unclear", "XB-RIV > XA-NHU", (talk, work) =>
    talk
      .ask({ ...loan, work })
      .wait(9)
      .say("Loaned", { cost: "12.00" })
      .wait(9)
      .say("Loaned", { cost: "9.00" }),
  ),
  s("request-refused", "XB-ARC > XC-MUS", (talk, work) => talk.ask({ ...loan, work }).confirm("ERROR")),
  s("message-refused", "XB-MED > XB-RIV", (talk, work) =>
    talk
      .ask({ ...copy, work })
      .wait(9)
      .say("CopyCompleted", { cost: "4.00" })
      .confirm("ERROR"),
  ),
  // Refused, corrected and sent again: the second message counts.
  s("copy", "XB-MED > XA-NHU", (talk, work) =>
    talk
      .ask({ ...copy, work })
      .wait(9)
      .say("CopyCompleted", { cost: "50.00" })
      .confirm("ERROR")
      .wait(1)
      .say("CopyCompleted", { cost: "5.00" })
      .confirm("OK"),
  ),
  s("no-supplier", "? > XA-KEP", (talk, work) => talk.ask({ ...loan, work }), { edition2021: true }),
  s("same-agency", "XA-OBM > XA-OBM", (talk, work) =>
    talk
      .ask({ ...loan, work })
      .wait(4)
      .say("Loaned", { sent: true }),
  ),
  s(["loan", "unassignable"], "XA-NHU > XA-LVA", (talk, work) =>
    talk
      .ask({ ...loan, work })
      .wait(12)
      .say("Loaned", { cost: "12.00" })
      .confirm("OK", true),
  ),
  // Lost by the requester's word (2021-2), closed by the supplier.
  ...["XA-LVA", "XC-POL"].map((consumer) =>
    s(
      ["loan", "lost"],
      `XA-NHU > ${consumer}`,
      (talk, work) =>
        talk
          .ask({ ...loan, work })
          .wait(12)
          .say("Loaned", { cost: consumer === "XA-LVA" ? "12.00" : "10.00", delivered: "Loan" })
          .wait(40)
          .act("Received")
          .wait(200)
          .act("Lost")
          .wait(20)
          .say("CompletedWithoutReturn"),
      { edition2021: true },
    ),
  ),
  s(
    "loan",
    "XA-NHU > XB-RIV",
    (talk, work) =>
      talk
        .ask({ ...loan, work })
        .wait(12)
        .say("Loaned", { sent: true })
        .wait(90)
        .act("Lost")
        .wait(60)
        .say("LoanCompleted"),
    { edition2021: true },
  ),
  s("loan", "XA-NAT > XB-RIV", (talk, work) =>
    talk
      .ask({ ...loan, work })
      .wait(12)
      .say("Loaned", { sent: true })
      .wait(300)
      .say("CompletedWithoutReturn"),
  ),
  // Kept back, overdue, recalled, returned.
  s(
    "loan",
    "XA-LVA > XC-POL",
    (talk, work) =>
      talk
        .ask({ ...loan, work })
        .wait(12)
        .say("Loaned", { cost: "10.00" })
        .wait(100)
        .act("HoldReturn")
        .wait(1)
        .say("HoldReturn")
        .wait(90)
        .say("ReleaseHoldReturn")
        .wait(40)
        .say("Overdue")
        .wait(20)
        .say("Recalled")
        .wait(30)
        .act("ShippedReturn")
        .wait(40)
        .say("LoanCompleted"),
    { edition2021: true },
  ),
  // Out of order: WillSupply is told a day late; a return is told before the shipping; a clock runs ahead.
  ...["XA-OBM", "XC-POL"].map((consumer) =>
    s("loan", `XA-LVA > ${consumer}`, (talk, work) =>
      talk
        .ask({ ...loan, work })
        .wait(20)
        .say("Loaned", { cost: "10.00" })
        .wait(6)
        .say("WillSupply", { late: 22 }),
    ),
  ),
  s("loan", "XA-NHU > XA-KEP", (talk, work) =>
    talk
      .ask({ ...loan, work })
      .wait(200)
      .say("LoanCompleted")
      .wait(2)
      .say("Loaned", { cost: "10.00" }),
  ),
  s(
    "copy",
    "XB-MED > XB-RIV",
    (talk, work) =>
      talk
        .ask({ ...copy, work })
        .wait(-1)
        .say("CopyCompleted", { cost: "4.00" }),
    {
      article: true,
    },
  ),
  // The last half minute of the month.
  s("loan", "XA-NAT > XA-OBM", (talk, work) => {
    talk.clock = Date.parse("2026-10-30T10:00:00Z");
    talk.ask({ ...loan, work });
    talk.clock = Date.parse("2026-10-31T23:59:30Z");
    return talk.say("Loaned", { cost: "10.00" });
  }),
  // Repeats, a reminder, and readers' data that must not come through.
  ...["XA-LVA", "XA-OBM", "XB-RIV"].map((consumer) =>
    s("loan", `XA-NHU > ${consumer}`, (talk, work) =>
      talk
        .ask({ ...loan, work })
        .repeat()
        .wait(10)
        .say("Loaned", { cost: consumer === "XA-LVA" ? "12.00" : "10.00" })
        .repeat(),
    ),
  ),
  s("copy", "XA-NHU > XA-OBM", (talk, work) =>
    talk
      .ask({ ...copy, work })
      .wait(90)
      .ask({ ...copy, work, type: "Reminder" })
      .wait(4)
      .say("CopyCompleted", { cost: "4.00" }),
  ),
  ...["XA-SAL", "XC-MUS", "XA-KEP", "XC-LAW"].map((consumer) =>
    s("loan", `XA-NHU > ${consumer}`, (talk, work) =>
      talk
        .ask({ ...loan, work, raw: READER })
        .wait(16)
        .say("Loaned", { cost: consumer === "XA-KEP" ? "10.00" : "6.00" }),
    ),
  ),
];
