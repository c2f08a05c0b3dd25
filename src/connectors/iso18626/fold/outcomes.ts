import type { Agency } from "../../../core/ids.ts";
import type { Message } from "../message.ts";
import { collect } from "./exchange.ts";
import { foldExchanges } from "./fold.ts";
import type { Reason } from "./reason.ts";

/** What became of one request; a request that was sent again elsewhere is only told once, where it ended. */
export interface ExchangeOutcome {
  readonly consumer: Agency;
  readonly request: string;
  readonly outcome: "filled" | "unfilled" | "open";
  /** Seconds since 1970 of the first request; undefined where none is at hand. */
  readonly askedAt?: number;
  /** Seconds since 1970 at which it was supplied. */
  readonly filledAt?: number;
}

/** Reasons of requests that came to nothing. The others leave open what became of them. */
const UNFILLED: ReadonlySet<Reason> = new Set(["unfilled", "cancelled", "request-refused", "taken-back"]);

/** How the requests in a pile of messages ended, whatever order the messages come in. */
export function requestOutcomes(messages: readonly Message[], currency: string): ExchangeOutcome[] {
  const { drafts, exceptions } = foldExchanges(messages, { currency });
  const filled = new Map<string, number>();
  for (const draft of drafts) {
    const name = nameOf(draft);
    filled.set(name, Math.min(draft.completedAt, filled.get(name) ?? Infinity));
  }
  const reasons = new Map(exceptions.map((one) => [nameOf(one), one.reason]));
  return collect(messages).exchanges.flatMap((exchange): ExchangeOutcome[] => {
    const name = nameOf(exchange);
    const [filledAt, reason] = [filled.get(name), reasons.get(name)];
    if (filledAt === undefined && reason === "retried") return [];
    const asked = Math.min(...exchange.requests.map(({ header }) => header.timestamp));
    const { consumer, request } = exchange;
    const missed = reason !== undefined && UNFILLED.has(reason);
    return [
      {
        ...{ consumer, request, outcome: filledAt !== undefined ? "filled" : missed ? "unfilled" : "open" },
        ...(Number.isFinite(asked) ? { askedAt: Math.floor(asked / 1000) } : {}),
        ...(filledAt === undefined ? {} : { filledAt }),
      },
    ];
  });
}

function nameOf(about: {
  readonly consumer?: Agency | undefined;
  readonly supplier?: Agency | undefined;
  readonly request: string;
}): string {
  return JSON.stringify([about.consumer, about.supplier ?? "", about.request]);
}
