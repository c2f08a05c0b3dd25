import { readCounterFile } from "./kinds/counter.ts";
import { readIso18626 } from "./kinds/iso18626.ts";
import { readLicence } from "./kinds/licence.ts";
import { readMarcFile } from "./kinds/marc.ts";
import { readOaiFile } from "./kinds/oaipmh.ts";
import { readDirectoryFile, readReshareFile } from "./kinds/reshare.ts";
import { readSchema } from "./kinds/schema.ts";
import { readSources } from "./kinds/table.ts";
import type { Reader } from "./row.ts";

/** The reader of a folder's files. */
const READERS: Readonly<Record<string, Reader>> = {
  "counter-months": readCounterFile,
  "counter-r5": readCounterFile,
  "counter-r51": readCounterFile,
  iso18626: readIso18626,
  "iso18626-xsd": readSchema,
  "cc-licences": readLicence,
  directory: readDirectoryFile,
  "SOURCES.tsv": readSources,
  marcxml: readMarcFile,
  "oai-pmh": readOaiFile,
  "reshare-scenarios": readReshareFile,
};

export function readerOf(path: string): Reader | undefined {
  return READERS[path.split("/", 1)[0] ?? ""];
}
