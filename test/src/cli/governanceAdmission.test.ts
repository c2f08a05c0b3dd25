import { expect } from "chai";
import { createHoused, type Housed } from "../../support/housed.ts";

/** How a consortium begins, and how a small library comes in whom its board never answers, by the command line alone. */
describe("the command line, where somebody begins", () => {
  let g: Housed;
  before(async () => (g = await createHoused({ members: 2 })));
  after(() => g.close());

  it("takes two sponsors, a wait, an appeal, and the authority", async () => {
    const [authority, applicant] = [{ key: g.network.nextKey() }, { key: g.network.nextKey() }];
    await g.run(`charter hand-over --for-good --office authority=${authority.key.address}`);
    const { member } = await g.run("member apply XA-NEW --tier 3", applicant);
    const [one, two] = g.members;
    const sponsor = `application sponsor ${member} --sponsor`;
    expect(await g.refused(`${sponsor} ${one!.isil}`, one)).to.equal("AdmissionSponsorUnfit");
    await g.wait(365);
    expect(await g.run(`${sponsor} ${one!.isil}`, one)).to.deep.include({
      stage: "unsponsored",
      sponsors: [3],
    });
    expect(await g.refused(`${sponsor} ${two!.isil}`, one)).to.equal("AdmissionRightMissing");
    expect(await g.run(`${sponsor} ${two!.isil}`, two)).to.deep.include({
      stage: "waiting",
      sponsors: [3, 4],
    });

    expect(await g.refused(`application appeal ${member}`, applicant, 3)).to.equal("AdmissionTooEarly");
    await g.wait(90);
    await g.run(`application appeal ${member}`, applicant);
    expect(await g.run(`application show ${member}`)).to.include({ stage: "appealed" });
    expect(await g.refused(`application admit ${member}`, one)).to.equal("AccessManagedUnauthorized");
    const admitted = await g.run(`application admit ${member}`, authority);
    expect(admitted).to.include({ stage: "admitted", usedThisYear: 1, allowance: 1 });
    expect(await g.run("member show XA-NEW")).to.include({ standing: "admitted" });
  });

  it("is founded by those whose keys a file names", async () => {
    const keys = [g.network.nextKey().address, g.network.nextKey().address];
    await g.write("founders.json", JSON.stringify({ council: keys, board: ["nobody"] }));
    expect(await g.refused("network deploy --founders founders.json")).to.equal("FoundersInvalid");
    await g.write("founders.json", JSON.stringify({ council: keys }));
    await g.run("network deploy --founders founders.json");
    const { seats } = await g.run("seat list");
    const held = seats.filter(({ delegate }: Record<string, unknown>) => delegate !== null);
    expect(held.map(({ seat }: Record<string, unknown>) => seat)).to.deep.equal(["1-0", "2-0"]);
    expect(await g.run("delegate show 2")).to.include({ key: keys[1], council: "2-0" });
  });
});
