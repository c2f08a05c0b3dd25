import { billingSentence, type BillingReason } from "./billing-reason.ts";
import { hashDetails, hashRequest } from "./commitment.ts";
import { COMMONS } from "./ids.ts";
import type { Agency, Hash, MemberId, ServiceId, StatementNumber } from "./ids.ts";
import { credits, formatCredits, type Credits } from "./money.ts";
import {
  addMonths,
  FIRST_PERIOD,
  period,
  periodEnd,
  periodOf,
  periodStart,
  POSTING_WINDOW,
} from "./period.ts";
import type { PeriodId } from "./period.ts";
import type { RecordDraft, ServiceRecord } from "./record.ts";
import { lineGross, recordAmounts, type Charge, type UnitPrice } from "./schedule.ts";
import { checkStatement, type Line, type Statement } from "./statement.ts";
import { createTreeBuilder } from "./tree.ts";

/** A member as billing needs it, in the month of service. */
export interface Party {
  readonly id: MemberId;
  readonly tier: number;
}

export interface BillingInput {
  readonly drafts: Iterable<RecordDraft>;
  /** The open month: services of this one and of the three before it can be billed. */
  readonly period: PeriodId;
  /** The ledger's tree domain; see leaf.ts. */
  readonly domain: Hash;
  /** The member an agency stood for in a month, or undefined where it was none. */
  readonly partyOf: (agency: Agency, month: PeriodId) => Party | undefined;
  /** The number of a service's code. */
  readonly serviceOf: (code: string) => ServiceId | undefined;
  /** The price of one unit between two parties, or undefined where it is not offered. */
  readonly priceOf: (
    month: PeriodId,
    service: ServiceId,
    consumer: Party,
    supplier: Party,
  ) => UnitPrice | undefined;
  /**
   * Who may attest a contribution to the common good, by its service, as one text; undefined where nobody may. What others
   * attest goes into a statement of its own, since one key signs for all lines. Not asked by default.
   */
  readonly attestorsOf?: (service: ServiceId) => string | undefined;
  /** A number of the supplier's that was never used, another one on every call; the pair and month get it. */
  readonly nextNumber: (supplier: MemberId, consumer: MemberId, month: PeriodId) => StatementNumber;
  /** 32 random bytes, fresh on every call. */
  readonly salt: () => Hash;
  /** Whether a request was billed for a service before. */
  readonly isBilled?: (request: Hash, service: ServiceId) => boolean;
  /** The most records a statement may hold; beyond it a pair gets several. 10,000 by default. */
  readonly recordLimit?: number;
}

/** A record in the clear, as a bundle keeps it. */
export interface BilledRecord {
  readonly request: { readonly requesting: Agency; readonly supplying: Agency; readonly id: string };
  readonly service: ServiceId;
  readonly charge: number;
  readonly quantity: number;
  /** Credits as a decimal number. */
  readonly amount: string;
  readonly salt: Hash;
  readonly details: Readonly<Record<string, string>>;
  readonly completedAt: number;
}

/** A statement ready for its consumer's signature, with the records under its root and what it comes to. */
export interface BilledStatement extends Charge {
  readonly statement: Statement;
  readonly records: readonly BilledRecord[];
}

/** A draft that cannot be billed, and why. */
export interface BillingException {
  readonly reason: BillingReason;
  readonly draft: RecordDraft;
  /** What happened, to which request, and what to do. */
  readonly sentence: string;
}

export interface Billing {
  readonly statements: readonly BilledStatement[];
  readonly exceptions: readonly BillingException[];
}

/** A draft whose parties, month and price are known. */
interface Item {
  readonly draft: RecordDraft;
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  readonly month: PeriodId;
  readonly service: ServiceId;
  readonly unit: UnitPrice;
  readonly request: Hash;
  /** Who attests it, where that is asked. */
  readonly attestors: string;
}

const RECORD_LIMIT = 10_000;

/**
 * Makes statements of drafts: one for each supplier, consumer and month of service (and, of contributions to the common good,
 * for each who may attest them), priced as the two agreed or the
 * schedule in force in that month has it for their tiers. A line's least is borne by its first record, its most by the first
 * ones. Nothing is lost: every draft is a record of one statement or an
 * exception. A statement's maximum is what it comes to, so that nobody signs for more than is billed.
 *
 * The result depends on which drafts there are and on the salts, not on the drafts' order.
 * @throws `TextInvalid` where a text has no UTF-8; `RecordInvalid` where a quantity or an amount is out of range
 */
