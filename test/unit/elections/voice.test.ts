import { expect } from "chai";
import { credits } from "../../../src/core/money.ts";
import { addMonths, periodStart } from "../../../src/core/period.ts";
import { voiceOf } from "../../../src/core/voice.ts";
import { DAY, FULL_STANDING, JANUARY, NORTH, SOUTH, useGovernance } from "../../support/governance.ts";
import type { Governance } from "../../support/governance.ts";
import { enrolled, passMonths, supply, votesOf } from "../../support/voices.ts";

const BASE = 1_000_000n;

/** The sum of every member's votes is the total, and those on the rolls are as many as the rolls say. */
async function expectWhole(g: Governance): Promise<void> {
  await g.pass(1);
  const [last, now] = [Number(await g.register.lastMember()), (await g.now()) - 1];
  const ids = Array.from({ length: last }, (_, i) => i + 1);
  const votes = await Promise.all(ids.map((id) => votesOf(g, id)));
  expect(votes.reduce((sum, one) => sum + one, 0n)).to.equal(await g.voice.getPastTotalSupply(now));
  for (const constituency of [0, NORTH, SOUTH]) {
    const on = await Promise.all(ids.map((id) => enrolled(g, constituency, id)));
    expect(BigInt(on.filter(Boolean).length)).to.equal(await g.voice.electors(constituency, now));
  }
}

