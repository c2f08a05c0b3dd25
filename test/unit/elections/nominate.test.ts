import { expect } from "chai";
import { ZeroHash, concat } from "ethers";
import { consent, counted, support } from "../../support/ballots.ts";
import { by, electNorth, nominate, nomination, open } from "../../support/elected.ts";
import { NORTH, SOUTH, STATEMENT, useGovernance } from "../../support/governance.ts";

describe("Elections.nominate", () => {
  const world = useGovernance();

  it("puts a person on the list with enough support and its own consent, whoever posts it", async () => {
    const g = world();
    const { elections } = g.council;
    const election = await open(g.council);
    const all = await nomination(g.council, election, g.persons[0]!, g.north.slice(0, 3));
    await expect(elections.connect(g.stranger).nominate(...all))
      .to.emit(elections, "CandidateNominated")
      .withArgs(election, 0, g.persons[0]!.id, STATEMENT, 7, all[3]);
    expect(await elections.candidateOf(election, 0)).to.deep.equal([BigInt(g.persons[0]!.id), 0n]);
    expect((await elections.electionOf(election)).candidates).to.equal(1n);
  });

  it("counts who is on the roll, once, and says by bits who did", async () => {
    const g = world();
    const { elections, domain } = g.council;
    const election = await open(g.council);
    const { id, key } = g.persons[0]!;
    const [ann, ben] = [g.north[0]!, g.north[1]!];
    const words = await Promise.all([
      support(domain, election, id, by(g.south[0]!)),
      support(domain, election, id, by(ann)),
      support(domain, election, id, by(ann)),
      support(domain, election, id, { voter: ben.id, signer: ann.key }),
      support(domain, election, id, { ...by(ben), nonce: 1 }),
      support(domain, election, g.persons[1]!.id, by(ben)),
      support(domain, election + 1, id, by(ben)),
      support(domain, election, id, by(ben)),
    ]);
    const agreed = await consent(domain, election, id, STATEMENT, { signer: key });
    await elections.nominate(election, id, STATEMENT, concat(words), agreed);
    const [log] = await elections.queryFilter(elections.filters.CandidateNominated());
    expect(counted(log!.args.counted)).to.deep.equal([1, 7]);
  });

  it("lets each voter support one candidate, and wants one voter more than one too few", async () => {
    const g = world();
    const { elections } = g.council;
    const election = await open(g.council);
    await nominate(g.council, election, g.persons.slice(0, 1), g.north);
    const again = await nomination(g.council, election, g.persons[1]!, g.north.slice(1, 3));
    await expect(elections.nominate(...again))
      .to.be.revertedWithCustomError(elections, "ElectionsSupportShort")
      .withArgs(election, 1, 2);
    await elections.nominate(...(await nomination(g.council, election, g.persons[1]!, g.north.slice(1, 4))));
  });

  it("spends no support on a nomination that fails", async () => {
    const g = world();
    const { elections } = g.council;
    const election = await open(g.council);
    const alone = await nomination(g.council, election, g.persons[0]!, g.north.slice(0, 1));
    await expect(elections.nominate(...alone)).to.be.revertedWithCustomError(
      elections,
      "ElectionsSupportShort",
    );
    await elections.nominate(...(await nomination(g.council, election, g.persons[1]!, g.north.slice(0, 2))));
  });

  it("asks for no more support than a tenth of the roll, rounded up, whatever the rules say", async () => {
    const g = world();
    const body = await g.body({ electorate: g.voice, rules: { minSupport: 256 } });
    for (const [constituency, support] of [
      [NORTH, 2n],
      [SOUTH, 1n],
    ] as const) {
      const election = await open(body, constituency);
      expect((await body.elections.electionOf(election)).support).to.equal(support);
    }
    await nominate(body, 2, g.persons.slice(0, 2), g.south);
  });

  it("takes nominations to the last second and not one later", async () => {
    const g = world();
    const { elections } = g.council;
    const election = await open(g.council);
    const { nominateUntil } = await elections.electionOf(election);
    const [one, two] = await Promise.all([
      nomination(g.council, election, g.persons[0]!, g.north.slice(0, 2)),
      nomination(g.council, election, g.persons[1]!, g.north.slice(2, 4)),
    ]);
    await g.at(nominateUntil);
    await elections.nominate(...one);
    await expect(elections.nominate(...two))
      .to.be.revertedWithCustomError(elections, "ElectionsTimeOver")
      .withArgs(election, nominateUntil);
  });

  it("knows no election that was not opened", async () => {
    const g = world();
    const { elections } = g.council;
    for (const election of [0, 1, 4_294_967_295]) {
      const args = await nomination(g.council, election, g.persons[0]!, g.north.slice(0, 2));
      await expect(elections.nominate(...args))
        .to.be.revertedWithCustomError(elections, "ElectionsUnknown")
        .withArgs(election);
    }
  });

  describe("given the candidate", () => {
    it("wants its consent, to this statement, this election, by its living key", async () => {
      const g = world();
      const { elections, domain } = g.council;
      const election = await open(g.council);
      const [, id, , words] = await nomination(g.council, election, g.persons[0]!, g.north.slice(0, 2));
      const { key } = g.persons[0]!;
      const other = g.persons[1]!.key;
      for (const agreed of [
        await consent(domain, election, id, STATEMENT, { signer: other }),
        await consent(domain, election, id, ZeroHash, { signer: key }),
        await consent(domain, election + 1, id, STATEMENT, { signer: key }),
        await consent(domain, election, id + 1, STATEMENT, { signer: key }),
        await consent(domain, election, id, STATEMENT, { signer: key, nonce: 1 }),
        await consent(domain, election, id, STATEMENT, { caller: true }),
      ]) {
        await expect(elections.nominate(election, id, STATEMENT, words, agreed))
          .to.be.revertedWithCustomError(elections, "ElectionsConsentMissing")
          .withArgs(election, id);
      }
      await g.people.connect(key).rotate(id, other);
      const renewed = await consent(domain, election, id, STATEMENT, { signer: other, nonce: 1 });
      await elections.nominate(election, id, STATEMENT, words, renewed);
    });

    it("takes its own call for consent", async () => {
      const g = world();
      const { elections, domain } = g.council;
      const election = await open(g.council);
      const { id, key } = g.persons[0]!;
      const [, , , words] = await nomination(g.council, election, g.persons[0]!, g.north.slice(0, 2));
      const agreed = await consent(domain, election, id, STATEMENT, { caller: true });
      await elections.connect(key).nominate(election, id, STATEMENT, words, agreed);
    });

    it("stands once", async () => {
      const g = world();
      const { elections } = g.council;
      const election = await open(g.council);
      await nominate(g.council, election, g.persons.slice(0, 1), g.north);
      await expect(
        elections.nominate(...(await nomination(g.council, election, g.persons[0]!, g.north.slice(2, 4)))),
      )
        .to.be.revertedWithCustomError(elections, "ElectionsCandidateTwice")
        .withArgs(election, g.persons[0]!.id);
    });

    it("stands nowhere while it sits elsewhere, but for its own seat", async () => {
      const g = world();
      const { elections, seats } = g.council;
      await electNorth(g);
      const election = await open(g.council, SOUTH);
      const sits = await nomination(g.council, election, g.persons[0]!, g.south.slice(0, 1));
      await expect(elections.nominate(...sits))
        .to.be.revertedWithCustomError(elections, "ElectionsCandidateSits")
        .withArgs(g.persons[0]!.id);
      await seats.connect(g.persons[0]!.key).resign(NORTH, 0);
      await elections.nominate(...sits);
    });
  });
});
