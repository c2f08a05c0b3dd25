import { isUnimarc } from "./cataloguing.ts";
import { controlField, dataFields, subfields, type MarcRecord } from "./record.ts";

/** Characters of a title that are kept, and standard numbers. */
const [TITLE, NUMBERS] = [500, 10];

/** The work in few words: title, ISBN and ISSN, the record's number in its system. Persons are left out. */
export function detailsOfMarc(record: MarcRecord): Record<string, string> {
  const [field, parts, isbn, issn] = isUnimarc(record) ? UNIMARC : MARC21;
  const head = dataFields(record, field)[0];
  const title = cleanTitle(parts.flatMap((part) => subfields(head, part)[0] ?? []).join(" "));
  const of = (tag: string) => dataFields(record, tag).flatMap((one) => subfields(one, "a"));
  const identifier = standardNumbers([...of(isbn), ...of(issn)]);
  const controlNumber = controlField(record, "001");
  return {
    ...(title === "" ? {} : { title }),
    ...(identifier === "" ? {} : { identifier }),
    ...(controlNumber === undefined ? {} : { controlNumber: cleanTitle(controlNumber) }),
  };
}

const MARC21 = ["245", ["a", "b"], "020", "022"] as const;
const UNIMARC = ["200", ["a", "e"], "010", "011"] as const;

/** A title on one line, without the punctuation that leads to the next part. */
export function cleanTitle(text: string): string {
  const line = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim();
  // Cut first: a pattern that looks for the end takes the square of a hostile text's length.
  const short = [...line.slice(0, 2 * TITLE)].slice(0, TITLE).join("");
  return short.replace(/[\s/:;=,]+$/, "");
}

/** `ISBN:9780631199861; ISSN:0378-5955` of texts that begin with such a number, with `urn:` before it or remarks after it. */
export function standardNumbers(texts: readonly string[]): string {
  const numbers = new Set<string>();
  for (const text of texts) {
    const bare = text.replace(/^(urn:)?(isbn|issn)(-1[03])?[:\s]*/i, "");
    const issn = /^\d{4}-\d{3}[\dXx](?![\w-])/.exec(bare)?.[0];
    const isbn = /^(?:\d[ -]?){9}(?:[\dXx]|(?:\d[ -]?){3}\d)(?![\w-])/.exec(bare)?.[0].replace(/[ -]/g, "");
    if (issn !== undefined) numbers.add(`ISSN:${issn.toUpperCase()}`);
    else if (isbn !== undefined) numbers.add(`ISBN:${isbn.toUpperCase()}`);
  }
  return [...numbers].slice(0, NUMBERS).join("; ");
}
