import { expect } from "chai";
import { elect, sitting } from "../../support/elected.ts";
import { DAY, NORTH, RULES, SOUTH, useGovernance } from "../../support/governance.ts";
import type { Body, Governance } from "../../support/governance.ts";

const TERM = 200 * DAY;

interface Founded extends Body {
  readonly until: number;
  readonly due: number;
}

/** Founders in two seats of the north and one of the south: the next three delegates, whose keys are persons 0 to 2. */
async function founded(g: Governance): Promise<Founded> {
  const founders = [
    { constituency: NORTH, seat: 0, key: g.persons[0]!.key.address },
    { constituency: NORTH, seat: 2, key: g.persons[1]!.key.address },
    { constituency: SOUTH, seat: 0, key: g.persons[2]!.key.address },
  ];
  const body = await g.body({ electorate: g.voice, founders, foundersTerm: TERM });
  const until = Number(await body.seats.FOUNDERS_UNTIL());
  return { ...body, until, due: until - 90 * DAY };
}

/** A founder's votes, the sum of all and how many are on the roll, at a second that is over. */
async function past({ seats }: Body, delegate: number, at: number) {
  const votes = seats.getPastVotes(await seats.accountOf(delegate), at);
  return Promise.all([votes, seats.getPastTotalSupply(at), seats.electors(0, at), seats.rollWord(0, 0, at)]);
}

