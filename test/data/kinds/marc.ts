import { cataloguersOf, type Role } from "../../../src/connectors/marc/cataloguing.ts";
import { detailsOfMarc } from "../../../src/connectors/marc/details.ts";
import { controlField, isDeleted, type MarcRecord } from "../../../src/connectors/marc/record.ts";
import type { MarcRead } from "../../../src/connectors/marc/reading.ts";
import { marcOfXml } from "../../../src/connectors/marc/xml.ts";
import { readOaiResponse } from "../../../src/connectors/oaipmh/response.ts";
import { readMarc, type MarcKind } from "../../../src/connectors/marc/read.ts";
import { piecesOf, textOf, type DataFile, type Figures, type Reader } from "../row.ts";

const KINDS: Readonly<Record<string, MarcKind>> = { xml: "xml", mrc: "iso2709", mij: "json", json: "folio" };

/** MARC records: control number, deletion, title and the agencies that catalogued it; and why others were refused. */
export const readMarcFile: Reader = async (file) => {
  const kind = KINDS[file.path.split(".").at(-1) ?? ""] ?? "xml";
  const records: Figures[] = [];
  const faults: string[] = [];
  for await (const read of textOf(file).includes("<OAI-PMH")
    ? inAnswer(file)
    : readMarc(piecesOf(file), kind)) {
    if (read.kind === "refused") faults.push(read.code);
    else records.push(figuresOf(read.record, read.deleted === true));
  }
  return { records, ...(faults.length === 0 ? {} : { faults }) };
};

/** Records that came as the metadata of an answer of OAI-PMH. */
async function* inAnswer(file: DataFile): AsyncGenerator<MarcRead> {
  for await (const part of readOaiResponse(piecesOf(file))) {
    if (part.kind !== "record" || part.record.metadata === undefined) continue;
    yield { kind: "record", record: marcOfXml(part.record.metadata), deleted: part.record.header.deleted };
  }
}

function figuresOf(record: MarcRecord, gone: boolean): Figures {
  const agencies = (role: Role): string[] | undefined => {
    const codes = cataloguersOf(record).flatMap((one) => (one.role === role ? [one.code] : []));
    return codes.length === 0 ? undefined : codes;
  };
  return {
    id: controlField(record, "001"),
    deleted: gone || isDeleted(record) ? true : undefined,
    title: detailsOfMarc(record)["title"],
    created: agencies("creating"),
    transcribed: agencies("transcribing"),
    modified: agencies("modifying"),
  };
}
