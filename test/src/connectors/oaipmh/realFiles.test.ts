import { expect } from "chai";
import { readMapping } from "../../../../src/connectors/mapping.ts";
import { createContributions } from "../../../../src/connectors/oaipmh/contributions.ts";
import { readOaiResponse, type OaiPart } from "../../../../src/connectors/oaipmh/response.ts";
import { all, bytesOf, codeOf } from "../../../support/bytes.ts";
import { needs, sharedFiles } from "../../../support/shared-files.ts";

const FOLDER = "oai-pmh";
const files = sharedFiles(FOLDER);
const named = (name: string) =>
  files?.find((file) => file.name === `sickle__sickle__tests__sample_data__${name}.xml`)?.content ?? "";

/** A part in a word. */
function told(part: OaiPart): string {
  switch (part.kind) {
    case "record":
      return part.record.header.deleted ? "deleted" : (part.record.metadata?.name ?? "nothing");
    case "header":
      return part.header.deleted ? "deleted header" : "header";
    case "token":
      return `token ${part.token.token} of ${part.token.completeListSize ?? "?"}`;
    case "error":
    case "refused":
      return part.code;
    default:
      return part.kind;
  }
}

const EXPECTED: Record<string, string[]> = {
  GetRecord: ["date", "verb", "dc"],
  GetRecord_utf8test: ["date", "verb", "dc"],
  Identify: ["date", "identify"],
  ListIdentifiers: ["date", "verb", "header", "deleted header", "token ListIdentifiers2.xml of 4"],
  ListIdentifiers2: ["date", "verb", "header", "deleted header"],
  ListRecords4: ["date", "verb", "OaiRecordInvalid", "dc"],
  badArgument: ["date", "badArgument"],
  badResumptionToken: ["date", "badResumptionToken"],
  cannotDisseminateFormat: ["date", "cannotDisseminateFormat"],
  idDoesNotExist: ["date", "idDoesNotExist"],
  noRecordsMatch: ["date", "noRecordsMatch"],
  noSetHierarchy: ["date", "noSetHierarchy"],
  undefinedError: ["date", "undefinedError"],
};

describe("oaipmh/response: answers that others recorded", () => {
  before(needs(files, FOLDER));

  for (const [name, parts] of Object.entries(EXPECTED)) {
    it(`reads ${name}`, async () => {
      expect((await all(readOaiResponse(bytesOf(named(name))))).map(told)).to.deep.equal(parts);
    });
  }

  it("reads pages of records with tokens", async () => {
    for (const name of ["ListRecords", "ListRecords2", "ListRecords3"]) {
      const parts = (await all(readOaiResponse(bytesOf(named(name))))).map(told);
      expect(parts.slice(0, 4), name).to.deep.equal(["date", "verb", "deleted", "dc"]);
      expect(parts[4], name).to.match(/^token ListRecords/);
    }
  });

  it("reads the same, whichever way the bytes are cut", async () => {
    const text = named("GetRecord_utf8test");
    const whole = await all(readOaiResponse(bytesOf(text)));
    for (const length of [1, 2, 3, 7]) {
      expect(await all(readOaiResponse(bytesOf(text, length))), `${length}`).to.deep.equal(whole);
    }
  });

  it("reads every set and every format", async () => {
    const sets = await all(readOaiResponse(bytesOf(named("ListSets"))));
    expect(sets.filter(({ kind }) => kind === "set").length).to.equal(
      named("ListSets").split("<setSpec>").length - 1,
    );
    const formats = await all(readOaiResponse(bytesOf(named("ListMetadataFormats"))));
    expect(formats.flatMap((part) => (part.kind === "format" ? part.prefix : []))).to.deep.equal([
      ...["epicur", "xMetaDissPlus", "oai_dc", "mods", "swepub_mods"],
    ]);
  });

  it("reads what a repository says of itself, and no address of a person", async () => {
    const parts = await all(readOaiResponse(bytesOf(named("Identify"))));
    expect(JSON.stringify(parts)).to.include("A Test Repository").and.not.include("john.doe");
    expect(parts[1]).to.have.nested.property("identify.granularity", "day");
  });

  it("refuses what is broken", async () => {
    expect(await codeOf(all(readOaiResponse(bytesOf(named("ListRecordsBroken")))))).to.equal("XmlMalformed");
  });

  it("makes no contribution of Dublin Core until somebody says whose it is, and names no author", async () => {
    const mapping = readMapping({ services: { creating: "digitised" } });
    const make = async (contributions = createContributions(mapping)) => {
      const parts = await all(readOaiResponse(bytesOf(named("GetRecord"))));
      return parts.flatMap((part) => (part.kind === "record" ? contributions.ofOai(part.record) : []));
    };
    expect(await make()).to.have.nested.property("[0].reason", "no-cataloguing-agency");
    const owned = await make(createContributions(mapping, "ISIL:DE-1" as never));
    expect(owned[0]).to.deep.include({
      supplier: "ISIL:DE-1",
      consumer: "CONSORTIUM:COMMONS",
      request: "oai:test.example.com:1996652#creating",
      service: "digitised",
      completedAt: Date.UTC(2011, 8, 5, 12, 51, 52) / 1000,
      details: { title: "Sample Title", role: "creating" },
    });
    expect(JSON.stringify(owned)).to.not.include("Doe");
  });
});
