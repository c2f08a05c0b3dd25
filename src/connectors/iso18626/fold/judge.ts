import { formatCredits } from "../../../core/money.ts";
import type { RecordDraft } from "../../../core/record.ts";
import type { Instant } from "../instant.ts";
import type { Request } from "../request.ts";
import { detailsOf } from "./details.ts";
import type { Exchange } from "./exchange.ts";
import type { NoticeCode, Reason } from "./reason.ts";
import { followSupply, type Supply } from "./supply.ts";
import { termsOf } from "./terms.ts";
import { isNameable, isOutOfOrder, timeline, type Event } from "./timeline.ts";

/** What one exchange comes to: records, or the reason why there are none. */
export interface Judgement {
  readonly drafts: readonly RecordDraft[];
  readonly reason?: Reason;
  /** Particulars of the reason, in plain words. */
  readonly why?: string;
  readonly notices: readonly NoticeCode[];
}

const DAY = 86_400_000;

/** Decides the outcome of one exchange. What its messages leave open is listed, never guessed. */
export function judge(exchange: Exchange, currency: string): Judgement {
  const events = timeline(exchange);
  const notices: NoticeCode[] = [];
  if (exchange.refusedMessages > 0) notices.push("message-refused");
  const none = (reason: Reason, why?: string): Judgement => ({
    drafts: [],
    reason,
    ...(why === undefined ? {} : { why }),
    notices,
  });

  const { supplier, consumer, requests } = exchange;
  if (supplier === undefined) return none("no-supplier");
  if (supplier === consumer) return none("same-agency");
  const request = effectiveRequest(requests);
  if (request === undefined) {
    return exchange.refusedRequests > 0
      ? none("request-refused")
      : none("messages-missing", "the request itself");
  }
  if (request === "contradictory") return none("contradictory", "two different requests under one number");
  const told = [...requests, ...exchange.supplying, ...exchange.requesting].map(
    ({ header }) => header.timestamp,
  );
  const placeholder = told.find((moment) => !isNameable(moment));
  if (placeholder !== undefined) return none("impossible-time", new Date(placeholder).toISOString());
  if (isOutOfOrder(exchange, events)) notices.push("out-of-order");

  const asked = request.serviceInfo?.serviceType;
  if (asked !== undefined && !["Copy", "Loan", "CopyOrLoan"].includes(asked)) return none("not-billable");
  const supply = followSupply(events);
  if (supply.state !== "supplied") return none(...unsupplied(supply, exchange));

  const service = serviceOf(asked, supply.events);
  if (service === "contradictory")
    return none("contradictory", "what was asked and what was supplied differ");
  if (service === undefined) return none("service-unclear");
  const completed = completion(supply.events);
  if (typeof completed === "string") return none("impossible-time", completed);
  const terms = termsOf(request, exchange, supply.events, currency);
  if (terms.refused !== undefined) return none(terms.refused, terms.why);
  const { maximum, cost } = terms;
  if (maximum !== undefined && cost !== undefined && cost > maximum) {
    return none("above-maximum", `cost ${formatCredits(cost)}, maximum ${formatCredits(maximum)}`);
  }
  const common = { supplier, consumer, request: exchange.request, quantity: 1, details: detailsOf(request) };
  const draft = { ...common, service, completedAt: completed, ...terms };
  const lost = lossOf(exchange, supply.events);
  if (lost === undefined) {
    if (service === "loan" && closedOpen(supply.events)) notices.push("not-returned");
    return { drafts: [draft], notices };
  }
  if (service === "copy") return none("contradictory", "a copy cannot be lost");
  if (lost.impossible) return none("contradictory", "lost before it was sent, or after it came back");
  notices.push(lost.returned ? "lost-but-returned" : "lost");
  if (lost.returned) return { drafts: [draft], notices };
  return { drafts: [draft, { ...common, service: "lost", completedAt: seconds(lost.at) }], notices };
}

