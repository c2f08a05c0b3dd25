import { expect } from "chai";
import type { HDNodeWallet } from "ethers";
import { createHoused, type Housed } from "../../support/housed.ts";

interface Person {
  readonly key: HDNodeWallet;
  readonly delegate: number;
}
type Row = Record<string, unknown>;

/** What an election is for those who have nothing but the command line and each other's files. */
describe("the command line, where members elect", () => {
  let g: Housed;
  let anna: Person;
  let ben: Person;
  before(async () => {
    g = await createHoused();
    [anna, ben] = [await enrol(), await enrol()];
    await g.write("statement.md", "I stand for shared cataloguing.\n");
  });
  after(() => g.close());

  async function enrol(): Promise<Person> {
    const key = g.network.nextKey();
    const { delegate } = await g.run("delegate enrol", { key });
    return { key, delegate: Number(delegate) };
  }
  const nominate = async ({ key, delegate }: Person, supporter: number) => {
    const member = g.members[supporter]!;
    await g.run(`election support 1 ${delegate} --voter ${member.isil}`, member);
    await g.run(`election consent 1 ${delegate} --statement statement.md`, { key });
    return g.run(`election nominate 1 ${delegate}`);
  };
  const approve = (index: number, places: string, more = "") => {
    const member = g.members[index]!;
    return g.run(`ballot sign --election 1 --approve ${places} --voter ${member.id}${more}`, member);
  };
  const reasons = (rows: Row[]) => rows.map(({ why }) => (typeof why === "string" ? why : "counted"));

  it("shows voice, and syncs it", async () => {
    const [first] = g.members;
    const shown = await g.run(`voice show ${first!.isil}`);
    expect(shown).to.include({ member: first!.id, voice: "1.00", total: "4.00", suspensionConfirmed: false });
    const { voices } = await g.run(`voice sync ${first!.isil} 4`);
    expect(voices).to.deep.equal([3, 4].map((member) => ({ member, voice: "1.00" })));
    expect(await g.refused("voice show XA-NOBODY")).to.equal("MemberUnknown");
  });

  it("opens an election for the seats that are due", async () => {
    const { seats } = await g.run("seat list");
    expect(seats).to.have.length(12);
    expect(seats.filter(({ founding }: Row) => founding).map(({ seat }: Row) => seat)).to.deep.equal([
      ...["1-0", "2-0", "3-0"],
    ]);
    const opened = await g.run("election open 1");
    expect(opened).to.deep.include({ election: 1, constituency: 1, seats: [1, 2, 3], supportsNeeded: 1 });
    expect(await g.refused("election open 1", undefined, 3)).to.equal("ElectionsRunning");
    const { constituencies, elections } = await g.run("election list");
    expect(constituencies[0]).to.deep.include({ constituency: 1, running: 1, due: [1, 2, 3] });
    expect(elections[0]).to.include({ election: 1, stage: "nominations", electors: 4 });
  });

  it("nominates who consents and is supported, and says which supports counted", async () => {
    const [member] = g.members;
    await g.run(`election support 1 ${anna.delegate} --voter ${member!.isil}`, member);
    expect(await g.refused(`election nominate 1 ${anna.delegate}`)).to.equal("ConsentMissing");
    const foreign = `election consent 1 ${anna.delegate} --statement statement.md`;
    expect(await g.refused(foreign, ben)).to.equal("VotingKeyMissing");
    const nominated = await nominate(anna, 0);
    expect(nominated).to.include({ candidate: 0, delegate: anna.delegate });
    expect(nominated["supports"]).to.have.length(1);
    expect(nominated["supports"][0]).to.include({ voter: "member 3", counted: true });
    expect(await nominate(ben, 1)).to.include({ candidate: 1 });
    const { candidates } = await g.run("election show 1");
    expect(candidates.map(({ delegate }: Row) => delegate)).to.deep.equal([anna.delegate, ben.delegate]);
  });

  it("signs ballots without sending them, and refuses a key that does not vote", async () => {
    const before = await g.network.chain.provider.getBlockNumber();
    const signed = await approve(0, "1,0");
    expect(signed).to.deep.include({ election: 1, approves: [0, 1], voter: "member 3" });
    await approve(1, "0");
    await approve(2, "0");
    expect(await g.network.chain.provider.getBlockNumber()).to.equal(before);
    const words = "ballot sign --election 1 --approve 0 --voter 3";
    expect(await g.refused(words, g.members[1])).to.equal("VotingKeyMissing");
    expect(await g.refused("ballot sign --voter 3", g.members[0], 2)).to.equal("BallotIncomplete");
  });

  it("posts nothing before its time, and says when that is", async () => {
    const { counted, ballots, transactions } = await g.run("ballot post", g.members[3], 1);
    expect([counted, transactions]).to.deep.equal([0, []]);
    for (const why of reasons(ballots)) expect(why).to.match(/^election 1 takes ballots after 2027-02-/);
  });

  it("counts good ballots of a folder in one call, and says why others do not count", async () => {
    await g.wait(21);
    await approve(3, "1");
    const path = ".consortia/ballots/approval-council-1";
    await g.change(`${path}-4.json`, { candidates: [1] });
    await g.change(`${path}-6.json`, { signature: "0x00" });
    await approve(0, "0", " --ballots elsewhere");
    await g.change("elsewhere/approval-council-1-3.json", { chainId: 1 });
    const elsewhere = await g.run("ballot post elsewhere", g.members[0], 1);
    expect(reasons(elsewhere["ballots"])).to.deep.equal(["it was signed for another consortium"]);

    const { counted, didNotCount, ballots, transactions } = await g.run("ballot post", g.members[3], 1);
    expect([counted, didNotCount, transactions.length]).to.deep.equal([2, 2, 1]);
    const why = (voter: string) =>
      String(ballots.find((row: Row) => String(row["file"]).endsWith(voter)).why);
    expect(why("-4.json")).to.contain("no living key of member 4 that may vote signed this");
    expect(why("-6.json")).to.contain("is no signed file, or was damaged");
    expect(await g.run("election show 1")).to.include({ ballots: 2, quorum: 1 });
  });

  it("counts nobody twice, and nothing that was made void", async () => {
    await approve(1, "1");
    await g.run("ballot void 4", g.members[1]);
    const { counted, ballots } = await g.run("ballot post", g.members[3], 1);
    expect(counted).to.equal(0);
    const all = reasons(ballots).join("\n");
    expect(all).to.contain("its voter's ballot was counted before");
    expect(all).to.contain("member 4 has made void what it signed before");
    await approve(1, "1");
    expect(await g.run("ballot post", g.members[3], 1)).to.include({ counted: 1 });
  });

  it("does not count a ballot of another election, whoever signed it", async () => {
    const [member] = g.members;
    await g.run(`ballot sign --election 9 --approve 0 --voter 3 --ballots wrong`, member);
    await g.run(`ballot sign --election 1 --approve 7 --voter 6 --ballots wrong`, g.members[3]);
    const { counted, ballots } = await g.run("ballot post wrong", member, 1);
    expect(counted).to.equal(0);
    expect(reasons(ballots).sort()).to.deep.equal([
      ...["There is no election 9 to the council.", "there is no candidate 7, so the whole ballot is void"],
    ]);
    expect(await g.refused("ballot post nowhere", member, 2)).to.equal("FolderUnreadable");
  });

  it("counts the election, and seats who won", async () => {
    expect(await g.refused("election count 1", undefined, 3)).to.equal("ElectionsTimeAhead");
    await g.wait(14);
    const late = await g.run("ballot post wrong", g.members[0], 1);
    expect(reasons(late["ballots"]).join()).to.contain("the time for ballots in election 1 ended at");
    const { quorumReached, seated } = await g.run("election count 1");
    expect(quorumReached).to.equal(true);
    // Members 3 and 5 approve of Anna, 3 and 4 of Ben: of two with as many the first nominated goes first.
    expect(seated.map(({ delegate }: Row) => delegate)).to.deep.equal([anna.delegate, ben.delegate, null]);
    expect(await g.run(`delegate show ${anna.delegate}`)).to.include({ council: "1-1", board: null });
  });

  it("recalls by signatures, and lets a holder resign", async () => {
    await g.run("seat resign 1-2", ben);
    expect(await g.refused("seat recall sign 1-2 --voter 3", g.members[0])).to.equal("SeatVacant");
    await g.wait(90);
    await g.run("seat recall sign 1-1 --voter 3", g.members[0]);
    await g.run("seat recall sign 1-1 --voter 4", g.members[1]);
    const stray = await g.run("ballot post .consortia/recalls", g.members[0], 1);
    expect(reasons(stray["ballots"])[0]).to.equal(
      'it is a recall; it goes with "consortia seat recall post"',
    );
    const { counted, petitions } = await g.run("seat recall post");
    expect(counted).to.equal(2);
    expect(petitions).to.deep.equal([
      { body: "council", seat: "1-1", signatures: 2, needed: 1, termEnds: true },
    ]);
    const { constituencies } = await g.run("election list");
    expect(constituencies[0].due).to.deep.equal([1, 2, 3]);
  });

  it("hands a delegate over to another key, and voids what it signed", async () => {
    const key = g.network.nextKey();
    await g.run(`delegate rotate ${ben.delegate} ${key.address}`, ben);
    expect(await g.refused(`delegate void ${ben.delegate}`, ben)).to.equal("DelegateKeyWrong");
    expect(await g.run(`delegate void ${ben.delegate}`, { key })).to.include({ nonce: 2 });
    expect(await g.refused("delegate show 99")).to.equal("DelegateUnknown");
  });
});
