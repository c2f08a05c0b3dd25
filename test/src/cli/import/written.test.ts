import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Omission } from "../../../../src/connectors/gathering.ts";
import { agency } from "../../../../src/core/ids.ts";
import { parseCredits } from "../../../../src/core/money.ts";
import type { RecordDraft } from "../../../../src/core/record.ts";
import { parseDrafts, parseUnrecorded } from "../../../../src/cli/import/drafts.ts";
import { writeGathered } from "../../../../src/cli/import/written.ts";

const supplier = agency("ISIL", "DE-1");
const consumer = agency("ISIL", "DE-2");
const draft: RecordDraft = {
  ...{ supplier, consumer, request: "R-1", service: "loan", quantity: 1, completedAt: 1_790_000_000 },
  ...{ maximum: parseCredits("12.5"), cost: parseCredits("0.000001"), details: { title: 'A "title"\n' } },
};
const nameless: Omission = { reason: "unknown-agency", sentence: "Row 2 names nobody.", request: "R-2" };
const named: Omission = {
  reason: "not-supplied",
  sentence: "=HYPERLINK(1)",
  request: "R-3",
  supplier,
  consumer,
};

describe("writeGathered", () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "consortia-written-"))));
  afterEach(() => rm(folder, { recursive: true }));
  const read = (name: string) => readFile(join(folder, name), "utf8");

  it("writes drafts that statement build reads, and what makes none beside them", async () => {
    const out = join(folder, "new", "drafts-koha.json");
    const written = await writeGathered({ out }, [draft, nameless, named, { ...draft, request: "R-4" }]);
    expect(written).to.deep.equal({
      ...{ drafts: 2, exceptions: 2, reasons: { "not-supplied": 1, "unknown-agency": 1 } },
      files: { drafts: out, exceptions: join(folder, "new", "exceptions-koha.csv") },
    });
    const json: unknown = JSON.parse(await read("new/drafts-koha.json"));
    expect(parseDrafts(out, json)).to.deep.equal([draft, { ...draft, request: "R-4" }]);
    expect(parseUnrecorded(out, json)).to.deep.equal([
      { supplier, consumer, request: "R-3", reason: "not-supplied" },
    ]);
    expect((await read("new/exceptions-koha.csv")).split("\r\n")).to.deep.equal([
      "\ufeffrequest,requesting,supplying,reason,explanation",
      "R-2,,,unknown-agency,Row 2 names nobody.",
      "R-3,ISIL:DE-2,ISIL:DE-1,not-supplied,'=HYPERLINK(1)",
      "",
    ]);
  });

  it("writes an empty list where nothing came", async () => {
    const out = join(folder, "x.json");
    const { files } = await writeGathered({ out }, []);
    expect(files.exceptions).to.equal(join(folder, "x-exceptions.csv"));
    const json: unknown = JSON.parse(await read("x.json"));
    expect(parseDrafts(out, json)).to.deep.equal([]);
    expect(parseUnrecorded(out, json)).to.deep.equal([]);
  });

  it("writes many pieces whole and in order", async () => {
    const many = Array.from({ length: 2000 }, (_, index) => ({ ...draft, request: `R-${index}` }));
    const out = join(folder, "drafts.json");
    const none = many.map(({ request }) => ({ ...named, request }));
    await writeGathered(
      { out },
      many.flatMap((one, at) => [one, none[at] ?? named]),
    );
    const json: unknown = JSON.parse(await read("drafts.json"));
    expect(parseDrafts(out, json)).to.deep.equal(many);
    expect(parseUnrecorded(out, json).map(({ request }) => request)).to.deep.equal(
      many.map(({ request }) => request),
    );
    expect((await readdir(folder)).sort()).to.deep.equal(["drafts.json", "exceptions.csv"]);
  });

  it("leaves older files as they were, and no half ones, where the source fails", async () => {
    const out = join(folder, "drafts.json");
    await writeGathered({ out }, [draft]);
    const before = await read("drafts.json");
    async function* failing(): AsyncGenerator<RecordDraft> {
      yield await Promise.resolve({ ...draft, request: "R-9" });
      throw new Error("the source failed");
    }
    const error = await writeGathered({ out }, failing()).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(Error).with.property("message", "the source failed");
    expect(await read("drafts.json")).to.equal(before);
    expect((await readdir(folder)).sort()).to.deep.equal(["drafts.json", "exceptions.csv"]);
  });

  it("refuses one file for both", async () => {
    const out = join(folder, "drafts.json");
    const error = await writeGathered({ out, exceptions: join(folder, ".", "drafts.json") }, []).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.have.property("code", "FilesSame");
  });
});
