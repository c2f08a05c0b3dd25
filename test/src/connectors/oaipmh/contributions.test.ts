import { expect } from "chai";
import { readMapping } from "../../../../src/connectors/mapping.ts";
import { createContributions } from "../../../../src/connectors/oaipmh/contributions.ts";
import { readOaiResponse } from "../../../../src/connectors/oaipmh/response.ts";
import { agency } from "../../../../src/core/ids.ts";
import { all, bytesOf } from "../../../support/bytes.ts";

const MAPPING = readMapping({
  agencies: {
    A: "DE-A",
    "DE-A": "DE-A",
    B: "DE-B",
    C: "DE-C",
    maps: "DE-M",
    "http://b.example/oai": "DE-B",
  },
  services: { creating: "made", transcribing: "typed", modifying: "mended" },
});
const DOE = "Doe, Jane &lt;jane@example.org&gt; 0123456789";

const field = (tag: string, parts: readonly (readonly [string, string])[], ind2 = " ") =>
  `<datafield tag="${tag}" ind1=" " ind2="${ind2}">${parts.map(([code, text]) => `<subfield code="${code}">${text}</subfield>`).join("")}</datafield>`;
const by = (...parts: (readonly [string, string])[]) => field("040", parts);
const title = field("245", [
  ["a", "Birds :"],
  ["b", "a guide /"],
  ["c", DOE],
]);
const marc = (...fields: string[]) =>
  `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000cam</leader>${fields.join("")}${field("100", [["a", DOE]])}</record>`;
const dc = (...titles: string[]) =>
  `<o:dc xmlns:o="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns="http://purl.org/dc/elements/1.1/">` +
  `${titles.map((one) => `<title>${one}</title>`).join("")}<identifier>urn:isbn:978-0-631-19986-1</identifier><creator>${DOE}</creator></o:dc>`;

interface Around {
  readonly sets?: readonly string[];
  readonly about?: string;
  readonly status?: string;
  readonly datestamp?: string;
}

/** What records make, one after the other. */
async function made(metadata: readonly string[], around: Around = {}, given = createContributions(MAPPING)) {
  const records = metadata.map(
    (one, at) =>
      `<record><header${around.status ?? ""}><identifier>oai:x:${at + 1}</identifier>` +
      `<datestamp>${around.datestamp ?? "2026-10-05"}</datestamp>` +
      `${(around.sets ?? []).map((set) => `<setSpec>${set}</setSpec>`).join("")}</header>` +
      `<metadata>${one}</metadata>${around.about ?? ""}</record>`,
  );
  const page = `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>${records.join("")}</ListRecords></OAI-PMH>`;
  const parts = await all(readOaiResponse(bytesOf(page)));
  return parts.flatMap((part) => (part.kind === "record" ? given.ofOai(part.record) : []));
}
const told = async (...given: Parameters<typeof made>) =>
  (await made(...given)).map((one) =>
    "reason" in one ? one.reason : `${one.service} ${one.supplier.slice(5)}`,
  );

