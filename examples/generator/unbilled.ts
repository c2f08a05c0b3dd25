import { copy, loan, s } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

/** Exchanges that end without a bill, and those that nearly did. */
export const UNBILLED: readonly Scenario[] = [
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
];
