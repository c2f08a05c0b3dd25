import type { GetOptions } from "../http/get.ts";
import { ask } from "./ask.ts";
import { fitted, secondsOf } from "./datestamp.ts";
import { oaiError } from "./error.ts";
import type { Identify } from "./identify.ts";
import {
  BEGINNING,
  dated,
  fromBeginning,
  isShort,
  listLoops,
  restarted,
  turned,
  type Place,
} from "./place.ts";
import type { OaiHeader, OaiRecord } from "./record.ts";
import type { OaiPart } from "./response.ts";
import { createSeen, type Seen } from "../seen.ts";

export interface HarvestQuery {
  readonly base: URL;
  readonly prefix: string;
  readonly granularity: Identify["granularity"];
  /** Dates or times, both within; see fitted. */
  readonly from?: string;
  readonly until?: string;
  readonly set?: string;
  /** `ListIdentifiers` gives headers only; `ListRecords` by default. */
  readonly verb?: "ListRecords" | "ListIdentifiers";
}

export interface HarvestOptions extends GetOptions {
  /** Where an earlier process stopped, and the identifiers that it had met. */
  readonly place?: Place;
  readonly seen?: Seen;
}

export type Harvested =
  | { readonly kind: "record"; readonly record: OaiRecord }
  | { readonly kind: "header"; readonly header: OaiHeader }
  | Extract<OaiPart, { kind: "refused" }>
  /** A page was read as a whole: whoever keeps the place may be ended now. The last one has no token. */
  | { readonly kind: "page"; readonly place: Place };

/**
 * Harvests a list (OAI-PMH 2.0, sections 3.5, 4.3 and 4.5), record by record and no faster than they are taken. No record comes twice,
 * whether a page is asked for again, a list is begun anew since its token has expired, or the server repeats it.
 * @throws `OaiBadArgument` and other errors of the repository; `OaiListLoops`, `OaiTokensExpire`, `OaiSpanInvalid`; what asking throws
 */
export async function* harvest(
  query: HarvestQuery,
  options: HarvestOptions = {},
): AsyncGenerator<Harvested, void, undefined> {
  const span = fitted(query, query.granularity);
  const { seen = createSeen(), place: at = BEGINNING } = options;
  let place: Place = at === BEGINNING && span.from !== undefined ? { ...at, from: span.from } : at;
  let tokens = createSeen();
  tokens.add(place.token ?? "");
  for (;;) {
    const page = createPage(place, seen);
    const asked = args(query, span.until, place);
    for await (const part of ask(query.base, query.verb ?? "ListRecords", asked, options, page.again)) {
      const fresh = page.take(part);
      if (fresh !== undefined) yield fresh;
    }
    if (page.isExpired()) {
      place = restarted(place, span.from);
      tokens = createSeen();
      continue;
    }
    place = page.place();
    const next = page.next();
    if (next === undefined && isShort(place, seen.size)) {
      place = fromBeginning(place, span.from);
      tokens = createSeen();
      continue;
    }
    yield { kind: "page", place };
    if (next === undefined) return;
    if (!tokens.add(next)) throw listLoops();
  }
}

/** A resumption token excludes all other arguments (section 3.5). */
function args({ prefix, set, granularity }: HarvestQuery, until: string | undefined, { token, from }: Place) {
  if (token !== undefined) return { resumptionToken: token };
  const begin = from === undefined ? undefined : fitted({ from }, granularity).from;
  return { metadataPrefix: prefix, from: begin, until, set };
}

/** What came of one page, however often it was asked for. */
interface Page {
  /** A part that was not there before. @throws the repository's errors */
  take(part: OaiPart): Harvested | undefined;
  /** The page is asked for again, from its beginning. */
  again(): void;
  /** Whether the server forgot the token that asked for the page. */
  isExpired(): boolean;
  /** The token of the next page; undefined where the list ends. */
  next(): string | undefined;
  /** The place once the page was read as a whole. */
  place(): Place;
}

function createPage(before: Place, seen: Seen): Page {
  let [place, next, isExpired, isBarren]: [Place, string | undefined, boolean, boolean] = [
    ...([before, undefined, false, true] as const),
  ];
  const isNew = ({ identifier, datestamp }: OaiHeader) => {
    place = dated(place, datestamp);
    const fresh = seen.add(identifier);
    if (fresh) isBarren = false;
    return fresh;
  };
  const failed = (code: string) => {
    if (code === "badResumptionToken" && before.token !== undefined) isExpired = true;
    else if (code !== "noRecordsMatch") throw oaiError(code);
  };
  return {
    take(part) {
      if (part.kind === "record") return isNew(part.record.header) ? part : undefined;
      if (part.kind === "header") return isNew(part.header) ? part : undefined;
      if (part.kind === "refused")
        return part.identifier === "" || seen.add(`refused ${part.identifier}`) ? part : undefined;
      if (part.kind === "error") failed(part.code);
      if (part.kind === "date" && secondsOf(part.responseDate) !== undefined)
        place = { ...place, started: place.started ?? part.responseDate };
      if (part.kind === "token") {
        const { token, completeListSize: size } = part.token;
        next = token === "" ? undefined : token;
        if (size !== undefined) place = { ...place, size };
      }
      return undefined;
    },
    again: () => ([place, next, isExpired] = [before, undefined, false]),
    isExpired: () => isExpired,
    next: () => next,
    place: () => turned(place, next, isBarren),
  };
}
