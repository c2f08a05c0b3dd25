import { expect } from "chai";
import { STAGE, OUTCOME, TERMS, claim, claimIn } from "../../support/claims.ts";
import { expectSound } from "../../support/soundness.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

describe("Claims.withdrawClaim", () => {
  const world = useWorld();

  it("ends an open claim for nothing and returns the bond", async () => {
    const w = world();
    const { id } = await claim(w);
    const sent = w.ada.as.contracts.claims.withdrawClaim(id);
    await expect(sent).to.emit(w.ledger, "BondReleased").withArgs(w.ada.id, TERMS.bond);
    await expect(sent).to.emit(w.claims, "ClaimEnded").withArgs(id, OUTCOME.withdrawn, 0, 0, 0);
    await expect(sent).not.to.emit(w.ledger, "ClaimCharged");
    expect((await w.ledger.account(w.ada.id)).cash).to.equal(c("100"));
    expect(await w.ledger.bonds()).to.equal(0n);
    await expectSound(w);
  });

  it("ends a disputed claim and forfeits the bond to COMMONS", async () => {
    const w = world();
    const { id } = await claimIn(w, "disputed");
    await expect(w.ada.as.contracts.claims.withdrawClaim(id))
      .to.emit(w.ledger, "BondReleased")
      .withArgs(1, TERMS.bond);
    expect((await w.ledger.account(w.ada.id)).cash).to.equal(c("95"));
    expect((await w.ledger.account(1)).cash).to.equal(TERMS.bond);
    await expectSound(w);
  });

  it("leaves nothing of the claim behind but its number", async () => {
    const w = world();
    const { id } = await claimIn(w, "disputed");
    await w.ada.as.contracts.claims.withdrawClaim(id);
    const left = await w.claims.claimOf(id);
    expect([...left]).to.deep.equal([0n, 0n, STAGE.none, 0n, 0n, 0n, 0n, 0n, 0n, 0n]);
    expect(await w.claims.openClaims(w.ada.id, w.bob.id)).to.equal(0n);
    expect(await w.ledger.numberUsed(w.ada.id, 1)).to.equal(true);
  });

  it("takes only the supplier's keys with the rights to post and to countersign", async () => {
    const w = world();
    const { id } = await claim(w);
    await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger, 62);
    for (const [{ claims }, address] of [
      [w.strange, w.stranger.address],
      [w.bob.as.contracts, w.bob.key.address],
      [w.admin.contracts, await w.admin.signer?.getAddress()],
    ] as const) {
      await expect(claims.withdrawClaim(id))
        .to.be.revertedWithCustomError(w.claims, "DeskRightMissing")
        .withArgs(w.ada.id, address, 3);
    }
    await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger, 3);
    await w.strange.claims.withdrawClaim(id);
  });

  it("works while posting is paused, while a close is due, and for whoever has left", async () => {
    const w = world();
    const { id } = await claim(w);
    await w.ada.as.contracts.register.leave(w.ada.id);
    await w.time.increase(40 * 86_400);
    await w.ledger.pausePosting(60);
    await w.ada.as.contracts.claims.withdrawClaim(id);
    expect((await w.ledger.account(w.ada.id)).cash).to.equal(c("100"));
  });
});
