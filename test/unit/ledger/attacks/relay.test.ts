import { expect } from "chai";
import { concat } from "ethers";
import { ledgerDomain, signBatch } from "../../../../src/chain/signing.ts";
import { statementNumber } from "../../../../src/core/ids.ts";
import { encodeSignature } from "../../../../src/core/statement.ts";
import { c, order, packed } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";
import type { World } from "../../../support/world.ts";
import { getBytes, hexlify } from "ethers";

describe("attack: a relayer that cheats", () => {
  const world = useWorld();

  /** A batch of two with ada's order, and the call a relayer makes of it. */
  async function ordered(w: World) {
    const batch = concat([await packed(w), await packed(w, { number: statementNumber(2) })]);
    const deadline = (await w.time.latest()) + 3600;
    const signature = await order(w, batch, { deadline });
    return { batch, deadline, signature };
  }

  async function refused(w: World, sending: Promise<unknown>): Promise<void> {
    await expect(sending).to.be.revertedWithCustomError(w.ledger, "LedgerBatchUnsigned");
  }

  it("cannot drop, add, repeat or reorder statements", async () => {
    const w = world();
    const { batch, deadline, signature } = await ordered(w);
    const half = batch.slice(0, 2 + (batch.length - 2) / 2);
    const rest = `0x${batch.slice(half.length)}`;
    for (const altered of [half, rest, concat([rest, half]), concat([batch, half]), `${batch}00`]) {
      await refused(w, w.strange.ledger.postFor(w.ada.id, 0, altered, deadline, signature));
    }
  });

  it("cannot choose the mode, the deadline or the supplier", async () => {
    const w = world();
    const { batch, deadline, signature } = await ordered(w);
    await refused(w, w.strange.ledger.postFor(w.ada.id, 1, batch, deadline, signature));
    await refused(w, w.strange.ledger.postFor(w.ada.id, 2, batch, deadline, signature));
    await refused(w, w.strange.ledger.postFor(w.ada.id, 0, batch, deadline + 1, signature));
    await refused(w, w.strange.ledger.postFor(w.bob.id, 0, batch, deadline, signature));
  });

  it("cannot post past the deadline", async () => {
    const w = world();
    const { batch, deadline, signature } = await ordered(w);
    await w.time.increaseTo(deadline + 1);
    await expect(w.strange.ledger.postFor(w.ada.id, 0, batch, deadline, signature))
      .to.be.revertedWithCustomError(w.ledger, "LedgerBatchExpired")
      .withArgs(deadline);
  });

  it("cannot post twice (invariant 5)", async () => {
    const w = world();
    const { batch, deadline, signature } = await ordered(w);
    await w.strange.ledger.postFor(w.ada.id, 0, batch, deadline, signature);
    await expect(w.strange.ledger.postFor(w.ada.id, 0, batch, deadline, signature))
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(w.ada.id, 1, 8n, 1n, 0n);
  });

  it("gains nothing by posting a skipping batch twice", async () => {
    const w = world();
    const batch = await packed(w);
    const deadline = (await w.time.latest()) + 3600;
    const signature = await order(w, batch, { deadline, mode: "skip" });
    await w.strange.ledger.postFor(w.ada.id, 1, batch, deadline, signature);
    await w.strange.ledger.postFor(w.ada.id, 1, batch, deadline, signature);
    expect((await w.ledger.account(w.ada.id)).position).to.equal(c("12"));
  });

  it("cannot use an order of another chain or another ledger", async () => {
    const w = world();
    const { batch, deadline } = await ordered(w);
    for (const domain of [
      ledgerDomain(1n, w.deployment.ledger),
      ledgerDomain(w.deployment.chainId, w.deployment.register),
    ]) {
      const signed = await signBatch(w.ada.key, domain, {
        supplier: w.ada.id,
        mode: "allOrNothing",
        batch: getBytes(batch),
        deadline,
      });
      const signature = hexlify(new Uint8Array([0, ...encodeSignature(signed)]));
      await refused(w, w.strange.ledger.postFor(w.ada.id, 0, batch, deadline, signature));
    }
  });

  it("cannot use an order of a key that was revoked since", async () => {
    const w = world();
    const { batch, deadline, signature } = await ordered(w);
    await w.ada.as.contracts.register.rotateKey(w.ada.id, w.stranger.address);
    await refused(w, w.strange.ledger.postFor(w.ada.id, 0, batch, deadline, signature));
  });
});
