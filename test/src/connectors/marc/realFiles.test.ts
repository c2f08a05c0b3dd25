import { expect } from "chai";
import { readMapping } from "../../../../src/connectors/mapping.ts";
import { readMarc, type MarcKind } from "../../../../src/connectors/marc/read.ts";
import type { MarcRead } from "../../../../src/connectors/marc/reading.ts";
import { createContributions } from "../../../../src/connectors/oaipmh/contributions.ts";
import { readOaiResponse } from "../../../../src/connectors/oaipmh/response.ts";
import { shapeOf } from "../../../../src/connectors/oaipmh/shape.ts";
import { all, bytesOf, codeOf } from "../../../support/bytes.ts";
import { needs, sharedFiles } from "../../../support/shared-files.ts";

const FOLDER = "marcxml";
const files = sharedFiles(FOLDER);
const ending = (name: string) => files?.find((file) => file.name.endsWith(name))?.content ?? "";
const read = (name: string): Promise<MarcRead[]> => {
  const text = ending(name);
  return all(readMarc(bytesOf(text), shapeOf(text.slice(0, 4096)) as MarcKind));
};
const fields = (reads: readonly MarcRead[]) =>
  reads.map((one) =>
    one.kind === "record"
      ? one.record.controlFields.length + one.record.dataFields.length
      : `${one.code}: ${one.sentence}`,
  );

/** Fields of each record of each file. */
const EXPECTED: Record<string, number[]> = {
  "data__bib-one.mrc": [17],
  "data__bib.mrc": [16, 16, 18, 16, 18, 20],
  "data__bib.xml": [16, 16, 18, 16, 18, 20],
  "data__bib-out.mij": [18, 18, 20, 18, 20, 22],
  "records__instances_3.json": [1, 33, 17],
  "instances_3_lastWithoutExternalIdsHolderField.json": [1, 33, 17],
  "instances_3_with_deleted.json": [1, 33, 17],
  "two_records_with_cyrillic_data.json": [32, 32],
  "anbd_sample.xml": [37, 38, 27, 41, 28],
  "alma-dickinson-multiple.xml": [53, 36, 46],
  "alma-pitt-extra-eresource-record.xml": [37, 49],
  "alma-princeton-notfound.xml": [],
  "alma-princeton.xml": [32],
  "checked-out-item-status.xml": [1],
  "in-transit-item-status.xml": [1],
  "lake-agassiz-with-available-item-status.xml": [1],
  "north-west-with-available-item-status.xml": [1],
  "traverse-de-sioux-with-available-item-status.xml": [1],
  "folio-not-requestable.xml": [41],
  "horizon-hennepin.xml": [26],
  "horizon-jhu.xml": [26],
  "horizon-southeastern.xml": [26],
  "koha-chatham.xml": [37],
  "koha-chatham_checked_out.xml": [37],
  "polaris-with-held-item-status.xml": [1],
  "polaris-with-in-item-status.xml": [1],
  "polaris-with-out-item-status.xml": [1],
  "sierra-laroche-unavail.xml": [22],
  "sierra-laroche.xml": [24],
  "sierra-widener-check-shelves.xml": [21],
  "symphony-stanford.xml": [42],
  "tlc-eastern.xml": [35],
  "voyager-temp.xml": [36],
  "voyager-yale.xml": [19],
  "wms-lfmm.xml": [0],
};

