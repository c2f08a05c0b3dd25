import { ConsortiaError } from "../../core/error.ts";
import type { RecordDraft } from "../../core/record.ts";
import { readDate } from "../csv/cells.ts";
import type { Gathering, Omission } from "../gathering.ts";
import { amountOf, at, listAt, textAt, type Json } from "../json.ts";
import { judgeTold, type Outcome, type Sum, type Terms } from "../told.ts";
import { detailsOf } from "./details.ts";

/** States of CrossLink's state model (3.4), by what they tell of supply; the others are open. */
const STATES: Readonly<Record<"borrowing" | "lending", ReadonlyMap<string, Outcome>>> = {
  borrowing: states({
    supplied: "SHIPPED RECEIVED CHECKED_OUT CHECKED_IN SHIPPED_RETURNED COMPLETED",
    "still-open":
      "NEW INVALID_PATRON VALIDATED METADATA_UPDATED NEEDS_REVIEW READY_TO_SEND DUPLICATE LOCAL_SUPPLY SENT " +
      "SUPPLIER_LOCATED CONDITION_PENDING RETRY_PENDING WILL_SUPPLY CANCEL_PENDING",
    unfilled: "UNFILLED RETRY_ACCEPTED RETRY_REJECTED CLOSED_DUPLICATE",
  }),
  lending: states({
    supplied: "SHIPPED RECEIVED SHIPPED_RETURN COMPLETED",
    "still-open":
      "NEW VALIDATED ITEM_PENDING WILL_SUPPLY_PENDING WILL_SUPPLY CONDITION_PENDING CONDITION_ACCEPTED CANCEL_REQUESTED",
    unfilled: "UNFILLED COMPLETED_WITH_RETRY",
  }),
};

/** Statuses of ISO 18626 as a supplier tells them last. */
const STATUSES = states({
  supplied:
    "Loaned Overdue Recalled HoldReturn ReleaseHoldReturn LoanCompleted CopyCompleted CompletedWithoutReturn Lost",
  "still-open": "RequestReceived ExpectToSupply WillSupply none",
  unfilled: "Unfilled RetryPossible",
  cancelled: "Cancelled",
});

function states(told: Partial<Record<Outcome, string>>): ReadonlyMap<string, Outcome> {
  const known = new Map<string, Outcome>([
    ["CANCELLED", "cancelled"],
    ["MANUALLY_CLOSED", "closed-by-hand"],
  ]);
  for (const [outcome, codes] of Object.entries(told)) {
    for (const code of codes.split(" ")) known.set(code, outcome as Outcome);
  }
  return known;
}

/**
 * Reads what CrossLink's broker lists: patron requests (`GET /patron_requests`), of borrowers and of lenders, or ILL
 * transactions (`GET /ill_transactions`). Either keeps the requester's identifier, so that all of them give one draft.
 * @throws `CrosslinkUnreadable` where it is neither
 */
export function readCrosslink(source: unknown, terms: Terms): Gathering {
  const gathering = { drafts: [] as RecordDraft[], omissions: [] as Omission[] };
  for (const item of crosslinkItemsIn(source)) {
    const one = readCrosslinkItem(item, terms);
    if ("reason" in one) gathering.omissions.push(one);
    else gathering.drafts.push(one);
  }
  return gathering;
}

/** @throws `CrosslinkUnreadable` */
export function crosslinkItemsIn(source: unknown): readonly Json[] {
  const list = listAt(source, "items") ?? listAt(source);
  if (list !== undefined) return list;
  const message = "It holds no list of CrossLink. Take what its broker answers to GET /patron_requests.";
  throw new ConsortiaError("CrosslinkUnreadable", message);
}

/** A transaction where it has a supplier's status, else a patron request. */
export function readCrosslinkItem(item: Json, terms: Terms): RecordDraft | Omission {
  return judgeTold("lastSupplierStatus" in item ? transaction(item) : patronRequest(item), terms);
}

function patronRequest(item: Json) {
  const side = textAt(item, "side");
  const state = textAt(item, "state") ?? "none";
  const known = side === "borrowing" || side === "lending" ? STATES[side].get(state) : undefined;
  const asked = item["illRequest"];
  const answer = item["illResponse"];
  const loaned = state !== "COMPLETED" && known === "supplied";
  const told = loaned ? "Loaned" : textAt(answer, "statusInfo", "status");
  return {
    ...{ outcome: known ?? ("unknown-state" as const), state },
    request: textAt(item, "requesterRequestId") ?? textAt(asked, "header", "requestingAgencyRequestId"),
    ...{ supplier: textAt(item, "supplierSymbol"), consumer: textAt(item, "requesterSymbol") },
    service: serviceOf(asked, answer, told),
    completedAt: firstDate(
      textAt(answer, "deliveryInfo", "dateSent"),
      textAt(answer, "statusInfo", "lastChange"),
      textAt(item, "updatedAt"),
    ),
    ...sums(asked, answer),
    details: detailsOf(asked),
  };
}

/** A transaction's own time is that of the request: when the item was sent is told by its delivery alone. */
function transaction(item: Json) {
  const status = textAt(item, "lastSupplierStatus") ?? "none";
  const data = item["illTransactionData"];
  return {
    ...{ outcome: STATUSES.get(status) ?? ("unknown-state" as const), state: status },
    request: textAt(item, "requesterRequestID"),
    ...{ supplier: textAt(item, "supplierSymbol"), consumer: textAt(item, "requesterSymbol") },
    service: serviceOf(data, data, status),
    completedAt: firstDate(textAt(data, "deliveryInfo", "dateSent")),
    ...sums(data, data),
    details: detailsOf(data),
  };
}

/** What was delivered, what a status tells, and what was asked for; where they differ nothing is chosen. */
function serviceOf(asked: unknown, answer: unknown, status: string | undefined): string | undefined {
  const told = new Set<string>();
  for (const type of [
    textAt(asked, "serviceInfo", "serviceType"),
    textAt(answer, "deliveryInfo", "serviceType"),
  ]) {
    if (type === "Loan" || type === "Copy") told.add(type.toLowerCase());
  }
  if (status === "CopyCompleted") told.add("copy");
  else if (
    status !== undefined &&
    status !== "CompletedWithoutReturn" &&
    STATUSES.get(status) === "supplied"
  ) {
    told.add("loan");
  }
  return told.size === 1 ? [...told][0] : undefined;
}

/** The first that names a moment; programs in Go write year 1 for none. */
function firstDate(...texts: readonly (string | undefined)[]): number | undefined {
  return texts.map((text) => readDate(text ?? "", "ISO")).find((seconds) => seconds !== undefined);
}

function sums(asked: unknown, answer: unknown): { maximum?: Sum; cost?: Sum } {
  const limit = at(asked, "billingInfo", "maximumCosts");
  const charged = at(answer, "deliveryInfo", "deliveryCosts");
  const list: unknown[] = Array.isArray(charged)
    ? charged
    : charged === undefined || charged === null
      ? []
      : [charged];
  const [first, second] = list;
  return {
    ...(limit === undefined || limit === null ? {} : { maximum: sum(limit) }),
    ...(first === undefined
      ? {}
      : { cost: second === undefined ? sum(first) : { amount: undefined, currency: undefined } }),
  };
}

function sum(costs: unknown): Sum {
  const code = at(costs, "currencyCode");
  const currency = typeof code === "string" ? code : (textAt(code, "#text") ?? textAt(code, "Text"));
  return { amount: amountOf(at(costs, "monetaryValue")), currency };
}
