import { expect } from "chai";
import { RELIEF } from "../../../src/core/ids.ts";
import type { StatementNumber } from "../../../src/core/ids.ts";
import { COPY } from "../../support/consortium.ts";
import {
  NOVEMBER,
  aidLeg,
  asLedger,
  fundGrant,
  openGrant,
  openMonth,
  openRelief,
  royaltyLeg,
  some,
} from "../../support/pricing.ts";
import { bill, c } from "../../support/statements.ts";
import { ACT, LICENCE, registerWork } from "../../support/works.ts";
import { useWorld } from "../../support/world.ts";

const number = 7 as StatementNumber;

describe("Pricing.settle", () => {
  const world = useWorld();

  it("refuses who is not the ledger, the administrator too", async () => {
    const { pricing, ada, bob, stranger, admin } = world();
    for (const signer of [stranger, admin.signer]) {
      if (signer === undefined) throw new Error("the admin of a test signs");
      await expect(pricing.connect(signer).settle(ada.id, bob.id, 1, NOVEMBER, [aidLeg(1, 1n)]))
        .to.be.revertedWithCustomError(pricing, "PricingLedgerOnly")
        .withArgs(await signer.getAddress());
    }
  });

  it("counts what a relief paid and says so, and leaves royalties to the ledger", async () => {
    const w = world();
    await w.schedule.describe(COPY, 1, ACT.Reproduce);
    const resource = await registerWork(w.eve, LICENCE.Reserved);
    await w.eve.as.contracts.resources.permit(resource, COPY, true, c("1"));
    const relief = await openRelief(w);
    await w.fund(RELIEF, c("1000"));
    await openMonth(w, NOVEMBER);
    const lines = [some(1), { ...some(1, COPY), resource }];
    await expect(bill(w, { period: NOVEMBER, lines, number }))
      .to.emit(w.pricing, "LegsSettled")
      .withArgs(w.ada.id, 7, w.bob.id, 0, [aidLeg(relief, c("6")), royaltyLeg(w.eve.id, c("1"))]);
    expect([...(await w.pricing.relieved(relief, w.bob.id, NOVEMBER))]).to.deep.equal([c("6"), c("6")]);
    expect([...(await w.pricing.relieved(w.eve.id, w.bob.id, NOVEMBER))]).to.deep.equal([0n, 0n]);
  });

  it("takes out of grants what they pay, and says how much that was in all", async () => {
    const w = world();
    const first = await openGrant(w, { share: 2_500 });
    const relief = await openRelief(w, { share: 2_500 });
    const second = await openGrant(w, { share: 1_000 });
    await fundGrant(w, first, c("10"));
    await fundGrant(w, second, c("10"));
    await w.fund(RELIEF, c("1000"));
    await openMonth(w, NOVEMBER);
    await expect(bill(w, { period: NOVEMBER, number }))
      .to.emit(w.pricing, "LegsSettled")
      .withArgs(w.ada.id, 7, w.bob.id, c("4.2"), [
        aidLeg(first, c("3")),
        aidLeg(relief, c("3")),
        aidLeg(second, c("1.2")),
      ]);
    expect([...(await w.pricing.grantOf(first))]).to.deep.equal([c("7"), c("10")]);
    expect([...(await w.pricing.grantOf(second))]).to.deep.equal([c("8.8"), c("10")]);
    expect([...(await w.pricing.grantOf(relief))]).to.deep.equal([0n, 0n]);
    expect(await w.ledger.bonds()).to.equal(c("15.8"));
    expect((await w.ledger.account(RELIEF)).room).to.equal(c("997"));
  });

  it("takes out of a grant no more than it holds, whatever the ledger says", async () => {
    const w = world();
    const [poor, rich] = [await openGrant(w), await openGrant(w)];
    await fundGrant(w, poor, 1n);
    await fundGrant(w, rich, c("10"));
    const ledger = await asLedger(w);
    await expect(
      ledger.settle.staticCall(w.ada.id, w.bob.id, 1, NOVEMBER, [aidLeg(poor, 2n)]),
    ).to.be.revertedWithPanic(0x11);
  });
});
