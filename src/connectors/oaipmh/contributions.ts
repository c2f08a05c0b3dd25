import type { Agency } from "../../core/ids.ts";
import { detailsOfDublinCore, dublinCoreOf, isDublinCore } from "../dublincore/record.ts";
import type { Mapping } from "../mapping.ts";
import { detailsOfMarc } from "../marc/details.ts";
import { enteredOnFile } from "../marc/entered.ts";
import { attempt, type MarcRead } from "../marc/reading.ts";
import { controlField, isDeleted, type MarcRecord } from "../marc/record.ts";
import { isMarc, marcOfXml } from "../marc/xml.ts";
import { catalogued } from "./catalogued.ts";
import { omitted, type Contribution } from "./contribution.ts";
import { secondsOf, secondsOf005 } from "./datestamp.ts";
import { owned } from "./owned.ts";
import type { OaiHeader, OaiRecord } from "./record.ts";
import { createServices } from "./services.ts";

/** What records are contributions of: drafts, and what makes none and why. */
export interface Contributions {
  ofOai(record: OaiRecord): Contribution[];
  /** A record of a file, which no header names: `(003)001` does, and 005 says when. */
  ofMarc(read: MarcRead): Contribution[];
}

/**
 * Contributions to a shared catalogue, by who made, transcribed and modified each record: supplied by that agency and drawn by the
 * common good. Of what the mapping does not name nothing is guessed.
 * @param contributor whose the records are that carry no cataloguing agency, where the repository belongs to one institution
 */
export function createContributions(mapping: Mapping, contributor?: Agency): Contributions {
  const services = createServices(mapping);

  function ofMarc(read: MarcRead, header?: OaiHeader): Contribution[] {
    if (read.kind === "refused")
      return [{ reason: read.code, sentence: read.sentence, request: read.identifier ?? "" }];
    const { record } = read;
    const identifier = header?.identifier ?? read.identifier ?? identifierOf(record);
    if (identifier === undefined)
      return [omitted("no-identifier", "", "has no number in 001: nobody could tell it from others.")];
    if (isDeleted(record) || read.deleted === true) return [omitted("deleted", identifier, DELETED)];
    const completedAt =
      header === undefined ? secondsOf005(controlField(record, "005") ?? "") : secondsOf(header.datestamp);
    if (completedAt === undefined)
      return [omitted("no-date", identifier, "does not say in 005 when it was last changed.")];
    const madeAt = enteredOnFile(record, completedAt);
    const item = {
      ...{ identifier, completedAt, details: detailsOfMarc(record) },
      ...(madeAt === undefined ? {} : { madeAt }),
    };
    return [...catalogued(item, record, mapping, services)];
  }

  return {
    ofOai(record) {
      const { header, metadata } = record;
      const { identifier } = header;
      if (header.deleted) return [omitted("deleted", identifier, DELETED)];
      if (metadata === undefined)
        return [omitted("no-metadata", identifier, "holds nothing but its header.")];
      if (isDublinCore(metadata)) {
        const details = detailsOfDublinCore(dublinCoreOf(metadata));
        const item = { identifier, completedAt: secondsOf(header.datestamp) ?? 0, details };
        return owned(item, record, mapping, services, contributor);
      }
      if (!isMarc(metadata))
        return [
          omitted(
            "format-unread",
            identifier,
            "is neither MARCXML nor Dublin Core. Choose another --prefix.",
          ),
        ];
      return ofMarc(
        attempt(() => ({ kind: "record", record: marcOfXml(metadata) }), identifier),
        header,
      );
    },
    ofMarc: (read) => ofMarc(read),
  };
}

const DELETED = "was deleted: it is no contribution.";

/** A control number with the system that gave it (MARC 21, 003 and 001). */
function identifierOf(record: MarcRecord): string | undefined {
  const [system, number] = ["003", "001"].map((tag) =>
    controlField(record, tag)
      ?.replace(/[\s\p{Cc}\p{Cf}]+/gu, "_")
      .slice(0, 200),
  );
  if (number === undefined) return undefined;
  return system === undefined ? number : `(${system})${number}`;
}
