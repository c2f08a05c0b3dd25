import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { runScenario } from "../../../../src/cli/scenario/scenarios.ts";
import { rejectionCode } from "../../../support/records.ts";

const ROOT = resolve(import.meta.dirname, "../../../..");

describe("runScenario", () => {
  let folder: string;
  let out: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "consortia-scenarios-"));
    out = join(folder, "out");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A run that ends in the middle, with records written and no report. */
  const breakOff = (name: string, options: { inputs?: string[]; month?: string } = {}) =>
    runScenario(name, {
      ...{ inputs: [], out, ...options },
      progress: () => {
        mkdirSync(join(out, "records"));
        throw Object.assign(new Error("broken off"), { code: "BrokenOff" });
      },
    });

  for (const name of ["oclc", "governance"]) {
    it(`takes the folder of a run of ${name} that broke off, and empties it`, async () => {
      expect(await rejectionCode(breakOff(name))).to.equal("BrokenOff");
      writeFileSync(join(out, "records/half"), "");
      expect(await rejectionCode(breakOff(name))).to.equal("BrokenOff");
      expect(readdirSync(join(out, "records"))).to.deep.equal([]);
    });

    it(`leaves a folder alone that no run wrote, in ${name}`, async () => {
      mkdirSync(out);
      writeFileSync(join(out, "thesis.txt"), "");
      expect(await rejectionCode(breakOff(name))).to.equal("OutTaken");
      expect(readdirSync(out)).to.deep.equal(["thesis.txt"]);
    });

    it(`refuses messages and months, which ${name} would not read, and touches nothing`, async () => {
      expect(await rejectionCode(breakOff(name, { inputs: ["messages"] }))).to.equal("OptionUnused");
      expect(await rejectionCode(breakOff(name, { month: "2026-10" }))).to.equal("OptionUnused");
      expect(existsSync(out)).to.equal(false);
    });
  }

  it("ends as wrong usage where an option is of no use, and says so on standard error", () => {
    const words = ["--import", "tsx", "scripts/scenario.ts", "nstl", "--month", "2026-10", "--out", out];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: ROOT, encoding: "utf8" });
    expect([status, stdout]).to.deep.equal([2, ""]);
    expect(stderr).to.match(/reads no --month\. Leave it out/);
  });
});
