import { expect } from "chai";
import { ROLES } from "../../../deploy/modules/roles.ts";
import { DAY, STAGE, TERMS, claim, claimIn } from "../../support/claims.ts";
import { expectSound } from "../../support/soundness.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

/** How far the desk's clock is behind the chain's. */
const behind = async (w: World) => BigInt(await w.time.latest()) - (await w.claims.clock());

const vacate = async (w: World) => w.charter.revokeRole(ROLES.arbiter, await w.admin.signer!.getAddress());
const seat = async (w: World) => w.charter.grantRole(ROLES.arbiter, await w.admin.signer!.getAddress(), 0);

describe("Claims.clock", () => {
  const world = useWorld();

  it("runs with the chain's as long as nothing stops it", async () => {
    const w = world();
    const before = await behind(w);
    await w.time.increase(100 * DAY);
    expect(await behind(w)).to.equal(before);
  });

  it("has stood still before the first arbiter was seated", async () => {
    const w = world();
    expect(await behind(w)).to.equal(await w.charter.vacantSeconds(ROLES.arbiter));
  });

  describe("given a pause", () => {
    it("stands still while it lasts, and goes on by itself", async () => {
      const w = world();
      const before = await behind(w);
      await w.ledger.pausePosting(DAY);
      const reading = await w.claims.clock();
      await w.time.increase(DAY / 2);
      expect(await w.claims.clock()).to.equal(reading);
      await w.time.increase(DAY / 2);
      expect(await w.claims.clock()).to.equal(reading);
      await w.time.increase(5);
      expect(await w.claims.clock()).to.equal(reading + 5n);
      expect(await behind(w)).to.equal(before + BigInt(DAY));
    });

    it("goes on at once where the pause is ended early", async () => {
      const w = world();
      const before = await behind(w);
      await w.ledger.pausePosting(7 * DAY);
      const from = await w.time.latest();
      await w.time.increase(DAY);
      await w.ledger.resumePosting();
      const lasted = BigInt((await w.time.latest()) - from);
      await w.time.increase(9 * DAY);
      expect(await behind(w)).to.equal(before + lasted);
      expect(await w.ledger.pausedSeconds()).to.equal(lasted);
    });

    it("adds up the pauses of a lifetime", async () => {
      const w = world();
      await w.ledger.pausePosting(DAY);
      await w.time.increase(31 * DAY);
      await w.ledger.pausePosting(2 * DAY);
      await w.time.increase(3 * DAY);
      expect(await w.ledger.pausedSeconds()).to.equal(3n * BigInt(DAY));
      await w.time.increase(30 * DAY);
      await w.ledger.pausePosting(0);
      expect(await w.ledger.pausedSeconds()).to.equal(3n * BigInt(DAY));
    });

    it("lengthens the window by just as much: disputed in what would have been too late, settled not before", async () => {
      const w = world();
      const { id } = await claim(w);
      const due = (await w.time.latest()) + TERMS.challengeWindow;
      await w.ledger.pausePosting(7 * DAY);
      await w.time.setNextBlockTimestamp(due);
      await expect(w.claims.settle(id))
        .to.be.revertedWithCustomError(w.claims, "ClaimNotDue")
        .withArgs(id, STAGE.open, 7 * DAY);
      await w.time.setNextBlockTimestamp(due + 7 * DAY - 1);
      await w.bob.as.contracts.claims.dispute(w.bob.id, [id]);
    });
  });

  describe("given a vacant bench", () => {
    it("stands still until somebody is seated", async () => {
      const w = world();
      await vacate(w);
      const reading = await w.claims.clock();
      await w.time.increase(1_000 * DAY);
      expect(await w.claims.clock()).to.equal(reading);
      await seat(w);
      expect(await w.claims.clock()).to.equal(reading);
      await w.time.increase(60);
      expect(await w.claims.clock()).to.equal(reading + 60n);
    });

    it("does not stand still for the appellate bench", async () => {
      const w = world();
      const before = await behind(w);
      await w.charter.revokeRole(ROLES.appellate, await w.admin.signer!.getAddress());
      await w.time.increase(DAY);
      expect(await behind(w)).to.equal(before);
    });

    it("keeps a dispute from lapsing before anybody could judge it", async () => {
      const w = world();
      const { id } = await claimIn(w, "disputed");
      await vacate(w);
      await w.time.increase(TERMS.awardTerm + DAY);
      await expect(w.claims.settle(id)).to.be.revertedWithCustomError(w.claims, "ClaimNotDue");
      await seat(w);
      await w.time.increase(TERMS.awardTerm - DAY);
      await w.claims.award(id, 1, 0);
    });

    it("keeps the end of a ruling from nobody", async () => {
      const w = world();
      const { id } = await claimIn(w, "ruled");
      await vacate(w);
      await w.time.increase(60);
      await w.claims.settle(id);
      await expectSound(w);
    });
  });

  describe("given both at once", () => {
    it("counts them twice: the clock runs back, and every stage lasts the longer for it", async () => {
      const w = world();
      const { id } = await claim(w);
      const [before, due] = [await behind(w), (await w.time.latest()) + TERMS.challengeWindow];
      await w.ledger.pausePosting(DAY);
      const paused = await w.time.latest();
      await w.time.setNextBlockTimestamp(paused + 60);
      await vacate(w);
      const reading = await w.claims.clock();
      await w.time.increaseTo(paused + 3_660);
      expect(await w.claims.clock()).to.equal(reading - 3_600n);
      await w.time.setNextBlockTimestamp(paused + DAY + 60);
      await seat(w);
      expect(await behind(w)).to.equal(before + 2n * BigInt(DAY));
      await w.time.setNextBlockTimestamp(due + 2 * DAY - 1);
      await w.bob.as.contracts.claims.dispute(w.bob.id, [id]);
      await expectSound(w);
    });
  });
});
