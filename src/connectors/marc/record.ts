import { ConsortiaError } from "../../core/error.ts";

export interface ControlField {
  readonly tag: string;
  readonly value: string;
}

export interface Subfield {
  readonly code: string;
  readonly value: string;
}

export interface DataField {
  readonly tag: string;
  readonly ind1: string;
  readonly ind2: string;
  readonly subfields: readonly Subfield[];
}

/** A MARC record (ISO 2709 structure), whichever way it was written down; fields in their order. */
export interface MarcRecord {
  /** 24 characters by the standard; as they came, since many systems write others. Empty where there is none. */
  readonly leader: string;
  readonly controlFields: readonly ControlField[];
  readonly dataFields: readonly DataField[];
}

/** Fields of a record; no record of a library comes near. */
const MAX_FIELDS = 10_000;

/** The first control field of a tag, without the white space around it; undefined where it is missing or empty. */
export function controlField({ controlFields }: MarcRecord, tag: string): string | undefined {
  return controlFields.find((field) => field.tag === tag)?.value.trim() || undefined;
}

/** All data fields of a tag. */
export function dataFields({ dataFields: all }: MarcRecord, tag: string): readonly DataField[] {
  return all.filter((field) => field.tag === tag);
}

/** The values of a field's subfields of a code, without white space around them and without empty ones. */
export function subfields(field: DataField | undefined, code: string): string[] {
  const of = field?.subfields.filter((one) => one.code === code) ?? [];
  return of.map(({ value }) => value.trim()).filter((value) => value !== "");
}

/** Whether the leader says that the record was deleted (leader/05). */
export const isDeleted = ({ leader }: MarcRecord): boolean => leader[5] === "d";

/** Whether tags, indicators and codes are as MARC wants them. @throws `MarcInvalid` that names the field */
export function checkedMarc(record: MarcRecord): MarcRecord {
  if (record.controlFields.length + record.dataFields.length > MAX_FIELDS)
    throw marcInvalid(`it has more than ${MAX_FIELDS} fields`);
  for (const { tag } of record.controlFields) {
    if (!/^00[0-9A-Za-z]$/.test(tag)) throw marcInvalid(`"${shownTag(tag)}" is no tag of a control field`);
  }
  for (const { tag, ind1, ind2, subfields: parts } of record.dataFields) {
    if (!/^(?!00)[0-9A-Za-z]{3}$/.test(tag))
      throw marcInvalid(`"${shownTag(tag)}" is no tag of a data field`);
    if ([...ind1].length !== 1 || [...ind2].length !== 1)
      throw marcInvalid(`an indicator of ${tag} is not one character`);
    if (parts.some(({ code }) => [...code].length !== 1))
      throw marcInvalid(`a subfield code of ${tag} is not one character`);
  }
  return record;
}

/** A tag as an error may show it: a hostile one could be anything. */
const shownTag = (tag: string): string => tag.slice(0, 8).replace(/[^\x21-\x7e]/g, "?");

/** @param reason goes on from "The record cannot be read: " */
export function marcInvalid(reason: string): ConsortiaError {
  return new ConsortiaError(
    "MarcInvalid",
    `The record cannot be read: ${reason}. Have it corrected at its source.`,
  );
}
