import { expect } from "chai";
import { RELIEF } from "../../../src/core/ids.ts";
import { NOVEMBER, fundGrant, giveCredits, moveTo, openGrant, openRelief } from "../../support/pricing.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

describe("Pricing.fundGrant", () => {
  const world = useWorld();

  it("refuses what is no grant, and nothing", async () => {
    const w = world();
    const [grant, relief] = [await openGrant(w), await openRelief(w)];
    for (const unknown of [0, relief, relief + 1]) {
      await expect(w.pricing.fundGrant(unknown, 1))
        .to.be.revertedWithCustomError(w.pricing, "ReliefUnknown")
        .withArgs(unknown);
    }
    await expect(w.pricing.fundGrant(grant, 0)).to.be.revertedWithCustomError(w.pricing, "GrantAmountZero");
  });

  it("is open before the first month and until the last is over", async () => {
    const w = world();
    const grant = await openGrant(w, { from: NOVEMBER, until: NOVEMBER + 1 });
    await fundGrant(w, grant, 1n);
    await moveTo(w, NOVEMBER + 1);
    await fundGrant(w, grant, 1n);
    await giveCredits(w, w.stranger, 1n);
    await moveTo(w, NOVEMBER + 2);
    await expect(w.pricing.connect(w.stranger).fundGrant(grant, 1))
      .to.be.revertedWithCustomError(w.pricing, "GrantOver")
      .withArgs(grant);
  });

  it("sets the giver's money aside in the ledger, and keeps none itself", async () => {
    const w = world();
    const grant = await openGrant(w);
    const [backing, bonds] = [await w.ledger.backing(), await w.ledger.bonds()];
    const before = await w.ledger.account(RELIEF);
    await giveCredits(w, w.stranger, c("30"));
    await expect(w.pricing.connect(w.stranger).fundGrant(grant, c("20")))
      .to.emit(w.pricing, "GrantFunded")
      .withArgs(grant, w.stranger.address, c("20"))
      .and.to.emit(w.ledger, "PotFilled")
      .withArgs(c("20"));
    expect(await w.ledger.backing()).to.equal(backing + c("20"));
    expect(await w.ledger.bonds()).to.equal(bonds + c("20"));
    expect((await w.ledger.account(RELIEF)).cash).to.equal(before.cash);
    expect(await w.asset.balanceOf(w.stranger.address)).to.equal(c("10"));
    const desk = await w.pricing.getAddress();
    expect(await w.asset.balanceOf(desk)).to.equal(0n);
    expect(await w.asset.allowance(desk, await w.ledger.getAddress())).to.equal(0n);
  });

  it("writes down who gave how much", async () => {
    const w = world();
    const [grant, other] = [await openGrant(w), await openGrant(w)];
    await fundGrant(w, grant, c("20"));
    await fundGrant(w, grant, c("1"));
    await fundGrant(w, grant, c("5"), w.ada.key);
    await fundGrant(w, other, c("2"), w.ada.key);
    expect([...(await w.pricing.grantOf(grant))]).to.deep.equal([c("26"), c("26")]);
    expect(await w.pricing.givenBy(grant, w.stranger.address)).to.equal(c("21"));
    expect(await w.pricing.givenBy(grant, w.ada.key.address)).to.equal(c("5"));
    expect(await w.pricing.givenBy(other, w.ada.key.address)).to.equal(c("2"));
  });

  it("takes nobody's money but the caller's, and none that it was not given leave to take", async () => {
    const w = world();
    const grant = await openGrant(w);
    await giveCredits(w, w.stranger, c("5"));
    await expect(w.pricing.connect(w.ada.key).fundGrant(grant, c("5"))).to.be.revertedWithCustomError(
      w.asset,
      "ERC20InsufficientAllowance",
    );
    expect([...(await w.pricing.grantOf(grant))]).to.deep.equal([0n, 0n]);
  });
});
