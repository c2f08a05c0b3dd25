import { expect } from "chai";
import { concat, hexlify } from "ethers";
import { ledgerDomain, signStatement } from "../../../../src/chain/signing.ts";
import { statementNumber } from "../../../../src/core/ids.ts";
import { encodeSignature, MODES } from "../../../../src/core/statement.ts";
import {
  FAULT,
  bill,
  c,
  countersigned,
  order,
  packed,
  packedWith,
  post,
  statementOf,
} from "../../../support/statements.ts";
import { NO_DESKS } from "../../../support/consortium.ts";
import { useWorld } from "../../../support/world.ts";
import type { World } from "../../../support/world.ts";

describe("attack: replaying a statement (invariant 5)", () => {
  const world = useWorld();

  async function refused(
    w: World,
    sending: Promise<unknown>,
    fault: bigint,
    supplier = w.ada.id,
  ): Promise<void> {
    await expect(sending)
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(supplier, 1, fault, (found: bigint) => found >= 0n, 0n);
  }

  it("fails in the same batch", async () => {
    const w = world();
    const one = await packed(w);
    await refused(w, post(w, [one, one]), FAULT.NumberUsed);
  });

  it("is skipped in the same batch, and charged once", async () => {
    const w = world();
    const one = await packed(w);
    await expect(post(w, [one, one, one], { mode: "skip" }))
      .to.emit(w.ledger, "StatementSkipped")
      .withArgs(w.ada.id, 1, FAULT.NumberUsed, 1n, 0n);
    expect((await w.ledger.account(w.ada.id)).position).to.equal(c("12"));
  });

  for (const months of [0, 1, 3]) {
    it(`fails in another batch ${months} months later`, async () => {
      const w = world();
      const one = await packed(w);
      await post(w, one);
      for (let i = 0; i < months; i++) await w.closeMonth();
      await refused(w, post(w, one), FAULT.NumberUsed);
    });
  }

  it("fails with the same number and other contents", async () => {
    const w = world();
    await bill(w);
    await refused(w, bill(w, { consumer: w.eve.id, maximum: c("99") }), FAULT.NumberUsed);
  });

  it("fails for another supplier: the signature names its own", async () => {
    const w = world();
    await refused(w, post(w, await packed(w), { by: w.eve }), FAULT.NotCountersigned, w.eve.id);
  });

  it("fails for another consumer of the same key", async () => {
    const w = world();
    await w.eve.as.contracts.register.setKey(w.eve.id, w.bob.key.address, 2);
    const { countersignature } = await countersigned(w);
    const other = packedWith(statementOf(w, { consumer: w.eve.id }), countersignature);
    // Skipping, signatures are asked about before eve's empty account is.
    await expect(post(w, other, { mode: "skip" }))
      .to.emit(w.ledger, "StatementSkipped")
      .withArgs(w.ada.id, 1, FAULT.NotCountersigned, (found: bigint) => found !== 0n, 0n);
  });

  it("fails when it was signed for another chain", async () => {
    const w = world();
    const statement = statementOf(w);
    const domain = ledgerDomain(w.deployment.chainId + 1n, w.deployment.ledger);
    await refused(
      w,
      post(w, packedWith(statement, await signStatement(w.bob.key, domain, statement))),
      FAULT.NotCountersigned,
    );
  });

  it("fails when it was signed for another ledger", async () => {
    const w = world();
    const { charter, register, pricing, asset } = w.deployment;
    const terms = { withdrawalNotice: 1, withdrawalWindow: 1, debtTerm: 1 };
    const other = await w.ethers.deployContract(
      "Ledger",
      [charter, register, asset, { ...NO_DESKS, pricing }, terms],
      w.ada.key,
    );
    for (const id of [1, w.ada.id, w.bob.id]) await other.getFunction("sync")(id);
    await expect(other.getFunction("post")(w.ada.id, MODES.skip, await packed(w)))
      .to.emit(other, "StatementSkipped")
      .withArgs(w.ada.id, 1, FAULT.NotCountersigned, (found: bigint) => found !== 0n, 0n);
  });

  it("fails when a batch's signature is shown as a statement's", async () => {
    const w = world();
    const batch = await packed(w);
    // Bob, as supplier of his own batch, signed an order: it must not pass for his countersignature.
    const signature = await order(w, batch, { deadline: 2 ** 39, signer: w.bob.key, supplier: w.bob.id });
    const head = batch.slice(0, -128);
    await refused(w, post(w, concat([head, `0x${signature.slice(4)}`])), FAULT.NotCountersigned);
  });

  it("fails when a statement's signature is shown as a batch's", async () => {
    const w = world();
    const batch = await packed(w, { supplier: w.ada.id, number: statementNumber(3) });
    const { countersignature } = await countersigned(w, { number: statementNumber(3) }, w.ada.key);
    const signature = hexlify(new Uint8Array([0, ...encodeSignature(countersignature)]));
    await expect(w.ledger.postFor(w.ada.id, 0, batch, 2 ** 39, signature)).to.be.revertedWithCustomError(
      w.ledger,
      "LedgerBatchUnsigned",
    );
  });
});
