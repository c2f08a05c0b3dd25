import { ConsortiaError } from "../../core/error.ts";
import type { GetOptions } from "../http/get.ts";
import { getJson, refusal } from "../http/json.ts";
import { textOf, bodyOf } from "../http/body.ts";
import { textAt, type Json } from "../json.ts";
import { PER_PAGE, readPages } from "../pages.ts";
import { kohaRequestsIn } from "./requests.ts";

/** A user with the permission `ill`, or a client of Koha's OAuth2 (`RESTOAuth2ClientCredentials`). */
export type KohaCredentials =
  | { readonly user: string; readonly password: string }
  | { readonly clientId: string; readonly clientSecret: string };

const LIST = "/api/v1/ill/requests";

/**
 * Asks a Koha for its ILL requests, page by page (`_page`, `_per_page`, `X-Total-Count`); versions before 23.11 answer all at
 * once. Only attributes and number prefixes are embedded, never patrons.
 * @param address of the staff interface, or of its list of requests
 * @throws what asking throws; `KohaRequestsUnreadable`, `KohaTokenRefused`
 */
export async function* kohaRequests(
  address: URL,
  credentials: KohaCredentials,
  options: GetOptions = {},
  progress?: (done: number, total: number) => void,
): AsyncGenerator<Json, void, undefined> {
  const list = new URL(address);
  if (!list.pathname.includes("/api/v1/")) list.pathname = LIST;
  const authorization = await authorize(list, credentials, options);
  const headers = {
    accept: "application/json",
    "x-koha-embed": "extended_attributes,id_prefix",
    authorization,
  };
  const ask = async (page: number) => {
    const url = new URL(list);
    url.searchParams.set("_page", String(page));
    url.searchParams.set("_per_page", String(PER_PAGE));
    if (list.pathname.endsWith(LIST)) url.searchParams.set("_order_by", "+ill_request_id");
    const answer = await getJson(url, { ...options, headers });
    const total = answer.headers.get("x-total-count");
    const counted = total !== null && /^\d{1,9}$/.test(total) ? Number(total) : undefined;
    return { items: kohaRequestsIn(answer.document), total: counted };
  };
  const idOf = (request: Json) => textAt(request, "ill_request_id") ?? textAt(request, "illrequest_id");
  yield* readPages(ask, idOf, progress);
}

async function authorize(list: URL, credentials: KohaCredentials, options: GetOptions): Promise<string> {
  if ("clientId" in credentials) return `Bearer ${await tokenOf(list, credentials, options)}`;
  const bytes = new TextEncoder().encode(`${credentials.user}:${credentials.password}`);
  return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}`;
}

/** A token of the client-credentials grant (RFC 6749, section 4.4). It is asked for once, and never where a redirect leads. */
async function tokenOf(
  list: URL,
  { clientId, clientSecret }: Extract<KohaCredentials, { clientId: string }>,
  options: GetOptions,
): Promise<string> {
  const address = new URL(list.pathname.replace(/\/api\/v1\/.*/, "/api/v1/oauth/token"), list);
  const body = new URLSearchParams({
    ...{ grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret },
  });
  const signals = [
    AbortSignal.timeout(options.silence ?? 60_000),
    ...(options.signal ? [options.signal] : []),
  ];
  let response: Response;
  try {
    response = await fetch(address, {
      method: "POST",
      body,
      redirect: "manual",
      signal: AbortSignal.any(signals),
    });
  } catch {
    throw tokenRefused("did not answer", true);
  }
  if (response.status !== 200) {
    await response.body?.cancel();
    throw response.status >= 500
      ? tokenRefused(`answered ${response.status}`, true)
      : refusal(response.status, address);
  }
  const text = await textOf(bodyOf(response, address, options), 1 << 16);
  const token = textAt(parse(text), "access_token");
  if (token === undefined || !/^[\x21-\x7e]+$/.test(token)) throw tokenRefused("gave none", false);
  return token;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function tokenRefused(what: string, retryable: boolean): ConsortiaError {
  const message = `Koha was asked for a token and ${what}. Check the client's id and secret${retryable ? ", or ask again" : ""}.`;
  return new ConsortiaError("KohaTokenRefused", message, { retryable });
}
