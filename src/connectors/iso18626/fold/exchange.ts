import type { Agency } from "../../../core/ids.ts";
import type { RequestConfirmation } from "../confirmation.ts";
import type { Instant } from "../instant.ts";
import { writeMessage, type Message } from "../message.ts";
import type { Request } from "../request.ts";
import type { RequestingAgencyMessage } from "../requesting.ts";
import type { SupplyingAgencyMessage } from "../supplying.ts";

/** All that two agencies said about one request, without repeats and without what the other side refused. */
export interface Exchange {
  readonly supplier: Agency | undefined;
  readonly consumer: Agency;
  readonly request: string;
  readonly requests: Request[];
  readonly supplying: SupplyingAgencyMessage[];
  readonly requesting: RequestingAgencyMessage[];
  /** Messages left out because their receiver answered ERROR and never OK. */
  refusedRequests: number;
  refusedMessages: number;
}

export interface Collected {
  readonly exchanges: readonly Exchange[];
  /** Confirmations that do not say which exchange they belong to. */
  readonly unassignable: readonly Message[];
  readonly messages: number;
  readonly repeats: number;
}

type Confirmation = Pick<RequestConfirmation, "confirmationHeader">;
interface Verdicts {
  readonly taken: Set<string>;
  readonly refused: Set<string>;
}

/** Sorts messages into exchanges, whatever order they come in; an exact repeat is dropped and counted. */
export function collect(messages: Iterable<Message>): Collected {
  let count = 0;
  const distinct = new Map<string, Message>();
  for (const message of messages) {
    count += 1;
    distinct.set(writeMessage(message), message);
  }
  const exchanges = new Map<string, Exchange>();
  const verdicts = new Map<string, Verdicts>();
  const unassignable: Message[] = [];
  for (const [, message] of [...distinct].sort(([a], [b]) => compareText(a, b))) {
    if (!assign(message, exchanges, verdicts)) unassignable.push(message);
  }
  for (const [key, exchange] of exchanges) withoutRefused(exchange, verdicts.get(key));
  const sorted = [...exchanges].sort(([a], [b]) => compareText(a, b)).map(([, exchange]) => exchange);
  return { exchanges: sorted, unassignable, messages: count, repeats: count - distinct.size };
}

/** The order of code units: the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function assign(
  message: Message,
  exchanges: Map<string, Exchange>,
  verdicts: Map<string, Verdicts>,
): boolean {
  const head = "confirmationHeader" in message.body ? message.body.confirmationHeader : message.body.header;
  const {
    supplyingAgencyId: supplier,
    requestingAgencyId: consumer,
    requestingAgencyRequestId: request,
  } = head;
  if (consumer === undefined || request === undefined) return false;
  if (supplier === undefined && message.kind !== "request") return false;
  const key = JSON.stringify([consumer, request, supplier ?? ""]);
  const exchange = exchanges.get(key) ?? {
    ...{ supplier, consumer, request },
    ...{ requests: [], supplying: [], requesting: [], refusedRequests: 0, refusedMessages: 0 },
  };
  exchanges.set(key, exchange);
  if (message.kind === "request") exchange.requests.push(message.body);
  else if (message.kind === "supplyingAgencyMessage") exchange.supplying.push(message.body);
  else if (message.kind === "requestingAgencyMessage") exchange.requesting.push(message.body);
  else note(message.kind, message.body, key, verdicts);
  return true;
}

function note(
  kind: string,
  { confirmationHeader }: Confirmation,
  key: string,
  all: Map<string, Verdicts>,
): void {
  const verdicts = all.get(key) ?? { taken: new Set(), refused: new Set() };
  all.set(key, verdicts);
  const of = `${kind.replace("Confirmation", "")} ${confirmationHeader.timestamp}`;
  (confirmationHeader.messageStatus === "OK" ? verdicts.taken : verdicts.refused).add(of);
}

function withoutRefused(exchange: Exchange, verdicts: Verdicts | undefined): void {
  const drop = (kind: string, list: { header: { timestamp: Instant } }[]): number => {
    const kept = list.filter(({ header }) => {
      const name = `${kind} ${header.timestamp}`;
      return verdicts === undefined || !verdicts.refused.has(name) || verdicts.taken.has(name);
    });
    const dropped = list.length - kept.length;
    list.splice(0, list.length, ...kept);
    return dropped;
  };
  exchange.refusedRequests = drop("request", exchange.requests);
  exchange.refusedMessages =
    drop("supplyingAgencyMessage", exchange.supplying) + drop("requestingAgencyMessage", exchange.requesting);
}
