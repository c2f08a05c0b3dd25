import { controlField, dataFields, subfields, type MarcRecord } from "./record.ts";
import { isUnimarc } from "./cataloguing.ts";

/**
 * The day on which a record was made, as it says itself, in seconds since 1970 (MARC 21, 008/00-05; UNIMARC, 100 $a/0-7); undefined
 * where it names no day, or a later one than `notAfter`. Years of two digits are the latest that fit.
 */
export function enteredOnFile(record: MarcRecord, notAfter: number): number | undefined {
  const text = isUnimarc(record)
    ? dataFields(record, "100").flatMap((field) => subfields(field, "a"))[0]
    : controlField(record, "008");
  const [, year = "", month = "", day = ""] =
    (isUnimarc(record) ? /^(\d{4})(\d\d)(\d\d)/ : /^(\d\d)(\d\d)(\d\d)/).exec(text ?? "") ?? [];
  const years = year.length === 2 ? [`20${year}`, `19${year}`] : [year];
  return years.map((one) => dayOf(`${one}-${month}-${day}`)).find((at) => at !== undefined && at <= notAfter);
}

function dayOf(date: string): number | undefined {
  const time = Date.parse(date);
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(date) ? undefined : time / 1000;
}
