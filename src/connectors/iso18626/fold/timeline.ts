import { FIRST_PERIOD, LAST_PERIOD, periodEnd, periodStart, type PeriodId } from "../../../core/period.ts";
import type { Status } from "../codes.ts";
import type { Instant } from "../instant.ts";
import type { SupplyingAgencyMessage } from "../supplying.ts";
import type { Exchange } from "./exchange.ts";

/** What a supplier's message means for the book. */
export type Meaning = "before" | "loan" | "copy" | "closed" | "withdrawn";

/** A supplier's message on both its clocks: when it was sent, and when the change happened. */
export interface Event {
  readonly sent: Instant;
  readonly happened: Instant;
  readonly status: Status | undefined;
  readonly meaning: Meaning;
  readonly message: SupplyingAgencyMessage;
}

const MEANINGS: Readonly<Record<Status, Meaning>> = {
  RequestReceived: "before",
  ExpectToSupply: "before",
  WillSupply: "before",
  Loaned: "loan",
  Overdue: "loan",
  Recalled: "loan",
  HoldReturn: "loan",
  ReleaseHoldReturn: "loan",
  LoanCompleted: "loan",
  Lost: "loan",
  CopyCompleted: "copy",
  CompletedWithoutReturn: "closed",
  RetryPossible: "withdrawn",
  Unfilled: "withdrawn",
  Cancelled: "withdrawn",
};
/** Within one moment, the order of the protocol. */
const RANKS: readonly Meaning[] = ["before", "loan", "copy", "closed", "withdrawn"];

const FROM = periodStart(FIRST_PERIOD as PeriodId) * 1000;
const TO = periodEnd(LAST_PERIOD) * 1000;

/** Whether a moment lies in a month the ledger can name; placeholders such as 0001-01-01 do not. */
export function isNameable(moment: Instant): boolean {
  return moment >= FROM && moment < TO;
}

/** The supplier's messages that tell a status or grant a cancellation, in the order in which things happened. */
export function timeline(exchange: Exchange): Event[] {
  return exchange.supplying
    .flatMap(toEvent)
    .sort((a, b) => compare(a, b, "happened") || compare(a, b, "sent"));
}

function toEvent(message: SupplyingAgencyMessage): Event[] {
  const { timestamp: sent } = message.header;
  const { status, lastChange } = message.statusInfo ?? {};
  const { reasonForMessage, answerYesNo } = message.messageInfo;
  const granted = reasonForMessage === "CancelResponse" && answerYesNo === "Y";
  const meaning = granted ? "withdrawn" : status === undefined ? undefined : MEANINGS[status];
  if (meaning === undefined) return [];
  const told = lastChange !== undefined && isNameable(lastChange) && lastChange <= sent;
  return [
    { sent, happened: told ? lastChange : sent, status: granted ? "Cancelled" : status, meaning, message },
  ];
}

function compare(a: Event, b: Event, clock: "sent" | "happened"): number {
  return a[clock] - b[clock] || RANKS.indexOf(a.meaning) - RANKS.indexOf(b.meaning);
}

/** Whether `a` came after `b`: by both clocks, by neither, or the clocks disagree. */
export function after(a: Event, b: Event): "after" | "before" | "unclear" {
  const orders = (["sent", "happened"] as const).map((clock) => compare(a, b, clock));
  if (a.meaning === "withdrawn" && a.sent === b.sent && a.happened === b.happened) return "unclear";
  if (orders.every((order) => order > 0)) return "after";
  return orders.every((order) => order <= 0) ? "before" : "unclear";
}

/** Whether messages were sent in another order than things happened, or than the protocol allows. */
export function isOutOfOrder(exchange: Exchange, events: readonly Event[]): boolean {
  const asked = Math.min(...exchange.requests.map(({ header }) => header.timestamp));
  if (events.some(({ sent }) => sent < asked)) return true;
  const sent = [...events].sort((a, b) => compare(a, b, "sent"));
  if (sent.some((event, index) => event.status !== events[index]?.status)) return true;
  const done = events.findIndex(({ status }) => status === "LoanCompleted");
  return done >= 0 && events.slice(done).some(({ status }) => status === "Loaned");
}
