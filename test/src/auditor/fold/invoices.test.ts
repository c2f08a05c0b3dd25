import { expect } from "chai";
import { ZeroHash } from "ethers";
import type { FindingCode } from "../../../../src/auditor/codes.ts";
import { memberId, statementNumber } from "../../../../src/core/ids.ts";
import { OCTOBER } from "../../../support/consortium.ts";
import {
  addressOf,
  BOB,
  EVE,
  foundedLedger,
  madeStatement,
  postedEvent,
  signedBy,
  SITE,
  type MadeEvent,
  type MadeLedger,
} from "../../../support/made-ledger.ts";
import { c, DUE } from "../../../support/statements.ts";

const payer = addressOf("payer");
const raised = (invoice = 1, amount = c("10"), member = EVE, sponsor = BOB): MadeEvent => [
  "InvoiceRaised",
  ...[invoice, sponsor, member, OCTOBER, amount, ZeroHash],
];
/** A payment as it should be: brought in by the desk, repaid as far as it can be. */
const paid = (amount: bigint, repaid: bigint, invoice = 1): MadeEvent[] => [
  ["Deposited", EVE, SITE.advances, amount],
  ...(repaid === 0n ? [] : [["AdvanceReturned", BOB, EVE, repaid] as const]),
  ["InvoicePaid", invoice, payer, amount, repaid, ZeroHash],
];
/** Bob lent eve 20, who drew a loan of it and has the rest. */
async function lent(): Promise<MadeLedger> {
  const made = foundedLedger().tell(["AdvanceGiven", BOB, EVE, c("20")]);
  const statement = madeStatement({ consumer: EVE, number: statementNumber(5) });
  return made.tell(postedEvent([await signedBy("eve", statement)])).tell(raised());
}

describe("invoices, folded", () => {
  it("repay a sponsor as far as the account bears it, whoever pays", async () => {
    const made = (await lent()).tell(...paid(c("6"), c("6"))).tell(...paid(c("4"), c("4")));
    expect(await made.codes()).to.deep.equal([]);
    expect(made.fold.invoices.list).to.deep.equal([
      { sponsor: BOB, member: EVE, period: OCTOBER, amount: c("10"), paid: c("10") },
    ]);
    expect(made.state.book.advanceOf(BOB, EVE)).to.equal(c("10"));
    expect(made.account(EVE).room).to.equal(c("20") - DUE);
    expect(made.state.counts.invoices).to.equal(1);
  });

  it("leave what nobody lent in the account", async () => {
    const made = foundedLedger()
      .tell(raised())
      .tell(...paid(c("3"), 0n));
    expect(await made.codes()).to.deep.equal([]);
    expect(made.account(EVE).cash).to.equal(c("3"));
  });

  const wrong: readonly [what: string, codes: readonly FindingCode[], events: readonly MadeEvent[]][] = [
    ["a number out of turn", ["InvoiceWrong"], [raised(3)]],
    ["an invoice for nothing", ["InvoiceWrong"], [raised(2, c("0"))]],
    ["an invoice to oneself", ["InvoiceWrong"], [raised(2, c("1"), BOB)]],
    ["an invoice to nobody", ["MemberUnknown"], [raised(2, c("1"), memberId(9))]],
    ["nothing in what follows it", ["MemberUnknown"], [raised(2, c("1"), memberId(9)), raised(3)]],
    [
      "both parties that nobody knows",
      ["MemberUnknown", "MemberUnknown"],
      [raised(2, c("1"), memberId(9), memberId(8))],
    ],
    ["the payment of none", ["InvoiceUnknown"], paid(c("1"), c("1"), 2)],
    ["more than is due", ["InvoiceWrong"], paid(c("11"), c("11"))],
    ["what was not brought in", ["InvoiceUnexplained"], paid(c("1"), c("1")).slice(1)],
    ["what was brought in for nothing", ["InvoiceUnexplained"], paid(c("1"), 0n).slice(0, 1)],
    [
      "a repayment that did not happen",
      ["InvoiceUnexplained"],
      paid(c("1"), c("1")).filter(([name]) => name !== "AdvanceReturned"),
    ],
    ["too little repaid", ["InvoiceWrong"], paid(c("5"), c("4"))],
    ["nothing repaid", ["InvoiceWrong"], paid(c("5"), 0n)],
  ];
  for (const [what, codes, events] of wrong) {
    it(`finds ${what}`, async () => {
      const made = (await lent()).tell(...events);
      expect(await made.codes()).to.deep.equal(codes);
    });
  }

  it("finds an invoice that the sponsor's own return is taken for", async () => {
    const made = await lent();
    made.tell(
      ["AdvanceReturned", BOB, EVE, c("1")],
      ...paid(c("5"), c("5")).filter(([name]) => name !== "AdvanceReturned"),
    );
    expect(await made.codes()).to.deep.equal(["InvoiceUnexplained"]);
  });
});
