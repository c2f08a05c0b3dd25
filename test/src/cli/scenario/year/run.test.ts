import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { expect } from "chai";
import { loadPreset } from "../../../../../src/cli/network/preset.ts";
import { REGIMES } from "../../../../../src/cli/scenario/year/regimes.ts";
import { runYear } from "../../../../../src/cli/scenario/year/run.ts";
import { createDirectoryStore } from "../../../../../src/records/directory.ts";

const FOLDER = resolve(import.meta.dirname, "../../../../../deploy/parameters");

describe("runYear", function () {
  this.timeout(200_000);

  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "consortia-year-"));
  });
  after(() => rm(folder, { recursive: true }));

  /** January alone, by preset. */
  async function januaryOf(presetFile: string) {
    const { stage, ...year } = await runYear(REGIMES.oclc, {
      preset: await loadPreset(presetFile),
      store: createDirectoryStore(await mkdtemp(join(folder, "records-"))),
      progress: () => undefined,
      months: 1,
    });
    await stage.close();
    return year;
  }

  it("agrees with the calculation by hand, and counts members and closed months on the chain", async () => {
    const { differences, months, members } = await januaryOf("oclc");
    expect(differences).to.deep.equal([]);
    expect([months, members]).to.deep.equal([1, 25]);
  });

  it("differs from it as soon as the schedule charges a cent more for a loan", async () => {
    const source = await readFile(join(FOLDER, "oclc.json"), "utf8");
    const dearer = source
      .replace('"price": "20.00"', '"price": "20.01"')
      .replace('"charter/oclc.md"', JSON.stringify(relative(folder, join(FOLDER, "charter/oclc.md"))));
    await writeFile(join(folder, "dearer.json"), dearer);
    const { differences } = await januaryOf(join(folder, "dearer.json"));
    expect(differences.find((line) => line.startsWith("month 1, gross"))).to.match(/by hand 4209\.00/);
    expect(differences.some((line) => line.startsWith("XO-ASH, supplied"))).to.equal(true);
  });
});
