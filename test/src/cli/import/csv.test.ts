import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { runCli } from "../../../support/cli.ts";

const EXAMPLE = resolve(import.meta.dirname, "../../../../examples/csv");

describe("import csv", () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), "consortia-csv-"))));
  after(() => rm(folder, { recursive: true }));
  const options = ["--columns", join(EXAMPLE, "columns.json"), "--map", join(EXAMPLE, "map.json"), "--json"];

  it("reads the example, lists what makes no record, and leaves readers' names outside", async () => {
    const { json, code, stderr } = await runCli(folder, [
      "import",
      "csv",
      join(EXAMPLE, "loans.csv"),
      ...options,
    ]);
    expect(code, stderr).to.equal(0);
    expect(json).to.deep.include({ drafts: 2, exceptions: 3 });
    expect(json?.["reasons"]).to.deep.equal({ "bad-date": 1, "not-chosen": 1, "unknown-agency": 1 });
    const drafts = await readFile(join(folder, ".consortia/drafts-csv.json"), "utf8");
    const exceptions = await readFile(join(folder, ".consortia/exceptions-csv.csv"), "utf8");
    expect(JSON.parse(drafts)).to.have.nested.property("drafts[1].cost", "1250.50");
    expect(exceptions).to.contain("2026-0144,ISIL:DE-2,ISIL:DE-1,bad-date,");
    for (const name of ["Underhay", "Crabbe"]) expect(drafts + exceptions).not.to.contain(name);
  });

  it("says what is wrong with a file that is not there, and with columns that are none", async () => {
    const said = options.filter((word) => word !== "--json");
    const absent = await runCli(folder, ["import", "csv", "absent.csv", ...said]);
    expect(absent.code).to.equal(1);
    expect(absent.stderr).to.contain("absent.csv cannot be read");
    await writeFile(join(folder, "columns.json"), "{}");
    const table = join(EXAMPLE, "loans.csv");
    const none = await runCli(folder, ["import", "csv", table, ...said, "--columns", "columns.json"]);
    expect(none.stderr).to.contain("names no column");
  });
});
