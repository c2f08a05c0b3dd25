import { expect } from "chai";
import { ROLES } from "../../../deploy/modules/roles.ts";
import type { RoleName } from "../../../deploy/modules/roles.ts";
import { DAY, STAGE, TERMS, claim, claimIn, pass } from "../../support/claims.ts";
import type { StageName } from "../../support/claims.ts";
import { no } from "../../support/desk-records.ts";
import { expectSound } from "../../support/soundness.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

/** Which stages wait for whom. */
const OF_PARTIES = ["open", "awarded", "appealed"] as const;
const OF_JUDGES = [["disputed", "arbiter", "appellate"]] as const;
const ALL = Object.keys(STAGE) as StageName[];

/** Every stage's clock. */
async function readings(w: World): Promise<Record<StageName, bigint>> {
  const entries = await Promise.all(ALL.map(async (stage) => [stage, await w.claims.clock(STAGE[stage])]));
  return Object.fromEntries(entries) as Record<StageName, bigint>;
}

/** By how many seconds each clock ran on while something happened. */
async function elapsed(w: World, doing: () => Promise<unknown>): Promise<Record<StageName, number>> {
  const before = await readings(w);
  await doing();
  const after = await readings(w);
  return Object.fromEntries(ALL.map((stage) => [stage, Number(after[stage] - before[stage])])) as Record<
    StageName,
    number
  >;
}

const bench = async (w: World) => (await w.admin.signer?.getAddress()) ?? "";
const vacate = async (w: World, role: RoleName) => w.charter.revokeRole(ROLES[role], await bench(w));
const seat = async (w: World, role: RoleName) => w.charter.grantRole(ROLES[role], await bench(w), 0);

