import type { Agency } from "../../../core/ids.ts";
import type { Exchange } from "./exchange.ts";

/** The request that took another's place. */
export interface Link {
  readonly supplier?: Agency;
  readonly request: string;
}

/**
 * Finds which exchange was sent again as which: by the previous request's identifier, or as a Retry under the same
 * identifier to another supplier. Of several, the one asked first.
 */
export function successors(exchanges: readonly Exchange[]): ReadonlyMap<Exchange, Link> {
  const byNumber = new Map<string, Exchange[]>();
  for (const exchange of exchanges) {
    const key = JSON.stringify([exchange.consumer, exchange.request]);
    byNumber.set(key, [...(byNumber.get(key) ?? []), exchange]);
  }
  const found = new Map<Exchange, { asked: number; link: Link }>();
  for (const next of exchanges) {
    for (const { header, serviceInfo } of next.requests) {
      const before = serviceInfo?.requestingAgencyPreviousRequestId;
      const number = before ?? (serviceInfo?.requestType === "Retry" ? next.request : undefined);
      if (number === undefined) continue;
      const link = {
        ...(next.supplier === undefined ? {} : { supplier: next.supplier }),
        request: next.request,
      };
      for (const previous of byNumber.get(JSON.stringify([next.consumer, number])) ?? []) {
        const known = found.get(previous);
        const later = asked(previous) <= header.timestamp;
        if (previous === next || !later || (known !== undefined && known.asked <= header.timestamp)) continue;
        found.set(previous, { asked: header.timestamp, link });
      }
    }
  }
  return new Map([...found].map(([exchange, { link }]) => [exchange, link]));
}

function asked({ requests }: Exchange): number {
  return Math.min(...requests.map(({ header }) => header.timestamp));
}
