import { expect } from "chai";
import {
  ballots,
  elect,
  electNorth,
  nominate,
  open,
  sitting,
  toBallots,
  toCount,
} from "../../support/elected.ts";
import { DAY, NORTH, RULES, SOUTH, useGovernance } from "../../support/governance.ts";

describe("Elections.count", () => {
  const world = useGovernance();

  it("seats those with most approvals, of two with as many the one nominated first", async () => {
    const g = world();
    const { elections } = g.council;
    const election = await open(g.council);
    await nominate(g.council, election, g.persons.slice(0, 6), g.north);
    await toBallots(g, g.council, election);
    const choices = [[4, 5], [4, 5], [4, 5], [1, 3, 5], [1, 3], [0]];
    await elections.cast(election, await ballots(g.council, election, g.north.slice(0, 6), choices));
    await toCount(g, g.council, election);
    await expect(elections.connect(g.stranger).count(election))
      .to.emit(elections, "ElectionCounted")
      .withArgs(election, 6, [5, 4, 1, 3, 0]);
    expect(await sitting(g.council)).to.deep.equal([6, 5, 2]);
    expect((await elections.constituencyOf(NORTH)).running).to.equal(0n);
    for (const { id } of [5, 4, 1].map((i) => g.persons[i]!)) {
      expect(await g.council.seats.getVotes(await g.council.seats.accountOf(id))).to.equal(1n);
    }
  });

  it("counts once", async () => {
    const g = world();
    const { elections } = g.council;
    const election = await electNorth(g);
    await expect(elections.count(election))
      .to.be.revertedWithCustomError(elections, "ElectionsCounted")
      .withArgs(election);
    await expect(elections.count(9)).to.be.revertedWithCustomError(elections, "ElectionsUnknown").withArgs(9);
  });

  it("needs its quorum to the ballot", async () => {
    const g = world();
    const { elections } = g.council;
    const election = await open(g.council);
    await nominate(g.council, election, g.persons.slice(0, 1), g.north);
    await toBallots(g, g.council, election);
    await elections.cast(
      election,
      await ballots(g.council, election, g.north.slice(0, 4), [[0], [0], [0], [0]]),
    );
    await toCount(g, g.council, election);
    await expect(elections.count(election)).to.emit(elections, "ElectionCounted").withArgs(election, 4, [0]);
  });

  it("seats nobody of whom nobody approved; the seat stays vacant and is due", async () => {
    const g = world();
    await elect(
      g,
      g.council,
      NORTH,
      g.north,
      g.persons.slice(0, 4),
      g.north.map(() => [3]),
    );
    expect(await sitting(g.council)).to.deep.equal([4, 0, 0]);
    expect(await g.council.elections.dueSeats(NORTH)).to.equal(6n);
    await g.council.elections.open(NORTH);
    expect((await g.council.elections.electionOf(2)).seats).to.equal(6n);
  });

  it("passes over who took a seat elsewhere meanwhile", async () => {
    const g = world();
    const { elections } = g.council;
    const north = await open(g.council, NORTH);
    await g.pass(5 * DAY);
    const south = await open(g.council, SOUTH);
    await nominate(g.council, north, g.persons.slice(0, 1), g.north);
    await nominate(g.council, south, g.persons.slice(0, 2), g.south);
    await toBallots(g, g.council, north);
    await elections.cast(
      north,
      await ballots(
        g.council,
        north,
        g.north,
        g.north.map(() => [0]),
      ),
    );
    await toCount(g, g.council, north);
    await elections.count(north);
    await elections.cast(south, await ballots(g.council, south, g.south, [[0], [0], [0], [1], [0, 1], [0]]));
    await toCount(g, g.council, south);
    await expect(elections.count(south)).to.emit(elections, "ElectionCounted").withArgs(south, 6, [0, 1]);
    expect(await sitting(g.council, SOUTH, 2)).to.deep.equal([2, 0]);
    expect(await sitting(g.council)).to.deep.equal([1, 0, 0]);
  });

  describe("terms", () => {
    /** When a constituency's terms are reckoned from. */
    const origin = async (g: ReturnType<typeof world>) =>
      Number((await g.council.elections.constituencyOf(NORTH)).origin);

    it("end on the constituency's grid, a third of it each third of a term", async () => {
      const g = world();
      await electNorth(g);
      const from = await origin(g);
      const held = await Promise.all([0, 1, 2].map((seat) => g.council.seats.seatOf(NORTH, seat)));
      // Seat 0 falls due at the origin and a term later; what is left after the election is more than a quarter.
      expect(held.map(({ until }) => Number(until) - from)).to.deep.equal([
        RULES.term,
        Math.floor(RULES.term / 3),
        Math.floor((2 * RULES.term) / 3),
      ]);
    });

    it("are skipped where a quarter or less would be left", async () => {
      const g = world();
      const from = await origin(g);
      const third = Math.floor(RULES.term / 3);
      // Elected so that seat 1's date, a third of a term from the origin, lies a quarter of a term ahead.
      const countAt = from + third - Math.floor(RULES.term / 4);
      const { elections } = g.council;
      await g.at(countAt - RULES.nominationTime - RULES.ballotTime - DAY);
      const election = await open(g.council);
      await nominate(g.council, election, g.persons.slice(0, 3), g.north);
      await toBallots(g, g.council, election);
      await elections.cast(
        election,
        await ballots(
          g.council,
          election,
          g.north,
          g.north.map(() => [0, 1, 2]),
        ),
      );
      await g.at(countAt);
      await elections.count(election);
      expect(Number((await g.council.seats.seatOf(NORTH, 1)).until)).to.equal(from + third + RULES.term);
    });

    it("do not shift when an election is late", async () => {
      const g = world();
      await electNorth(g);
      const from = await origin(g);
      const third = Math.floor(RULES.term / 3);
      await g.at(from + third + 60 * DAY);
      const election = await open(g.council);
      expect((await g.council.elections.electionOf(election)).seats).to.equal(2n);
      await nominate(g.council, election, g.persons.slice(1, 2), g.north);
      await toBallots(g, g.council, election);
      await g.council.elections.cast(
        election,
        await ballots(
          g.council,
          election,
          g.north,
          g.north.map(() => [0]),
        ),
      );
      await toCount(g, g.council, election);
      await g.council.elections.count(election);
      expect(await sitting(g.council)).to.deep.equal([1, 2, 3]);
      expect(Number((await g.council.seats.seatOf(NORTH, 1)).until)).to.equal(from + third + RULES.term);
    });

    it("of one who follows in mid-term are what was left of it", async () => {
      const g = world();
      await electNorth(g);
      const { until } = await g.council.seats.seatOf(NORTH, 0);
      await g.council.seats.connect(g.persons[0]!.key).resign(NORTH, 0);
      await elect(
        g,
        g.council,
        NORTH,
        g.north,
        g.persons.slice(4, 5),
        g.north.map(() => [0]),
      );
      expect(await sitting(g.council)).to.deep.equal([5, 2, 3]);
      expect((await g.council.seats.seatOf(NORTH, 0)).until).to.equal(until);
    });
  });

  describe("given holders whose terms are over", () => {
    it("re-elects them, and replaces whom nobody re-elected", async () => {
      const g = world();
      await elect(
        g,
        g.council,
        SOUTH,
        g.south,
        g.persons.slice(0, 2),
        g.south.map(() => [0, 1]),
      );
      const { until } = await g.council.seats.seatOf(SOUTH, 0);
      await g.at(until);
      const stand = [g.persons[1]!, g.persons[4]!];
      const votes = await g.council.seats.getVotes(await g.council.seats.accountOf(g.persons[1]!.id));
      await elect(
        g,
        g.council,
        SOUTH,
        g.south,
        stand,
        g.south.map((_, i) => (i < 4 ? [0] : [0, 1])),
      );
      expect(await sitting(g.council, SOUTH, 2)).to.deep.equal([2, 5]);
      expect(await g.council.seats.getVotes(await g.council.seats.accountOf(g.persons[1]!.id))).to.equal(
        votes,
      );
      expect(await g.council.seats.getVotes(await g.council.seats.accountOf(g.persons[0]!.id))).to.equal(0n);
      expect((await g.council.seats.placeOf(g.persons[0]!.id)).sits).to.equal(false);
      const now = await g.now();
      expect(await g.council.seats.getPastTotalSupply(now - 1)).to.equal(2n);
    });

    it("leaves seats vacant that fewer winners than seats do not fill, and their holders go", async () => {
      const g = world();
      await elect(
        g,
        g.council,
        SOUTH,
        g.south,
        g.persons.slice(0, 2),
        g.south.map(() => [0, 1]),
      );
      const { until } = await g.council.seats.seatOf(SOUTH, 0);
      await g.at(until);
      await elect(
        g,
        g.council,
        SOUTH,
        g.south,
        [g.persons[5]!],
        g.south.map(() => [0]),
      );
      expect(await sitting(g.council, SOUTH, 2)).to.deep.equal([6, 0]);
    });
  });

  it("vacates seats that a constituency loses, between elections only", async () => {
    const g = world();
    await electNorth(g);
    await expect(g.council.elections.setConstituency({ constituency: NORTH, seats: 1, groups: 1 }))
      .to.emit(g.council.seats, "SeatVacated")
      .withArgs(NORTH, 1, g.persons[1]!.id);
    expect(await sitting(g.council)).to.deep.equal([1, 0, 0]);
    const now = await g.now();
    await g.pass(1);
    expect(await g.council.seats.getPastTotalSupply(now)).to.equal(1n);
    expect(await g.council.elections.dueSeats(NORTH)).to.equal(0n);
  });
});
