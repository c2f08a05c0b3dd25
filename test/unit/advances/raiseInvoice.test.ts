import { expect } from "chai";
import { id } from "ethers";
import { OCTOBER } from "../../support/consortium.ts";
import { expectSound } from "../../support/soundness.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

const PAPER = id("an invoice");

describe("Advances.raiseInvoice", () => {
  const world = useWorld();

  it("numbers invoices, keeps what is asked for and debits nobody", async () => {
    const w = world();
    const { advances } = w.bob.as.contracts;
    const sent = await advances.raiseInvoice(w.bob.id, w.eve.id, OCTOBER, c("40"), PAPER);
    await expect(sent)
      .to.emit(w.advances, "InvoiceRaised")
      .withArgs(1, w.bob.id, w.eve.id, OCTOBER, c("40"), PAPER);
    await expect(advances.raiseInvoice(w.bob.id, w.ada.id, OCTOBER - 1, 1, PAPER))
      .to.emit(w.advances, "InvoiceRaised")
      .withArgs(2, w.bob.id, w.ada.id, OCTOBER - 1, 1, PAPER);
    expect(await w.advances.invoiceOf(1)).to.deep.equal([
      BigInt(w.bob.id),
      BigInt(w.eve.id),
      BigInt(OCTOBER),
      c("40"),
      0n,
    ]);
    const { position, cash, debts } = await w.ledger.account(w.eve.id);
    expect([position, cash, debts]).to.deep.equal([0n, 0n, 0n]);
    await expectSound(w);
  });

  it("takes the sponsor's cash keys, and nobody else's", async () => {
    const w = world();
    await w.bob.as.contracts.register.setKey(w.bob.id, w.stranger, 63 - 8);
    for (const [{ advances }, key] of [
      [w.strange, w.stranger.address],
      [w.eve.as.contracts, w.eve.key.address],
    ] as const) {
      await expect(advances.raiseInvoice(w.bob.id, w.eve.id, OCTOBER, 1, PAPER))
        .to.be.revertedWithCustomError(w.advances, "DeskRightMissing")
        .withArgs(w.bob.id, key, 8);
    }
    await w.bob.as.contracts.register.setKey(w.bob.id, w.stranger, 8);
    await w.strange.advances.raiseInvoice(w.bob.id, w.eve.id, OCTOBER, 1, PAPER);
  });

  it("refuses nothing, oneself, and whom nobody knows", async () => {
    const w = world();
    const { advances } = w.bob.as.contracts;
    await expect(advances.raiseInvoice(w.bob.id, w.eve.id, OCTOBER, 0, PAPER)).to.be.revertedWithCustomError(
      w.advances,
      "AdvanceAmountZero",
    );
    await expect(advances.raiseInvoice(w.bob.id, w.bob.id, OCTOBER, 1, PAPER))
      .to.be.revertedWithCustomError(w.advances, "AdvanceToSelf")
      .withArgs(w.bob.id);
    for (const member of [0, 99]) {
      await expect(advances.raiseInvoice(w.bob.id, member, OCTOBER, 1, PAPER))
        .to.be.revertedWithCustomError(w.ledger, "LedgerMemberUnknown")
        .withArgs(member);
    }
    expect(await w.advances.invoiceOf(1)).to.deep.equal([0n, 0n, 0n, 0n, 0n]);
  });
});
