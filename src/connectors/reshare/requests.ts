import { ConsortiaError } from "../../core/error.ts";
import type { RecordDraft } from "../../core/record.ts";
import { readDate } from "../csv/cells.ts";
import type { Gathering, Omission } from "../gathering.ts";
import { amountOf, at, listAt, objectOf, textAt, type Json } from "../json.ts";
import { judgeTold, type Outcome, type Sum, type Terms } from "../told.ts";
import { stateOf } from "./states.ts";

/** Named fields of mod-rs's PatronRequest that describe the work; nothing of the patron is among them. */
const DETAILS = {
  ...{ title: "title", subtitle: "subtitle", author: "author", edition: "edition", series: "stitle" },
  ...{
    component: "titleOfComponent",
    componentAuthor: "authorOfComponent",
    volume: "volume",
    issue: "issue",
  },
  ...{
    pages: "startPage",
    isbn: "isbn",
    issn: "issn",
    doi: "doi",
    oclc: "oclcNumber",
    publisher: "publisher",
  },
  published: "publicationDate",
} as const;

/**
 * Reads patron requests of ReShare's mod-rs, as `GET /rs/patronrequests` lists them (bare, or under `results` where
 * statistics were asked for) or one alone, of requesters and of suppliers.
 * @throws `ReshareRequestsUnreadable` where it is no such list
 */
export function readReshareRequests(source: unknown, terms: Terms): Gathering {
  const gathering = { drafts: [] as RecordDraft[], omissions: [] as Omission[] };
  for (const request of requestsIn(source)) {
    const one = readReshareRequest(request, terms);
    if ("reason" in one) gathering.omissions.push(one);
    else gathering.drafts.push(one);
  }
  return gathering;
}

/** The requests of a document. @throws `ReshareRequestsUnreadable` */
export function requestsIn(source: unknown): readonly Json[] {
  const list = listAt(source) ?? listAt(source, "results");
  if (list !== undefined) return list;
  const one = objectOf(source);
  if (one !== undefined && typeof one["isRequester"] === "boolean") return [one];
  throw new ConsortiaError(
    "ReshareRequestsUnreadable",
    "It holds no patron requests of ReShare. Take what GET /rs/patronrequests answers.",
  );
}

/** One request, by the side that tells it; both sides name the same parties and the same identifier. */
export function readReshareRequest(request: Json, terms: Terms): RecordDraft | Omission {
  const requester = request["isRequester"] === true;
  const code = textAt(request, "state", "code") ?? textAt(request, "state") ?? "";
  const kind = (
    textAt(request, "serviceType", "value") ??
    textAt(request, "serviceType") ??
    ""
  ).toLowerCase();
  const asked = code.startsWith("SLNP_REQ_DOCUMENT") || code.startsWith("SLNP_RES_DOCUMENT") ? "copy" : kind;
  const { outcome, since } = followAudit(request, code);
  return judgeTold(
    {
      ...{ outcome, state: code === "" ? "none" : code },
      request: requester ? sentAs(request, code, kind) : textAt(request, "peerRequestIdentifier"),
      supplier: supplierOf(request, requester),
      consumer: textAt(request, "requestingInstitutionSymbol") ?? symbolOf(request["resolvedRequester"]),
      service: serviceOf(asked, terms),
      completedAt: readDate(since ?? textAt(request, "lastUpdated") ?? "", "ISO"),
      ...sum("maximum", request["maximumCostsMonetaryValue"], request["maximumCostsCurrencyCode"]),
      ...sum("cost", request["cost"], request["costCurrency"]),
      details: detailsOf(request),
    },
    terms,
  );
}

/**
 * The identifier under which a requester's request goes to its supplier: its own and, but for SLNP loans, the place in the
 * rota (`ProtocolMessageBuildingService.buildProtocolId`). The supplier keeps it as `peerRequestIdentifier`.
 */
function sentAs(request: Json, code: string, kind: string): string | undefined {
  const own = textAt(request, "hrid") ?? textAt(request, "id");
  const alone = code.startsWith("SLNP_") && !code.includes("DOCUMENT") && !COPY.test(kind);
  return own === undefined || alone ? own : `${own}~${textAt(request, "rotaPosition") ?? "norota"}`;
}

function supplierOf(request: Json, requester: boolean): string | undefined {
  const [told, resolved] = [
    textAt(request, "supplyingInstitutionSymbol"),
    symbolOf(request["resolvedSupplier"]),
  ];
  return requester ? (resolved ?? told) : (told ?? resolved);
}

/** `ISIL:DE-1` of a directory symbol and its authority. */
function symbolOf(symbol: unknown): string | undefined {
  const [scheme, own] = [textAt(symbol, "authority", "symbol"), textAt(symbol, "symbol")];
  return scheme === undefined || own === undefined ? undefined : `${scheme}:${own}`;
}

/** `Copy`, and `Copy-non-returnable` of older versions; `CopyOrLoan` does not tell which. */
const COPY = /^copy(-|$)/;

function serviceOf(kind: string, { mapping }: Terms): string | undefined {
  return mapping?.serviceOf(kind) ?? (kind === "loan" ? "loan" : COPY.test(kind) ? "copy" : undefined);
}

/** When it was first supplied, where the request carries its audit; a closed one that never was is told apart. */
function followAudit(request: Json, code: string): { outcome: Outcome; since?: string } {
  const now = stateOf(code);
  const trail = listAt(request, "audit") ?? [];
  const sent = trail
    .filter((step) => stateOf(textAt(step, "toStatus", "code") ?? "") === "supplied")
    .map((step) => textAt(step, "dateCreated") ?? "")
    .sort()[0];
  if (now !== "complete" && now !== "supplied") return { outcome: now };
  if (now === "complete" && trail.length > 0 && sent === undefined) return { outcome: "closed-by-hand" };
  return { outcome: "supplied", ...(sent === undefined ? {} : { since: sent }) };
}

function sum<Name extends string>(name: Name, value: unknown, currency: unknown): Partial<Record<Name, Sum>> {
  if (value === undefined || value === null || value === "") return {};
  const code = textAt(currency, "value") ?? (typeof currency === "string" ? currency : undefined);
  return { [name]: { amount: amountOf(value), currency: code } } as Partial<Record<Name, Sum>>;
}

function detailsOf(request: Json): Record<string, string> {
  const known: Record<string, string> = {};
  for (const [name, field] of Object.entries(DETAILS)) {
    const text = at(request, field);
    if (typeof text === "string" && text !== "") known[name] = text;
  }
  return known;
}
