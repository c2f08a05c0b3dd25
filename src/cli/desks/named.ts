import { join } from "node:path";
import { ConsortiaError } from "../../core/error.ts";
import { hash, memberId, statementNumber } from "../../core/ids.ts";
import type { Hash, MemberId, StatementNumber } from "../../core/ids.ts";
import type { Bundle } from "../../records/bundle.ts";
import type { RecordStore } from "../../records/store.ts";
import { readOpenings } from "../../sdk/claimLog.ts";
import type { OpenedClaim } from "../../sdk/claimLog.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readStatement } from "../statements/file.ts";

/** How a person names a statement: its supplier's number and its own, as its file is named, or the file. */
export const STATEMENT = "supplier and number such as 3-17, or a statement file";

/** A statement as somebody named it. @throws `FileUnreadable` and what else reading its file may say */
export async function statementNamed(
  text: string,
): Promise<{ readonly supplier: MemberId; readonly number: StatementNumber }> {
  const [, supplier, number] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  if (supplier === undefined || number === undefined) return (await readStatement(text)).statement;
  return { supplier: memberId(Number(supplier)), number: statementNumber(Number(number)) };
}

/** The file of a statement that was named by supplier and number, or as it was given. */
export function fileNamed(text: string, folder: string): string {
  return /^\d+-\d+$/.test(text) ? join(folder, `${text}.json`) : text;
}

/** Claims as they were opened, named by their ids or by their statements. @throws `ClaimUnknown` */
export async function claimsNamed(
  consortium: Consortium,
  texts: readonly string[],
  progress?: (done: number, total: number) => void,
): Promise<OpenedClaim[]> {
  const openings = await readOpenings(consortium, progress === undefined ? {} : { progress });
  return Promise.all(
    texts.map(async (text) => {
      const id = /^0x[0-9a-fA-F]{64}$/.test(text) ? hash(text) : undefined;
      const name = id === undefined ? await statementNamed(text) : undefined;
      const found = openings.find(({ claim, statement }) =>
        name === undefined
          ? claim === id
          : statement.supplier === name.supplier && statement.number === name.number,
      );
      if (found !== undefined) return found;
      const message = `No claim was ever opened for ${text}. See "consortia claim list".`;
      throw new ConsortiaError("ClaimUnknown", message, { values: { claim: text } });
    }),
  );
}

/** One claim as it was opened. @throws `ClaimUnknown` */
export async function claimNamed(consortium: Consortium, text: string): Promise<OpenedClaim> {
  const [found] = await claimsNamed(consortium, [text]);
  if (found === undefined) throw new TypeError("one name gives one claim");
  return found;
}

/** The records of a statement. @throws `BundleMissing` */
export async function bundleOf(store: RecordStore, root: Hash, folder: string): Promise<Bundle> {
  const bundle = await store.get(root);
  if (bundle !== undefined) return bundle;
  throw new ConsortiaError(
    "BundleMissing",
    `${folder} holds no records under ${root}. Name another --store, or have the other party send them.`,
    { values: { root, folder } },
  );
}

/** Which records of a bundle: by place, by request, or all. */
export interface RecordChoice {
  readonly records?: readonly string[];
  readonly requests?: readonly string[];
  readonly all?: boolean;
}

/**
 * Places of the records that somebody chose, ascending.
 * @throws `RecordsUnnamed` where none was; `RecordUnknown` naming the first that the bundle does not have
 */
export function placesNamed(bundle: Bundle, { records = [], requests = [], all }: RecordChoice): number[] {
  const chosen = records.length + requests.length;
  if (all === true && chosen === 0) return bundle.records.map((_, index) => index);
  if (all === true || chosen === 0) {
    throw new ConsortiaError(
      "RecordsUnnamed",
      "Name --records by place, --requests by identifier, or --all.",
    );
  }
  const places = new Set<number>();
  for (const text of records) {
    const place = Number(text);
    if (!/^\d+$/.test(text) || bundle.records[place] === undefined) {
      throw unknown(text, `its records have places 0 to ${bundle.records.length - 1}`, bundle);
    }
    places.add(place);
  }
  for (const id of requests) for (const place of placesOf(bundle, id)) places.add(place);
  return [...places].sort((a, b) => a - b);
}

/** The one record that a place or a request's identifier names. @throws `RecordUnknown` */
export function placeNamed(bundle: Bundle, text: string): number {
  if (/^\d+$/.test(text) && bundle.records[Number(text)] !== undefined) return Number(text);
  const [place, ...others] = placesOf(bundle, text);
  if (place !== undefined && others.length === 0) return place;
  throw unknown(text, `the request has places ${[place, ...others].join(", ")}; name one`, bundle);
}

function placesOf(bundle: Bundle, id: string): number[] {
  const places = bundle.records.flatMap(({ request }, index) => (request.id === id ? [index] : []));
  if (places.length === 0) throw unknown(id, "no request of its records is called so", bundle);
  return places;
}

function unknown(text: string, why: string, { supplier, number }: Bundle): ConsortiaError {
  return new ConsortiaError(
    "RecordUnknown",
    `"${text}" names no record of statement ${supplier}-${number}: ${why}. See "consortia refund show ${supplier}-${number}".`,
    { values: { text, supplier, number } },
  );
}

/** A list as people write it: separated by commas or given word by word. */
export function listed(text: string, before: readonly string[] = []): string[] {
  return [...before, ...text.split(",").map((part) => part.trim())].filter((part) => part !== "");
}
