import { coded, text, type Codec } from "./codec.ts";
import { many, maybe, one, struct, type Struct } from "./struct.ts";

/**
 * Codes of identifiers that name an item or a record. Systems put anything into these lists, readers' references
 * among it; an identifier of another code is not copied.
 */
const IDENTIFIERS: ReadonlySet<string> = new Set(
  ["ISBN", "ISSN", "ISMN", "ISRC", "DOI", "CODEN", "URN"].concat([
    "AMICUS",
    "BL",
    "FAUST",
    "JNB",
    "LA",
    "LCCN",
    "NCID",
    "OCLC",
    "PID",
    "ZDB",
  ]),
);

function known<T>(codec: Codec<T>, code: (value: T) => string): Codec<T> {
  return {
    read(node, path) {
      const value = codec.read(node, path);
      return value !== undefined && IDENTIFIERS.has(code(value).toUpperCase()) ? value : undefined;
    },
    write: (value, name, out) => codec.write(value, name, out),
  };
}

const itemIdShape = { bibliographicItemIdentifier: one(text), bibliographicItemIdentifierCode: one(coded) };
const recordIdShape = {
  bibliographicRecordIdentifierCode: one(coded),
  bibliographicRecordIdentifier: one(text),
};

const itemId = known(
  struct(itemIdShape, ["bibliographicItemIdentifierCode", "bibliographicItemIdentifier"]),
  (id) => id.bibliographicItemIdentifierCode.value,
);
const recordId = known(struct(recordIdShape), (id) => id.bibliographicRecordIdentifierCode.value);

const shape = {
  supplierUniqueRecordId: maybe(text),
  title: maybe(text),
  author: maybe(text),
  authorId: maybe(text),
  subtitle: maybe(text),
  seriesTitle: maybe(text),
  edition: maybe(text),
  titleOfComponent: maybe(text),
  authorOfComponent: maybe(text),
  volume: many(text),
  issue: maybe(text),
  pagesRequested: maybe(text),
  estimatedNoPages: maybe(text),
  bibliographicItemId: many(itemId),
  bibliographicRecordId: many(recordId),
};

/** What is wanted. `sponsor` and `informationSource`, free text that may name people, are not copied. */
export type BibliographicInfo = Struct<typeof shape>;
export const bibliographicInfo: Codec<BibliographicInfo> = struct(shape);

const publicationShape = {
  publisher: maybe(text),
  publicationType: maybe(coded),
  publicationDate: maybe(text),
  placeOfPublication: maybe(text),
};

export type PublicationInfo = Struct<typeof publicationShape>;
export const publicationInfo: Codec<PublicationInfo> = struct(publicationShape);
