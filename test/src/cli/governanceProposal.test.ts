import { expect } from "chai";
import { briefText, hashBrief } from "../../../src/core/brief.ts";
import { createHoused, type Founder, type Housed } from "../../support/housed.ts";

type Row = Record<string, unknown>;

/** From a consortium whose deployer may do all to one that its chambers govern, by the command line alone. */
/** What a proposal pins is the hash of whatever its grounds are. */
const BRIEF = { kind: "grounds", why: "Member 4 does not answer." };

describe("the command line, where chambers decide", () => {
  let g: Housed;
  before(async () => {
    g = await createHoused();
    await g.write("why.md", "# Stop member 4\n\nIt has not answered for a year.\n");
  });
  after(() => g.close());

  /** Has founders sign for a proposal, posts what they signed, and lets the vote end. */
  async function pass(proposal: string, founders: readonly Founder[], days: number): Promise<void> {
    const folder = `ballots-${proposal.slice(0, 10)}`;
    for (const one of founders) {
      const words = `ballot sign --proposal ${proposal} --support for --voter ${one.delegate} --ballots ${folder}`;
      await g.run(words, one);
    }
    expect(await g.run(`ballot post ${folder}`)).to.include({ counted: founders.length, didNotCount: 0 });
    await g.wait(days);
  }
  const stateOf = async (proposal: string) => String((await g.run(`proposal show ${proposal}`))["state"]);

  describe("charter verify", () => {
    it("fails while the deployer holds rights, and says which", async () => {
      const report = await g.run("charter verify", undefined, 1);
      expect(report).to.include({ verified: false, deployerRights: 10 });
      expect(report["violations"].map(({ code }: Row) => code)).to.include("RightStray");
      expect((await g.run("charter show"))["roles"].map(({ role }: Row) => role)).to.include("administrator");
    });

    it("passes once everything is handed over, which only who means it can do", async () => {
      expect(await g.refused("charter hand-over", undefined, 2)).to.contain("commander");
      const stranger = { key: g.network.nextKey() };
      expect(await g.refused("charter hand-over --for-good", stranger)).to.equal("HandoverNotAdmin");
      const authority = g.network.nextKey().address;
      const done = await g.run(`charter hand-over --for-good --office authority=${authority}`);
      expect(done).to.deep.include({ verified: true, deployerRights: 0, violations: [] });
      const report = await g.run("charter verify");
      expect(report).to.include({ verified: true, deployerRights: 0 });
      expect(report["offices"].map(({ office, holder }: Row) => [office, holder])).to.deep.equal([
        ["authority", authority],
      ]);
      expect(await g.refused("member suspend 4")).to.equal("AccessManagedUnauthorized");
    });
  });

  describe("a proposal of the board", () => {
    it("is put, voted, queued and executed", async () => {
      const [first] = g.founders.board;
      const put = "proposal propose suspend 4 --description why.md";
      expect(await g.refused(`${put} --voter 1`, g.founders.council[0])).to.equal("ChamberVotesShort");
      await g.write("brief.json", JSON.stringify(BRIEF));
      const grounded = `${put} --voter ${first!.delegate} --brief brief.json`;
      const { proposal, house, calls } = await g.run(grounded, first);
      expect([house, calls]).to.deep.equal(["board", ["Register.suspend(4)"]]);
      await g.wait(1);
      await pass(proposal, g.founders.board, 7);
      const shown = await g.run(`proposal show ${String(proposal).slice(0, 8)}`);
      expect(shown).to.include({
        state: "succeeded",
        for: 3,
        against: 0,
        waits: true,
        title: "Stop member 4",
      });
      expect(shown["calls"][0].means).to.equal("Register.suspend(4)");
      expect(shown["brief"]).to.equal(hashBrief(briefText(BRIEF)));
      expect(await g.run(`proposal queue ${proposal}`)).to.include({ state: "queued" });
      await g.refused(`proposal execute ${proposal}`, undefined, 3);
      await g.wait(14);
      expect(await g.run(`proposal execute ${proposal}`)).to.include({ state: "executed" });
      expect(await g.run("member show 4")).to.include({ standing: "suspended" });
    });

    it("is vetoed by the council", async () => {
      const [trustee] = g.founders.board;
      const [councillor] = g.founders.council;
      await g.write("back.md", "Let member 4 in again.\n");
      const back = `proposal propose reinstate 4 --voter ${trustee!.delegate} --description back.md`;
      const { proposal } = await g.run(back, trustee);
      await g.wait(1);
      await pass(proposal, g.founders.board, 7);
      await g.run(`proposal queue ${proposal}`);
      const veto = `proposal veto ${proposal} --voter ${councillor!.delegate} --description why.md`;
      const vetoed = await g.run(veto, councillor);
      expect(vetoed["calls"][0]).to.match(/^Charter\.cancel\(0x\w+, 0x\w+, Register\.reinstate\(4\)\)$/);
      await g.wait(2);
      await pass(vetoed["proposal"], g.founders.council, 8);
      await g.run(`proposal execute ${vetoed["proposal"]}`);
      expect(await stateOf(proposal)).to.equal("canceled");
      await g.wait(5);
      await g.refused(`proposal execute ${proposal}`);
      expect((await g.run(`proposal show ${proposal}`))["brief"]).to.equal(null);
      const unpinned = `proposal check-brief brief.json --proposal ${proposal}`;
      expect(await g.refused(unpinned)).to.equal("BriefUnpinned");
      const { proposals } = await g.run("proposal list");
      expect(proposals.map(({ house, state }: Row) => [house, state])).to.deep.equal([
        ...[
          ["board", "executed"],
          ["board", "canceled"],
          ["council", "executed"],
        ],
      ]);
    });

    it("counts no ballot that was changed, and none on another proposal", async () => {
      const [one, two] = g.founders.council;
      const put = `proposal propose confirm-suspension 4 --voter ${one!.delegate} --description why.md`;
      const { proposal } = await g.run(put, one);
      const sign = (founder: Founder, support: string) =>
        g.run(`ballot sign --proposal ${proposal} --support ${support} --voter ${founder.delegate}`, founder);
      await sign(one!, "for");
      const { file } = await sign(two!, "against");
      const early = await g.run("ballot post", undefined, 1);
      expect(String(early["ballots"][0].why)).to.match(/^voting begins after /);
      await g.wait(2);
      await g.change(String(file), { support: "for" });
      const { counted, ballots } = await g.run("ballot post", undefined, 1);
      expect(counted).to.equal(1);
      const [left] = ballots.filter((row: Row) => row["counted"] === false);
      expect(left.why).to.contain(`no living key of delegate ${two!.delegate} that may vote signed this`);
      await sign(two!, "against");
      await g.change(String(file), { proposal: "12345" });
      expect((await g.run("ballot post", undefined, 1))["counted"]).to.equal(0);
      const trustee = g.founders.board[0]!;
      const foreign = `ballot sign --proposal ${proposal} --support for --voter ${trustee.delegate} --ballots foreign`;
      await g.run(foreign, trustee);
      const { ballots: rows } = await g.run("ballot post foreign", undefined, 1);
      expect(rows[0].why).to.equal("its voter had no vote in the council when voting began");
    });
  });

  describe("a petition, and an amendment", () => {
    it("puts what enough members sign, all of them the same", async () => {
      await g.write("petition.md", "Let member 4 in again, says the assembly.\n");
      const draft = "proposal petition draft reinstate 4 --house assembly --description petition.md";
      const { needed, calls } = await g.run(draft);
      expect([needed, calls]).to.deep.equal(["0.20", ["Register.reinstate(4)"]]);
      expect(await g.refused("proposal petition post motion.json", undefined, 2)).to.equal(
        "FolderUnreadable",
      );
      await g.run("proposal petition sign motion.json --voter XA-N1", g.members[0]);
      const { proposal, weight, signatures } = await g.run("proposal petition post motion.json");
      expect([weight, signatures]).to.deep.equal(["1.00", 1]);
      expect(await g.run(`proposal show ${proposal}`)).to.include({
        proposer: "a petition",
        house: "assembly",
      });
    });

    it("says in words what it does not know", async () => {
      const by = g.founders.board[0];
      const put = (act: string, more = "") => `proposal propose ${act} --voter 4 --description why.md${more}`;
      expect(await g.refused(put("abolish 4"), by, 2)).to.equal("ActUnknown");
      expect(await g.refused(put("suspend"), by, 2)).to.equal("ActIncomplete");
      expect(await g.refused(put("veto 1234567"), by)).to.equal("ProposalUnknown");
      await g.write("calls.json", JSON.stringify(["suspend 4", { contract: "Nothing" }]));
      expect(await g.refused(put("calls.json", " --house board"), by)).to.equal("CallsInvalid");
      expect(await g.refused(put("calls.json"), by)).to.equal("CallsInvalid");
      expect(await g.refused("proposal show 99999")).to.equal("ProposalUnknown");
      expect(await g.refused("amendment show 0x123456")).to.equal("AmendmentUnknown");
      expect(await g.refused("application appeal 9", g.members[0])).to.contain("Admission");
    });

    it("proposes an amendment, and shows whose word it lacks", async () => {
      await g.write("calls.json", '[{"contract":"Charter","function":"labelRole","args":[12,"steward"]}]');
      const { amendment, calls } = await g.run("amendment propose --calls calls.json");
      expect(calls).to.deep.equal(["Charter.labelRole(12, steward)"]);
      const shown = await g.run(`amendment show ${String(amendment).slice(0, 8)}`);
      expect(shown).to.include({ amendment, ratified: null, approved: null, executed: false });
      expect(await g.refused(`amendment execute ${amendment}`)).to.equal("AmendmentNotPassed");
      const one = g.founders.council[2];
      const ratify = `proposal propose ratify ${String(amendment).slice(0, 8)} --voter ${one!.delegate} --description why.md`;
      expect(await g.run(ratify, one)).to.deep.include({
        house: "council",
        calls: [`Amendments.ratify(${String(amendment)})`],
      });
    });
  });
});
