import type { GetOptions } from "../http/get.ts";
import { getJson } from "../http/json.ts";
import { at, textAt, type Json } from "../json.ts";
import { PER_PAGE, readPages } from "../pages.ts";
import { requestsIn } from "./requests.ts";

/** A tenant of a FOLIO platform, and a token of a user who may read its requests. */
export interface OkapiCredentials {
  readonly tenant?: string;
  readonly token?: string;
}

/** Headers of Okapi, the platform's gateway. */
export function okapiHeaders({ tenant, token }: OkapiCredentials): Record<string, string> {
  return {
    accept: "application/json",
    ...(tenant === undefined ? {} : { "x-okapi-tenant": tenant }),
    ...(token === undefined ? {} : { "x-okapi-token": token }),
  };
}

/**
 * Asks a ReShare for its patron requests, page by page (`stats`, `perPage`, `page`).
 * @param address of the gateway, or of its list of requests, with filters where only some are wanted
 * @throws what asking throws; `ReshareRequestsUnreadable`
 */
export async function* reshareRequests(
  address: URL,
  credentials: OkapiCredentials,
  options: GetOptions = {},
  progress?: (done: number, total: number) => void,
): AsyncGenerator<Json, void, undefined> {
  const list = new URL(address);
  if (!list.pathname.includes("/patronrequests")) list.pathname = "/rs/patronrequests";
  const headers = okapiHeaders(credentials);
  const ask = async (page: number) => {
    const url = new URL(list);
    const query = { stats: "true", perPage: String(PER_PAGE), page: String(page), sort: "id;asc" };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const { document } = await getJson(url, { ...options, headers });
    const total = at(document, "totalRecords") ?? at(document, "total");
    return { items: requestsIn(document), total: typeof total === "number" ? total : undefined };
  };
  yield* readPages(ask, (request) => textAt(request, "id"), progress);
}
