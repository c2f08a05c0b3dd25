import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import type { Agency } from "../../core/ids.ts";
import { agencyOf } from "../mapping.ts";
import { DATE_FORMATS, type AmountFormat, type DateFormat } from "./cells.ts";
import type { Dialect } from "./rows.ts";

/** A column by its name in the header, or by its position from 1 on where there is none. */
export type Column = string | number;
export type Source<T> = { readonly column: Column } | { readonly constant: T };

/** Which cells of a file make a draft, and how they are written. Columns that are not named here are never copied. */
export interface Columns extends Dialect {
  /** A label of the Encoding Standard, such as `utf-8`, `utf-16le`, `windows-1252` or `gb18030`. */
  readonly encoding: string;
  readonly header: boolean;
  readonly supplier: Source<Agency>;
  readonly consumer: Source<Agency>;
  readonly request: Column;
  readonly service: Source<string>;
  readonly quantity: Source<number>;
  readonly date: Column;
  readonly format: DateFormat;
  readonly maximum?: Column;
  readonly cost?: Column;
  readonly amounts: AmountFormat;
  readonly details: Readonly<Record<string, Column>>;
  /** Only rows whose cells have one of these values are records. */
  readonly where: readonly { readonly column: Column; readonly values: readonly string[] }[];
}

const KNOWN = new Set(
  "delimiter quote encoding header supplier consumer request service quantity date maximum cost amounts details where".split(
    " ",
  ),
);
type Json = Readonly<Record<string, unknown>>;

/**
 * Reads a file of columns:
 * `{"delimiter": ";", "encoding": "windows-1252", "supplier": {"constant": "ISIL:DE-1"}, "consumer": "Borrower",
 * "request": "Number", "service": "Type", "date": {"column": "Shipped", "format": "DD.MM.YYYY"}, "cost": "Fee",
 * "amounts": {"decimal": ","}, "details": {"title": "Title"}, "where": {"Status": ["shipped"]}}`.
 * @throws `ColumnsInvalid` that names the entry
 */
export function readColumns(source: unknown): Columns {
  const given = object(source, "the file");
  const stray = Object.keys(given).find((name) => !KNOWN.has(name));
  if (stray !== undefined) throw invalid(`"${stray}" is no field of a record`);
  const header = given["header"] ?? true;
  if (typeof header !== "boolean") throw invalid('"header" is neither true nor false');
  const dialect = {
    delimiter: character(given, "delimiter", ","),
    quote: character(given, "quote", '"', true),
  };
  if (dialect.delimiter === dialect.quote) throw invalid("delimiter and quote are the same character");
  const column = (name: string) => columnOf(given[name], name, header);
  const date = dated(given["date"]);
  return {
    ...dialect,
    encoding: encodingOf(given["encoding"] ?? "utf-8"),
    header,
    supplier: sourced(given["supplier"], "supplier", header, agencyNamed),
    consumer: sourced(given["consumer"], "consumer", header, agencyNamed),
    request: column("request"),
    service: sourced(given["service"], "service", header, (value) => text(value, "service")),
    quantity: sourced(given["quantity"] ?? { constant: 1 }, "quantity", header, quantityOf),
    date: columnOf(date.column, "date", header),
    format: date.format,
    ...(given["maximum"] === undefined ? {} : { maximum: column("maximum") }),
    ...(given["cost"] === undefined ? {} : { cost: column("cost") }),
    amounts: amountsOf(given["amounts"]),
    details: detailsOf(given["details"], header),
    where: whereOf(given["where"], header),
  };
}

function sourced<T>(value: unknown, name: string, header: boolean, read: (value: unknown) => T): Source<T> {
  const isObject = typeof value === "object" && value !== null;
  if (isObject && "constant" in value) return { constant: read(value.constant) };
  return { column: columnOf(isObject && "column" in value ? value.column : value, name, header) };
}

function columnOf(value: unknown, name: string, header: boolean): Column {
  if (header && typeof value === "string" && value.trim() !== "") return value;
  if (!header && typeof value === "number" && Number.isInteger(value) && value >= 1) return value;
  throw invalid(
    `"${name}" names no column: ${header ? "a header's text" : "a position from 1 on"} is needed`,
  );
}

function dated(value: unknown): { readonly column: unknown; readonly format: DateFormat } {
  if (typeof value !== "object" || value === null) return { column: value, format: "ISO" };
  const { column, format = "ISO" } = value as Json;
  const known = DATE_FORMATS.find((one) => one === format);
  if (known === undefined) throw invalid(`"date" has a format other than ${DATE_FORMATS.join(", ")}`);
  return { column, format: known };
}

function amountsOf(value: unknown = {}): AmountFormat {
  const { decimal = ".", group = "" } = object(value, "amounts");
  if (decimal !== "." && decimal !== ",")
    throw invalid('the decimal sign of "amounts" is neither point nor comma');
  if (typeof group !== "string" || group.length > 1 || group === decimal || /\d/.test(group)) {
    throw invalid('the group sign of "amounts" is no single other character');
  }
  return { decimal, group };
}

function detailsOf(value: unknown = {}, header: boolean): Record<string, Column> {
  const entries = Object.entries(object(value, "details"));
  return Object.fromEntries(
    entries.map(([name, column]) => [name, columnOf(column, `details: ${name}`, header)]),
  );
}

function whereOf(value: unknown = {}, header: boolean): Columns["where"] {
  return Object.entries(object(value, "where")).map(([name, values]) => {
    const column = columnOf(header ? name : Number(name), "where", header);
    if (!Array.isArray(values) || values.length === 0) throw invalid(`"where": "${name}" lists no values`);
    return { column, values: values.map((one) => text(one, "where").trim()) };
  });
}

function encodingOf(value: unknown): string {
  try {
    return new TextDecoder(text(value, "encoding")).encoding;
  } catch (error) {
    throw isConsortiaError(error)
      ? error
      : invalid('"encoding" is none of the Encoding Standard, such as utf-8');
  }
}

function character(given: Json, name: string, usual: string, maybe = false): string {
  const value = given[name] ?? usual;
  if (value === "" && maybe) return "";
  if (typeof value === "string" && value.length === 1 && !/[\r\n\0]/.test(value)) return value;
  throw invalid(`"${name}" is no single character`);
}

function agencyNamed(value: unknown): Agency {
  try {
    return agencyOf(text(value, "constant"));
  } catch (error) {
    throw isConsortiaError(error, "ColumnsInvalid")
      ? error
      : invalid("a constant names no agency, such as ISIL:DE-1");
  }
}

function quantityOf(value: unknown): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 0xffff_ffff)
    return value;
  throw invalid("the constant quantity is no whole number from 1 on");
}

function text(value: unknown, name: string): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw invalid(`"${name}" is no text`);
}

function object(value: unknown, what: string): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw invalid(`${what} is no object`);
}

function invalid(reason: string): ConsortiaError {
  return new ConsortiaError(
    "ColumnsInvalid",
    `The columns cannot be used: ${reason}. Correct the file of columns.`,
  );
}
