import { marcInvalid, type MarcRecord } from "./record.ts";
import { marcOfJson, own } from "./json.ts";

/** A record of FOLIO's source record storage. */
export interface FolioRecord {
  /** The instance's identifier, as FOLIO's own OAI-PMH server names it; else the record's. */
  readonly identifier: string | undefined;
  readonly deleted: boolean;
  readonly record: MarcRecord;
}

/** Reads one of `sourceRecords`. Who made and changed it, users of the system, is not read. @throws `MarcInvalid` */
export function folioOfJson(source: unknown): FolioRecord {
  const type = own(source, "recordType");
  if (type !== undefined && type !== "MARC" && type !== "MARC_BIB")
    throw marcInvalid("it is no bibliographic MARC record");
  const content = own(own(source, "parsedRecord"), "content");
  if (content === undefined) throw marcInvalid("it has no parsed MARC record");
  return {
    identifier: folioIdentifier(source),
    deleted: own(source, "deleted") === true || own(source, "state") === "DELETED",
    record: marcOfJson(content),
  };
}

/** The identifier alone, for records that cannot be read otherwise. */
export function folioIdentifier(source: unknown): string | undefined {
  const names = [own(own(source, "externalIdsHolder"), "instanceId"), own(source, "recordId")];
  return names.find((name): name is string => typeof name === "string" && name !== "");
}
