import { expect } from "chai";
import type { AuditResult } from "../../../../src/auditor/result.ts";
import { moment, nodeName } from "../../../../src/cli/audit/scope.ts";
import { auditSummary } from "../../../../src/cli/audit/summary.ts";
import { columnsOf } from "../../../../src/cli/report/scale.ts";
import { wrap } from "../../../../src/cli/report/plain.ts";
import { sampleAudit } from "../../../support/audit.ts";

const wrong = sampleAudit({ findings: { PriceWrong: 5, BundleMissing: 2, NodeUnproven: 1 } });
const lines = (text: string) => text.split("\n");

describe("auditSummary", () => {
  it("says the verdict in its first line", () => {
    const first = (result: AuditResult) => lines(auditSummary(result))[0];
    expect(first(wrong)).to.equal(
      "Wrong: 5 findings contradict the rules. 2 more things could not be verified.",
    );
    expect(first(sampleAudit({ findings: { PriceWrong: 1 } }))).to.equal(
      "Wrong: 1 finding contradicts the rules.",
    );
    expect(first(sampleAudit({ findings: { BundleMissing: 1 } }))).to.equal(
      "Unverifiable: nothing that could be checked is wrong, but 1 thing could not be checked.",
    );
    expect(first(sampleAudit())).to.match(/^Clean: everything that was read follows from the rules\./);
  });

  it("says how much was checked", () => {
    const text = auditSummary(wrong);
    for (const words of [
      "215,786 blocks",
      "1,204 statements",
      "1,310 signatures",
      "48,711 records",
      "12 claims",
    ]) {
      expect(text).to.include(words);
    }
    expect(text).to.include("8 refunds, 2 duplicates").and.to.include("1,152 views compared");
  });

  it("groups findings by code under their meaning, with the first three and the number of the rest", () => {
    const text = auditSummary(wrong, { width: 200 });
    expect(text).to.include("PriceWrong × 5").and.to.include("and 2 more");
    expect(text).to.include("  A statement was charged something else than the schedule says.");
    const { block, tx, logIndex, message } = wrong.wrong[0]!;
    expect(text).to.include(`  · ${message}\n    block ${block}, transaction ${tx}, log ${logIndex}`);
    expect(text).to.include("expected 12.50, found 13.00");
    expect(text).to.not.include(wrong.wrong[3]!.message);
    expect(text.indexOf("Could not be verified: 2")).to.be.greaterThan(text.indexOf("Wrong: 5\n"));
  });

  it("counts what is not listed", () => {
    const many = sampleAudit({ members: 3, findings: { RecordDoubled: 1_500 } });
    expect(auditSummary(many)).to.include("Wrong: 1,500, 1,000 of them listed");
  });

  it("keeps to the width, and names the columns that found no room", () => {
    for (const width of [40, 60, 80, 120]) {
      for (const line of lines(auditSummary(wrong, { width })))
        expect(columnsOf(line), line).to.be.at.most(width);
    }
    expect(auditSummary(wrong, { width: 40 })).to.match(/No room for .*drawn/);
    expect(auditSummary(wrong)).to.not.include("No room for");
  });

  it("colours only when told", () => {
    expect(auditSummary(wrong)).to.not.include("\u001b");
    expect(auditSummary(wrong, { colour: true })).to.match(/^\u001b\[31mWrong/);
    expect(auditSummary(sampleAudit(), { colour: true })).to.match(/^\u001b\[36mClean/);
  });

  it("shows the book, twenty accounts of many, with the sum of all", () => {
    const many = auditSummary(sampleAudit({ members: 300, months: 2 }));
    expect(lines(many).filter((line) => /^(DE|XX)-/.test(line)).length).to.be.lessThan(20);
    expect(many).to.include('and 282 accounts more, in "all" too');
    const all = lines(auditSummary(wrong)).find((line) => line.startsWith("all"));
    expect(all).to.match(/35,000\.00\s+0\.00\s+34,924\.60\s+75\.40\s+365,762\.50\s+365,762\.50/);
  });

  it("lets no ISIL and no message drive the terminal", () => {
    const hostile = "\u001b]0;x\u0007\u202eDE-1\r\n";
    const accounts = wrong.accounts.map((account) => ({ ...account, isil: hostile }));
    const findings = wrong.wrong.map((finding) => ({
      ...finding,
      message: hostile,
      found: hostile,
      tx: hostile,
    }));
    const text = auditSummary({ ...wrong, accounts, wrong: findings });
    expect(text).to.not.match(/[\u001b\u0007\u202e\r]/);
  });
});

describe("nodeName", () => {
  it("keeps of a URL what names the node and drops what opens it", () => {
    expect(nodeName("https://user:pass@node.example:8545/v3/key?token=x#y")).to.equal(
      "https://node.example:8545",
    );
    expect(nodeName("wss://node.example/ws/key")).to.equal("wss://node.example");
    expect(nodeName("https://user:pass@[broken")).to.equal("a node");
    expect(nodeName("user:pass@node.example")).to.equal("node.example");
    expect(nodeName("archive node")).to.equal("archive node");
  });
});

describe("moment", () => {
  it("names a second in UTC, and does not fail on one that is none", () => {
    expect(moment(1_796_079_600)).to.equal("2026-11-30 23:00 UTC");
    expect(moment(1e18)).to.equal("an unknown time");
  });
});

describe("wrap", () => {
  it("breaks at spaces, and cuts words that are too long by columns", () => {
    expect(wrap("one two  three", 7)).to.deep.equal(["one two", "three"]);
    expect(wrap("a 0123456789", 4)).to.deep.equal(["a", "0123", "4567", "89"]);
    expect(wrap("国家图书馆", 4)).to.deep.equal(["国家", "图书", "馆"]);
    expect(wrap("", 4)).to.deep.equal([]);
  });
});
