import { get, type Answer, type GetOptions } from "../../http/get.ts";
import { webAddress } from "../../http/address.ts";
import type { Release } from "../names.ts";

/** Who asks, for whom. It is sent to the service and stands in no error, log or file. */
export interface Account {
  readonly customer: string;
  readonly requestor?: string;
  readonly apiKey?: string;
  /** Needed where a service speaks for several platforms. */
  readonly platform?: string;
}

/** A COUNTER_SUSHI service. */
export interface Service {
  readonly address: URL;
  readonly release: Release;
}

/** How patiently a service is asked; `polls` is how often a report that is being made is asked for. */
export interface AskOptions extends GetOptions {
  /** 10 by default. */
  readonly polls?: number;
}

/**
 * A service at its base address, with or without the release's part of the path.
 * @throws `AddressInvalid`
 */
export function serviceAt(address: string, release: Release): Service {
  return { address: webAddress(address), release };
}

/** Asks for a path of the service: Code of Practice, section 8.1. @throws what {@link get} throws */
export function ask(
  { address, release }: Service,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  options: AskOptions,
): Promise<Answer> {
  const to = new URL(address);
  const base = to.pathname.replace(/\/+$/, "");
  const versioned = release === "5.1" && !base.endsWith("/r51") ? `${base}/r51` : base;
  to.pathname = `${versioned}/${path}`;
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") to.searchParams.set(name, value);
  }
  return get(to, { ...options, headers: { accept: "application/json", ...options.headers } });
}

export const identifying = ({ customer, requestor, apiKey, platform }: Account) => ({
  customer_id: customer,
  requestor_id: requestor,
  api_key: apiKey,
  platform,
});