describe("oaipmh/contributions", () => {
  describe("MARC 21, 040", () => {
    it("makes a draft for each agency and role, drawn by the common good", async () => {
      const found = await made([marc(by(["a", "A"], ["c", "B"], ["d", "C"]), title)], {
        datestamp: "2026-10-05T06:00:00Z",
      });
      const details = { title: "Birds : a guide" };
      const common = {
        consumer: "CONSORTIUM:COMMONS",
        quantity: 1,
        completedAt: Date.UTC(2026, 9, 5, 6) / 1000,
      };
      expect(found).to.deep.equal([
        ...(
          [
            ["A", "creating", "made"],
            ["B", "transcribing", "typed"],
            ["C", "modifying", "mended"],
          ] as const
        ).map(([name, role, service]) => ({
          ...{ ...common, supplier: `ISIL:DE-${name}`, request: `oai:x:1#${role}`, service },
          details: { ...details, role },
        })),
      ]);
    });

    for (const [what, fields, expected] of [
      ["once for creating where a is c", by(["a", "A"], ["c", "A"]), ["made DE-A"]],
      ["once where codes of one agency differ", by(["a", "A"], ["c", "de-a"]), ["made DE-A"]],
      [
        "both where the creator also modified",
        by(["a", "A"], ["c", "A"], ["d", "A"]),
        ["made DE-A", "mended DE-A"],
      ],
      [
        "once however often it modified",
        by(["d", "B"], ["d", "C"], ["d", "b "]),
        ["mended DE-B", "mended DE-C"],
      ],
      ["transcribing alone", by(["b", "ger"], ["c", "B"]), ["typed DE-B"]],
      ["nothing where 040 is missing", "", ["no-cataloguing-agency"]],
      ["nothing where 040 says nothing", by(["a", " "], ["b", "ger"]), ["no-cataloguing-agency"]],
      [
        "what is known where others are unknown",
        by(["a", "X"], ["c", "X"], ["d", "B"]),
        ["unknown-agency", "mended DE-B"],
      ],
      ["nothing where two claim to have made it", by(["a", "A"], ["a", "B"]), ["agency-ambiguous"]],
      [
        "the same of two fields as of one",
        by(["a", "A"]) + by(["a", "A"], ["d", "B"]),
        ["made DE-A", "mended DE-B"],
      ],
      [
        "nothing by names that objects inherit",
        by(["a", "__proto__"], ["d", "constructor"]),
        ["unknown-agency", "unknown-agency"],
      ],
    ] as const) {
      it(`counts ${what}`, async () => {
        expect(await told([marc(fields, title)])).to.deep.equal(expected);
      });
    }

    it("dates what was made by the day on which it was made, and what was mended by the last change", async () => {
      const on = (text: string) =>
        `<controlfield tag="008">${text}s2001    xx            000 0 eng d</controlfield>`;
      const days = async (text: string) =>
        (
          await made([marc(text === "" ? "" : on(text), by(["a", "A"], ["c", "B"], ["d", "C"]))], {
            datestamp: "2026-10-05T06:00:00Z",
          })
        ).map((one) =>
          "reason" in one ? one.reason : new Date(one.completedAt * 1000).toISOString().slice(0, 10),
        );
      expect(await days("980412")).to.deep.equal(["1998-04-12", "1998-04-12", "2026-10-05"]);
      expect(await days("261003")).to.deep.equal(["2026-10-03", "2026-10-03", "2026-10-05"]);
      // Days that are none, or lie ahead, are not believed.
      for (const text of ["", "269999", "||||||", "000000"])
        expect(await days(text)).to.deep.equal(["2026-10-05", "2026-10-05", "2026-10-05"]);
      expect(await days("261006")).to.deep.equal(["1926-10-06", "1926-10-06", "2026-10-05"]);
    });

    it("makes the same again, and one more where one more agency worked on it", async () => {
      const [first, again, later] = [
        await made([marc(by(["a", "A"], ["d", "B"]))]),
        await made([marc(by(["a", "A"], ["d", "B"]))]),
        await made([marc(by(["a", "A"], ["d", "B"], ["d", "C"]))]),
      ];
      expect(again).to.deep.equal(first);
      expect(later.slice(0, 2)).to.deep.equal(first);
      expect(later).to.have.length(3);
    });

    it("says once that a role has no service, and goes on with the others", async () => {
      const mapping = readMapping({ agencies: { A: "DE-A" }, services: { modifying: "mended" } });
      const records = Array<string>(3).fill(marc(by(["a", "A"], ["c", "B"], ["d", "A"])));
      expect(await told(records, {}, createContributions(mapping))).to.deep.equal([
        ...["no-service", "no-service"],
        ...["mended DE-A", "mended DE-A", "mended DE-A"],
      ]);
    });

    it("makes nothing of what was deleted, by its header or by its leader", async () => {
      const one = marc(by(["a", "A"]));
      expect(await told([one], { status: ' status="deleted"' })).to.deep.equal(["deleted"]);
      expect(await told([one.replace("00000cam", "00000dam")])).to.deep.equal(["deleted"]);
    });

    it("says why a record in another format or with faults makes nothing", async () => {
      const [faulty] = await made(["<mods/>", marc('<datafield tag="1"/>')]);
      expect(faulty).to.include({ reason: "format-unread", request: "oai:x:1" });
      expect(await told([marc('<datafield tag="1"/>')])).to.deep.equal(["MarcInvalid"]);
    });
  });

  it("reads UNIMARC's agencies from 801, not its CODEN from 040", async () => {
    const fields = [
      by(["a", "A"]),
      field("200", [["a", "Oiseaux"]]),
      field("801", [["b", "B"]], "0"),
      field("801", [["b", "C"]], "2"),
      field("801", [["b", "A"]], "3"),
    ];
    expect(await told([marc(...fields)])).to.deep.equal(["made DE-B", "mended DE-C"]);
  });

  describe("Dublin Core", () => {
    const from = (...urls: string[]) =>
      `<about><provenance xmlns="http://www.openarchives.org/OAI/2.0/provenance">${urls.reduceRight(
        (inner, url) => `<originDescription><baseURL>${url}</baseURL>${inner}</originDescription>`,
        "",
      )}</provenance></about>`;
    const owned = createContributions(MAPPING, agency("ISIL", "DE-Z"));

    it("belongs to where it came from first, else to its set, else to whom the repository belongs", async () => {
      expect(await told([dc("T")])).to.deep.equal(["no-cataloguing-agency"]);
      expect(await told([dc("T")], { sets: ["books", "maps"] })).to.deep.equal(["made DE-M"]);
      expect(await told([dc("T")], {}, owned)).to.deep.equal(["made DE-Z"]);
      const origin = { about: from("http://aggregator.example/oai", "http://b.example/oai"), sets: ["maps"] };
      expect(await told([dc("T")], origin, owned)).to.deep.equal(["made DE-B"]);
    });

    it("is nobody's where it came from elsewhere or lies in sets of two", async () => {
      expect(await told([dc("T")], { about: from("http://other.example/oai") }, owned)).to.deep.equal([
        "unknown-agency",
      ]);
      expect(await told([dc("T")], { sets: ["maps", "A"] }, owned)).to.deep.equal(["agency-ambiguous"]);
    });

    it("keeps title and standard numbers", async () => {
      const [one] = await made([dc("A long title", "Another")], {}, owned);
      expect(one).to.have.deep.property("details", {
        ...{ title: "A long title", identifier: "ISBN:9780631199861", role: "creating" },
      });
    });
  });

  it("lets no person and no line break into what it makes, whatever a record holds", async () => {
    const hostile = marc(
      by(["a", `${"X".repeat(500)}&#10;=cmd`], ["d", "B"]),
      title,
      field("500", [["a", DOE]]),
    );
    const text = JSON.stringify([
      ...(await made([hostile, dc("T")], {}, createContributions(MAPPING, agency("ISIL", "DE-Z")))),
    ]);
    expect(text).to.not.match(/Doe|example\.org|0123456789|\\n/);
    expect(text.length).to.be.lessThan(1500);
  });
});
