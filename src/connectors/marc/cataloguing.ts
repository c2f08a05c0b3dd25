import { dataFields, subfields, type MarcRecord } from "./record.ts";

/** What an agency did for a record: made it, turned it into machine-readable form, or improved it. */
export type Role = "creating" | "transcribing" | "modifying";
export const ROLES: readonly Role[] = ["creating", "transcribing", "modifying"];

/** An agency by its code in the record, such as `DLC`, and what it did. */
export interface Cataloguer {
  readonly role: Role;
  readonly code: string;
}

/** MARC 21, 040: a original cataloguing agency, c transcribing agency, d modifying agency. */
const MARC21: readonly [code: string, role: Role][] = [
  ["a", "creating"],
  ["c", "transcribing"],
  ["d", "modifying"],
];
/** UNIMARC, 801, by its second indicator; 3, the issuing agency, only hands the record on. */
const UNIMARC: ReadonlyMap<string, Role> = new Map([
  ["0", "creating"],
  ["1", "transcribing"],
  ["2", "modifying"],
]);

/**
 * Who catalogued a record, as it says itself (MARC 21 Format for Bibliographic Data, 040; in UNIMARC, where 040 is a CODEN, 801),
 * in its order and with repetitions. Empty where it says nothing.
 */
export function cataloguersOf(record: MarcRecord): Cataloguer[] {
  if (isUnimarc(record)) {
    return dataFields(record, "801").flatMap((field) => {
      const role = UNIMARC.get(field.ind2);
      return role === undefined ? [] : subfields(field, "b").map((code) => ({ role, code }));
    });
  }
  return dataFields(record, "040").flatMap((field) =>
    MARC21.flatMap(([part, role]) => subfields(field, part).map((code) => ({ role, code }))),
  );
}

/** UNIMARC has the title in 200, where MARC 21 has nothing, and never in 245. */
export function isUnimarc(record: MarcRecord): boolean {
  return dataFields(record, "245").length === 0 && dataFields(record, "200").length > 0;
}