describe("Seats of founders", () => {
  const world = useGovernance();

  it("hold votes from the first second and fall due ninety days before their end", async () => {
    const g = world();
    const body = await founded(g);
    expect(await sitting(body)).to.deep.equal([9, 0, 10]);
    const { since, until, founding } = await body.seats.seatOf(SOUTH, 0);
    expect([Number(since), Number(until), founding]).to.deep.equal([body.until - TERM, body.due, true]);
    await g.pass(1);
    expect(await past(body, 9, Number(since))).to.deep.equal([1n, 3n, 3n, 7n << 9n]);
    expect(await body.elections.dueSeats(NORTH)).to.equal(2n);
    await g.consortium.time.increaseTo(body.due - 1);
    expect(await body.elections.dueSeats(NORTH)).to.equal(2n);
    await g.consortium.time.increaseTo(body.due);
    expect(await body.elections.dueSeats(NORTH)).to.equal(7n);
    expect(await body.seats.vacantSince()).to.equal(0n);
  });

  it("end by themselves in that very second, and what they were stays on record", async () => {
    const g = world();
    const body = await founded(g);
    const { seats, until } = body;
    const account = await seats.accountOf(9);
    await g.consortium.time.increaseTo(until - 1);
    expect([await seats.getVotes(account), await seats.vacantSince()]).to.deep.equal([1n, 0n]);
    expect(await sitting(body)).to.deep.equal([9, 0, 10]);
    expect((await seats.placeOf(9)).sits).to.equal(true);
    await g.consortium.time.increaseTo(until);
    expect([await seats.getVotes(account), await seats.vacantSince()]).to.deep.equal([0n, BigInt(until)]);
    expect(await sitting(body)).to.deep.equal([0, 0, 0]);
    expect((await seats.placeOf(9)).sits).to.equal(false);
    await g.pass(2);
    expect(await past(body, 9, until - 1)).to.deep.equal([1n, 3n, 3n, 7n << 9n]);
    expect(await past(body, 9, until)).to.deep.equal([0n, 0n, 0n, 0n]);
    await expect(seats.connect(g.persons[0]!.key).resign(NORTH, 0)).to.be.revertedWithCustomError(
      seats,
      "SeatsNotHolder",
    );
  });

  it("are handed over without a gap: who is elected before the end votes on after it", async () => {
    const g = world();
    const body = await founded(g);
    await g.at(body.due);
    await elect(
      g,
      body,
      NORTH,
      g.north,
      g.persons.slice(3, 6),
      g.north.map(() => [0, 1, 2]),
    );
    expect(await sitting(body)).to.deep.equal([4, 5, 6]);
    expect(await body.seats.getVotes(await body.seats.accountOf(9))).to.equal(0n);
    await g.pass(1);
    const now = await g.now();
    expect(await body.seats.getPastTotalSupply(now - 1)).to.equal(4n);
    await g.consortium.time.increaseTo(body.until + 1);
    expect(await body.seats.getPastTotalSupply(body.until)).to.equal(3n);
    expect(await body.seats.vacantSince()).to.equal(0n);
  });

  it("are on the roll once, though a founder is elected after its time to another seat", async () => {
    const g = world();
    const body = await founded(g);
    await g.consortium.time.increaseTo(body.until);
    const founder = { id: 11, key: g.persons[2]!.key };
    await elect(
      g,
      body,
      NORTH,
      g.north,
      [founder],
      g.north.map(() => [0]),
    );
    expect(await sitting(body)).to.deep.equal([11, 0, 0]);
    await elect(
      g,
      body,
      SOUTH,
      g.south,
      [g.persons[4]!],
      g.south.map(() => [0]),
    );
    expect(await sitting(body, SOUTH, 2)).to.deep.equal([5, 0]);
    expect(await body.seats.placeOf(11)).to.deep.equal([true, BigInt(NORTH), 0n]);
    await g.pass(1);
    const now = (await g.now()) - 1;
    expect(await past(body, 11, now)).to.deep.equal([1n, 2n, 2n, (1n << 11n) | (1n << 5n)]);
    await body.seats.connect(founder.key).resign(NORTH, 0);
    expect((await body.seats.placeOf(11)).sits).to.equal(false);
  });

  it("can be resigned and recalled as others", async () => {
    const g = world();
    const body = await founded(g);
    await body.seats.connect(g.persons[0]!.key).resign(NORTH, 0);
    await g.pass(1);
    expect(await past(body, 9, (await g.now()) - 1)).to.deep.equal([0n, 2n, 2n, 3n << 10n]);
    await expect(body.elections.recall(NORTH, 2, "0x")).to.be.revertedWithCustomError(
      body.elections,
      "ElectionsRecallTooSoon",
    );
  });

  it("stay a while at least, and one to a seat", async () => {
    const g = world();
    const { ethers } = g.consortium;
    const founder = { constituency: NORTH, seat: 0, key: g.stranger.address };
    const fresh = g.council.seats;
    await expect(
      ethers.deployContract("Seats", [g.charter, g.people, [founder], 90 * DAY - 1]),
    ).to.be.revertedWithCustomError(fresh, "SeatsTermInvalid");
    await expect(ethers.deployContract("Seats", [g.charter, g.people, [founder, founder], TERM]))
      .to.be.revertedWithCustomError(fresh, "SeatsHeld")
      .withArgs(NORTH, 0);
  });

  describe("vacantSince", () => {
    it("is the foundation of a body without founders, and zero once somebody sits", async () => {
      const g = world();
      const body = await g.body({ electorate: g.voice });
      const created = (await body.seats.deploymentTransaction()!.wait())!;
      const { timestamp } = (await g.consortium.ethers.provider.getBlock(created.blockNumber))!;
      expect(await body.seats.vacantSince()).to.equal(BigInt(timestamp));
      await elect(
        g,
        body,
        SOUTH,
        g.south,
        [g.persons[0]!],
        g.south.map(() => [0]),
      );
      expect(await body.seats.vacantSince()).to.equal(0n);
      await body.seats.connect(g.persons[0]!.key).resign(SOUTH, 0);
      expect(await body.seats.vacantSince()).to.equal(BigInt(await g.now()));
    });

    it("is when the last founder went, if all went early", async () => {
      const g = world();
      const body = await founded(g);
      for (const [i, [constituency, seat]] of [
        [NORTH, 0],
        [NORTH, 2],
        [SOUTH, 0],
      ].entries()) {
        expect(await body.seats.vacantSince()).to.equal(0n);
        await body.seats.connect(g.persons[i]!.key).resign(constituency!, seat!);
      }
      const went = BigInt(await g.now());
      await g.consortium.time.increaseTo(body.until + DAY);
      expect(await body.seats.vacantSince()).to.equal(went);
    });

    it("does not go back when a founder's leftover seat is cleared after the last delegate resigned", async () => {
      const g = world();
      const body = await founded(g);
      await g.consortium.time.increaseTo(body.until);
      await elect(
        g,
        body,
        NORTH,
        g.north,
        [g.persons[4]!],
        g.north.map(() => [0]),
      );
      await body.seats.connect(g.persons[4]!.key).resign(NORTH, 0);
      const went = BigInt(await g.now());
      expect(await body.seats.vacantSince()).to.equal(went);
      await expect(body.elections.setConstituency({ constituency: SOUTH, seats: 0, groups: 1 })).to.emit(
        body.seats,
        "SeatVacated",
      );
      expect(await body.seats.vacantSince()).to.equal(went);
      expect(RULES.term).to.be.greaterThan(TERM);
    });

    it("begins with the founders' end where a founder's seat is cleared after it", async () => {
      const g = world();
      const body = await founded(g);
      await g.consortium.time.increaseTo(body.until + 5 * DAY);
      for (const constituency of [NORTH, SOUTH]) {
        await body.elections.setConstituency({ constituency, seats: 0, groups: 1 });
        expect(await body.seats.vacantSince()).to.equal(BigInt(body.until));
      }
    });
  });
});
