import { expect } from "chai";
import { concat } from "ethers";
import { ballot, counted } from "../../support/ballots.ts";
import { ballots, elect, nominate, nomination, open, sitting, toBallots } from "../../support/elected.ts";
import { FULL_STANDING, NORTH, useGovernance } from "../../support/governance.ts";
import { passMonths, supply, votesOf } from "../../support/voices.ts";

const BASE = 1_000_000n;

describe("Attacks on voice", () => {
  const world = useGovernance();

  it("with more than half of all standing one member has two voices of nineteen, and one ballot of twelve", async () => {
    const g = world();
    const [rich, poor] = [g.north[0]!, g.north[1]!];
    await supply(g, rich, poor, 200);
    await passMonths(g, 1);
    await g.voice.syncAll([...g.north, ...g.south].map(({ id }) => id));
    expect(await votesOf(g, rich.id)).to.equal(2n * BASE);
    await g.pass(1);
    expect(await g.voice.getPastTotalSupply((await g.now()) - 1)).to.equal(19n * BASE);
    await elect(g, g.council, NORTH, g.north, g.persons.slice(0, 4), [
      [3],
      ...g.north.slice(1).map(() => [0, 1, 2]),
    ]);
    expect(await sitting(g.council)).to.deep.equal([1, 2, 3]);
  });

  it("by trading in circles doubles a voice at most, pays fees each round, and fades", async () => {
    const g = world();
    const [ann, ben] = [g.north[0]!, g.north[1]!];
    const { ledger } = g.consortium.admin.contracts;
    const worth = async () => {
      const accounts = await Promise.all([ann, ben].map(({ id }) => ledger.account(id)));
      return accounts.reduce((sum, { position, cash }) => sum + position + cash, 0n);
    };
    for (let round = 1; round <= 3; round++) {
      const before = await worth();
      const spent = await supply(g, ann, ben, 100, round);
      const paid = await supply(g, ben, ann, 100, round);
      // Twice 1,300 were deposited; the handling fees of 200 loans are gone.
      expect(await worth()).to.equal(before + 2_600_000_000n - 52_000_000n);
      expect(spent + paid).to.be.greaterThan(FULL_STANDING);
    }
    await passMonths(g, 1);
    await g.voice.syncAll([ann.id, ben.id]);
    expect([await votesOf(g, ann.id), await votesOf(g, ben.id)]).to.deep.equal([2n * BASE, 2n * BASE]);
    await passMonths(g, 36);
    await g.voice.syncAll([ann.id, ben.id]);
    expect(await votesOf(g, ann.id)).to.be.lessThan((14n * BASE) / 10n);
  });

  it("by leaving unsynced keeps a voice only until anybody syncs it", async () => {
    const g = world();
    const { id, key } = g.north[0]!;
    // A register that tells nobody, as before a roll is bound.
    await g.register.bindRoll("0x0000000000000000000000000000000000000000");
    await g.register.connect(key).leave(id);
    expect(await votesOf(g, id)).to.equal(BASE);
    await g.voice.connect(g.stranger).sync(id);
    expect(await votesOf(g, id)).to.equal(0n);
  });

  it("by voting with a number whose address somebody sends from: nobody can", async () => {
    const g = world();
    const election = await open(g.council);
    await nominate(g.council, election, g.persons.slice(0, 1), g.north);
    await toBallots(g, g.council, election);
    const account = await g.voice.accountOf(g.north[0]!.id);
    const { provider } = g.consortium.ethers;
    await provider.send("hardhat_impersonateAccount", [account]);
    await provider.send("hardhat_setBalance", [account, "0x56bc75e2d63100000"]);
    const pseudo = await g.consortium.ethers.getSigner(account);
    const { id } = g.north[0]!;
    const own = concat([`0x${id.toString(16).padStart(8, "0")}`, "0x00000000", "0x01", "0x0000", "0x02"]);
    // Even if somebody could send from it, it is no key of the member's.
    expect(await g.council.elections.connect(pseudo).cast.staticCall(election, own)).to.equal(0n);
  });

  describe("the board's elections", () => {
    it("are of the delegates who sat at the opening: no member votes in them, though it has a delegate's number", async () => {
      const g = world();
      await elect(
        g,
        g.council,
        NORTH,
        g.north,
        g.persons.slice(0, 3),
        g.north.map(() => [0, 1, 2]),
      );
      await g.pass(1);
      const { elections, domain } = g.board;
      const election = await open(g.board, 0);
      const one = await elections.electionOf(election);
      expect([one.electors, one.support, one.seats]).to.deep.equal([3n, 1n, 3n]);
      const delegates = g.persons.slice(0, 3);
      await nominate(g.board, election, g.persons.slice(4, 6), delegates);
      const own = await nomination(g.board, election, g.persons[6]!, [g.north[0]!]);
      await expect(elections.nominate(...own)).to.be.revertedWithCustomError(
        elections,
        "ElectionsSupportShort",
      );
      await toBallots(g, g.board, election);
      await g.council.seats.connect(delegates[2]!.key).resign(NORTH, 2);
      const words = [...delegates, g.persons[4]!, ...g.north];
      const batch = await ballots(
        g.board,
        election,
        words,
        words.map(() => [0]),
      );
      // The roll is the opening's: who sat then votes, whoever the members are.
      expect(counted(await elections.cast.staticCall(election, batch))).to.deep.equal([0, 1, 2]);
      expect(domain.verifyingContract).to.not.equal(g.council.domain.verifyingContract);
    });

    it("void a delegate's ballot with its key: rotated, it must vote anew, and can", async () => {
      const g = world();
      await elect(
        g,
        g.council,
        NORTH,
        g.north,
        g.persons.slice(0, 3),
        g.north.map(() => [0, 1, 2]),
      );
      await g.pass(1);
      const election = await open(g.board, 0);
      await nominate(g.board, election, g.persons.slice(4, 5), g.persons);
      await toBallots(g, g.board, election);
      const { id, key } = g.persons[0]!;
      const old = await ballots(g.board, election, [g.persons[0]!], [[0]]);
      const next = await g.createKey();
      await g.people.connect(key).rotate(id, next);
      expect(await g.board.elections.cast.staticCall(election, old)).to.equal(0n);
      const fresh = await ballot(g.board.domain, election, [0], { voter: id, signer: next, nonce: 1 });
      expect(await g.board.elections.cast.staticCall(election, fresh)).to.equal(1n);
    });
  });
});
