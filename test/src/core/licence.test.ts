import { expect } from "chai";
import { XMLParser } from "fast-xml-parser";
import {
  ACTS,
  LICENCES,
  licenceOf,
  licenceUri,
  permits,
  propertiesOf,
  type Licence,
} from "../../../src/core/licence.ts";
import { needs, sharedFiles } from "../../support/shared-files.ts";

const NS = "http://creativecommons.org/ns#";

describe("permits", () => {
  /** Lend, reproduce, distribute, adapt: a letter where anybody may, n where no business may. */
  const table: Record<Licence, string> = {
    none: "y---",
    cc0: "yyyy",
    pdm: "yyyy",
    by: "yyyy",
    "by-sa": "yyyy",
    "by-nc": "ynnn",
    "by-nd": "yyy-",
    "by-nc-sa": "ynnn",
    "by-nc-nd": "ynn-",
    reserved: "y---",
  };
  for (const licence of LICENCES) {
    it(`says of ${licence} what the table of Licences.sol does`, () => {
      ACTS.forEach((act, index) => {
        const cell = table[licence][index];
        expect(permits(licence, act, false), act).to.equal(cell !== "-");
        expect(permits(licence, act, true), `${act} in business`).to.equal(cell === "y");
      });
    });
  }
});

describe("licenceOf", () => {
  it("reads back every URI that licenceUri writes", () => {
    for (const licence of LICENCES) {
      const uri = licenceUri(licence);
      expect(uri === undefined).to.equal(licence === "none");
      if (uri !== undefined) expect(licenceOf(uri)).to.equal(licence);
    }
  });

  it("reads any version, port, deed and spelling of the address", () => {
    const same: Record<string, Licence> = {
      "https://creativecommons.org/licenses/by-nc-nd/4.0": "by-nc-nd",
      "https://www.creativecommons.org/licenses/by-sa/2.5/it/": "by-sa",
      "http://creativecommons.org/licenses/by/1.0/": "by",
      "http://creativecommons.org/licenses/by/2.1/jp/": "by",
      "http://creativecommons.org/licenses/by-nd-nc/1.0/": "by-nc-nd",
      "https://creativecommons.org/licenses/by-nc/4.0/deed.de": "by-nc",
      "https://creativecommons.org/licenses/by-nd/3.0/cn/legalcode": "by-nd",
      "https://creativecommons.org/publicdomain/zero/1.0/legalcode.fr": "cc0",
      "https://rightsstatements.org/page/InC/1.0/": "reserved",
    };
    for (const [uri, licence] of Object.entries(same)) expect(licenceOf(uri), uri).to.equal(licence);
  });

  it("knows no other licence, however alike it looks", () => {
    const others = [
      "",
      "by",
      "http://creativecommons.org/licenses/by-nd-sa/4.0/",
      "http://creativecommons.org/licenses/by-nd-nc/4.0/",
      "http://creativecommons.org/licenses/by/3.5/",
      "http://creativecommons.org/licenses/devnations/2.0/",
      "http://creativecommons.org/licenses/sampling+/1.0/",
      "http://creativecommons.org.example.org/licenses/by/4.0/",
      "http://creativecommons.org/publicdomain/zero/2.0/",
      "http://rightsstatements.org/vocab/NoC-US/1.0/",
    ];
    for (const uri of others) expect(licenceOf(uri), uri).to.equal(undefined);
  });
});

describe("licences as Creative Commons describes them in RDF", () => {
  const files = sharedFiles("cc-licences")?.filter(({ name }) => !name.includes("schema"));
  before(needs(files, "cc-licences"));

  for (const { name, content } of files ?? []) {
    it(`${name} permits, requires and prohibits what we say`, () => {
      const { uri, properties } = readLicence(content);
      const licence = licenceOf(uri);
      expect(licence, uri).to.not.equal(undefined);
      const said = propertiesOf(licence!);
      for (const property of ["permits", "requires", "prohibits"] as const) {
        expect([...said[property]].sort(), property).to.deep.equal(properties[property]);
      }
    });
  }

  it("are all of ours but the reserved rights", () => {
    if (files === undefined) return;
    const described = new Set(files.map(({ content }) => licenceOf(readLicence(content).uri)));
    expect(LICENCES.filter((licence) => !described.has(licence))).to.deep.equal(["none", "reserved"]);
  });

  it("use words that the schema declares", () => {
    const schema = sharedFiles("cc-licences")?.find(({ name }) => name.includes("schema"));
    if (schema === undefined) return;
    for (const licence of LICENCES) {
      const { permits: permitted, requires, prohibits } = propertiesOf(licence);
      for (const [kind, words] of [
        ["Permission", permitted],
        ["Requirement", requires],
        ["Prohibition", prohibits],
      ] as const) {
        for (const word of words) expect(schema.content).to.include(`<cc:${kind} rdf:about="${NS}${word}">`);
      }
    }
  });
});

type Reference = { readonly "@_rdf:resource": string };

function readLicence(content: string) {
  const parser = new XMLParser({
    ignoreAttributes: false,
    isArray: (tag) => /^cc:(permits|requires|prohibits)$/.test(tag),
  });
  const parsed = parser.parse(content) as { "rdf:RDF": { "cc:License": Record<string, unknown> } };
  const licence = parsed["rdf:RDF"]["cc:License"];
  const words = (tag: string): string[] =>
    ((licence[`cc:${tag}`] ?? []) as Reference[]).map((one) => one["@_rdf:resource"].replace(NS, "")).sort();
  const properties = {
    permits: words("permits"),
    requires: words("requires"),
    prohibits: words("prohibits"),
  };
  return { uri: licence["@_rdf:about"] as string, properties };
}
