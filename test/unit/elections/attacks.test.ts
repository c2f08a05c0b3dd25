import { expect } from "chai";
import { concat } from "ethers";
import { ballot, consent, recallSignature, support } from "../../support/ballots.ts";
import {
  ballots,
  by,
  elect,
  electNorth,
  holding,
  nominate,
  nomination,
  open,
  sitting,
  toBallots,
  toCount,
  voting,
  wouldCount,
} from "../../support/elected.ts";
import { DAY, NORTH, SOUTH, STATEMENT, useGovernance } from "../../support/governance.ts";

describe("Attacks on elections", () => {
  const world = useGovernance();

  describe("double voting", () => {
    it("fails by another key of the member, and by rotating the key that voted", async () => {
      const g = world();
      const election = await voting(g);
      const { elections, domain } = g.council;
      const { id, key } = g.north[0]!;
      await g.register.connect(key).setKey(id, g.stranger, 4);
      const both = await Promise.all(
        [key, g.stranger].map((signer) => ballot(domain, election, [0], { voter: id, signer })),
      );
      expect(await wouldCount(g.council, election, ...both)).to.deep.equal([0]);
      await elections.cast(election, both[0]!);
      expect(await wouldCount(g.council, election, both[1]!)).to.deep.equal([]);
      const next = await g.createKey();
      await g.register.connect(key).rotateKey(id, next);
      const third = await ballot(domain, election, [0], { voter: id, signer: next });
      expect(await wouldCount(g.council, election, third)).to.deep.equal([]);
      expect((await elections.candidateOf(election, 0)).approvals).to.equal(1n);
    });

    it("fails by leaving and coming back under another number", async () => {
      const g = world();
      const election = await voting(g);
      const { id, key } = g.north[0]!;
      await g.council.elections.cast(election, await ballots(g.council, election, [g.north[0]!], [[0]]));
      await g.register.connect(key).leave(id);
      const again = await g.applicant({ key });
      await g.register.admit(again.id);
      await g.voice.sync(again.id);
      expect(await wouldCount(g.council, election, await ballots(g.council, election, [again], [[0]]))).to.be
        .empty;
    });
  });

  describe("a stolen or stale signature", () => {
    it("of a key that was taken away, or that voided its ballots, counts no more, not even once it is back", async () => {
      const g = world();
      const election = await voting(g);
      const [ann, ben, cid] = [g.north[0]!, g.north[1]!, g.north[2]!];
      const old = await ballots(g.council, election, [ann, ben, cid], [[0], [0], [0]]);
      expect(await wouldCount(g.council, election, old)).to.deep.equal([0, 1, 2]);
      await g.register.connect(ann.key).voidBallots(ann.id);
      await g.register.connect(ben.key).setKey(ben.id, ben.key, 59);
      expect(await wouldCount(g.council, election, old)).to.deep.equal([2]);
      await g.register.connect(ben.key).setKey(ben.id, g.stranger, 1);
      const fresh = await ballot(g.council.domain, election, [1], by(ann, 1));
      expect(await wouldCount(g.council, election, old, fresh)).to.deep.equal([2, 3]);
    });

    it("counts in no other election, body, chain or contract", async () => {
      const g = world();
      const twin = await g.body({ name: "Consortia Council Elections", electorate: g.voice });
      const [election, other] = [await open(g.council), await open(twin)];
      expect(other).to.equal(election);
      for (const body of [g.council, twin]) await nominate(body, election, g.persons.slice(0, 2), g.north);
      await toBallots(g, twin, other);
      const voter = by(g.north[0]!);
      const { domain } = g.council;
      const signed = await ballot(domain, election, [0], voter);
      const foreign = await Promise.all([
        ballot({ ...domain, chainId: 1n }, election, [0], voter),
        ballot({ ...domain, name: "Consortia Board Elections" }, election, [0], voter),
        ballot({ ...domain, version: "2" }, election, [0], voter),
        ballot(twin.domain, election, [0], voter),
      ]);
      expect(await wouldCount(g.council, election, ...foreign, signed)).to.deep.equal([4]);
      const ofTwin = await ballot(twin.domain, other, [0], voter);
      expect(await wouldCount(twin, other, signed, ofTwin)).to.deep.equal([1]);
    });

    it("is no ballot where it was a support, and no support where it was a recall", async () => {
      const g = world();
      const election = await open(g.council);
      const { elections, domain } = g.council;
      const voter = by(g.north[0]!);
      const given = await support(domain, election, g.persons[0]!.id, voter);
      await nominate(g.council, election, g.persons.slice(1, 2), g.north.slice(1));
      await toBallots(g, g.council, election);
      // The support's bytes with a list of one candidate pressed in.
      const pressed = concat([given.slice(0, 18), "0x010000", `0x${given.slice(18)}`]);
      expect(await wouldCount(g.council, election, pressed)).to.deep.equal([]);
      await toCount(g, g.council, election);
      await elections.count(election);
    });

    it("that is malleable is one: the other half of the curve does not vote", async () => {
      const g = world();
      const election = await voting(g);
      const good = await ballots(g.council, election, [g.north[0]!], [[0]]);
      const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
      const vs = BigInt(`0x${good.slice(-64)}`);
      const high = order - (vs & ((1n << 255n) - 1n));
      const flipped = ((1n - (vs >> 255n)) << 255n) | high;
      const twisted = `${good.slice(0, -64)}${(flipped % (1n << 256n)).toString(16).padStart(64, "0")}`;
      expect(await wouldCount(g.council, election, twisted, good)).to.deep.equal([1]);
    });
  });

  describe("a roll that moves in mid-election", () => {
    it("lets in nobody who came after the opening, and out nobody who was there", async () => {
      const g = world();
      const late = await g.member(NORTH);
      await g.pass(100 * DAY);
      const [left, moved, here] = [g.north[0]!, g.north[1]!, g.south[0]!];
      const election = await open(g.council);
      await g.voice.sync(late.id);
      await g.register.classify(here.id, NORTH, 1);
      await g.register.classify(moved.id, SOUTH, 1);
      await nominate(g.council, election, g.persons.slice(0, 2), g.north.slice(2));
      await toBallots(g, g.council, election);
      await g.register.connect(left.key).leave(left.id);
      const voters = [late, here, left, moved];
      const batch = await ballots(
        g.council,
        election,
        voters,
        voters.map(() => [0]),
      );
      expect(await wouldCount(g.council, election, batch)).to.deep.equal([2, 3]);
    });

    it("is the roll of the second before: who entered in the block of the opening is not on it", async () => {
      const g = world();
      const late = await g.member(NORTH);
      await g.pass(100 * DAY);
      const { provider } = g.consortium.ethers;
      await provider.send("evm_setAutomine", [false]);
      await g.voice.sync(late.id, { gasLimit: 1_000_000 });
      await g.council.elections.open(NORTH, { gasLimit: 1_000_000 });
      await provider.send("evm_mine");
      await provider.send("evm_setAutomine", [true]);
      expect((await g.council.elections.electionOf(1)).electors).to.equal(12n);
      await g.pass(1);
      const { openedAt } = await g.council.elections.electionOf(1);
      const entered = await g.voice.getPastVotes(await g.voice.accountOf(late.id), openedAt);
      expect(entered, "same block").to.equal(1_000_000n);
    });
  });

  it("flooding: there are never more candidates than supporters, nor than the limit", async () => {
    const g = world();
    const { elections } = g.council;
    const election = await open(g.council);
    const crowd = [...g.persons.slice(0, 6)];
    await nominate(g.council, election, crowd, g.north);
    for (const voters of [g.north, [...g.north, ...g.south]]) {
      const spam = await nomination(g.council, election, g.persons[6]!, voters);
      await expect(elections.nominate(...spam))
        .to.be.revertedWithCustomError(elections, "ElectionsSupportShort")
        .withArgs(election, 0, 2);
    }
    expect(await elections.CANDIDATES_LIMIT()).to.equal(500n);
  });

  it("a nomination cannot be forced on a person, nor its statement changed", async () => {
    const g = world();
    const { elections, domain } = g.council;
    const election = await open(g.council);
    const { id, key } = g.persons[0]!;
    const words = concat(
      await Promise.all(g.north.slice(0, 2).map((voter) => support(domain, election, id, by(voter)))),
    );
    const agreed = await consent(domain, election, id, STATEMENT, { signer: key });
    await g.people.connect(key).voidBallots(id);
    await expect(elections.nominate(election, id, STATEMENT, words, agreed))
      .to.be.revertedWithCustomError(elections, "ElectionsConsentMissing")
      .withArgs(election, id);
  });

  it("capturing one region touches no seat of another, and no by-election either", async () => {
    const g = world();
    await electNorth(g);
    const south = await open(g.council, SOUTH);
    await nominate(g.council, south, g.persons.slice(3, 5), g.south);
    await toBallots(g, g.council, south);
    const all = [...g.south, ...g.north];
    const choices = all.map((voter) => (g.south.includes(voter) ? [0] : [1]));
    await g.council.elections.cast(south, await ballots(g.council, south, all, choices));
    await toCount(g, g.council, south);
    await g.council.elections.count(south);
    expect(await sitting(g.council, SOUTH, 2)).to.deep.equal([4, 0]);
    const held = await holding(g.council, 0);
    await g.pass(90 * DAY);
    const foreign = await Promise.all(
      g.south.map((voter) => recallSignature(g.council.domain, held, by(voter))),
    );
    expect(await g.council.elections.recall.staticCall(NORTH, 0, concat(foreign))).to.equal(0n);
    expect(await sitting(g.council)).to.deep.equal([1, 2, 3]);
  });

  it("signatures of a recall do not end the term that the holder won after it", async () => {
    const g = world();
    await electNorth(g);
    await g.pass(90 * DAY);
    const held = await holding(g.council, 0);
    const signed = concat(
      await Promise.all(g.north.map((voter) => recallSignature(g.council.domain, held, by(voter)))),
    );
    await g.council.elections.recall(NORTH, 0, signed);
    await elect(
      g,
      g.council,
      NORTH,
      g.north,
      g.persons.slice(0, 1),
      g.north.map(() => [0]),
    );
    await g.pass(90 * DAY);
    expect(await sitting(g.council)).to.deep.equal([1, 2, 3]);
    expect(await g.council.elections.recall.staticCall(NORTH, 0, signed)).to.equal(0n);
  });
});
