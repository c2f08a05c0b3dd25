import { expect } from "chai";
import { concat } from "ethers";
import { counted, recallSignature } from "../../support/ballots.ts";
import { by, elect, electNorth, holding, petition, sitting } from "../../support/elected.ts";
import { DAY, NORTH, SOUTH, useGovernance } from "../../support/governance.ts";
import type { Governance } from "../../support/governance.ts";

const REST = 90 * DAY;

/** A council whose seats of the north can be recalled: forty per cent of twelve are five. */
async function rested(g: Governance): Promise<void> {
  await electNorth(g);
  await g.pass(REST);
}

describe("Elections.recall", () => {
  const world = useGovernance();

  it("ends a term once enough voters signed, whoever shows it; the holder stays until it is replaced", async () => {
    const g = world();
    await rested(g);
    const { elections, seats } = g.council;
    const held = await holding(g.council, 0);
    const four = await petition(g.council, held, g.north.slice(0, 4));
    await expect(elections.connect(g.stranger).recall(NORTH, 0, four))
      .to.emit(elections, "RecallSigned")
      .withArgs(NORTH, 0, held.delegate, 15, four);
    expect(await elections.dueSeats(NORTH)).to.equal(0n);
    expect((await elections.recallOf(NORTH, 0)).needed).to.equal(5n);
    await expect(elections.recall(NORTH, 0, await petition(g.council, held, g.north.slice(4, 5))))
      .to.emit(seats, "TermEnded")
      .withArgs(NORTH, 0, held.delegate);
    expect(await elections.dueSeats(NORTH)).to.equal(1n);
    expect(await sitting(g.council)).to.deep.equal([1, 2, 3]);
    expect(await seats.getVotes(await seats.accountOf(held.delegate))).to.equal(1n);
    await expect(elections.recall(NORTH, 0, "0x"))
      .to.be.revertedWithCustomError(elections, "ElectionsSeatDue")
      .withArgs(NORTH, 0);
  });

  it("lets voters decide anew: the holder may stand, and win", async () => {
    const g = world();
    await rested(g);
    const { until } = await g.council.seats.seatOf(NORTH, 0);
    const held = await holding(g.council, 0);
    await g.council.elections.recall(NORTH, 0, await petition(g.council, held, g.north.slice(0, 5)));
    await elect(
      g,
      g.council,
      NORTH,
      g.north,
      [g.persons[0]!, g.persons[4]!],
      g.north.map((_, i) => [i < 7 ? 0 : 1]),
    );
    expect(await sitting(g.council)).to.deep.equal([1, 2, 3]);
    expect((await g.council.seats.seatOf(NORTH, 0)).until).to.equal(until);
  });

  it("does not touch a seat in its first ninety days", async () => {
    const g = world();
    await electNorth(g);
    const { elections } = g.council;
    const held = await holding(g.council, 0);
    const signed = await petition(g.council, held, g.north);
    const readyAt = Number(held.since) + REST;
    await g.at(readyAt - 1);
    await expect(elections.recall(NORTH, 0, signed))
      .to.be.revertedWithCustomError(elections, "ElectionsRecallTooSoon")
      .withArgs(NORTH, 0, readyAt);
    await g.at(readyAt);
    await expect(elections.recall(NORTH, 0, signed)).to.emit(g.council.seats, "TermEnded");
  });

  it("needs a seat that is held and not due", async () => {
    const g = world();
    const { elections, seats } = g.council;
    await expect(elections.recall(SOUTH, 0, "0x"))
      .to.be.revertedWithCustomError(elections, "ElectionsSeatDue")
      .withArgs(SOUTH, 0);
    await electNorth(g);
    const { until } = await seats.seatOf(NORTH, 1);
    await g.at(until - 1n);
    await elections.recall(NORTH, 1, "0x");
    await expect(elections.recall(NORTH, 1, "0x")).to.be.revertedWithCustomError(
      elections,
      "ElectionsSeatDue",
    );
  });

  it("counts a voter once, of this constituency, for this holding of this seat", async () => {
    const g = world();
    await rested(g);
    const { elections, domain } = g.council;
    const held = await holding(g.council, 0);
    const other = await holding(g.council, 1);
    const [ann, ben] = [g.north[0]!, g.north[1]!];
    const words = await Promise.all([
      recallSignature(domain, held, by(ann)),
      recallSignature(domain, held, by(ann)),
      recallSignature(domain, held, by(g.south[0]!)),
      recallSignature(domain, other, by(ben)),
      recallSignature(domain, { ...held, since: Number(held.since) - 1 }, by(ben)),
      recallSignature(domain, { ...held, delegate: other.delegate }, by(ben)),
      recallSignature(domain, { ...held, constituency: SOUTH }, by(ben)),
      recallSignature(domain, held, by(ben, 1)),
      recallSignature(domain, held, by(ben)),
    ]);
    expect(counted(await elections.recall.staticCall(NORTH, 0, concat(words)))).to.deep.equal([0, 8]);
    await elections.recall(NORTH, 0, concat(words));
    await elections.recall(NORTH, 0, concat(words));
    expect((await elections.recallOf(NORTH, 0)).signatures).to.equal(2n);
  });

  describe("given the roll of its first signature", () => {
    it("counts on that roll for ninety days", async () => {
      const g = world();
      await rested(g);
      const { elections } = g.council;
      const held = await holding(g.council, 0);
      await elections.recall(NORTH, 0, await petition(g.council, held, g.north.slice(0, 1)));
      const openedAt = Number((await elections.recallOf(NORTH, 0)).openedAt);
      // A member of the south moves north: it is on the next roll, not on this.
      await g.register.classify(g.south[0]!.id, NORTH, 1);
      const moved = await petition(g.council, held, g.south.slice(0, 1));
      await g.at(openedAt + REST);
      await elections.recall(NORTH, 0, moved);
      expect((await elections.recallOf(NORTH, 0)).signatures).to.equal(1n);
      await elections.recall(NORTH, 0, moved);
      const anew = await elections.recallOf(NORTH, 0);
      expect([anew.signatures, anew.needed]).to.deep.equal([1n, 6n]);
      expect(Number(anew.openedAt)).to.be.greaterThan(openedAt + REST);
    });

    it("cannot be kept by opening a petition early and letting it lie", async () => {
      const g = world();
      await rested(g);
      const { elections } = g.council;
      const held = await holding(g.council, 0);
      await elections.recall(NORTH, 0, "0x");
      for (const { id } of g.south) await g.register.classify(id, NORTH, 1);
      for (const { id } of g.north.slice(5)) await g.register.classify(id, SOUTH, 1);
      await g.pass(REST);
      const all = [...g.north.slice(0, 2), ...g.south];
      await expect(elections.recall(NORTH, 0, await petition(g.council, held, all))).to.emit(
        g.council.seats,
        "TermEnded",
      );
    });
  });

  it("cannot be won with signatures against a former holding, not even of the same person", async () => {
    const g = world();
    await electNorth(g);
    const { elections, seats } = g.council;
    const signed = await petition(g.council, await holding(g.council, 0), g.north);
    await seats.connect(g.persons[0]!.key).resign(NORTH, 0);
    await elect(
      g,
      g.council,
      NORTH,
      g.north,
      g.persons.slice(0, 1),
      g.north.map(() => [0]),
    );
    expect(await sitting(g.council)).to.deep.equal([1, 2, 3]);
    await g.pass(REST);
    expect(await elections.recall.staticCall(NORTH, 0, signed)).to.equal(0n);
  });
});