/** The request that holds: the latest that was sent again on purpose, else the first. Reminders change nothing. */
function effectiveRequest(requests: readonly Request[]): Request | "contradictory" | undefined {
  const byTime = [...requests].sort((a, b) => a.header.timestamp - b.header.timestamp);
  const type = (request: Request): string => request.serviceInfo?.requestType ?? "New";
  const retries = byTime.filter((request) => type(request) === "Retry");
  const originals = byTime.filter((request) => type(request) === "New");
  const latest = retries.at(-1)?.header.timestamp;
  const candidates =
    retries.length > 0
      ? retries.filter(({ header }) => header.timestamp === latest)
      : originals.length > 0
        ? originals
        : byTime;
  const contents = new Set(
    candidates.map(({ header, ...rest }) => content({ ...header, timestamp: 0 }, rest)),
  );
  return contents.size > 1 ? "contradictory" : candidates[0];
}

function content(...parts: unknown[]): string {
  return JSON.stringify(parts, (_, value: unknown) => (typeof value === "bigint" ? `${value}` : value));
}

function unsupplied(supply: Exclude<Supply, { state: "supplied" }>, exchange: Exchange): [Reason, string?] {
  const status = supply.last?.status;
  if (supply.state === "taken-back") return ["taken-back", `last status ${status}`];
  if (supply.state === "contradictory") return ["contradictory", `${status} beside a supplied item`];
  if (supply.state === "withdrawn") {
    return [status === "RetryPossible" ? "retry-possible" : status === "Unfilled" ? "unfilled" : "cancelled"];
  }
  if (exchange.refusedMessages > 0) return ["message-refused"];
  const acts = new Set(exchange.requesting.map(({ action }) => action));
  if (acts.has("Received") || acts.has("ShippedReturn") || acts.has("Lost")) {
    return ["messages-missing", "the requester has the item, the supplier never said that it sent it"];
  }
  return [
    "still-open",
    acts.has("Cancel") ? "a cancellation is not answered" : `last status ${status ?? "none"}`,
  ];
}

function serviceOf(
  asked: string | undefined,
  events: readonly Event[],
): "loan" | "copy" | "contradictory" | undefined {
  const reached = new Set<string>(
    events.map(({ meaning }) => meaning).filter((meaning) => meaning !== "closed"),
  );
  for (const { message } of events) {
    const delivered = message.deliveryInfo?.serviceType;
    if (delivered === "Loan" || delivered === "Copy") reached.add(delivered.toLowerCase());
  }
  if (asked === "Loan" || asked === "Copy") reached.add(asked.toLowerCase());
  if (reached.size > 1) return "contradictory";
  return reached.has("loan") ? "loan" : reached.has("copy") ? "copy" : undefined;
}

/** When the service was completed: when the item was sent, else when the first message tells it. */
function completion(events: readonly Event[]): number | string {
  const first = events[0] as Event;
  const dated = events.find(({ message }) => message.deliveryInfo?.dateSent !== undefined);
  const moment = dated?.message.deliveryInfo?.dateSent ?? first.sent;
  const foretold = dated !== undefined && moment > dated.sent + DAY;
  if (!isNameable(moment) || foretold) return `sent on ${new Date(moment).toISOString()}`;
  return seconds(moment);
}

interface Loss {
  readonly at: Instant;
  readonly returned: boolean;
  readonly impossible: boolean;
}

/** Lost by the requester's word, or by a supplier's status; an item that was received back later is not. */
function lossOf(exchange: Exchange, events: readonly Event[]): Loss | undefined {
  const told = [
    ...exchange.requesting.filter(({ action }) => action === "Lost").map(({ header }) => header.timestamp),
    ...events.filter(({ status }) => status === "Lost").map(({ sent }) => sent),
  ].sort((a, b) => a - b);
  const [at] = told;
  if (at === undefined) return undefined;
  const back = events.filter(({ status }) => status === "LoanCompleted").map(({ sent }) => sent);
  const shipped = events.find(({ status }) => status === "Loaned")?.happened;
  const impossible = back.some((moment) => moment <= at) || (shipped !== undefined && shipped > at);
  return { at, returned: back.some((moment) => moment > at), impossible };
}

function closedOpen(events: readonly Event[]): boolean {
  return events.some(({ status }) => status === "CompletedWithoutReturn");
}

function seconds(moment: Instant): number {
  return Math.floor(moment / 1000);
}