export function buildStatements(input: BillingInput): Billing {
  const exceptions: BillingException[] = [];
  const groups = new Map<string, Item[]>();
  const seen = new Set<string>();
  for (const draft of [...input.drafts].sort(byTime)) {
    const judged = judge(input, seen, draft);
    if ("reason" in judged) exceptions.push(judged);
    else {
      const key = `${judged.supplier}/${judged.consumer}/${judged.month}/${judged.attestors}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [judged]);
      else group.push(judged);
    }
  }
  const limit = input.recordLimit ?? RECORD_LIMIT;
  const statements = [...groups.values()]
    .sort(([a], [b]) => compareItems(a!, b!))
    .flatMap((items) => split(items, limit))
    .map((items) => bill(input, items));
  return { statements, exceptions };
}

function judge(input: BillingInput, seen: Set<string>, draft: RecordDraft): Item | BillingException {
  const refuse = (reason: BillingReason, why = ""): BillingException => ({
    reason,
    draft,
    sentence: billingSentence(draft, reason, why),
  });
  if (draft.completedAt >= periodEnd(input.period)) return refuse("month-ahead");
  const earliest = Math.max(FIRST_PERIOD, input.period - POSTING_WINDOW);
  if (draft.completedAt < periodStart(period(earliest))) return refuse("month-past");
  const month = periodOf(draft.completedAt);
  const supplier = input.partyOf(draft.supplier, month);
  if (supplier === undefined) return refuse("unknown-agency", draft.supplier);
  const consumer = input.partyOf(draft.consumer, month);
  if (consumer === undefined) return refuse("unknown-agency", draft.consumer);
  if (supplier.id === consumer.id) return refuse("same-member");
  const service = input.serviceOf(draft.service);
  const unit = service === undefined ? undefined : input.priceOf(month, service, consumer, supplier);
  if (service === undefined || unit === undefined) return refuse("not-offered", `"${draft.service}"`);
  const attestors =
    consumer.id === COMMONS && input.attestorsOf !== undefined ? input.attestorsOf(service) : "";
  if (attestors === undefined) return refuse("not-attested", `"${draft.service}"`);
  // What it could come to at most: beside others it may bear less of the line's least, or of its most.
  const due = credits(lineGross(unit, draft.quantity) + unit.fee * BigInt(draft.quantity));
  if (draft.maximum !== undefined && due > draft.maximum) {
    return refuse("above-maximum", `${formatCredits(due)} against ${formatCredits(draft.maximum)}`);
  }
  const request = hashRequest(draft.consumer, draft.supplier, draft.request);
  if (input.isBilled?.(request, service) === true) return refuse("already-billed");
  const key = `${request}/${service}`;
  if (seen.has(key)) return refuse("duplicate");
  seen.add(key);
  return { draft, supplier: supplier.id, consumer: consumer.id, month, service, unit, request, attestors };
}

function bill(input: BillingInput, items: readonly Item[]): BilledStatement {
  const { supplier, consumer, month } = items[0]!;
  const tree = createTreeBuilder(input.domain);
  const quantities = new Map<ServiceId, number>();
  const amounts = amountsOf(items);
  let fee = 0n;
  const records = items.map((item): BilledRecord => {
    const { draft, service, unit, request } = item;
    const { quantity, details, completedAt } = draft;
    const salt = input.salt();
    const amount = amounts.get(item)!;
    const record: ServiceRecord = {
      ...{ supplier, consumer, request, service, charge: 0, quantity, amount },
      details: hashDetails(salt, details),
    };
    tree.push(record);
    fee += unit.fee * BigInt(quantity);
    quantities.set(service, (quantities.get(service) ?? 0) + quantity);
    const parties = { requesting: draft.consumer, supplying: draft.supplier, id: draft.request };
    const facts = { service, charge: 0, quantity, amount: formatCredits(amount) };
    return { request: parties, ...facts, salt, details, completedAt };
  });
  const { root, sum } = tree.root();
  const statement: Statement = checkStatement({
    supplier,
    consumer,
    number: input.nextNumber(supplier, consumer, month),
    period: month,
    lines: linesOf(quantities),
    maximum: credits(sum + fee),
    root,
    lastPeriod: addMonths(month, POSTING_WINDOW),
  });
  return { statement, records, gross: sum, fee: credits(fee) };
}

/** What each record bears of its service's line. */
function amountsOf(items: readonly Item[]): ReadonlyMap<Item, Credits> {
  const lines = new Map<ServiceId, Item[]>();
  for (const item of items) {
    const line = lines.get(item.service);
    if (line === undefined) lines.set(item.service, [item]);
    else line.push(item);
  }
  const amounts = new Map<Item, Credits>();
  for (const line of lines.values()) {
    const quantities = line.map(({ draft }) => draft.quantity);
    recordAmounts(line[0]!.unit, quantities).forEach((amount, index) => amounts.set(line[index]!, amount));
  }
  return amounts;
}

function linesOf(quantities: ReadonlyMap<ServiceId, number>): Line[] {
  return [...quantities].sort(([a], [b]) => a - b).map(([service, quantity]) => ({ service, quantity }));
}

function split<T>(items: readonly T[], limit: number): T[][] {
  const parts = Math.ceil(items.length / limit);
  return Array.from({ length: parts }, (_, part) => items.slice(part * limit, (part + 1) * limit));
}

function compareItems(a: Item, b: Item): number {
  const parties = a.supplier - b.supplier || a.consumer - b.consumer;
  return parties || a.month - b.month || compareText(a.attestors, b.attestors);
}

/** Earliest first; texts decide between equals, so that the order given never matters. */
function byTime(a: RecordDraft, b: RecordDraft): number {
  return a.completedAt - b.completedAt || compareText(identity(a), identity(b));
}

function identity({ supplier, consumer, request, service, quantity }: RecordDraft): string {
  return JSON.stringify([supplier, consumer, request, service, quantity]);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What all statements of a billing come to, fee apart. */
export function totalOf(statements: readonly Charge[]): { readonly gross: Credits; readonly fee: Credits } {
  const sum = (pick: (charge: Charge) => bigint) =>
    credits(statements.reduce((all, charge) => all + pick(charge), 0n));
  return { gross: sum(({ gross }) => gross), fee: sum(({ fee }) => fee) };
}