describe("Seats.resign", () => {
  const world = useGovernance();

  it("is for the holder's key, and takes the vote at once", async () => {
    const g = world();
    await electNorth(g);
    const { seats } = g.council;
    const [holder, other] = [g.persons[0]!, g.persons[1]!];
    for (const [seat, key] of [
      [0, other.key],
      [0, g.stranger],
      [5, holder.key],
    ] as const) {
      await expect(seats.connect(key).resign(NORTH, seat))
        .to.be.revertedWithCustomError(seats, "SeatsNotHolder")
        .withArgs(NORTH, seat, key.address);
    }
    await expect(seats.connect(holder.key).resign(NORTH, 0))
      .to.emit(seats, "SeatVacated")
      .withArgs(NORTH, 0, holder.id);
    expect(await seats.getVotes(await seats.accountOf(holder.id))).to.equal(0n);
    const now = await g.now();
    await g.pass(1);
    expect([await seats.getPastTotalSupply(now), await seats.electors(0, now)]).to.deep.equal([2n, 2n]);
    expect(await g.council.elections.dueSeats(NORTH)).to.equal(1n);
  });

  it("follows the holder through its keys", async () => {
    const g = world();
    await electNorth(g);
    const { seats } = g.council;
    const { id, key } = g.persons[0]!;
    await g.people.connect(key).rotate(id, g.stranger);
    await expect(seats.connect(key).resign(NORTH, 0)).to.be.revertedWithCustomError(seats, "SeatsNotHolder");
    await seats.connect(g.stranger).resign(NORTH, 0);
    expect(await sitting(g.council)).to.deep.equal([0, 2, 3]);
  });
});

describe("Seats.sit, vacate, endTerm and bindElections", () => {
  const world = useGovernance();

  it("are for the elections alone, which are bound once, by the administrators", async () => {
    const g = world();
    const { seats, elections } = g.council;
    for (const call of [
      () => seats.sit(NORTH, 0, 1, 0),
      () => seats.vacate(NORTH, 0),
      () => seats.endTerm(NORTH, 0),
    ]) {
      await expect(call())
        .to.be.revertedWithCustomError(seats, "SeatsNotElections")
        .withArgs(await g.deployer.getAddress());
    }
    await expect(seats.bindElections(g.stranger))
      .to.be.revertedWithCustomError(seats, "SeatsBound")
      .withArgs(await elections.getAddress());
    const fresh = await g.consortium.ethers.deployContract("Seats", [g.charter, g.people, [], 90 * DAY]);
    await expect(fresh.connect(g.stranger).bindElections(elections)).to.be.revertedWithCustomError(
      fresh,
      "AccessManagedUnauthorized",
    );
  });
});
