import { ConsortiaError } from "../../core/error.ts";
import type { Agency } from "../../core/ids.ts";
import type { Credits } from "../../core/money.ts";
import type { RecordDraft } from "../../core/record.ts";
import type { Omission } from "../gathering.ts";
import { agencyOf, type Mapping } from "../mapping.ts";
import { readAmount, readDate, readQuantity } from "./cells.ts";
import type { Column, Columns, Source } from "./columns.ts";
import { LARGEST_ROW, rowReader, type Row, type Trouble } from "./rows.ts";

/**
 * Reads a file of separated values: every row under the header is a draft or an omission that names its row. What the
 * columns do not name is not copied; an omission shows a cell only where it is a name that the mapping lacks. Memory holds one piece of the file at a time.
 * @throws `CsvEncoding` where the text is not in the encoding; `CsvHeader` where there is no header or it repeats a name;
 * `CsvColumnMissing`; `CsvQuoteOpen` where a quote is never closed
 */
export async function* readCsv(
  bytes: AsyncIterable<Uint8Array>,
  columns: Columns,
  mapping: Mapping,
): AsyncGenerator<RecordDraft | Omission, void, undefined> {
  let read: ((row: Row) => RecordDraft | Omission) | undefined;
  for await (const row of rowsOf(bytes, columns)) {
    if (read !== undefined) yield read(row);
    else if (columns.header) read = readerOf(columns, mapping, headerOf(row));
    else {
      read = readerOf(columns, mapping, row.trouble === undefined ? row.cells.length : widest(columns));
      yield read(row);
    }
  }
  if (read === undefined && columns.header) throw header("the file is empty");
}

async function* rowsOf(bytes: AsyncIterable<Uint8Array>, columns: Columns): AsyncGenerator<Row> {
  const decoder = new TextDecoder(columns.encoding, { fatal: true });
  const reader = rowReader(columns);
  const decoded = (piece?: Uint8Array): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch (cause) {
      const message = `The file is not ${columns.encoding}. Name its encoding in the file of columns.`;
      throw new ConsortiaError("CsvEncoding", message, { cause });
    }
  };
  for await (const piece of bytes) yield* reader.push(decoded(piece));
  yield* reader.push(decoded());
  const { rows, open } = reader.end();
  yield* rows;
  if (open === undefined) return;
  const message = `A quote that row ${open} opens is never closed, so that no row after it can be told apart. Mend the file, or name another quote.`;
  throw new ConsortiaError("CsvQuoteOpen", message, { values: { row: open } });
}

function headerOf(row: Row): readonly string[] {
  if (row.trouble !== undefined) throw header(`${WHY[row.trouble]}; it may be in another encoding`);
  const names = row.cells.map((name) => name.trim());
  const twice = names.findIndex((name, index) => name !== "" && names.indexOf(name) !== index);
  // By their places: where the file has no header, its first row is somebody's.
  if (twice >= 0) {
    const first = names.indexOf(names[twice] ?? "") + 1;
    throw header(`columns ${first} and ${twice + 1} have one name, or the first row is none`);
  }
  return names;
}

function header(reason: string): ConsortiaError {
  return new ConsortiaError("CsvHeader", `The header cannot be used: ${reason}. Correct the file.`);
}

