import { expect } from "chai";
import { checkSums } from "../../../../src/auditor/conclude.ts";
import { createEngine } from "../../../../src/auditor/engine/engine.ts";
import { FindingList } from "../../../../src/auditor/finding.ts";
import { Fold } from "../../../../src/auditor/fold/fold.ts";
import { FoldState } from "../../../../src/auditor/fold/state.ts";
import { addressOf, ADA, BOB, foundedLedger, MadeLedger, SITE, TERMS } from "../../../support/made-ledger.ts";
import { c } from "../../../support/statements.ts";

describe("fold", () => {
  it("comes to nothing where nothing was logged", async () => {
    const made = new MadeLedger();
    expect([made.fold.blocks, made.fold.logs, made.state.book.backing]).to.deep.equal([0, 0, 0n]);
    checkSums(made.state.book, made.findings);
    expect(await made.codes()).to.deep.equal([]);
    made.tell();
    expect([made.fold.blocks, made.fold.logs]).to.deep.equal([1, 0]);
  });

  it("finds nothing in a founding, with or without the charter's terms", async () => {
    for (const terms of [TERMS, { ...TERMS, claims: TERMS.claims! }]) {
      const made = foundedLedger(terms);
      checkSums(made.state.book, made.findings);
      expect(await made.codes()).to.deep.equal([]);
      expect(made.account(BOB)).to.include({ cash: c("1000"), position: 0n, free: c("1000"), debts: 0n });
    }
  });

  it("names an event that no contract has, and a log of a stranger", async () => {
    const made = foundedLedger();
    const block = made.block(["Deposited", ADA, addressOf("purse"), c("1")]);
    const [log] = block.logs;
    const unknown = { ...log!, topics: [`0x${"12".repeat(32)}`], logIndex: 1 };
    const stranger = { ...log!, address: addressOf("stranger"), logIndex: 2 };
    made.fold.take({ ...block, logs: [log!, unknown, stranger] });
    expect(await made.codes()).to.deep.equal(["LogForeign", "LogForeign"]);
    expect(made.account(ADA).cash).to.equal(c("101"));
  });

  it("names what is cut off, too long, or no number of its type, and goes on", async () => {
    const made = foundedLedger();
    const block = made.block(["Deposited", ADA, addressOf("purse"), c("1")]);
    const [log] = block.logs;
    const logs = [
      { ...log!, data: "0x" },
      { ...log!, topics: log!.topics.slice(0, 2), logIndex: 1 },
      { ...log!, topics: [log!.topics[0]!, `0x${"ff".repeat(32)}`, log!.topics[2]!], logIndex: 2 },
      { ...log!, logIndex: 3 },
    ];
    made.fold.take({ ...block, logs });
    expect(await made.codes()).to.deep.equal(["LogMalformed", "LogMalformed", "LogMalformed"]);
    expect(made.account(ADA).cash).to.equal(c("101"));
  });

  it("names logs and blocks that come in another order", async () => {
    const made = foundedLedger();
    const [early, late] = [0, 1].map(() => made.block(["Deposited", ADA, addressOf("purse"), c("1")]));
    made.fold.take(late!);
    made.fold.take(early!);
    made.fold.take({ ...made.block(["PeriodClosed", 1]), logs: late!.logs });
    expect((await made.codes()).filter((code) => code === "LogsReordered")).to.have.length(2);
  });

  it("takes no desk's word where the ledger has none", async () => {
    const { claims, reversals, ...site } = SITE;
    expect([claims, reversals]).to.not.include(undefined);
    const findings = new FindingList();
    const made = new MadeLedger();
    new Fold(new FoldState(site, createEngine({ threads: 0 }), findings, undefined)).take(
      made.block(["ClaimDisputed", `0x${"ab".repeat(32)}`]),
    );
    expect(findings.list("wrong").map(({ code }) => code)).to.deep.equal(["LogForeign"]);
    made.tell(["ClaimDisputed", `0x${"ab".repeat(32)}`]);
    expect(await made.codes()).to.deep.equal(["ClaimUnknown"]);
  });

  it("knows nobody whose account was never opened", async () => {
    const made = foundedLedger();
    const purse = addressOf("purse");
    made.tell(
      ["Deposited", 9, purse, c("1")],
      ["AdvanceGiven", ADA, 9, c("1")],
      ["DebtPaid", 9, BOB, c("1")],
    );
    made.tell(["Withdrawn", 9, purse, c("1")], ["BondReleased", 9, c("5")], ["KeySet", 9, purse, 63]);
    expect(new Set(await made.codes())).to.deep.equal(new Set(["MemberUnknown"]));
    expect(made.state.book.backing).to.equal(c("1100"));
  });
});
