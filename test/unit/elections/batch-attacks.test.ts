import { expect } from "chai";
import { concat } from "ethers";
import { ballot, counted } from "../../support/ballots.ts";
import type { Word } from "../../support/ballots.ts";
import { ballots, by, voting, wouldCount } from "../../support/elected.ts";
import { useGovernance } from "../../support/governance.ts";
import type { Governance, Voter } from "../../support/governance.ts";

/** A contract account that holds a key of a voter beside its own. */
async function walletOf(g: Governance, voter: Voter, name: string, args: unknown[] = []): Promise<string> {
  const wallet = await g.consortium.ethers.deployContract(name, args);
  const address = await wallet.getAddress();
  await g.register.connect(voter.key).setKey(voter.id, address, 4);
  return address;
}

describe("Attacks on a relayer's batch", () => {
  const world = useGovernance();

  it("is not blocked by ballots that became bad", async () => {
    const g = world();
    const election = await voting(g);
    const voters = g.north.slice(0, 5);
    const batch = await ballots(
      g.council,
      election,
      voters,
      voters.map(() => [1]),
    );
    const spoilt = await ballots(g.council, election, [voters[2]!], [[0]]);
    await g.register.connect(voters[0]!.key).voidBallots(voters[0]!.id);
    await g.register.connect(voters[4]!.key).setKey(voters[4]!.id, voters[4]!.key, 59);
    await g.council.elections.cast(election, spoilt);
    await expect(g.council.elections.connect(g.stranger).cast(election, batch))
      .to.emit(g.council.elections, "BallotsCast")
      .withArgs(election, 0b01010, batch);
  });

  it("asks no wallet that is nobody's key, and survives those that burn gas, revert or lie", async () => {
    const g = world();
    const election = await voting(g);
    const { domain, elections } = g.council;
    const names: [string, unknown[]][] = [
      ["GasBurningWallet", []],
      ["RevertingWallet", []],
      ["ReturnBombWallet", [false, false, 30_000]],
      ["ReturnBombWallet", [true, true, 30_000]],
      ["OddAnswerWallet", [`0x1626ba7e${"00".repeat(28)}`, 4]],
      ["OddAnswerWallet", [`0x1626ba7e${"01".repeat(28)}`, 32]],
      ["AcceptingWallet", []],
    ];
    const words: Word[] = [];
    for (const [i, [name, args]] of names.entries()) {
      const voter = g.north[i]!;
      words.push({ voter: voter.id, contract: await walletOf(g, voter, name, args), bytes: "0x11" });
    }
    const unknown = await g.consortium.ethers.deployContract("AcceptingWallet");
    const strange: Word = { voter: g.north[8]!.id, contract: await unknown.getAddress() };
    const all = [...words, strange, by(g.north[9]!)];
    const batch = concat(await Promise.all(all.map((word) => ballot(domain, election, [0], word))));
    const tx = await elections.cast(election, batch);
    const [log] = await elections.queryFilter(elections.filters.BallotsCast());
    expect(counted(log!.args.counted)).to.deep.equal([6, 8]);
    expect((await tx.wait())!.gasUsed).to.be.lessThan(700_000n);
  });

  it("cannot fail an honest wallet by sending little gas: the whole call reverts", async () => {
    const g = world();
    const election = await voting(g);
    const { domain, elections } = g.council;
    const voter = g.north[0]!;
    const wallet = await walletOf(g, voter, "OwnedWallet", [g.stranger.address]);
    const value = { election, voter: voter.id, candidates: [0], nonce: 0 };
    const bytes = await g.stranger.signTypedData(
      domain,
      {
        Ballot: [
          { name: "election", type: "uint32" },
          { name: "voter", type: "uint32" },
          { name: "candidates", type: "uint16[]" },
          { name: "nonce", type: "uint32" },
        ],
      },
      value,
    );
    const packed = await ballot(domain, election, [0], { voter: voter.id, contract: wallet, bytes });
    await expect(elections.cast(election, packed, { gasLimit: 160_000 })).to.be.revertedWithCustomError(
      elections,
      "SignersGasShort",
    );
    expect(await wouldCount(g.council, election, packed)).to.deep.equal([0]);
  });

  it("that says a voter calls counts only the voter's own call", async () => {
    const g = world();
    const election = await voting(g);
    const { domain, elections } = g.council;
    const [ann, ben] = [g.north[0]!, g.north[1]!];
    const words = await Promise.all(
      [ann, ben].map(({ id }) => ballot(domain, election, [1], { voter: id, caller: true })),
    );
    await elections.connect(ben.key).cast(election, concat(words));
    expect(await elections.hasVoted(election, ann.id)).to.equal(false);
    expect(await elections.hasVoted(election, ben.id)).to.equal(true);
  });
});
