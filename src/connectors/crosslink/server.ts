import type { GetOptions } from "../http/get.ts";
import { getJson } from "../http/json.ts";
import { at, textAt, type Json } from "../json.ts";
import { PER_PAGE, readPages } from "../pages.ts";
import { okapiHeaders, type OkapiCredentials } from "../reshare/server.ts";
import { crosslinkItemsIn } from "./requests.ts";

/**
 * Asks a CrossLink broker for its patron requests, or for its transactions where the address ends so, page by page
 * (`limit`, `offset`, `about.count`). Its `nextLink` is not followed.
 * @throws what asking throws; `CrosslinkUnreadable`
 */
export async function* crosslinkItems(
  address: URL,
  credentials: OkapiCredentials,
  options: GetOptions = {},
  progress?: (done: number, total: number) => void,
): AsyncGenerator<Json, void, undefined> {
  const list = new URL(address);
  if (!/\/(patron_requests|ill_transactions)$/.test(list.pathname)) {
    list.pathname = `${list.pathname.replace(/\/+$/, "")}/patron_requests`;
  }
  const headers = okapiHeaders(credentials);
  const ask = async (_page: number, offset: number) => {
    const url = new URL(list);
    url.searchParams.set("limit", String(PER_PAGE));
    url.searchParams.set("offset", String(offset));
    const { document } = await getJson(url, { ...options, headers });
    const total = at(document, "about", "count");
    return { items: crosslinkItemsIn(document), total: typeof total === "number" ? total : undefined };
  };
  yield* readPages(ask, (item) => textAt(item, "id"), progress);
}
