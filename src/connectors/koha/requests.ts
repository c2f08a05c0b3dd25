import { ConsortiaError } from "../../core/error.ts";
import type { RecordDraft } from "../../core/record.ts";
import { readDate } from "../csv/cells.ts";
import type { Gathering, Omission } from "../gathering.ts";
import { amountOf, at, listAt, objectOf, textAt, type Json } from "../json.ts";
import type { Mapping } from "../mapping.ts";
import { judgeTold, type Outcome, type Sum } from "../told.ts";

/** How a Koha is read. What its codes stand for is the mapping's to say. */
export interface KohaOptions {
  readonly mapping: Mapping;
  /** The attribute of a request that names its supplier; the backend names it where there is none. */
  readonly supplierAttribute?: string;
  /** Statuses, or aliases of the library's own, that mean a completed supply; `SUPPLIED` by default. */
  readonly statuses?: readonly string[];
}

/** Of Koha's core status graph (`Koha::ILL::Request::_core_status_graph`): completed, checked out, and returned. */
export const SUPPLIED = ["COMP", "CHK", "RET"] as const;
const OPEN: ReadonlySet<string> = new Set([
  "NEW",
  "REQ",
  "GENREQ",
  "QUEUED",
  "CANCREQ",
  "EDITITEM",
  "STANDBY",
]);
const ENDED: ReadonlyMap<string, Outcome> = new Map([
  ["REQREV", "cancelled"],
  ["KILL", "cancelled"],
  ["MIG", "unfilled"],
]);

/** Attributes that describe the work, by Koha's names for them; `metadata` of older versions writes them as people read them. */
const DETAILS: ReadonlyMap<string, string> = new Map([
  ...["title", "author", "volume", "issue", "pages", "isbn", "issn", "doi", "edition", "publisher"].map(
    (name) => [name, name] as const,
  ),
  ["article_title", "component"],
  ["article_author", "componentAuthor"],
  ["chapter", "component"],
  ["chapter_author", "componentAuthor"],
  ["year", "published"],
  ["published_date", "published"],
]);

/**
 * Reads ILL requests as Koha's REST API lists them: `/api/v1/ill/requests` (23.11 and later: `ill_request_id`,
 * `library_id`, `extended_attributes`) and `/api/v1/illrequests` (before: `illrequest_id`, `branchcode`, `metadata`).
 * Koha keeps them for the requesting library. Patrons, notes and comments are never copied.
 * @throws `KohaRequestsUnreadable` where it is no such list
 */
export function readKohaRequests(source: unknown, options: KohaOptions): Gathering {
  const gathering = { drafts: [] as RecordDraft[], omissions: [] as Omission[] };
  for (const request of kohaRequestsIn(source)) {
    const one = readKohaRequest(request, options);
    if ("reason" in one) gathering.omissions.push(one);
    else gathering.drafts.push(one);
  }
  return gathering;
}

/** @throws `KohaRequestsUnreadable` */
export function kohaRequestsIn(source: unknown): readonly Json[] {
  const one = objectOf(source);
  const list = listAt(source) ?? (one !== undefined && numberOf(one) !== undefined ? [one] : undefined);
  if (list !== undefined) return list;
  const message = "It holds no list of Koha's ILL requests. Take what GET /api/v1/ill/requests answers.";
  throw new ConsortiaError("KohaRequestsUnreadable", message);
}

export function readKohaRequest(request: Json, options: KohaOptions): RecordDraft | Omission {
  const { mapping, supplierAttribute, statuses = SUPPLIED } = options;
  const attributes = attributesOf(request);
  const { outcome, state } = outcomeOf(request, new Set(statuses));
  const supplier =
    supplierAttribute === undefined ? undefined : attributes.get(supplierAttribute.toLowerCase());
  const medium = textAt(request, "medium") ?? attributes.get("type") ?? "";
  return judgeTold(
    {
      ...{ outcome, state, request: identifierOf(request) },
      supplier: supplier ?? textAt(request, "ill_backend_id") ?? textAt(request, "backend"),
      consumer: textAt(request, "library_id") ?? textAt(request, "branchcode"),
      service: mapping.serviceOf(medium),
      completedAt: completionOf(request),
      ...costOf(request),
      details: detailsOf(attributes),
    },
    { currency: "", mapping },
  );
}

const numberOf = (request: Json) => textAt(request, "ill_request_id") ?? textAt(request, "illrequest_id");

/** What the backend calls it, which the supplier knows too; else Koha's own number. */
function identifierOf(request: Json): string | undefined {
  const number = numberOf(request);
  const own = number === undefined ? undefined : `${textAt(request, "id_prefix") ?? ""}${number}`;
  return textAt(request, "ill_backend_request_id") ?? textAt(request, "orderid") ?? own;
}

/** An alias is the library's own word for where a request stands: it counts before the status, and is never guessed at. */
function outcomeOf(request: Json, supplied: ReadonlySet<string>): { outcome: Outcome; state: string } {
  const status = textAt(request, "status") ?? "none";
  const alias =
    textAt(request, "status_av") ??
    textAt(request, "status_alias") ??
    textAt(request, "status_alias", "authorised_value");
  const state = alias ?? status;
  if (supplied.has(state)) return { outcome: "supplied", state };
  if (OPEN.has(status)) return { outcome: "still-open", state };
  return { outcome: ENDED.get(status) ?? "unknown-state", state };
}

/** Koha marks the day of completion; a request that is only checked out has the time of its last change. */
function completionOf(request: Json): number | undefined {
  const names = ["completed_date", "completed", "timestamp", "updated"];
  const told = names.map((name) => textAt(request, name)).find((text) => text !== undefined);
  return readDate(told ?? "", "ISO");
}

/** The price paid, else the usual one. Koha names no currency: its amounts are in the library's own. */
function costOf(request: Json): { cost?: Sum } {
  const names = ["paid_price", "price_paid", "cost"];
  const told = names.map((name) => textAt(request, name)).find((text) => text !== undefined);
  return told === undefined ? {} : { cost: { amount: amountOf(told), currency: undefined } };
}

/** Attributes by name in lower case: of the embedded list, or of an older version's `metadata`. */
function attributesOf(request: Json): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const one of listAt(request, "extended_attributes") ?? []) {
    const [type, value] = [textAt(one, "type"), textAt(one, "value")];
    if (type !== undefined && value !== undefined) found.set(type.toLowerCase(), value);
  }
  for (const [name, value] of Object.entries(objectOf(at(request, "metadata")) ?? {})) {
    if (typeof value === "string" && value.trim() !== "")
      found.set(name.toLowerCase().replaceAll(" ", "_"), value.trim());
  }
  return found;
}

function detailsOf(attributes: ReadonlyMap<string, string>): Record<string, string> {
  const known: Record<string, string> = {};
  for (const [name, detail] of DETAILS) {
    const value = attributes.get(name);
    if (value !== undefined && !Object.hasOwn(known, detail)) known[detail] = value;
  }
  return known;
}
