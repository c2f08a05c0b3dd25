import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { expect } from "chai";
import { loadPreset } from "../../../../src/cli/network/preset.ts";
import { isConsortiaError } from "../../../../src/core/error.ts";

const DAY = 86_400;
const FOLDER = resolve(import.meta.dirname, "../../../../deploy/parameters");

type Json = Record<string, unknown>;
/** A change to a preset's `governance`, at a path such as `chambers.council`. */
type Edit = (governance: Record<string, Json>) => void;

describe("loadPreset", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "consortia-preset-"));
  });
  after(() => rm(folder, { recursive: true }));

  /** The default preset with a change, as a file. */
  async function edited(edit: Edit): Promise<string> {
    const preset = JSON.parse(await readFile(join(FOLDER, "default.json"), "utf8")) as Json;
    edit(preset.governance as Record<string, Json>);
    const file = join(folder, "preset.json");
    await writeFile(
      file,
      JSON.stringify({ ...preset, charter: relative(folder, join(FOLDER, "charter/default.md")) }),
    );
    return file;
  }

  it("reads how the members govern, in seconds, basis points and units", async () => {
    const { governance } = await loadPreset("default");
    expect(governance.foundersTerm).to.equal(365 * DAY);
    expect(governance.constituencies.map(({ constituency, seats }) => [constituency, seats])).to.deep.equal([
      [1, 4],
      [2, 4],
      [3, 4],
    ]);
    expect(governance.board).to.deep.equal({ seats: 6, groups: 2 });
    expect(governance.elections.council).to.include({
      ballotTime: 14 * DAY,
      quorumBps: 2_000,
      minSupport: 2,
    });
    expect(governance.chambers.council).to.include({
      votingPeriod: 7 * DAY,
      threshold: 1n,
      quorumBps: 4_000,
    });
    expect(governance.chambers.assembly.threshold).to.equal(1_000_000n);
    expect(governance.admissions).to.deep.equal({
      waiting: 30 * DAY,
      decision: 60 * DAY,
      seniority: 12,
      perYear: 3,
      smallTier: 3,
    });
  });

  it("gives the Board a delay that leaves the Council its veto", async () => {
    const { governance } = await loadPreset("default");
    const { votingDelay, votingPeriod, lateExtension, baseDelay } = governance.chambers.council;
    const decision = votingDelay + votingPeriod + lateExtension + baseDelay;
    expect(governance.boardDelay).to.be.greaterThan(decision + DAY);
  });

  for (const [what, edit, reason] of [
    ["a Board that does not wait for a veto", (g) => set(g, "boardDelayInDays", 12), /boardDelayInDays/],
    [
      "a share above one",
      (g) => (g.chambers!.board = { ...(g.chambers!.board as Json), quorum: 1.5 }),
      /"quorum"/,
    ],
    [
      "a share finer than basis points",
      (g) => (g.chambers!.board = { ...(g.chambers!.board as Json), quorum: 0.12345 }),
      /"quorum"/,
    ],
    ["no constituency", (g) => set(g, "constituencies", []), /"constituencies"/],
    ["half a day", (g) => set(g, "foundersTermInDays", 0.5), /"foundersTermInDays"/],
  ] as [string, Edit, RegExp][]) {
    it(`refuses ${what}`, async () => {
      const file = await edited(edit);
      const error: unknown = await loadPreset(file).catch((caught: unknown) => caught);
      expect(isConsortiaError(error, "PresetInvalid"), String(error)).to.equal(true);
      expect((error as Error).message).to.match(reason);
    });
  }
});

function set(governance: Record<string, unknown>, name: string, value: unknown): void {
  governance[name] = value;
}
