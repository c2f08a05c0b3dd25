import { expect } from "chai";
import {
  ELECTION_TIME,
  ballots,
  electNorth,
  nominate,
  open,
  sitting,
  toBallots,
  toCount,
} from "../../support/elected.ts";
import { DAY, NORTH, RULES, SOUTH, useGovernance } from "../../support/governance.ts";
import type { Governance } from "../../support/governance.ts";

/** An election in which nobody votes, counted. */
async function miss(g: Governance): Promise<void> {
  const election = await open(g.council);
  await toCount(g, g.council, election);
  await g.council.elections.count(election);
}

describe("Elections.open", () => {
  const world = useGovernance();

  it("is anyone's, once seats are vacant, and freezes rules, seats and the roll", async () => {
    const g = world();
    const { elections } = g.council;
    await expect(elections.connect(g.stranger).open(NORTH)).to.emit(elections, "ElectionOpened");
    const one = await elections.electionOf(1);
    const now = BigInt(await g.now());
    expect([one.constituency, one.openedAt, one.seats, one.electors]).to.deep.equal([1n, now, 7n, 12n]);
    expect([one.nominateUntil, one.ballotUntil]).to.deep.equal([
      now + BigInt(RULES.nominationTime),
      now + BigInt(ELECTION_TIME),
    ]);
    expect([one.support, one.quorum, one.candidates, one.ballots, one.counted]).to.deep.equal([
      ...[2n, 4n, 0n, 0n],
      false,
    ]);
  });

  it("keeps the rules it was opened with when they change", async () => {
    const g = world();
    const { elections } = g.council;
    const election = await open(g.council);
    const before = await elections.electionOf(election);
    await elections.setRules({ ...RULES, ballotTime: DAY, nominationTime: DAY, quorumBps: 10_000 });
    expect(await elections.electionOf(election)).to.deep.equal(before);
    await expect(
      elections.setConstituency({ constituency: NORTH, seats: 1, groups: 1 }),
    ).to.be.revertedWithCustomError(elections, "ElectionsRunning");
  });

  it("waits for a seat to be due: one second before its term is over nobody opens", async () => {
    const g = world();
    const { elections, seats } = g.council;
    await electNorth(g);
    const until = (await Promise.all([0, 1, 2].map((seat) => seats.seatOf(NORTH, seat)))).map((s) => s.until);
    const first = until.reduce((a, b) => (a < b ? a : b));
    expect(await elections.dueSeats(NORTH)).to.equal(0n);
    await g.at(first - 1n);
    await expect(elections.open(NORTH))
      .to.be.revertedWithCustomError(elections, "ElectionsNotDue")
      .withArgs(NORTH);
    await g.at(first);
    await elections.open(NORTH);
    expect((await elections.electionOf(2)).seats).to.equal(1n << BigInt(until.indexOf(first)));
  });

  it("knows no constituency without seats, nor one without voters", async () => {
    const g = world();
    const { elections } = g.council;
    for (const nobody of [0, 9, 65_535]) {
      await expect(elections.open(nobody))
        .to.be.revertedWithCustomError(elections, "ElectionsNotDue")
        .withArgs(nobody);
    }
    await elections.setConstituency({ constituency: 9, seats: 1, groups: 1 });
    await expect(elections.open(9))
      .to.be.revertedWithCustomError(elections, "ElectionsVoters")
      .withArgs(9, 0);
    await expect(g.board.elections.open(0))
      .to.be.revertedWithCustomError(g.board.elections, "ElectionsVoters")
      .withArgs(0, 0);
  });

  it("runs one election a constituency, beside the others'", async () => {
    const g = world();
    const { elections } = g.council;
    const election = await open(g.council);
    await expect(elections.open(NORTH))
      .to.be.revertedWithCustomError(elections, "ElectionsRunning")
      .withArgs(NORTH, election);
    expect(await open(g.council, SOUTH)).to.equal(2);
    await toCount(g, g.council, 2);
    await expect(elections.open(NORTH)).to.be.revertedWithCustomError(elections, "ElectionsRunning");
  });

  describe("after a missed quorum", () => {
    it("waits thirty days to the second, for half the quorum, then a quarter, an eighth, and no less", async () => {
      const g = world();
      const { elections } = await g.body({
        electorate: g.voice,
        rules: { quorumBps: 8_000 },
      });
      for (const quorum of [10n, 5n, 3n, 2n, 2n]) {
        await elections.open(NORTH);
        const election = await elections.lastElection();
        const { ballotUntil, quorum: needed } = await elections.electionOf(election);
        expect(needed).to.equal(quorum);
        await g.at(ballotUntil + 1n);
        await expect(elections.count(election))
          .to.emit(elections, "ElectionMissed")
          .withArgs(election, 0, quorum);
        const readyAt = (await g.now()) + 30 * DAY;
        await g.at(readyAt - 1);
        await expect(elections.open(NORTH))
          .to.be.revertedWithCustomError(elections, "ElectionsTooSoon")
          .withArgs(NORTH, readyAt);
        await g.at(readyAt);
      }
    });

    it("asks for the whole quorum again once it was met", async () => {
      const g = world();
      const { elections, seats } = g.council;
      await miss(g);
      await g.pass(30 * DAY);
      await electNorth(g);
      expect(await sitting(g.council)).to.deep.equal([1, 2, 3]);
      const { until } = await seats.seatOf(NORTH, 1);
      await g.at(until);
      await elections.open(NORTH);
      expect((await elections.electionOf(3)).quorum).to.equal(4n);
    });

    it("leaves every holder where it sits, and a share is rounded up", async () => {
      const g = world();
      const { elections, seats } = g.council;
      await electNorth(g);
      const { until } = await seats.seatOf(NORTH, 0);
      await g.at(until);
      const election = await open(g.council);
      await nominate(g.council, election, [g.persons[5]!], g.north);
      await toBallots(g, g.council, election);
      await elections.cast(
        election,
        await ballots(g.council, election, g.north.slice(0, 3), [[0], [0], [0]]),
      );
      await toCount(g, g.council, election);
      await expect(elections.count(election)).to.emit(elections, "ElectionMissed").withArgs(election, 3, 4);
      expect(await sitting(g.council)).to.deep.equal([1, 2, 3]);
      expect(await elections.dueSeats(NORTH)).to.not.equal(0n);
      expect((await elections.constituencyOf(NORTH)).misses).to.equal(1n);
    });

    it("misses where nobody stands, whoever would vote", async () => {
      const g = world();
      const { elections } = g.council;
      const election = await open(g.council);
      await toBallots(g, g.council, election);
      const empty = await ballots(
        g.council,
        election,
        g.north,
        g.north.map(() => []),
      );
      expect(await elections.cast.staticCall(election, empty)).to.equal(0n);
      const first = await ballots(
        g.council,
        election,
        g.north,
        g.north.map(() => [0]),
      );
      expect(await elections.cast.staticCall(election, first)).to.equal(0n);
      await toCount(g, g.council, election);
      await expect(elections.count(election)).to.emit(elections, "ElectionMissed").withArgs(election, 0, 4);
    });
  });
});