describe("marc/read: files of many systems", () => {
  before(needs(files, FOLDER));

  for (const [name, counts] of Object.entries(EXPECTED)) {
    it(`reads ${name}`, async () => {
      expect(fields(await read(name))).to.deep.equal(counts);
    });
  }

  it("reads the same records from ISO 2709 and from MARCXML", async () => {
    const [iso, xml] = await Promise.all([read("data__bib.mrc"), read("data__bib.xml")]);
    const text = (reads: MarcRead[]) => reads.map((one) => one.kind === "record" && one.record.dataFields);
    expect(text(iso)).to.deep.equal(text(xml));
  });

  it("refuses one record that is damaged, and reads the other", async () => {
    const [whole, damaged] = await read("two_records_one_cannot_be_converted_to_xml.json");
    expect(whole).to.include({ kind: "record" });
    expect(damaged).to.include({ kind: "refused", code: "MarcInvalid" });
    expect(damaged).to.have.property("sentence").that.includes("field 1 is no text");
  });

  it("refuses JSON that is damaged", async () => {
    expect(await codeOf(read("srs_record_with_invalid_json.json"))).to.equal("MarcJsonMalformed");
  });

  it("names FOLIO's records as its own server does, and sees which were deleted", async () => {
    const reads = await read("instances_3_with_deleted.json");
    expect(reads.map((one) => one.identifier)).to.deep.equal([
      "00000001-0000-4000-a000-000000000000",
      "10000002-0000-4000-a000-000000000000",
      "20000003-0000-4000-a000-000000000000",
    ]);
    const contributions = createContributions(readMapping({}));
    expect(reads[1] === undefined ? [] : contributions.ofMarc(reads[1])).to.have.nested.property(
      "[0].reason",
      "deleted",
    );
    const users = JSON.stringify(reads);
    expect(users).to.not.include("9df9917d-5c28-5326-82c6-e590e3b56092");
  });

  it("reads who catalogued what, agency by agency", async () => {
    const mapping = readMapping({
      agencies: { DLC: "US-DLC", MdBJ: "US-MdBJ", GBVCP: "DE-601", NLC: "CA-NLC", HHC: "US-HHC" },
      services: { creating: "original", transcribing: "input", modifying: "upgrade" },
    });
    const made = async (name: string) => {
      const contributions = createContributions(mapping);
      return (await read(name)).flatMap((one) => contributions.ofMarc(one));
    };
    const short = async (name: string) =>
      (await made(name)).map((one) => ("reason" in one ? one.reason : `${one.service} ${one.supplier}`));
    expect(await short("koha-chatham.xml")).to.include.members([
      "original ISIL:US-DLC",
      "upgrade ISIL:US-HHC",
    ]);
    expect(await short("koha-chatham.xml")).to.not.include("input ISIL:US-DLC");
    expect(await short("records__instances_3.json")).to.deep.equal([
      "no-date",
      "input ISIL:DE-601",
      "input ISIL:DE-601",
    ]);
    expect(await short("horizon-jhu.xml")).to.deep.equal(["no-identifier"]);
    expect(await short("polaris-with-out-item-status.xml")).to.deep.equal(["no-identifier"]);
    expect((await made("koha-chatham.xml"))[0]).to.deep.include({
      request: "(OCoLC)ocn936082941#creating",
      completedAt: Date.UTC(2015, 11, 23) / 1000,
    });
  });

  it("reads the answer of a server that gives MARCXML by OAI-PMH", async () => {
    const text = ending("bibrecord_01.xml");
    expect(shapeOf(text.slice(0, 4096))).to.equal("oai");
    const parts = await all(readOaiResponse(bytesOf(text)));
    const mapping = readMapping({ agencies: { DLC: "US-DLC" }, services: { creating: "original" } });
    const contributions = createContributions(mapping);
    const made = parts.flatMap((part) => (part.kind === "record" ? contributions.ofOai(part.record) : []));
    expect(made.filter((one) => !("reason" in one))).to.have.length(1);
    expect(made[0]).to.deep.include({
      supplier: "ISIL:US-DLC",
      request: "oai:3aa73fef-09fd-4f71-9246-ec0e50d35ef4#creating",
      completedAt: Date.UTC(2013, 2, 28) / 1000,
    });
  });

  it("copies no barcode, no person and no holding into what it makes", async () => {
    const mapping = readMapping({
      agencies: { DLC: "US-DLC" },
      services: { creating: "original", modifying: "upgrade" },
    });
    const contributions = createContributions(mapping);
    const made = [];
    for (const name of Object.keys(EXPECTED)) {
      for (const one of await read(name)) made.push(...contributions.ofMarc(one));
    }
    expect(made.length).to.be.greaterThan(100);
    for (const secret of [
      "31437000069572",
      "32050009446276",
      "Anissa Wardi",
      "McKervill",
      "Cline",
      "0111504744439",
    ]) {
      expect(JSON.stringify(made), secret).to.not.include(secret);
    }
  });
});