describe("Voice", () => {
  const world = useGovernance();

  describe("unitsOf", () => {
    it("is a base and at most as much again, by the root of standing", async () => {
      const { voice } = world();
      const full = FULL_STANDING;
      for (const [standing, units] of [
        [0n, BASE],
        [1n, BASE + 31n],
        [full / 4n, (BASE * 3n) / 2n],
        [full - 1n, 2n * BASE - 1n],
        [full, 2n * BASE],
        [full + 1n, 2n * BASE],
        [(1n << 64n) - 1n, 2n * BASE],
      ] as const) {
        expect(await voice.unitsOf(standing), `${standing}`).to.equal(units);
        expect(voiceOf(credits(standing), credits(full)), `twin of ${standing}`).to.equal(units);
      }
    });

    it("refuses a full standing that nobody or anybody has", async () => {
      const g = world();
      const deploy = (full: bigint) =>
        g.consortium.ethers.deployContract("Voice", [g.charter, g.register, full]);
      for (const full of [0n, 1n << 64n]) {
        await expect(deploy(full)).to.be.revertedWithCustomError(g.voice, "VoiceTermsInvalid");
      }
      const widest = await deploy((1n << 64n) - 1n);
      expect(await widest.unitsOf((1n << 64n) - 1n)).to.equal(2n * BASE);
    });
  });

  describe("given a new member", () => {
    it("hears it from the third month after its own, to the second, once synced", async () => {
      const g = world();
      const one = await g.member(SOUTH);
      const from = periodStart(addMonths(JANUARY, 3));
      await g.at(from - 1);
      await g.voice.sync(one.id);
      expect(await votesOf(g, one.id)).to.equal(0n);
      await g.at(from);
      await expect(g.voice.connect(g.stranger).sync(one.id))
        .to.emit(g.voice, "VoiceSynced")
        .withArgs(one.id, BASE)
        .and.to.emit(g.voice, "VoterEntered")
        .withArgs(SOUTH, one.id);
      expect(await votesOf(g, one.id)).to.equal(BASE);
      await g.pass(1);
      expect([await enrolled(g, 0, one.id), await enrolled(g, SOUTH, one.id)]).to.deep.equal([true, true]);
      await expectWhole(g);
    });

    it("is deaf to applicants, and to numbers that are no member's", async () => {
      const g = world();
      const one = await g.applicant();
      await g.pass(200 * DAY);
      await g.voice.sync(one.id);
      expect(await votesOf(g, one.id)).to.equal(0n);
      for (const nobody of [0, 1, 2, one.id + 1, 4_294_967_295]) {
        await expect(g.voice.sync(nobody))
          .to.be.revertedWithCustomError(g.voice, "VoiceMemberUnknown")
          .withArgs(nobody);
        expect(await votesOf(g, nobody)).to.equal(0n);
      }
    });
  });

  describe("given standing", () => {
    it("grows with what was supplied once that month is over, and fades with it", async () => {
      const g = world();
      const [ann, ben] = [g.north[0]!, g.north[1]!];
      const supplied = await supply(g, ann, ben, 20);
      await g.voice.sync(ann.id);
      expect(await votesOf(g, ann.id)).to.equal(BASE);
      await passMonths(g, 1);
      await g.voice.syncAll([ann.id, ben.id]);
      expect(await votesOf(g, ann.id)).to.equal(await g.voice.unitsOf(supplied));
      expect(await votesOf(g, ben.id)).to.equal(BASE);
      await passMonths(g, 2);
      expect(await votesOf(g, ann.id), "as last synced").to.equal(await g.voice.unitsOf(supplied));
      await g.voice.sync(ann.id);
      const left = (((supplied * 11n) / 12n) * 11n) / 12n;
      expect(await votesOf(g, ann.id)).to.equal(await g.voice.unitsOf(left));
      await expectWhole(g);
    });
  });

  describe("given a suspension", () => {
    it("stays until the council confirms it, and comes back with the member", async () => {
      const g = world();
      const { id } = g.north[0]!;
      await g.register.suspend(id);
      await g.voice.sync(id);
      expect([await votesOf(g, id), await g.voice.suspensionConfirmed(id)]).to.deep.equal([BASE, false]);
      await expect(g.voice.confirmSuspension(id))
        .to.emit(g.voice, "SuspensionConfirmed")
        .withArgs(id)
        .and.to.emit(g.voice, "VoterStruck")
        .withArgs(NORTH, id);
      expect(await votesOf(g, id)).to.equal(0n);
      await g.voice.sync(id);
      expect(await votesOf(g, id)).to.equal(0n);
      await expectWhole(g);
      await g.register.reinstate(id);
      expect([await votesOf(g, id), await g.voice.suspensionConfirmed(id)]).to.deep.equal([BASE, false]);
      await g.register.suspend(id);
      expect(await votesOf(g, id), "a new suspension is not confirmed").to.equal(BASE);
      await expectWhole(g);
    });

    it("is for the council to confirm, of whom is suspended", async () => {
      const g = world();
      const { id } = g.north[0]!;
      const confirm = g.voice.interface.getFunction("confirmSuspension").selector;
      await g.charter.setTargetFunctionRole(g.voice, [confirm], 8);
      await expect(g.voice.confirmSuspension(id)).to.be.revertedWithCustomError(
        g.voice,
        "AccessManagedUnauthorized",
      );
      await g.charter.grantRole(8, g.stranger, 0);
      await expect(g.voice.connect(g.stranger).confirmSuspension(id))
        .to.be.revertedWithCustomError(g.voice, "VoiceNotSuspended")
        .withArgs(id);
      await g.register.suspend(id);
      await g.voice.connect(g.stranger).confirmSuspension(id);
      expect(await votesOf(g, id)).to.equal(0n);
    });

    it("does not outlive the member: who left while suspended has no voice", async () => {
      const g = world();
      const { id, key } = g.north[0]!;
      await g.register.suspend(id);
      await g.register.connect(key).leave(id);
      expect(await votesOf(g, id)).to.equal(0n);
      await expectWhole(g);
    });
  });

  it("leaves with the member", async () => {
    const g = world();
    const { id, key } = g.south[0]!;
    await expect(g.register.connect(key).leave(id)).to.emit(g.voice, "VoiceSynced").withArgs(id, 0);
    await g.voice.sync(id);
    await g.pass(1);
    expect([await enrolled(g, 0, id), await enrolled(g, SOUTH, id)]).to.deep.equal([false, false]);
    await expectWhole(g);
  });

  it("moves with the member from roll to roll, at once, and the past stays", async () => {
    const g = world();
    const { id } = g.north[0]!;
    const before = await g.now();
    for (const [constituency, rolls] of [
      [SOUTH, [true, false, true]],
      [0, [true, false, false]],
      [SOUTH, [true, false, true]],
      [NORTH, [true, true, false]],
      [65_535, [true, false, false]],
      [NORTH, [true, true, false]],
    ] as const) {
      await g.register.classify(id, constituency, 1);
      await expectWhole(g);
      const found = await Promise.all([0, NORTH, SOUTH].map((roll) => enrolled(g, roll, id)));
      expect(found, `${constituency}`).to.deep.equal(rolls);
    }
    const past = await g.voice.rollWord(NORTH, 0, before);
    expect((past >> BigInt(id)) & 1n).to.equal(1n);
    expect(await g.voice.electors(NORTH, before)).to.equal(12n);
  });

  it("moves no member onto a roll while it waits, and finds it where it is in the end", async () => {
    const g = world();
    const one = await g.member(NORTH);
    await g.register.classify(one.id, SOUTH, 1);
    await g.pass(120 * DAY);
    await g.voice.sync(one.id);
    await g.pass(1);
    expect(await enrolled(g, SOUTH, one.id)).to.equal(true);
    expect(await enrolled(g, NORTH, one.id)).to.equal(false);
    await expectWhole(g);
  });

  it("tells nothing of the present second, which may still change", async () => {
    const g = world();
    const now = await g.now();
    for (const ahead of [now, now + 1, 281_474_976_710_655]) {
      await expect(g.voice.rollWord(0, 0, ahead)).to.be.revertedWithCustomError(g.voice, "RollTimeAhead");
      await expect(g.voice.electors(0, ahead)).to.be.revertedWithCustomError(g.voice, "RollTimeAhead");
    }
  });

  it("can be handed to nobody", async () => {
    const g = world();
    const { voice } = g;
    await expect(voice.delegate(g.stranger)).to.be.revertedWithCustomError(voice, "OwnVotesNotDelegable");
    const hash = `0x${"00".repeat(32)}`;
    await expect(voice.delegateBySig(g.stranger, 0, 0, 27, hash, hash)).to.be.revertedWithCustomError(
      voice,
      "OwnVotesNotDelegable",
    );
    const account = await voice.accountOf(g.north[0]!.id);
    expect(await voice.delegates(account)).to.equal(account);
    expect(Buffer.from(account.slice(2, 34), "hex").toString()).to.equal("Consortia member");
  });

  it("leaves COMMONS free to choose: an account without a voice", async () => {
    const g = world();
    await g.register.appoint(1, g.stranger, 63, g.stranger);
    await g.register.connect(g.stranger).chooseOffer(1, 1, false);
    expect((await g.register.membership(1)).choosy).to.equal(true);
  });
});
