import { expect } from "chai";
import { GROSS, bill, order, packed, statementOf } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";
import { MODES } from "../../../src/core/statement.ts";

const later = async ({ time }: World) => (await time.latest()) + 3600;

describe("Ledger.postFor", () => {
  const world = useWorld();

  it("posts for a supplier that signed, whoever sends it", async () => {
    const w = world();
    const [batch, deadline] = [await packed(w), await later(w)];
    await w.strange.ledger.postFor(w.ada.id, 0, batch, deadline, await order(w, batch, { deadline }));
    expect((await w.ledger.account(w.ada.id)).position).to.equal(GROSS);
  });

  it("takes an order of any key with the right to post, and of no other", async () => {
    const w = world();
    const [batch, deadline] = [await packed(w), await later(w)];
    const signature = await order(w, batch, { deadline, signer: w.stranger });
    const call = () => w.ledger.postFor(w.ada.id, 0, batch, deadline, signature);
    await expect(call())
      .to.be.revertedWithCustomError(w.ledger, "LedgerBatchUnsigned")
      .withArgs(w.ada.id, w.stranger.address);
    await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger.address, 62);
    await expect(call()).to.be.revertedWithCustomError(w.ledger, "LedgerBatchUnsigned");
    await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger.address, 1);
    await call();
  });

  describe("given a deadline", () => {
    it("works at its second and not one later", async () => {
      const w = world();
      const [batch, deadline] = [await packed(w), await later(w)];
      const signature = await order(w, batch, { deadline });
      await w.time.setNextBlockTimestamp(deadline + 1);
      await expect(w.ledger.postFor(w.ada.id, 0, batch, deadline, signature))
        .to.be.revertedWithCustomError(w.ledger, "LedgerBatchExpired")
        .withArgs(deadline);
    });

    it("works at its last second", async () => {
      const w = world();
      const [batch, deadline] = [await packed(w), await later(w)];
      const signature = await order(w, batch, { deadline });
      await w.time.setNextBlockTimestamp(deadline);
      await w.ledger.postFor(w.ada.id, 0, batch, deadline, signature);
    });
  });

  describe("given no signature, or half of one", () => {
    for (const signature of [
      "0x",
      "0x00",
      `0x00${"11".repeat(63)}`,
      `0x00${"11".repeat(65)}`,
      "0x01",
      "0x02",
    ]) {
      it(`refuses ${signature.slice(0, 12)} of ${signature.length / 2 - 1} bytes`, async () => {
        const w = world();
        const batch = await packed(w);
        await expect(w.ledger.postFor(w.ada.id, 0, batch, await later(w), signature))
          .to.be.revertedWithCustomError(w.ledger, "LedgerBatchUnsigned")
          .withArgs(w.ada.id, `0x${"00".repeat(20)}`);
      });
    }
  });

  it("posts in the mode that was signed", async () => {
    const w = world();
    const [batch, deadline] = [await packed(w, { consumer: w.eve.id }), await later(w)];
    const signature = await order(w, batch, { deadline, mode: "acknowledge" });
    await w.ledger.postFor(w.ada.id, MODES.acknowledge, batch, deadline, signature);
    expect(await w.ledger.debtOf(w.eve.id, w.ada.id)).to.equal(GROSS);
  });

  it("refuses what the batch itself would be refused for", async () => {
    const w = world();
    await bill(w);
    const [batch, deadline] = [await packed(w, { number: statementOf(w).number }), await later(w)];
    await expect(w.ledger.postFor(w.ada.id, 0, batch, deadline, await order(w, batch, { deadline })))
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(w.ada.id, 1, 8n, 1n, 0n);
  });
});
