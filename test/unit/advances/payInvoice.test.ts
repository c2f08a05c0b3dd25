import { expect } from "chai";
import { MaxUint256, id } from "ethers";
import type { Credits } from "../../../src/core/money.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { enrich } from "../../support/credits.ts";
import { expectSound } from "../../support/soundness.ts";
import { DUE, bill, c, loans } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

const BANK = id("a transfer");

/** Bob advanced eve so much, invoiced it, and a stranger holds the money to pay. */
async function invoiced(w: World, advanced: string, asked: string): Promise<void> {
  const { advances } = w.bob.as.contracts;
  if (c(advanced) !== 0n) await advances.advance(w.bob.id, w.eve.id, c(advanced));
  await advances.raiseInvoice(w.bob.id, w.eve.id, OCTOBER, c(asked), id("an invoice"));
  await enrich(w, w.stranger.address, c("1000"));
  await w.strange.asset.approve(w.advances, MaxUint256);
}

const pay = ({ strange }: World, amount: Credits, invoice = 1) =>
  strange.advances.payInvoice(invoice, amount, BANK);

/** Eve's cash, what she may withdraw, and what she owes bob. */
async function standing(w: World) {
  const { cash, free } = await w.ledger.account(w.eve.id);
  return [cash, free, await w.advances.advanceOf(w.bob.id, w.eve.id)];
}

