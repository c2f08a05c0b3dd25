/** What the test repository holds and how it answers; identifiers and dates are in order. */

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
<responseDate>2026-11-02T08:00:00Z</responseDate><request>http://oai.example/</request>`;

/** An answer around what is given. */
export const oai = (inner: string): string => `${HEAD}${inner}</OAI-PMH>`;

/** Who catalogued record 0, 1 and so on, as 040 says. */
const CATALOGUERS: readonly { a: string; c: string; d: readonly string[] }[] = [
  { a: "DLC", c: "DLC", d: ["NYP", "NYP"] },
  { a: "NYP", c: "DLC", d: [] },
  { a: "DLC", c: "DLC", d: ["DLC"] },
  { a: "XXX", c: "XXX", d: ["NYP"] },
  { a: "NYP", c: "NYP", d: [] },
  { a: "", c: "", d: [] },
];

const identifierAt = (index: number): string => `oai:example:${index + 1}`;
const COUNT = 7;

/** A record by its place; the last one is deleted. */
function record(index: number): string {
  const header = `<identifier>${identifierAt(index)}</identifier><datestamp>2026-10-0${index + 1}T12:00:00Z</datestamp>`;
  const by = CATALOGUERS[index];
  if (by === undefined) return `<record><header status="deleted">${header}</header></record>`;
  const part = (code: string, value: string) => `<subfield code="${code}">${value}</subfield>`;
  const field =
    by.a === "" ? "" : part("a", by.a) + part("c", by.c) + by.d.map((code) => part("d", code)).join("");
  return `<record><header>${header}</header><metadata><record xmlns="http://www.loc.gov/MARC21/slim">
<leader>00000cam a2200000 a 4500</leader><controlfield tag="001">n${index + 1}</controlfield>
${field === "" ? "" : `<datafield tag="040" ind1=" " ind2=" ">${field}</datafield>`}
<datafield tag="020" ind1=" " ind2=" "><subfield code="a">9780631199861 (pbk.)</subfield></datafield>
<datafield tag="100" ind1="1" ind2=" "><subfield code="a">Doe, Jane</subfield></datafield>
<datafield tag="245" ind1="1" ind2="0"><subfield code="a">Birds of ${index + 1} :</subfield><subfield code="b">a guide /</subfield></datafield>
</record></metadata></record>`;
}

/** One page of two records from a place on. */
export function listOf(start: number, next: string): string {
  const end = Math.min(COUNT, start + 2);
  const records = Array.from({ length: end - start }, (_, at) => record(start + at)).join("");
  const token = `<resumptionToken completeListSize="${COUNT}">${next}</resumptionToken>`;
  return oai(`<ListRecords>${records}${token}</ListRecords>`);
}

interface Choices {
  readonly granularity?: string;
  readonly next?: (page: number) => string;
}

/** The answer to a question; tokens are numbers of pages. */
export function answerTo(query: URLSearchParams, choices: Choices = {}): string {
  const { granularity = "YYYY-MM-DDThh:mm:ssZ", next = (page: number) => (page < 4 ? `${page + 1}` : "") } =
    choices;
  switch (query.get("verb")) {
    case "Identify":
      return oai(`<Identify><repositoryName>Example</repositoryName><baseURL>http://oai.example/</baseURL>
<protocolVersion>2.0</protocolVersion><adminEmail>jane.doe@example.org</adminEmail>
<earliestDatestamp>2020-01-01</earliestDatestamp><deletedRecord>persistent</deletedRecord>
<granularity>${granularity}</granularity></Identify>`);
    case "ListMetadataFormats":
      return oai(`<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix></metadataFormat>
<metadataFormat><metadataPrefix>mrc-xml</metadataPrefix><metadataNamespace>http://www.loc.gov/MARC21/slim</metadataNamespace>
</metadataFormat></ListMetadataFormats>`);
    case "ListSets":
      return oai(`<ListSets><set><setSpec>maps</setSpec><setName>Maps</setName></set></ListSets>`);
    case "GetRecord": {
      const index = Number(/\d+$/.exec(query.get("identifier") ?? "")?.[0] ?? "0") - 1;
      return oai(
        index >= 0 && index < COUNT
          ? `<GetRecord>${record(index)}</GetRecord>`
          : '<error code="idDoesNotExist"/>',
      );
    }
    case "ListRecords": {
      const page = Number(query.get("resumptionToken") ?? "1");
      const from = query.get("from") ?? "";
      const first = Array.from({ length: COUNT }, (_, at) => at).filter(
        (at) => `2026-10-0${at + 1}T12:00:00Z` < from,
      );
      if (first.length === COUNT) return oai('<error code="noRecordsMatch"/>');
      return listOf(query.has("resumptionToken") ? 2 * (page - 1) : first.length, next(page));
    }
    default:
      return oai('<error code="badVerb"/>');
  }
}
