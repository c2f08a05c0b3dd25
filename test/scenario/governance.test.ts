import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";

const ROOT = resolve(import.meta.dirname, "../..");

describe("scenario governance", function () {
  this.timeout(300_000);

  let summary: Record<string, unknown>;
  let diary: { at: number; what: string }[];
  before(async () => {
    const out = join(mkdtempSync(join(tmpdir(), "consortia-")), "out");
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", "scripts/scenario.ts", "governance", "--once", "--json", "--out", out],
      { cwd: ROOT },
    );
    expect(stdout.trim().split("\n")).to.have.length(1);
    summary = JSON.parse(stdout) as Record<string, unknown>;
    ({ diary } = JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as { diary: typeof diary });
  });

  it("leaves the deployer and everybody outside the chambers without a right", () => {
    expect(summary).to.include({ deployerRights: 0, violations: 0 });
  });

  it("fills every seat of the Council and of the Board", () => {
    expect(summary).to.include({ seats: 12, trustees: 6 });
  });

  it("counts nine elections, and every ballot in them and in the chambers", () => {
    // Elections: three of the Council and the Board's, the by-election, three founders' seats, half of the Board.
    // Their ballots: 39 and 11, 15, 39, 11; on proposals the Council's 36, the Board's 24, the Assembly's 90.
    expect(summary).to.include({ elections: 9, ballots: 115 + 150 });
  });

  it("lets the Council veto one act of the Board, and chambers do the rest", () => {
    // Offices, the veto, the second fee, the ratification, the approval, the petition, an admission, a rejection.
    expect(summary).to.include({ vetoed: 1, executed: 8 });
  });

  it("amends the charter, hears a petition and recalls a councillor who loses the by-election", () => {
    expect(summary).to.include({ amended: 1, petitions: 1, recalled: 1 });
    expect(diary.map(({ what }) => what)).to.include("by-election: the incumbent loses");
  });

  it("admits one library by vote of the Board and one on its appeal to the authority", () => {
    expect(summary).to.include({ admitted: 2, appeals: 1 });
  });

  it("pauses posting once, for a time that is over by itself, while a withdrawal goes on", () => {
    expect(summary).to.include({ pauses: 1 });
    expect(diary.map(({ what }) => what)).to.include("a statement is refused, a withdrawal of 40.00 goes on");
  });

  it("takes a year and what only members of a year may do", () => {
    const [first, last] = [diary[0]?.at ?? 0, diary.at(-1)?.at ?? 0];
    expect((last - first) / 86_400).to.be.within(365, 500);
  });

  it("is found clean by an audit of another process", () => {
    expect(summary).to.include({ audit: "clean" });
  });
});