describe("Advances.payInvoice", () => {
  const world = useWorld();

  it("pays the sponsor back what the member spent, out of the payer's assets", async () => {
    const w = world();
    await invoiced(w, "100", "24.52");
    await bill(w, { consumer: w.eve.id, lines: loans(2) });
    await w.closeMonth();
    const [backing, assets] = [await w.ledger.backing(), await w.asset.balanceOf(w.stranger)];
    expect(await w.strange.advances.payInvoice.staticCall(1, c("24.52"), BANK)).to.equal(c("24.52"));
    const sent = await pay(w, c("24.52"));
    await expect(sent)
      .to.emit(w.advances, "InvoicePaid")
      .withArgs(1, w.stranger.address, c("24.52"), c("24.52"), BANK);
    await expect(sent).to.emit(w.ledger, "Deposited").withArgs(w.eve.id, w.deployment.advances, c("24.52"));
    await expect(sent).to.emit(w.ledger, "AdvanceReturned").withArgs(w.bob.id, w.eve.id, c("24.52"));
    expect(await standing(w)).to.deep.equal([c("75.48"), 0n, c("75.48")]);
    expect((await w.ledger.account(w.bob.id)).cash).to.equal(c("924.52"));
    expect(await w.ledger.backing()).to.equal(backing + c("24.52"));
    expect(await w.asset.balanceOf(w.stranger)).to.equal(assets - c("24.52"));
    expect(await w.asset.balanceOf(w.deployment.advances)).to.equal(0n);
    expect((await w.advances.invoiceOf(1)).paid).to.equal(c("24.52"));
    await expectSound(w);
  });

  it("is paid in parts, and no millionth beyond", async () => {
    const w = world();
    await invoiced(w, "50", "30");
    await pay(w, c("12"));
    await expect(pay(w, c("18.000001")))
      .to.be.revertedWithCustomError(w.advances, "InvoiceExceeded")
      .withArgs(1, c("18.000001"), c("18"));
    await pay(w, c("18"));
    await expect(pay(w, c("0.000001")))
      .to.be.revertedWithCustomError(w.advances, "InvoiceExceeded")
      .withArgs(1, 1, 0);
    expect(await standing(w)).to.deep.equal([c("50"), c("30"), c("20")]);
    await expectSound(w);
  });

  it("leaves the member what exceeds the advance", async () => {
    const w = world();
    await invoiced(w, "10", "30");
    await expect(pay(w, c("30")))
      .to.emit(w.advances, "InvoicePaid")
      .withArgs(1, w.stranger.address, c("30"), c("10"), BANK);
    expect(await standing(w)).to.deep.equal([c("30"), c("30"), 0n]);
    await expectSound(w);
  });

  it("is a deposit where nothing was advanced", async () => {
    const w = world();
    await invoiced(w, "0", "30");
    await expect(pay(w, c("30")))
      .to.emit(w.advances, "InvoicePaid")
      .withArgs(1, w.stranger.address, c("30"), 0, BANK)
      .and.not.to.emit(w.ledger, "AdvanceReturned");
    expect(await standing(w)).to.deep.equal([c("30"), c("30"), 0n]);
  });

  it("lets acknowledged debts keep their cash", async () => {
    const w = world();
    await invoiced(w, "10", "30");
    await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
    // 10 debited of 10; 2.26 are owed.
    await expect(pay(w, c("2")))
      .to.emit(w.advances, "InvoicePaid")
      .withArgs(1, w.stranger.address, c("2"), 0, BANK);
    await expect(pay(w, c("5")))
      .to.emit(w.advances, "InvoicePaid")
      .withArgs(1, w.stranger.address, c("5"), c("4.74"), BANK);
    expect(await w.advances.advanceOf(w.bob.id, w.eve.id)).to.equal(c("5.26"));
    await expectSound(w);
  });

  it("lets the open month's debits keep theirs", async () => {
    const w = world();
    await invoiced(w, "12.26", "30");
    await bill(w, { consumer: w.eve.id });
    await expect(pay(w, c("30")))
      .to.emit(w.advances, "InvoicePaid")
      .withArgs(1, w.stranger.address, c("30"), DUE, BANK);
    expect(await standing(w)).to.deep.equal([c("30"), c("30") - DUE, 0n]);
    await expectSound(w);
  });

  it("repays this sponsor and no other", async () => {
    const w = world();
    await w.ada.as.contracts.advances.advance(w.ada.id, w.eve.id, c("20"));
    await invoiced(w, "5", "30");
    await pay(w, c("30"));
    expect(await w.advances.advanceOf(w.ada.id, w.eve.id)).to.equal(c("20"));
    expect(await standing(w)).to.deep.equal([c("50"), c("30"), 0n]);
  });

  it("works while posting is paused and a close is due, for members that have left", async () => {
    const w = world();
    await invoiced(w, "10", "30");
    await w.eve.as.contracts.register.leave(w.eve.id);
    await w.ledger.pausePosting(7 * 86_400);
    await pay(w, c("30"));
    expect((await w.ledger.account(w.bob.id)).cash).to.equal(c("1000"));
  });

  it("refuses nothing, and an invoice that nobody raised", async () => {
    const w = world();
    await invoiced(w, "10", "30");
    await expect(pay(w, c("0"))).to.be.revertedWithCustomError(w.advances, "AdvanceAmountZero");
    for (const invoice of [0, 2]) {
      await expect(pay(w, c("1"), invoice))
        .to.be.revertedWithCustomError(w.advances, "InvoiceUnknown")
        .withArgs(invoice);
    }
  });

  it("takes nothing of others: the caller's own assets, as far as it approved, or nothing at all", async () => {
    const w = world();
    await invoiced(w, "10", "30");
    // The stranger's approval stands open; eve tries to pay with it.
    await expect(w.eve.as.contracts.advances.payInvoice(1, c("30"), BANK))
      .to.be.revertedWithCustomError(w.asset, "ERC20InsufficientAllowance")
      .withArgs(w.deployment.advances, 0, c("30"));
    await w.strange.asset.approve(w.advances, c("29.999999"));
    await expect(pay(w, c("30"))).to.be.revertedWithCustomError(w.asset, "ERC20InsufficientAllowance");
    expect((await w.advances.invoiceOf(1)).paid).to.equal(0n);
  });

  it("leaves the desk what was sent there by mistake", async () => {
    const w = world();
    await invoiced(w, "10", "30");
    await w.strange.asset.transfer(w.advances, c("3"));
    await pay(w, c("30"));
    expect(await w.asset.balanceOf(w.advances)).to.equal(c("3"));
    expect(await w.asset.allowance(w.advances, w.ledger)).to.equal(0n);
  });
});
