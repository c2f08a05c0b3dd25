import { expect } from "chai";
import { resourceId } from "../../../src/core/ids.ts";
import { COPY, LOAN, OCTOBER } from "../../support/consortium.ts";
import { NOVEMBER, openMonth } from "../../support/pricing.ts";
import { expectSound } from "../../support/soundness.ts";
import { FAULT, packed, post } from "../../support/statements.ts";
import { ACT, LICENCE, registerWork } from "../../support/works.ts";
import { useWorld } from "../../support/world.ts";

describe("attack: on statements about works that were signed already", () => {
  const world = useWorld();

  it("a consumer that had its own work copied cannot void it by giving the work away, nor in two steps", async () => {
    const w = world();
    await w.schedule.describe(COPY, 1, ACT.Reproduce);
    const resource = resourceId(await registerWork(w.bob, LICENCE.Reserved));
    await openMonth(w, NOVEMBER);
    const signed = await packed(w, { period: NOVEMBER, lines: [{ service: COPY, quantity: 2, resource }] });
    await w.bob.as.contracts.resources.transfer(resource, w.eve.id);
    await openMonth(w, NOVEMBER + 1);
    await expect(w.eve.as.contracts.resources.transfer(resource, w.ada.id)).to.be.revertedWithCustomError(
      w.resources,
      "ResourceTooSoon",
    );
    await expect(w.resources.reassign(resource, w.ada.id)).to.be.revertedWithCustomError(
      w.resources,
      "ResourceTooSoon",
    );
    await openMonth(w, NOVEMBER + 3);
    await post(w, signed);
    expect((await w.ledger.account(w.eve.id)).position).to.equal(0n);
    await expectSound(w);
  });

  it("nobody voids loans of a work by describing them as copies afterwards", async () => {
    const w = world();
    const resource = resourceId(await registerWork(w.eve, LICENCE.Reserved));
    const loan = (period: typeof OCTOBER) =>
      packed(w, { period, number: period as never, lines: [{ service: LOAN, quantity: 1, resource }] });
    const signed = await loan(OCTOBER);
    await w.schedule.describe(LOAN, 0, ACT.Reproduce);
    await openMonth(w, NOVEMBER);
    await post(w, signed);
    await expect(post(w, await loan(NOVEMBER)))
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(w.ada.id, NOVEMBER, FAULT.LicenceForbids, resource, LOAN);
  });
});