/** Finds every column once; what is given is the header, or how many cells rows have. */
function readerOf(
  columns: Columns,
  mapping: Mapping,
  shape: readonly string[] | number,
): (row: Row) => RecordDraft | Omission {
  const width = typeof shape === "number" ? shape : shape.length;
  const place = (column: Column): number => {
    const at =
      typeof column === "number" ? column - 1 : typeof shape === "number" ? -1 : shape.indexOf(column.trim());
    if (at >= 0 && at < width) return at;
    const name = typeof column === "number" ? `Column ${column}` : `The column "${column}"`;
    throw new ConsortiaError("CsvColumnMissing", `${name} is not in the file. Correct the file of columns.`);
  };
  const cell = (column: Column) => {
    const at = place(column);
    return (cells: readonly string[]): string => cells[at]?.trim() ?? "";
  };
  const of = <T>(source: Source<T>, read: (text: string) => T | undefined, why: Why) => {
    if ("constant" in source) return () => source.constant;
    const text = cell(source.column);
    return (cells: readonly string[]) => read(text(cells)) ?? new Refusal(why, text(cells));
  };
  const amount = (
    column: Column | undefined,
  ): ((cells: readonly string[]) => Credits | Refusal | undefined) => {
    if (column === undefined) return () => undefined;
    const text = cell(column);
    return (cells) =>
      text(cells) === ""
        ? undefined
        : (readAmount(text(cells), columns.amounts) ?? new Refusal("bad-amount"));
  };
  const supplierOf = of(columns.supplier, (name) => agencyFrom(name, mapping), "unknown-agency");
  const consumerOf = of(columns.consumer, (name) => agencyFrom(name, mapping), "unknown-agency");
  const serviceOf = of(columns.service, (name) => mapping.serviceOf(name), "unknown-service");
  const quantityOf = of(columns.quantity, readQuantity, "bad-quantity");
  const [requestOf, dateOf] = [cell(columns.request), cell(columns.date)];
  const [maximumOf, costOf] = [amount(columns.maximum), amount(columns.cost)];
  const details = Object.entries(columns.details).map(([name, column]) => [name, cell(column)] as const);
  const where = columns.where.map(({ column, values }) => ({ text: cell(column), values: new Set(values) }));

  return (row) => {
    if (row.trouble !== undefined) return omit(row.row, new Refusal("broken-row"), "", WHY[row.trouble]);
    const { cells } = row;
    if (cells.length !== width) {
      const why = `it has ${cells.length} cells and not ${width}`;
      return omit(row.row, new Refusal("ragged-row"), "", why);
    }
    const request = requestOf(cells);
    if (!where.every(({ text, values }) => values.has(text(cells)))) {
      return omit(row.row, new Refusal("not-chosen"), request);
    }
    if (request === "") return omit(row.row, new Refusal("no-request"), "");
    const supplier = supplierOf(cells);
    if (supplier instanceof Refusal) return omit(row.row, supplier, request);
    const consumer = consumerOf(cells);
    if (consumer instanceof Refusal) return omit(row.row, consumer, request);
    const parties = { supplier, consumer };
    const refuse = (refusal: Refusal) => ({ ...omit(row.row, refusal, request), ...parties });
    if (supplier === consumer) return refuse(new Refusal("same-agency"));
    const service = serviceOf(cells);
    if (service instanceof Refusal) return refuse(service);
    const quantity = quantityOf(cells);
    if (quantity instanceof Refusal) return refuse(quantity);
    const completedAt = readDate(dateOf(cells), columns.format);
    if (completedAt === undefined) return refuse(new Refusal("bad-date"));
    const [maximum, cost] = [maximumOf(cells), costOf(cells)];
    if (maximum instanceof Refusal) return refuse(maximum);
    if (cost instanceof Refusal) return refuse(cost);
    const told = details
      .map(([name, text]) => [name, text(cells)] as const)
      .filter(([, text]) => text !== "");
    return {
      ...{ ...parties, request, service, quantity, completedAt },
      ...(maximum === undefined ? {} : { maximum }),
      ...(cost === undefined ? {} : { cost }),
      details: Object.fromEntries(told),
    };
  };
}

/** A name by the mapping, or an ISIL that the file itself writes as `ISIL:DE-1`. */
function agencyFrom(name: string, mapping: Mapping): Agency | undefined {
  const known = mapping.agencyOf(name);
  if (known !== undefined || !/^ISIL:/i.test(name)) return known;
  try {
    return agencyOf(name);
  } catch {
    return undefined;
  }
}

const widest = ({ supplier, consumer, request, service, quantity, date, details, where }: Columns): number =>
  Math.max(
    ...[supplier, consumer, service, quantity].map((one) => ("column" in one ? Number(one.column) : 0)),
    ...[request, date, ...Object.values(details), ...where.map(({ column }) => column)].map(Number),
  );

type Why = keyof typeof SENTENCES;

class Refusal {
  constructor(
    readonly why: Why,
    readonly name?: string,
  ) {}
}

const WHY: Readonly<Record<Trouble, string>> = {
  quote: "text stands before or after a quoted cell",
  nul: "it contains a NUL",
  size: `it has more than ${LARGEST_ROW} characters`,
};

const SENTENCES = {
  "broken-row": "cannot be told apart into cells. Mend the file",
  "ragged-row": "does not fit the others. Mend the file",
  "not-chosen": "is left out by what the file of columns chooses",
  "no-request": "names no request. Fill in its number",
  "unknown-agency": "names an agency that the mapping does not list. Add it",
  "unknown-service": "names a service that the mapping does not list. Add it",
  "same-agency": "names one agency as supplier and consumer. Correct it",
  "bad-quantity": "has a quantity that is no whole number from 1 to 4294967295. Correct it",
  "bad-date": "has no date as the file of columns writes it, of a month from January 2020 on. Correct it",
  "bad-amount":
    "has an amount that is no decimal number of zero or more, as the file of columns writes it. Correct it",
} as const;

function omit(row: number, { why, name }: Refusal, request: string, because?: string): Omission {
  const about = because ?? (name === undefined ? undefined : `"${name.slice(0, 64)}"`);
  const sentence = `Row ${row} ${SENTENCES[why]}${about === undefined ? "" : ` (${about})`}.`;
  return { reason: why, sentence, request };
}
