import { expect } from "chai";
import { concat, dataSlice } from "ethers";
import { useChambers } from "../../support/chambers.ts";
import type { Chambers, Voter } from "../../support/chambers.ts";
import { DAY } from "../../support/claims.ts";
import {
  ABSTAIN,
  AGAINST,
  FOR,
  act,
  ballot,
  bytes,
  closed,
  decide,
  domainOf,
  opened,
  ownBallot,
  propose,
  stateOf,
  vote,
} from "../../support/motions.ts";
import type { Motion } from "../../support/motions.ts";

/** A proposal of the Assembly's that is being voted on. */
async function open(w: Chambers): Promise<Motion> {
  return opened(w, await propose(w.assembly, [await act(w.register, "classify", [w.ada.id, 1, 7])]));
}
const tally = async ({ hall, id }: Motion) => [...(await hall.chamber.proposalVotes(id))];
const at = (voters: readonly Voter[], place: number) => {
  const voter = voters[place];
  if (voter === undefined) throw new Error(`nobody votes at place ${place}`);
  return voter;
};

describe("Chamber.cast", () => {
  const world = useChambers();

  it("counts ballots that anyone posts, by what they weighed at the snapshot", async () => {
    const w = world();
    const motion = await open(w);
    const voters = w.assembly.voters;
    const ballots = concat([
      await ballot(motion, at(voters, 0), FOR),
      await ballot(motion, at(voters, 3), AGAINST),
      await ballot(motion, at(voters, 2), ABSTAIN),
    ]);
    await expect(w.assembly.chamber.connect(w.stranger).cast(motion.id, ballots))
      .to.emit(w.assembly.chamber, "BallotsCast")
      .withArgs(motion.id, 0b111n, ballots);
    expect(await tally(motion)).to.deep.equal([1_000_000n, 1_000_000n, 1_000_000n]);
    const voted = async (number: number) =>
      w.assembly.chamber.hasVoted(motion.id, await w.voice.accountOf(number));
    expect(await Promise.all([0, 3, 1].map((place) => voted(at(voters, place).number)))).to.deep.equal([
      true,
      true,
      false,
    ]);
  });

  it("passes over what is no ballot, and counts the others", async () => {
    const w = world();
    const motion = await open(w);
    const [one, two, three] = [0, 1, 2].map((place) => at(w.assembly.voters, place)) as [Voter, Voter, Voter];
    const ballots = [
      await ballot(motion, one, FOR),
      await ballot(motion, one, AGAINST), // doubled
      await ballot(motion, two, FOR, { by: w.stranger }),
      await ballot(motion, two, FOR, { by: three.key }),
      await ballot(motion, two, 3),
      await ballot(motion, two, FOR, { nonce: 1 }),
      await ballot(motion, { number: w.newcomer.id, key: w.newcomer.key }, FOR), // no voice yet
      await ballot(motion, { number: 4_000_000_000, key: two.key }, FOR),
      ownBallot(two.number, FOR), // the stranger who posts it has no right to
      await ballot(motion, three, FOR),
    ];
    await expect(w.assembly.chamber.connect(w.stranger).cast(motion.id, concat(ballots)))
      .to.emit(w.assembly.chamber, "BallotsCast")
      .withArgs(motion.id, 0b10_0000_0001n, concat(ballots));
    expect(await tally(motion)).to.deep.equal([0n, 2_000_000n, 0n]);
    await w.assembly.chamber.connect(two.key).cast(motion.id, ownBallot(two.number, FOR));
    expect(await tally(motion)).to.deep.equal([0n, 3_000_000n, 0n]);
  });

  it("refuses what cannot be read, and more than 256", async () => {
    const w = world();
    const motion = await open(w);
    const good = await ballot(motion, at(w.assembly.voters, 0), FOR);
    for (const cut of [1, 8, 9, 10, 73]) {
      await expect(w.assembly.chamber.cast(motion.id, dataSlice(good, 0, cut))).to.be.revertedWithCustomError(
        w.assembly.chamber,
        "BallotsMalformed",
      );
    }
    const unknown = concat([bytes(3, 4), bytes(0, 4), "0x01", "0x03"]);
    await expect(w.assembly.chamber.cast(motion.id, unknown)).to.be.revertedWithCustomError(
      w.assembly.chamber,
      "BallotsMalformed",
    );
    const many = concat(Array.from({ length: 257 }, () => ownBallot(9, FOR)));
    await expect(w.assembly.chamber.cast(motion.id, many))
      .to.be.revertedWithCustomError(w.assembly.chamber, "BallotsTooMany")
      .withArgs(256n);
    await w.assembly.chamber.cast(motion.id, dataSlice(many, 0, 256 * 10));
  });

  it("takes ballots from the second after the snapshot to the last of its time", async () => {
    const w = world();
    const motion = await propose(w.board, [await act(w.register, "classify", [w.ada.id, 1, 7])]);
    const [start, end] = [
      await w.board.chamber.proposalSnapshot(motion.id),
      await w.board.chamber.proposalDeadline(motion.id),
    ];
    const one = async (place: number, when: bigint) => {
      const packed = await ballot(motion, at(w.board.voters, place), FOR);
      await w.time.setNextBlockTimestamp(when);
      return w.board.chamber.connect(w.stranger).cast(motion.id, packed);
    };
    const closedNow = (sent: Promise<unknown>) =>
      expect(sent).to.be.revertedWithCustomError(w.board.chamber, "GovernorUnexpectedProposalState");
    await closedNow(one(0, start));
    await one(0, start + 1n);
    await one(1, end);
    expect((await tally(motion))[1]).to.equal(2n);
    // The quorum was reached in the last second, so that there is another day.
    expect(await w.board.chamber.proposalDeadline(motion.id)).to.equal(end + BigInt(DAY));
    await one(2, end + BigInt(DAY));
    await closedNow(one(2, end + BigInt(DAY) + 1n));
  });

  it("prolongs voting once, when the quorum is reached late, and not for what comes later", async () => {
    const w = world();
    const motion = await open(w);
    const end = await w.assembly.chamber.proposalDeadline(motion.id);
    await vote(w, motion, w.assembly.voters.slice(0, 2));
    await w.time.setNextBlockTimestamp(end - 10n);
    const third = vote(w, motion, w.assembly.voters.slice(2, 3));
    const until = end - 10n + BigInt(2 * DAY);
    await expect(third).to.emit(w.assembly.chamber, "ProposalExtended").withArgs(motion.id, until);
    await w.time.setNextBlockTimestamp(until);
    await vote(w, motion, w.assembly.voters.slice(3, 10), AGAINST);
    expect(await w.assembly.chamber.proposalDeadline(motion.id)).to.equal(until);
    await closed(w, motion);
    expect(await stateOf(motion)).to.equal("Defeated");
  });

  it("does not prolong what had its quorum in time, nor for votes against", async () => {
    const w = world();
    const early = await open(w);
    const end = await w.assembly.chamber.proposalDeadline(early.id);
    await vote(w, early, w.assembly.voters.slice(0, 3));
    await w.time.setNextBlockTimestamp(end);
    await vote(w, early, w.assembly.voters.slice(3));
    expect(await w.assembly.chamber.proposalDeadline(early.id)).to.equal(end);

    const refused = await opened(
      w,
      await propose(w.assembly, [await act(w.register, "classify", [w.ada.id, 1, 8])]),
    );
    const deadline = await w.assembly.chamber.proposalDeadline(refused.id);
    await w.time.setNextBlockTimestamp(deadline);
    await vote(w, refused, w.assembly.voters, AGAINST);
    expect(await w.assembly.chamber.proposalDeadline(refused.id)).to.equal(deadline);
  });

  it("reaches its quorum with votes for and abstentions, rounded up, of all votes at the snapshot", async () => {
    const w = world();
    const cases: [readonly [number, number, number], string][] = [
      [[2, 0, 0], "Defeated"],
      [[2, 1, 0], "Defeated"],
      [[2, 0, 1], "Succeeded"],
      [[1, 0, 5], "Succeeded"],
      [[0, 0, 6], "Defeated"],
      [[3, 2, 1], "Succeeded"],
      [[3, 3, 0], "Defeated"],
    ];
    for (const [index, [votes, expected]] of cases.entries()) {
      const acts = [await act(w.register, "classify", [w.ada.id, 1, 20 + index])];
      const motion = await decide(w, w.council, acts, { votes });
      expect(await w.council.chamber.quorumOf(motion.id), "40 % of six seats, rounded up").to.equal(3n);
      expect(await stateOf(motion), votes.join()).to.equal(expected);
    }
  });

  it("knows the ballots of its own proposals, chamber and chain alone", async () => {
    const w = world();
    const motion = await open(w);
    const voter = at(w.assembly.voters, 0);
    const domain = await domainOf(w.assembly.chamber);
    const foreign = [
      await ballot(motion, voter, FOR, { domain: { ...domain, chainId: 1n } }),
      await ballot(motion, voter, FOR, { domain: await domainOf(w.council.chamber) }),
      await ballot(motion, voter, FOR, { domain: { ...domain, name: "Consortia council" } }),
      await ballot(motion, voter, FOR, { proposalId: motion.id + 1n }),
    ];
    await w.assembly.chamber.cast(motion.id, concat(foreign));
    expect(await tally(motion)).to.deep.equal([0n, 0n, 0n]);
  });
});
