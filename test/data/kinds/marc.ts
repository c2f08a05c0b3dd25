import {
  controlField,
  dataFields,
  isDeleted,
  subfields,
  type MarcRecord,
} from "../../../src/connectors/marc/record.ts";
import type { MarcRead } from "../../../src/connectors/marc/reading.ts";
import { marcOfXml } from "../../../src/connectors/marc/xml.ts";
import { readOaiResponse } from "../../../src/connectors/oaipmh/response.ts";
import { readMarc, type MarcKind } from "../../../src/connectors/marc/read.ts";
import { piecesOf, textOf, type DataFile, type Figures, type Reader } from "../row.ts";

const KINDS: Readonly<Record<string, MarcKind>> = { xml: "xml", mrc: "iso2709", mij: "json", json: "folio" };

/** MARC records: control number, deletion, title proper and the agencies of field 040; and why others were refused. */
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
  const source = dataFields(record, "040")[0];
  const agencies = (code: string): string[] | undefined => {
    const found = subfields(source, code);
    return found.length === 0 ? undefined : found;
  };
  return {
    id: controlField(record, "001"),
    deleted: gone || isDeleted(record) ? true : undefined,
    title: subfields(dataFields(record, "245")[0], "a").join(" ") || undefined,
    created: agencies("a"),
    transcribed: agencies("c"),
    modified: agencies("d"),
  };
}