describe("Claims.clock", () => {
  const world = useWorld();

  it("runs with the chain's as long as nothing stops it", async () => {
    const w = world();
    const ran = await elapsed(w, () => w.time.increase(100 * DAY));
    expect([...new Set(Object.values(ran))]).to.deep.equal([100 * DAY]);
  });

  it("has stood still for those who judge until the first was seated", async () => {
    const w = world();
    const now = BigInt(await w.time.latest());
    for (const [stage, role] of OF_JUDGES) {
      expect(now - (await w.claims.clock(STAGE[stage]))).to.equal(await w.charter.vacantSeconds(ROLES[role]));
    }
    for (const stage of OF_PARTIES) expect(await w.claims.clock(STAGE[stage])).to.equal(now);
  });

  describe("given a pause", () => {
    it("stands still but for what is disputed", async () => {
      const w = world();
      await w.ledger.pausePosting(DAY);
      const ran = await elapsed(w, () => w.time.increase(DAY / 2));
      expect([ran.open, ran.awarded, ran.appealed, ran.ruled]).to.deep.equal([0, 0, 0, 0]);
      expect(ran.disputed).to.equal(DAY / 2);
    });

    it("goes on by itself in the second in which the pause is over", async () => {
      const w = world();
      await w.ledger.pausePosting(DAY);
      expect((await elapsed(w, () => w.time.increase(DAY))).open).to.equal(0);
      expect((await elapsed(w, () => w.time.increase(5))).open).to.equal(5);
    });

    it("goes on at once where the pause is ended early", async () => {
      const w = world();
      await w.ledger.pausePosting(7 * DAY);
      const from = await w.time.latest();
      await w.time.increase(DAY);
      await w.ledger.resumePosting();
      const lasted = (await w.time.latest()) - from;
      expect((await elapsed(w, () => w.time.increase(9 * DAY))).open).to.equal(9 * DAY);
      expect(await w.ledger.pausedSeconds()).to.equal(BigInt(lasted));
    });

    it("adds up the pauses of a lifetime", async () => {
      const w = world();
      await w.ledger.pausePosting(DAY);
      await w.time.increase(31 * DAY);
      await w.ledger.pausePosting(2 * DAY);
      await w.time.increase(33 * DAY);
      expect(await w.ledger.pausedSeconds()).to.equal(3n * BigInt(DAY));
      await w.ledger.pausePosting(0);
      expect(await w.ledger.pausedSeconds()).to.equal(3n * BigInt(DAY));
    });

    it("gives a consumer just as much longer to dispute, and a party to appeal", async () => {
      const w = world();
      for (const [stage, window, act] of [
        ["open", TERMS.challengeWindow, (id: string) => w.bob.as.contracts.claims.dispute(w.bob.id, [id])],
        ["awarded", TERMS.appealWindow, (id: string) => w.bob.as.contracts.claims.appeal(w.bob.id, id)],
      ] as const) {
        const { id } = await claimIn(w, stage, { number: no(window) });
        const due = (await w.time.latest()) + window;
        await w.ledger.pausePosting(7 * DAY);
        await w.time.setNextBlockTimestamp(due);
        await expect(w.claims.settle(id))
          .to.be.revertedWithCustomError(w.claims, "ClaimNotDue")
          .withArgs(id, STAGE[stage], 7 * DAY);
        await w.time.setNextBlockTimestamp(due + 7 * DAY - 1);
        await act(id);
        await pass(w, 30 * DAY);
      }
    });
  });

  for (const [stage, role, other] of OF_JUDGES) {
    describe(`given that nobody is ${role}`, () => {
      it(`stands still for what is ${stage}, and for nothing else`, async () => {
        const w = world();
        await vacate(w, role);
        const ran = await elapsed(w, () => w.time.increase(1_000 * DAY));
        expect(ran[stage]).to.equal(0);
        const others = ALL.filter((one) => one !== stage).map((one) => ran[one]);
        expect([...new Set(others)]).to.deep.equal([1_000 * DAY]);
      });

      it("goes on from where it stood once somebody is seated", async () => {
        const w = world();
        await vacate(w, role);
        const ran = await elapsed(w, async () => {
          await w.time.increase(DAY);
          await seat(w, role);
        });
        expect(ran[stage]).to.equal(0);
        expect((await elapsed(w, () => w.time.increase(60)))[stage]).to.equal(60);
      });

      it(`runs on while nobody is ${other}`, async () => {
        const w = world();
        await vacate(w, other);
        expect((await elapsed(w, () => w.time.increase(DAY)))[stage]).to.equal(DAY);
      });

      it(`does not end what is ${stage} before anybody could judge it`, async () => {
        const w = world();
        const { id } = await claimIn(w, stage);
        const term = TERMS.awardTerm;
        await vacate(w, role);
        await pass(w, term + DAY);
        await expect(w.claims.settle(id)).to.be.revertedWithCustomError(w.claims, "ClaimNotDue");
        await seat(w, role);
        await w.time.increase(term - DAY);
        await w.claims.award(id, 1, 0);
      });
    });
  }

  describe("given that nobody judges at all", () => {
    it("ends what nobody disputed, what nobody appeals against and what was ruled", async () => {
      const w = world();
      const undisputed = await claim(w, { number: no(1) });
      const awarded = await claimIn(w, "awarded", { number: no(2) });
      const ruled = await claimIn(w, "ruled", { number: no(3) });
      await vacate(w, "arbiter");
      await vacate(w, "appellate");
      await pass(w, TERMS.challengeWindow);
      for (const { id } of [undisputed, awarded, ruled]) await w.strange.claims.settle(id);
      expect(await w.ledger.bonds()).to.equal(0n);
      await expectSound(w);
    });
  });

  describe("given a pause and a vacancy at once", () => {
    it("never runs back", async () => {
      const w = world();
      await w.ledger.pausePosting(DAY);
      await w.time.increase(60);
      await vacate(w, "arbiter");
      await vacate(w, "appellate");
      const ran = await elapsed(w, () => w.time.increase(3_600));
      expect([ran.open, ran.disputed, ran.awarded, ran.appealed, ran.ruled]).to.deep.equal([0, 0, 0, 0, 0]);
      await w.time.increase(DAY);
      await seat(w, "arbiter");
      const after = await elapsed(w, () => w.time.increase(10));
      expect([after.open, after.disputed, after.appealed]).to.deep.equal([10, 10, 10]);
    });
  });
});
