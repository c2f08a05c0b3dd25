import { keccak256, toHash } from "../../../core/keccak.ts";
import { exceptionOf, type CounterException } from "../exceptions.ts";
import { flaw } from "../flaw.ts";
import { monthOfBegin, monthOfEnd, monthsFrom } from "../month.ts";
import { releaseOf, reportOf, type Release } from "../names.ts";
import type { Identifier, ReportHeader } from "../report.ts";

type Json = Readonly<Record<string, unknown>>;

const MAX_ENTRIES = 1_000;

/**
 * The header of a report in JSON: lists of names and values in release 5, objects in 5.1.
 * @throws `CounterHeaderMissing`, `CounterHeaderInvalid`, `CounterRelease`, `CounterReportUnknown`, `CounterGranularity`
 */
export function readHeader(value: unknown): ReportHeader {
  const header = objectOf(value);
  if (header === undefined) throw flaw("CounterHeaderMissing", "The report's header is no object.");
  const release = releaseOf(needed(header, "Release"));
  const id = needed(header, "Report_ID").toUpperCase();
  const filters = named(header["Report_Filters"], "Report_Filters");
  const attributes = named(header["Report_Attributes"], "Report_Attributes");
  return makeHeader({
    release,
    id,
    begin: filters.get("Begin_Date")?.[0],
    end: filters.get("End_Date")?.[0],
    created: needed(header, "Created"),
    createdBy: textOf(header["Created_By"]) ?? "",
    name: textOf(header["Institution_Name"]) ?? "",
    identifiers: [...identifiersOf(header["Institution_ID"]), ...customer(header["Customer_ID"])],
    filters: [...filters.keys()],
    total: attributes.get("Granularity")?.[0] === "Total",
    exceptions: readExceptions(header["Exceptions"]),
  });
}

interface HeaderFields {
  readonly release: Release;
  readonly id: string;
  readonly begin: string | undefined;
  readonly end: string | undefined;
  readonly created: string;
  readonly createdBy: string;
  readonly name: string;
  readonly identifiers: readonly Identifier[];
  readonly filters: readonly string[];
  /** Whether its counts are not told apart by month. */
  readonly total: boolean;
  readonly exceptions: readonly CounterException[];
}

/** Checks what every header has, however it is written. */
export function makeHeader(fields: HeaderFields): ReportHeader {
  const { release, id, begin, end, name, identifiers, exceptions, total } = fields;
  const report = reportOf(id);
  if (begin === undefined || end === undefined) {
    throw flaw(
      "CounterHeaderMissing",
      "The header names no reporting period: Begin_Date or End_Date is missing.",
    );
  }
  const months = monthsFrom(monthOfBegin(begin, "Begin_Date"), monthOfEnd(end, "End_Date"));
  if (total) throw flaw("CounterGranularity", "The report gives totals without months.", "Ask for months.");
  const filters = fields.filters.filter((filter) => filter !== "Begin_Date" && filter !== "End_Date");
  const created = momentOf(fields.created);
  const institution = { name, identifiers };
  return { release, id, report, institution, months, created, ...fingerprint(fields), filters, exceptions };
}

function fingerprint({ createdBy }: HeaderFields): { by?: string } {
  if (createdBy === "") return {};
  return { by: toHash(keccak256(new TextEncoder().encode(createdBy.toLowerCase()))).slice(2, 18) };
}

/** A time without a zone is UTC, wherever it is read. @throws `CounterHeaderInvalid` */
function momentOf(text: string): string {
  const match = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/.exec(text);
  const isLocal = match?.[1] !== undefined && match[2] === undefined;
  const moment = match === null ? NaN : Date.parse(isLocal ? `${text}Z` : text);
  if (!Number.isNaN(moment)) return new Date(moment).toISOString();
  throw flaw("CounterHeaderInvalid", "The header's Created is no moment such as 2026-04-02T08:00:00Z.");
}

/** Exceptions as a list, or a single one. Entries without a code are none. */
export function readExceptions(value: unknown): CounterException[] {
  const list = (Array.isArray(value) ? value : [value]).slice(0, MAX_ENTRIES);
  return list.flatMap((one: unknown) => {
    const entry = objectOf(one);
    const code = Number(textOf(entry?.["Code"] ?? entry?.["Number"]) ?? NaN);
    if (!Number.isInteger(code) || code < 0) return [];
    return [exceptionOf(code, textOf(entry?.["Severity"]), textOf(entry?.["Data"]))];
  });
}

/** `[{Name, Value}]` of release 5, where a name may come more than once, or the object of 5.1. */
function named(value: unknown, what: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  if (value === undefined || value === null) return found;
  if (Array.isArray(value)) {
    for (const one of value.slice(0, MAX_ENTRIES) as unknown[]) {
      const name = textOf(objectOf(one)?.["Name"]);
      if (name === undefined) throw flaw("CounterHeaderInvalid", `An entry of ${what} has no name.`);
      found.set(name, [...(found.get(name) ?? []), ...texts(objectOf(one)?.["Value"])]);
    }
    return found;
  }
  const object = objectOf(value);
  if (object === undefined) throw flaw("CounterHeaderInvalid", `${what} is neither a list nor an object.`);
  for (const [name, values] of Object.entries(object)) found.set(name, texts(values));
  return found;
}

function identifiersOf(value: unknown): Identifier[] {
  if (Array.isArray(value)) {
    return value.slice(0, MAX_ENTRIES).flatMap((one: unknown) => {
      const [type, text] = [textOf(objectOf(one)?.["Type"]), textOf(objectOf(one)?.["Value"])];
      return type === undefined || text === undefined
        ? []
        : text.split("|").map((one) => ({ type, value: one }));
    });
  }
  const entries = Object.entries(objectOf(value) ?? {});
  return entries.flatMap(([type, values]) => texts(values).map((text) => ({ type, value: text })));
}

const customer = (value: unknown): Identifier[] =>
  texts(value).map((one) => ({ type: "Customer_ID", value: one }));

function needed(header: Json, name: string): string {
  const text = textOf(header[name]);
  if (text !== undefined && text !== "") return text;
  throw flaw("CounterHeaderMissing", `The header has no ${name}.`);
}

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value.slice(0, MAX_ENTRIES) : [value]).flatMap((one: unknown) => textOf(one) ?? []);

export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value.trim();
  return typeof value === "number" ? String(value) : undefined;
}

export function objectOf(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}
