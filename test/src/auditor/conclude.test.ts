import { expect } from "chai";
import { checkSums } from "../../../src/auditor/conclude.ts";
import { FindingList } from "../../../src/auditor/finding.ts";
import type { MemberId } from "../../../src/core/ids.ts";
import { credits } from "../../../src/core/money.ts";
import {
  ADA,
  BOB,
  foundedLedger,
  type MadeEvent,
  madeStatement,
  postedEvent,
  signedBy,
} from "../../support/made-ledger.ts";
import { c } from "../../support/statements.ts";

describe("checkSums", () => {
  it("names an account that was driven below zero", async () => {
    const taken: MadeEvent = ["AdvanceGiven", ADA, BOB, c("150")];
    const made = foundedLedger().tell(taken);
    checkSums(made.state.book, made.findings);
    expect(await made.codes()).to.deep.equal(["AdvanceWrong", "AccountNegative"]);
  });

  it("names positions that do not cancel out, and cash that the backing does not cover", async () => {
    const made = foundedLedger().tell(postedEvent([await signedBy("bob", madeStatement())]));
    const { book } = made.state;
    const [bonds, backing] = [book.bonds, credits(book.backing + 1n)];
    const account = (member: MemberId) => {
      const own = book.account(member);
      return member === ADA ? { ...own, position: credits(own.position + 1n) } : own;
    };
    checkSums({ members: () => book.members(), account, bonds, backing }, made.findings);
    expect(await made.codes()).to.deep.equal(["PositionsUnbalanced", "BackingUnbalanced"]);
  });
});

describe("a list of findings", () => {
  it("lists a thousand of a code, counts all, and says so", () => {
    const list = new FindingList();
    for (let n = 0; n < 1_002; n++) list.add("PriceWrong", `Wrong ${n}.`);
    list.add("BundleMissing", "Missing.");
    expect(list.list("wrong")).to.have.length(1_000);
    expect([list.count("wrong"), list.count("unverifiable"), list.count("note")]).to.deep.equal([
      1_002, 1, 0,
    ]);
    expect(list.list("note")).to.deep.equal([
      {
        code: "FindingsOmitted",
        message: "PriceWrong was found 1002 times; the first 1000 are listed.",
        found: "1002",
      },
    ]);
  });
});
