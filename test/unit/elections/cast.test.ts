import { expect } from "chai";
import { concat, dataLength, dataSlice } from "ethers";
import { ballot, counted } from "../../support/ballots.ts";
import { ballots, by, nominate, open, toBallots } from "../../support/elected.ts";
import { useGovernance } from "../../support/governance.ts";
import type { Governance } from "../../support/governance.ts";

/** An election of the north in which four stand, where ballots are taken. */
async function voting(g: Governance): Promise<number> {
  const election = await open(g.council);
  await nominate(g.council, election, g.persons.slice(0, 4), g.north);
  await toBallots(g, g.council, election);
  return election;
}

/** What each candidate has. */
async function approvals({ council: { elections } }: Governance, election: number, number = 4) {
  const all = Array.from({ length: number }, (_, i) => elections.candidateOf(election, i));
  return (await Promise.all(all)).map(({ approvals: found }) => Number(found));
}

describe("Elections.cast", () => {
  const world = useGovernance();

  it("counts a batch of signed ballots, posted by anybody, and logs all of it with a bit for each", async () => {
    const g = world();
    const election = await voting(g);
    const { elections } = g.council;
    const packed = await ballots(g.council, election, g.north.slice(0, 4), [[0], [0, 1], [0, 1, 3], [3]]);
    await expect(elections.connect(g.stranger).cast(election, packed))
      .to.emit(elections, "BallotsCast")
      .withArgs(election, 15, packed);
    expect(await approvals(g, election)).to.deep.equal([3, 2, 0, 2]);
    expect((await elections.electionOf(election)).ballots).to.equal(4n);
    const has = await Promise.all(g.north.map(({ id }) => elections.hasVoted(election, id)));
    expect(has).to.deep.equal(g.north.map((_, i) => i < 4));
  });

  it("adds batch to batch", async () => {
    const g = world();
    const election = await voting(g);
    for (const voter of g.north.slice(0, 3)) {
      await g.council.elections.cast(election, await ballots(g.council, election, [voter], [[1, 2]]));
    }
    await g.council.elections.cast(election, "0x");
    expect(await approvals(g, election)).to.deep.equal([0, 3, 3, 0]);
  });

  it("leaves out what is not valid, and nothing else", async () => {
    const g = world();
    const election = await voting(g);
    const { elections, domain } = g.council;
    const [ann, ben, cid, dot, eli] = [g.north[0]!, g.north[1]!, g.north[2]!, g.north[3]!, g.north[4]!];
    const all = await Promise.all([
      ballot(domain, election, [0], by(ann)), // 0 counts
      ballot(domain, election, [1], by(ann)), // a second one
      ballot(domain, election, [], by(ben)), // approves of nobody
      ballot(domain, election, [1, 0], by(ben)), // not ascending
      ballot(domain, election, [1, 1], by(ben)), // one twice
      ballot(domain, election, [4], by(ben)), // nobody's place
      ballot(domain, election, [0, 65_535], by(ben)),
      ballot(domain, election, [0], { voter: ben.id, signer: ann.key }), // another's key
      ballot(domain, election, [0], by(ben, 1)), // a nonce that is not its key's
      ballot(domain, election + 1, [0], by(ben)),
      ballot(domain, election, [0], by(g.south[0]!)), // of another constituency
      ballot(domain, election, [0], { voter: 4_294_967_295, signer: ben.key }),
      ballot(domain, election, [0], { voter: 0, signer: ben.key }),
      ballot(domain, election, [0, 1, 2, 3], by(ben)), // 13 counts
      ballot(domain, election, [2], by(cid)), // 14 counts
      ballot(domain, election, [2], { voter: dot.id, caller: true }), // not the caller's
      ballot(domain, election, [3], { voter: eli.id, caller: true }), // 16 counts
    ]);
    const call = elections.connect(eli.key);
    expect(counted(await call.cast.staticCall(election, concat(all)))).to.deep.equal([0, 13, 14, 16]);
    await call.cast(election, concat(all));
    expect(await approvals(g, election)).to.deep.equal([2, 1, 2, 2]);
    expect((await elections.electionOf(election)).ballots).to.equal(4n);
  });

  it("lets a voter whose ballot was left out send a good one", async () => {
    const g = world();
    const election = await voting(g);
    const voter = g.north[0]!;
    for (const [choice, bits] of [
      [[9], 0n],
      [[0], 1n],
    ] as const) {
      const packed = await ballots(g.council, election, [voter], [choice]);
      expect(await g.council.elections.cast.staticCall(election, packed)).to.equal(bits);
      await g.council.elections.cast(election, packed);
    }
    expect(await approvals(g, election)).to.deep.equal([1, 0, 0, 0]);
  });

  it("takes ballots after the last second of nominations and to the last of its own", async () => {
    const g = world();
    const { elections } = g.council;
    const election = await open(g.council);
    await nominate(g.council, election, g.persons.slice(0, 1), g.north);
    const { nominateUntil, ballotUntil } = await elections.electionOf(election);
    const [one, two] = await Promise.all(
      g.north.slice(0, 2).map((voter) => ballots(g.council, election, [voter], [[0]])),
    );
    await g.at(nominateUntil);
    await expect(elections.cast(election, one!))
      .to.be.revertedWithCustomError(elections, "ElectionsTimeAhead")
      .withArgs(election, nominateUntil);
    await g.at(nominateUntil + 1n);
    await elections.cast(election, one!);
    await g.at(ballotUntil);
    await expect(elections.count(election))
      .to.be.revertedWithCustomError(elections, "ElectionsTimeAhead")
      .withArgs(election, ballotUntil);
    expect((await elections.electionOf(election)).ballots).to.equal(1n);
    await g.at(ballotUntil + 1n);
    await expect(elections.cast(election, two!))
      .to.be.revertedWithCustomError(elections, "ElectionsTimeOver")
      .withArgs(election, ballotUntil);
  });

  it("takes a ballot in its last second", async () => {
    const g = world();
    const election = await voting(g);
    const { ballotUntil } = await g.council.elections.electionOf(election);
    const packed = await ballots(g.council, election, g.north.slice(0, 1), [[0]]);
    await g.at(ballotUntil);
    await g.council.elections.cast(election, packed);
    expect(await approvals(g, election)).to.deep.equal([1, 0, 0, 0]);
  });

  it("carries 256 and not 257", async () => {
    const g = world();
    const election = await voting(g);
    const { elections, domain } = g.council;
    const one = await ballot(domain, election, [0], by(g.north[0]!));
    const lot = Array.from({ length: 255 }, () => ballotOf(g.north[1]!.id));
    await expect(elections.cast(election, concat([...lot, one, one])))
      .to.be.revertedWithCustomError(elections, "BallotsTooMany")
      .withArgs(256);
    expect(counted(await elections.cast.staticCall(election, concat([...lot, one])))).to.deep.equal([255]);
  });

  it("knows no other election", async () => {
    const { elections } = world().council;
    await expect(elections.cast(1, "0x"))
      .to.be.revertedWithCustomError(elections, "ElectionsUnknown")
      .withArgs(1);
  });

  describe("given bytes that end in the middle of a ballot", () => {
    it("counts nothing and says where", async () => {
      const g = world();
      const election = await voting(g);
      const { elections, domain } = g.council;
      const good = await ballot(domain, election, [0, 2], by(g.north[0]!));
      const length = dataLength(good);
      // Nine bytes of head, two candidates and the kind stand together; the kind with its signature.
      for (const [size, place] of [
        ...[1, 8, 9, 12, 13].map((cut) => [cut, 0]),
        ...[14, 77].map((cut) => [cut, 13]),
      ] as [number, number][]) {
        await expect(elections.cast(election, concat([good, dataSlice(good, 0, size)])), `${size}`)
          .to.be.revertedWithCustomError(elections, "BallotsMalformed")
          .withArgs(length + place);
      }
      expect(length).to.equal(78);
    });

    it("says where a contract's signature breaks off, and where a kind is unknown", async () => {
      const g = world();
      const election = await voting(g);
      const { elections, domain } = g.council;
      const contract = await elections.getAddress();
      const long = await ballot(domain, election, [0], {
        ...{ voter: g.north[0]!.id, contract },
        bytes: `0x${"11".repeat(300)}`,
      });
      for (const [size, place] of [
        [12, 11],
        [31, 11],
        [33, 11],
        [333, 11],
      ] as const) {
        await expect(elections.cast(election, dataSlice(long, 0, size)), `${size}`)
          .to.be.revertedWithCustomError(elections, "BallotsMalformed")
          .withArgs(place);
      }
      expect(await elections.cast.staticCall(election, long)).to.equal(0n);
      await expect(elections.cast(election, `${ballotOf(3).slice(0, -2)}03`))
        .to.be.revertedWithCustomError(elections, "BallotsMalformed")
        .withArgs(11);
    });
  });
});

/** A ballot for the first candidate that only its voter's own call could make count. */
const ballotOf = (voter: number) =>
  concat([`0x${voter.toString(16).padStart(8, "0")}`, "0x00000000", "0x01", "0x0000", "0x02"]);
