import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { checkFiles, type Outcome } from "./check.ts";
import { dataFiles, readTables } from "./files.ts";
import { readIso18626 } from "./kinds/iso18626.ts";
import { countOutcomes, describeOutcomes } from "./report.ts";
import type { Reader, Row } from "./row.ts";

const NAMESPACE = "http://illtransactions.org/2013/iso18626";
const agency = (role: string, value: string): string =>
  `<${role}><agencyIdType>ISIL</agencyIdType><agencyIdValue>${value}</agencyIdValue></${role}>`;
const message = (time: string): string =>
  `<requestingAgencyMessage xmlns="${NAMESPACE}"><header>${agency("supplyingAgencyId", "XA-S")}` +
  `${agency("requestingAgencyId", "XA-C")}<timestamp>${time}</timestamp>` +
  `<requestingAgencyRequestId>R1</requestingAgencyRequestId></header><action>Received</action></requestingAgencyMessage>`;

const right = {
  kind: "requestingAgencyMessage",
  version: "1.2",
  supplier: "ISIL:XA-S",
  requester: "ISIL:XA-C",
  request: "R1",
  at: "2026-10-02T09:00:00.000Z",
  action: "Received",
};
const refused = { refused: "A template: its time is a placeholder.", code: "Iso18626Field" };

async function outcomes(
  contents: Readonly<Record<string, string>>,
  rows: Readonly<Record<string, Row>>,
  read: Reader = readIso18626,
): Promise<Outcome[]> {
  const files = Object.entries(contents).map(([path, content]) => ({ path, bytes: Buffer.from(content) }));
  return checkFiles({ files, rows: new Map(Object.entries(rows)), reader: () => read });
}

async function wrong(...given: Parameters<typeof outcomes>): Promise<string> {
  const found = (await outcomes(...given)).filter(({ result }) => result === "wrong");
  expect(found).to.have.length(1);
  return found[0]?.said ?? "";
}

describe("checkFiles", () => {
  const good = { "a.xml": message("2026-10-02T09:00:00Z") };
  const bad = { "a.xml": message("_TIME_") };

  it("counts a file that is read as its row says, and one that is refused as its row says", async () => {
    const all = await outcomes({ ...good, "b.xml": message("_TIME_") }, { "a.xml": right, "b.xml": refused });
    expect(countOutcomes(all, 2)).to.deep.equal({ files: 2, read: 1, refusedWithReason: 1, wrong: 0 });
    expect(all[1]?.said).to.include('"_TIME_"');
    expect(describeOutcomes(all).at(-1)).to.equal("2 passed, 0 failed");
  });

  it("finds a figure that differs, that is missing and that is too much", async () => {
    const row = { ...right, action: "Cancel" };
    expect(await wrong(good, { "a.xml": row })).to.equal('action is "Received", expected "Cancel"');
    const { action, ...rest } = right;
    expect(await wrong(good, { "a.xml": rest })).to.equal(`action is "${action}", expected absent`);
    expect(await wrong(good, { "a.xml": { ...right, status: "Loaned" } })).to.equal(
      'status is absent, expected "Loaned"',
    );
  });

  it("finds what differs deep inside, and a list that is too short", async () => {
    const read: Reader = () => ({ months: [{ total: 1 }, { total: 2 }] });
    const expected = { months: [{ total: 1 }, { total: 3 }] };
    expect(await wrong(good, { "a.xml": expected }, read)).to.equal("months.1.total is 2, expected 3");
    expect(await wrong(good, { "a.xml": { months: [{ total: 1 }] } }, read)).to.equal(
      'months.1 is {"total":2}, expected absent',
    );
    expect(await wrong(good, { "a.xml": { months: { 0: { total: 1 }, 1: { total: 2 } } } }, read)).to.include(
      "months is [",
    );
  });

  it("finds a file that is in no table, and a row whose file is gone", async () => {
    const extra = await wrong({ ...good, "b.xml": "" }, { "a.xml": right });
    expect(extra).to.include("is in no table");
    expect(await wrong(good, { "a.xml": right, "b.xml": right })).to.include("not among the files");
  });

  it("finds a file that is read although its row refuses it, and one refused although its row reads it", async () => {
    expect(await wrong(good, { "a.xml": refused })).to.include("was read; it must be refused");
    expect(await wrong(bad, { "a.xml": right })).to.include("was refused as Iso18626Field");
  });

  it("finds a refusal with another code", async () => {
    expect(await wrong(bad, { "a.xml": { ...refused, code: "Iso18626NotXml" } })).to.include(
      "was refused as Iso18626Field, expected Iso18626NotXml",
    );
  });

  it("takes an error of any other kind for a broken reader, never for a refusal", async () => {
    const read: Reader = () => {
      throw new TypeError("x is not a function");
    };
    expect(await wrong(good, { "a.xml": refused }, read)).to.include("broke its reader");
  });
});

describe("the tables", () => {
  const folder = mkdtempSync(join(tmpdir(), "consortia-tables-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("are none where the files are not at hand", () => {
    expect(dataFiles(join(folder, "nowhere"))).to.equal(undefined);
    expect(countOutcomes([], 0)).to.deep.equal({ files: 0, read: 0, refusedWithReason: 0, wrong: 0 });
    expect(describeOutcomes([])).to.deep.equal(["0 passed, 0 failed"]);
  });

  it("may not speak of the same file twice", () => {
    for (const name of ["a.json", "b.json"]) writeFileSync(join(folder, name), '{"x/y.xml": {"kind": "z"}}');
    expect(() => readTables(folder)).to.throw("x/y.xml is in two tables");
  });
});
