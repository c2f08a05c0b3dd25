import { expect } from "chai";
import { STAGE, TERMS, claimIn } from "../../support/claims.ts";
import { no } from "../../support/desk-records.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

describe("Claims.appeal", () => {
  const world = useWorld();

  for (const party of ["ada", "bob"] as const) {
    it(`is open to ${party === "ada" ? "the supplier" : "the consumer"}, and keeps the award meanwhile`, async () => {
      const w = world();
      const { id } = await claimIn(w, "awarded");
      await w.time.increase(60);
      await expect(w[party].as.contracts.claims.appeal(w[party].id, id))
        .to.emit(w.claims, "ClaimAppealed")
        .withArgs(id, w[party].id);
      const { stage, since, awardedGross, awardedFee } = await w.claims.claimOf(id);
      expect([stage, since]).to.deep.equal([STAGE.appealed, await w.claims.clock(STAGE.appealed)]);
      expect([awardedGross, awardedFee]).to.deep.equal([c("12"), c("0.26")]);
    });
  }

  it("is had once: neither party appeals again, nor against the ruling", async () => {
    const w = world();
    const { id } = await claimIn(w, "appealed");
    const twice = async (stage: bigint) => {
      for (const party of [w.ada, w.bob]) {
        await expect(party.as.contracts.claims.appeal(party.id, id))
          .to.be.revertedWithCustomError(w.claims, "ClaimStageWrong")
          .withArgs(id, stage);
      }
    };
    await twice(STAGE.appealed);
    await w.claims.rule(id, 0, 0);
    await twice(STAGE.ruled);
  });

  it("takes a party's keys with the right to countersign", async () => {
    const w = world();
    const { id } = await claimIn(w, "awarded");
    await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger, 61);
    await expect(w.strange.claims.appeal(w.ada.id, id))
      .to.be.revertedWithCustomError(w.claims, "DeskRightMissing")
      .withArgs(w.ada.id, w.stranger.address, 2);
    await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger, 2);
    await expect(w.strange.claims.appeal(w.bob.id, id))
      .to.be.revertedWithCustomError(w.claims, "DeskRightMissing")
      .withArgs(w.bob.id, w.stranger.address, 2);
    await w.strange.claims.appeal(w.ada.id, id);
  });

  it("refuses a third member, whatever its key may do", async () => {
    const w = world();
    const { id } = await claimIn(w, "awarded");
    await expect(w.eve.as.contracts.claims.appeal(w.eve.id, id))
      .to.be.revertedWithCustomError(w.claims, "DeskRightMissing")
      .withArgs(w.eve.id, w.eve.key.address, 2);
  });

  it("can be had to the last second of its window, and not a second later", async () => {
    const w = world();
    const late = await claimIn(w, "awarded", { number: no(1) });
    const lateEnd = (await w.time.latest()) + TERMS.appealWindow;
    const timely = await claimIn(w, "awarded", { number: no(2) });
    const end = (await w.time.latest()) + TERMS.appealWindow;
    await w.time.setNextBlockTimestamp(lateEnd);
    await expect(w.bob.as.contracts.claims.appeal(w.bob.id, late.id))
      .to.be.revertedWithCustomError(w.claims, "ClaimTooLate")
      .withArgs(late.id, STAGE.awarded);
    await w.time.setNextBlockTimestamp(end - 1);
    await w.bob.as.contracts.claims.appeal(w.bob.id, timely.id);
  });
});
