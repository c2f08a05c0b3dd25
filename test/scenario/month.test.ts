import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";

const ROOT = resolve(import.meta.dirname, "../..");
const REAL = resolve(ROOT, "../shared/data/iso18626");

interface Summary {
  members: number;
  messages: number;
  records: number;
  exceptions: number;
  statements: number;
  gross: string;
  fees: string;
  net: string;
  paid: string;
  deposits: string;
  acknowledged: string;
  closeGas: number;
  postGasPerStatement: number;
  invariants: unknown;
}

/** Runs the scenario as its own process, the way a person does. */
async function run(args: readonly string[]): Promise<{ summary: Summary; out: string }> {
  const out = join(mkdtempSync(join(tmpdir(), "consortia-")), "out");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "scripts/scenario.ts", "month", "--once", "--json", "--out", out, ...args],
    { cwd: ROOT },
  );
  expect(stdout.trim().split("\n")).to.have.length(1);
  return { summary: JSON.parse(stdout) as Summary, out };
}

describe("scenario month", function () {
  this.timeout(120_000);

  describe("given the example month", () => {
    let summary: Summary;
    let out: string;
    before(async () => {
      ({ summary, out } = await run([]));
    });

    it("settles every record and lists every exception", () => {
      expect(summary).to.include({
        members: 15,
        messages: 929,
        records: 231,
        exceptions: 50,
        statements: 39,
      });
    });

    it("comes to the cents that the prices and outcomes say", () => {
      // 147 loans, 82 copies and 2 lost items by the tiers of their consumers, and 0.26 for each loan and copy.
      expect(summary).to.include({ gross: "1840.50", fees: "59.54", acknowledged: "45.88" });
    });

    it("keeps every invariant, at the same close as ever", () => {
      expect(summary.invariants).to.equal("held");
      expect(summary.closeGas).to.be.at.most(45_000);
    });

    it("pays nobody what an acknowledged debt still owes", () => {
      const report = JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as {
        members: { isil: string; paid: string; settled: string; debts: { owed: string } }[];
      };
      const indebted = report.members.find(({ isil }) => isil === "XB-DEN");
      expect(indebted).to.include({ paid: "0.00", settled: "0.00" });
      expect(indebted?.debts.owed).to.equal("45.88");
      const sponsored = report.members.find(({ isil }) => isil === "XC-SUN");
      expect(sponsored).to.include({ paid: "0.00" });
    });

    it("writes pages, tables and a bundle for every statement", () => {
      for (const file of [
        "index.html",
        "report.json",
        "members.csv",
        "statements.csv",
        "exceptions.csv",
        "records",
      ]) {
        expect(existsSync(join(out, file)), file).to.equal(true);
      }
    });
  });

  const absent = existsSync(REAL) ? "" : " (skipped: none lie beside this checkout)";
  describe(`given real messages that others wrote${absent}`, () => {
    before(function () {
      if (absent !== "") this.skip();
    });

    it("reports alone what is incomplete and makes up nothing", async () => {
      const { summary } = await run(["--input", REAL]);
      expect(summary).to.include({
        messages: 16,
        records: 0,
        exceptions: 11,
        gross: "0.00",
        invariants: "held",
      });
      expect(summary.members).to.be.greaterThan(0);
    });

    it("changes nothing of the example month when mixed into it", async () => {
      const { summary } = await run(["--input", join(ROOT, "examples/month"), "--input", REAL]);
      expect(summary).to.include({ records: 231, exceptions: 61, gross: "1840.50", invariants: "held" });
    });
  });

  it("refuses to empty a folder that is not its own", async () => {
    const foreign = mkdtempSync(join(tmpdir(), "consortia-"));
    writeFileSync(join(foreign, "thesis.txt"), "do not delete");
    const failure = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", "scripts/scenario.ts", "month", "--once", "--out", foreign],
      { cwd: ROOT },
    ).catch((error: unknown) => error as { code: number; stderr: string });
    expect(failure).to.have.property("code", 1);
    expect(readFileSync(join(foreign, "thesis.txt"), "utf8")).to.equal("do not delete");
  });
});
