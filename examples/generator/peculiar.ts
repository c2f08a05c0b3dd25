import { READER, copy, loan, s } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

/** What senders get wrong, what is lost, what comes late, twice or out of order. */
export const PECULIAR: readonly Scenario[] = [
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
