import { expect } from "chai";
import { cleanTitle } from "../../../../src/connectors/marc/details.ts";
import { readOaiResponse } from "../../../../src/connectors/oaipmh/response.ts";
import { all, bytesOf, codeOf } from "../../../support/bytes.ts";

const HEAD =
  '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-01T00:00:00Z</responseDate>';
const page = (inner: string) => `${HEAD}<ListRecords>${inner}</ListRecords></OAI-PMH>`;
const record = (identifier: string, metadata = "", datestamp = "2026-10-05") =>
  `<record><header><identifier>${identifier}</identifier><datestamp>${datestamp}</datestamp></header>` +
  `<metadata><m>${metadata}</m></metadata></record>`;
const refusal = (source: string | Uint8Array) => codeOf(all(readOaiResponse(bytesOf(source))));

/** A beginning, and then the same without end. */
async function* endless(head: string, again: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(head);
  const more = new TextEncoder().encode(again.repeat(Math.ceil(65_536 / again.length)));
  for (;;) yield more;
}
const refusalOf = (head: string, again: string) => codeOf(all(readOaiResponse(endless(head, again))));

describe("oaipmh/response: hostile servers", () => {
  it("refuses a document type with entities that would fill the memory", async () => {
    const bomb = `<!DOCTYPE OAI-PMH [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>`;
    expect(await refusal(bomb + page(record("oai:a:1", "&b;")))).to.equal("XmlDoctype");
    expect(await refusalOf("<!DOCTYPE OAI-PMH [", '<!ENTITY a "ha">')).to.equal("XmlTokenTooLong");
  });

  it("knows no entities but the five of XML, and none by the name of something inherited", async () => {
    for (const name of ["nbsp", "constructor", "toString", "__proto__"]) {
      expect(await refusal(page(record("oai:a:1", `&${name};`))), name).to.equal("XmlMalformed");
    }
    const parts = await all(readOaiResponse(bytesOf(page(record("oai:a:1", "&lt;&amp;&#x44;")))));
    expect(JSON.stringify(parts, (_, one: unknown) => (one instanceof Map ? [...one] : one))).to.include(
      "<&D",
    );
  });

  it("refuses nesting without end", async () => {
    expect(await refusal(page(record("oai:a:1", "<a>".repeat(100_000))))).to.equal("XmlTooDeep");
  });

  it("refuses one record, text, tag or comment without end", async () => {
    const open = `${HEAD}<ListRecords><record><metadata>`;
    expect(await refusalOf(open, "<a>text</a>")).to.equal("XmlRecordTooLarge");
    expect(await refusalOf(`${open}<a>`, "text ")).to.equal("XmlTokenTooLong");
    expect(await refusalOf(`${open}<a>`, "&amp;")).to.equal("XmlTokenTooLong");
    expect(await refusalOf(`${open}<a b="`, "text ")).to.equal("XmlTokenTooLong");
    expect(await refusalOf(`${open}<a `, 'b="1" ')).to.be.oneOf(["XmlMalformed", "XmlTokenTooLong"]);
    expect(await refusalOf(`${open}<!--`, "text ")).to.equal("XmlTokenTooLong");
    expect(await refusalOf(`${open}<![CDATA[`, "text ")).to.equal("XmlTokenTooLong");
    expect(await refusalOf(`${HEAD}<ListRecords>`, " ")).to.equal("XmlTokenTooLong");
    expect(await refusalOf(`${HEAD}<ListRecords>`, "<!-- -->")).to.equal("XmlTokenTooLong");
  });

  it("takes a title of nothing but punctuation in one pass", () => {
    expect(cleanTitle(`${",".repeat(500_000)}x`)).to.equal("");
    expect(cleanTitle(`A title /${" ,".repeat(500_000)}`)).to.equal("A title");
  });

  it("refuses what is not UTF-8, whatever it says", async () => {
    const bytes = new TextEncoder().encode(page(record("oai:a:1", "Muller")));
    bytes[bytes.indexOf(0x75)] = 0xfc;
    expect(await refusal(bytes)).to.equal("XmlNotUtf8");
    expect(await refusal(`<?xml version="1.0" encoding="ISO-8859-1"?>${page("")}`)).to.equal("XmlNotUtf8");
    expect(await refusal(new Uint8Array([0xff, 0xfe, 0x3c, 0x00]))).to.equal("XmlNotUtf8");
  });

  it("refuses NUL, prefixes that are not declared, tags that cross and a second root", async () => {
    for (const inner of ["\u0000", "<x:a/>", "<constructor:a/>", "<a></b>", "<a b=1/>", "<a b='1' b='2'/>"]) {
      expect(await refusal(page(record("oai:a:1", inner))), inner).to.equal("XmlMalformed");
    }
    expect(await refusal(`${page("")}<a/>`)).to.equal("XmlMalformed");
  });

  it("tells a page that was cut off, which may be whole another time, from one that is wrong", async () => {
    const whole = page(record("oai:a:1", "Ü"));
    for (const length of [0, 20, 200, whole.length - 3]) {
      expect(await refusal(new TextEncoder().encode(whole).slice(0, length)), `${length}`).to.equal("XmlCut");
    }
  });

  it("refuses what is no answer of OAI-PMH", async () => {
    expect(await refusal("<html><body/></html>")).to.equal("OaiAnswerInvalid");
    expect(await refusal("<OAI-PMH/>")).to.equal("OaiAnswerInvalid");
    expect(await refusal(`${HEAD}</OAI-PMH>`)).to.equal("OaiAnswerInvalid");
    expect(
      await refusal(`${HEAD}<Identify><protocolVersion>1.1</protocolVersion></Identify></OAI-PMH>`),
    ).to.equal("OaiAnswerInvalid");
  });

  it("refuses records by identifiers of several lines and by dates that there are not", async () => {
    const lines = ["a&#10;b", "a\u202eb", "", "a".repeat(1001)].map((one) => record(one));
    const dates = ["2026-02-30", "2026-13-01", "0", "2026-10-05T25:00:00Z"].map((one) =>
      record("oai:a:1", "", one),
    );
    const parts = await all(readOaiResponse(bytesOf(page([...lines, ...dates].join("")))));
    expect(parts.filter(({ kind }) => kind === "refused")).to.have.length(lines.length + dates.length);
  });

  it("takes names of what every object inherits for names", async () => {
    const parts = await all(
      readOaiResponse(bytesOf(page(record("__proto__", "<constructor __proto__='1'/>")))),
    );
    expect(parts[2]).to.have.nested.property("record.header.identifier", "__proto__");
    expect(({} as Record<string, unknown>)["1"]).to.equal(undefined);
  });
});
