import { expect } from "chai";
import { id } from "ethers";
import { isConsortiaError } from "../../../src/core/error.ts";
import { hash } from "../../../src/core/ids.ts";
import { readAccount, readAdvance, sendAdvance } from "../../../src/sdk/accounts.ts";
import { sendIssue } from "../../../src/sdk/assets.ts";
import * as commitments from "../../../src/sdk/commitments.ts";
import { actAs } from "../../../src/sdk/consortium.ts";
import * as invoices from "../../../src/sdk/invoices.ts";
import * as redemptions from "../../../src/sdk/redemptions.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { bill, c, DUE } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import { DOCUMENT } from "./balanceCases.ts";

const payment = (name: string) => hash(id(name));
const codeOf = async (act: Promise<unknown>): Promise<unknown> => {
  const error = await act.catch((thrown: unknown) => thrown);
  return isConsortiaError(error) ? error.code : error;
};

describe("what backs credits", () => {
  const world = useWorld();

  it("is what members promised and paid, less what the bank paid out", async () => {
    const w = world();
    const before = await commitments.readBacking(w.admin);
    const member = w.bob.id;
    await commitments.issueAgainst(w.admin, {
      ...{ member, amount: c("10"), to: w.stranger.address, document: DOCUMENT },
    });
    await commitments.sendPaymentConfirmation(w.admin, { member, amount: c("4"), payment: payment("one") });
    const { redemption } = await redemptions.sendRedemption(actAs(w.admin, w.stranger), {
      ...{ amount: c("3"), instruction: DOCUMENT },
    });
    const after = await commitments.readBacking(w.admin);
    expect(after).to.deep.equal({
      supply: before.supply + c("7"),
      redeeming: c("3"),
      committed: before.committed + c("6"),
      received: c("4"),
      issuable: before.issuable,
    });
    const bob = { member, open: c("6"), promised: c("10"), paid: c("4") };
    expect((await commitments.listCommitments(w.admin)).find((one) => one.member === member)).to.deep.equal(
      bob,
    );
    const [waiting] = await redemptions.listRedemptions(w.admin);
    expect(waiting).to.deep.include({ redemption, holder: w.stranger.address, amount: c("3") });
    expect("payment" in waiting!).to.equal(false);
    await redemptions.sendRedemptionConfirmation(w.admin, { redemption, payment: payment("out") });
    expect((await redemptions.listRedemptions(w.admin))[0]?.payment).to.equal(payment("out"));
    expect((await commitments.readBacking(w.admin)).received).to.equal(c("1"));
  });

  it("bounds what can be issued", async () => {
    const w = world();
    const { issuable } = await commitments.readBacking(w.admin);
    const more = { to: w.stranger.address, amount: (issuable + 1n) as typeof issuable };
    expect(await codeOf(sendIssue(w.admin, more))).to.equal("CreditUnbacked");
  });
});

describe("invoices", () => {
  const world = useWorld();

  it("are paid in parts, which repay what the sponsor lent", async () => {
    const w = world();
    await sendAdvance(w.bob.as, { sponsor: w.bob.id, member: w.eve.id, amount: c("50") });
    await bill(w, { consumer: w.eve.id });
    const terms = { sponsor: w.bob.id, member: w.eve.id, period: OCTOBER, amount: DUE, document: DOCUMENT };
    const { invoice } = await invoices.sendInvoice(w.bob.as, terms);
    expect(await invoices.listInvoices(w.admin, w.eve.id)).to.deep.equal([
      { invoice, sponsor: w.bob.id, member: w.eve.id, period: OCTOBER, amount: DUE, paid: c("0") },
    ]);
    expect(await invoices.listInvoices(w.admin, w.ada.id)).to.deep.equal([]);
    await (await w.asset.issue(w.stranger.address, DUE)).wait();
    const paying = actAs(w.admin, w.stranger);
    for (const [amount, name] of [
      [c("2"), "first"],
      [DUE - c("2"), "second"],
    ] as const) {
      await invoices.sendInvoicePayment(paying, {
        ...{ invoice, amount: amount as typeof DUE, payment: payment(name) },
      });
    }
    expect((await invoices.readInvoice(w.admin, invoice)).paid).to.equal(DUE);
    expect(await readAdvance(w.admin, w.bob.id, w.eve.id)).to.equal(c("50") - DUE);
    expect((await readAccount(w.admin, w.eve.id)).cash).to.equal(c("50"));
    const paid = await invoices.readInvoicePayments(w.admin, invoice);
    expect(paid.map(({ amount, repaid }) => [amount, repaid])).to.deep.equal([
      [c("2"), c("2")],
      [DUE - c("2"), DUE - c("2")],
    ]);
    expect(await codeOf(invoices.readInvoice(w.admin, 9))).to.equal("InvoiceUnknown");
  });
});
