import type { BilledRecord } from "./billing.ts";
import { hashRequest } from "./commitment.ts";
import { difference, type Difference, type DifferenceFacts, type DifferenceKind } from "./difference.ts";
import type { Agency, Hash, MemberId, ServiceId } from "./ids.ts";
import { credits, formatCredits, parseCredits, type Credits } from "./money.ts";
import type { OwnRecord, OwnRecords } from "./own.ts";
import { formatPeriod, periodOf, type PeriodId } from "./period.ts";
import { recordAmounts, type UnitPrice } from "./schedule.ts";

/** A party of the statement, and how messages of its month name it: undefined where it was no member then. */
export interface ReconciledParty {
  readonly id: MemberId;
  readonly agency: Agency | undefined;
}

export interface ReconcileInput {
  readonly supplier: ReconciledParty;
  readonly consumer: ReconciledParty;
  /** The statement's month of service. */
  readonly period: PeriodId;
  /** What the statement bills, as its bundle has it. */
  readonly records: readonly BilledRecord[];
  /** What the consumer's own messages say; undefined where they are not at hand. */
  readonly own?: OwnRecords;
  /** The price of one unit in the statement's month between its parties, or undefined where it is not offered. */
  readonly priceOf: (service: ServiceId) => UnitPrice | undefined;
  /** A service's code in messages. */
  readonly codeOf: (service: ServiceId) => string | undefined;
  /** The other statement that bills a record already, signed or posted, in words; undefined where none does. */
  readonly billedBefore: (request: Hash, service: ServiceId, charge: number) => string | undefined;
  /** Whether an unsigned statement beside this one bills a request for a service. */
  readonly billedBeside?: (request: Hash, service: ServiceId) => boolean;
  /** Whether a charge was refunded, so that the next one may be billed. None was by default. */
  readonly refunded?: (request: Hash, service: ServiceId, charge: number) => boolean;
}

/** A billed record beside what the consumer has of it. */
export interface ReconciledRecord {
  readonly billed: BilledRecord;
  readonly amount: Credits;
  readonly own?: OwnRecord;
  /** What differs; nothing where the record agrees. */
  readonly differences: readonly Difference[];
}

export interface Reconciliation {
  readonly records: readonly ReconciledRecord[];
  /** All of them, in the order of the records; what is missing there comes last. */
  readonly differences: readonly Difference[];
}

/**
 * Compares what a statement bills with its consumer's own records: a record is the same where request and service
 * are. Without own records it checks what the statement itself and earlier ones show.
 * @throws `TextInvalid` where a text has no UTF-8
 */
export function reconcile(input: ReconcileInput): Reconciliation {
  const requests = input.records.map(({ request: { requesting, supplying, id } }) =>
    hashRequest(requesting, supplying, id),
  );
  const matches = match(input, requests);
  const fair = fairAmounts(input);
  const seen = new Set<string>();
  const records = input.records.map((billed, index): ReconciledRecord => {
    const own = matches[index];
    const differences = judge({ input, billed, fair: fair[index], hash: requests[index]!, own, seen });
    return {
      billed,
      amount: parseCredits(billed.amount),
      ...(own === undefined ? {} : { own }),
      differences,
    };
  });
  const found = records.flatMap(({ differences }) => differences);
  return { records, differences: [...found, ...missingThere(input, requests, matches)] };
}

/** For each billed record the own one of its service, else one of its request that nothing else matches. */
function match({ records, own }: ReconcileInput, requests: readonly Hash[]): (OwnRecord | undefined)[] {
  if (own === undefined) return records.map(() => undefined);
  const exact = records.map(({ service }, index) =>
    own.of(requests[index]!).find((one) => one.service === service),
  );
  const used = new Set(exact);
  return exact.map((found, index) => {
    const other = found ?? own.of(requests[index]!).find((one) => !used.has(one));
    used.add(other);
    return other;
  });
}

interface Judged {
  readonly input: ReconcileInput;
  readonly billed: BilledRecord;
  /** What the record bears of its line by the prices; undefined where its service is not offered. */
  readonly fair: Credits | undefined;
  readonly hash: Hash;
  readonly own: OwnRecord | undefined;
  /** The records judged before this one. */
  readonly seen: Set<string>;
}

function judge(judged: Judged): Difference[] {
  const { input, billed, own } = judged;
  const { request, service, charge } = billed;
  const found: Difference[] = [];
  const tell = (
    kind: DifferenceKind,
    told: Pick<DifferenceFacts, "billed" | "own" | "what" | "blocking">,
  ): void =>
    void found.push(difference({ kind, request, service, charge, code: codeOf(input, service), ...told }));

  const stranger = strangerOf(input, billed);
  if (stranger !== undefined) tell("unknownParty", stranger);
  const again = repeatOf(judged);
  if (again !== undefined) tell("duplicate", again);
  const months = [billed.completedAt, ...(own === undefined ? [] : [own.draft.completedAt])].map(monthOf);
  if (months.some((month) => month !== formatPeriod(input.period))) {
    const [stated = "", kept = ""] = months;
    const what = `was completed in ${stated}${kept === "" || kept === stated ? "" : ` (${kept} by the consumer's records)`}, and the statement is for ${formatPeriod(input.period)}`;
    tell("wrongPeriod", { billed: stated, own: kept, what });
  }
  // A stranger's request is no request of the consumer's: that it has none of it goes without saying.
  if (input.own !== undefined && own === undefined && stranger === undefined) {
    const reason = input.own.unrecorded(judged.hash)?.reason;
    const why = reason === undefined ? "" : ` (${reason})`;
    const what = `is billed with ${billed.amount}, and the consumer's messages make no record of it${why}`;
    tell(reason === "above-maximum" ? "aboveMaximum" : "missingHere", {
      ...{ billed: billed.amount, own: "", what },
    });
  }
  if (own !== undefined) compare(judged, own, tell);
  const cost = costOf(judged);
  if (cost !== undefined) tell("differentCost", cost);
  return found;
}

type Tell = (kind: DifferenceKind, told: Pick<DifferenceFacts, "billed" | "own" | "what">) => void;

function compare({ input, billed }: Judged, { draft, service }: OwnRecord, tell: Tell): void {
  if (service !== billed.service) {
    const code = codeOf(input, billed.service);
    const what = `is billed as ${code}, and the consumer has a record of ${draft.service}`;
    tell("differentService", { billed: code, own: draft.service, what });
  }
  if (draft.quantity !== billed.quantity) {
    const what = `is billed for ${billed.quantity}, and the consumer has ${draft.quantity}`;
    tell("differentQuantity", { billed: `${billed.quantity}`, own: `${draft.quantity}`, what });
  }
  const fee = (input.priceOf(billed.service)?.fee ?? 0n) * BigInt(billed.quantity);
  const due = credits(parseCredits(billed.amount) + fee);
  if (draft.maximum !== undefined && due > draft.maximum) {
    const [dear, most] = [formatCredits(due), formatCredits(draft.maximum)];
    const what = `comes to ${dear}, fee included, and its request said at most ${most}`;
    tell("aboveMaximum", { billed: dear, own: most, what });
  }
}

/** What the schedule, or else the supplier's own message, makes of a record's amount. */
function costOf({ input, billed, fair, own }: Judged) {
  const amount = parseCredits(billed.amount);
  if (fair === undefined) {
    const what = `is billed with ${billed.amount}, and the schedule of ${formatPeriod(input.period)} does not offer it`;
    return { billed: billed.amount, own: "", what };
  }
  if (amount !== fair) {
    const what = `is billed with ${billed.amount}, and the schedule makes it ${formatCredits(fair)}`;
    return { billed: billed.amount, own: formatCredits(fair), what };
  }
  const told = own?.draft.cost;
  if (told === undefined || told === amount) return undefined;
  const what = `is billed with ${billed.amount}, and the supplier's message said ${formatCredits(told)}`;
  // Who is charged less than it was told has nothing to object to.
  return { billed: billed.amount, own: formatCredits(told), what, blocking: amount > told };
}

/** What each record bears of its service's line, in their order. */
function fairAmounts({ records, priceOf }: ReconcileInput): (Credits | undefined)[] {
  const amounts: (Credits | undefined)[] = records.map(() => undefined);
  for (const service of new Set(records.map((record) => record.service))) {
    const unit = priceOf(service);
    if (unit === undefined) continue;
    const places = [...records.keys()].filter((place) => records[place]!.service === service);
    const shares = recordAmounts(
      unit,
      places.map((place) => records[place]!.quantity),
    );
    places.forEach((place, index) => (amounts[place] = shares[index]));
  }
  return amounts;
}

function strangerOf({ supplier, consumer, period }: ReconcileInput, { request }: BilledRecord) {
  const sides = [
    { role: "requesting", name: request.requesting, party: consumer },
    { role: "supplying", name: request.supplying, party: supplier },
  ];
  const wrong = sides.find(({ name, party }) => name !== party.agency);
  if (wrong === undefined) return undefined;
  const { role, name, party } = wrong;
  const known = party.agency ?? `no member in ${formatPeriod(period)}`;
  const what = `names ${name} as its ${role} agency, and member ${party.id} is ${known}`;
  return { billed: name, own: known, what };
}

function repeatOf({ input, billed, hash, seen }: Judged) {
  const { service, charge } = billed;
  const key = `${hash}/${service}/${charge}`;
  if (seen.has(key)) {
    return { billed: "twice", own: "once", what: "comes twice in this statement" };
  }
  seen.add(key);
  const before = input.billedBefore(hash, service, charge);
  if (before !== undefined) return { billed: "again", own: before, what: `was billed before, in ${before}` };
  if (charge === 0 || input.refunded?.(hash, service, charge - 1) === true) return undefined;
  const what = `is a bill that follows charge ${charge - 1}, and that charge was not refunded`;
  return { billed: `charge ${charge}`, own: "no refund", what };
}

/** What the consumer drew from this supplier in this month and no statement at hand bills. */
function missingThere(
  input: ReconcileInput,
  requests: readonly Hash[],
  matches: readonly (OwnRecord | undefined)[],
): Difference[] {
  const { own, supplier, consumer, period, billedBefore, billedBeside, priceOf } = input;
  const here = new Set(input.records.map(({ service }, index) => `${requests[index]!}/${service}`));
  const matched = new Set(matches);
  const missing = (own?.all ?? []).filter(
    (one) =>
      one.draft.supplier === supplier.agency &&
      one.draft.consumer === consumer.agency &&
      monthOf(one.draft.completedAt) === formatPeriod(period) &&
      !matched.has(one) &&
      !here.has(`${one.request}/${one.service}`) &&
      billedBefore(one.request, one.service, 0) === undefined &&
      billedBeside?.(one.request, one.service) !== true,
  );
  return missing.map(({ draft, service }) => {
    const price = priceOf(service);
    const worth = price === undefined ? "" : formatCredits(credits(price.price * BigInt(draft.quantity)));
    const request = { requesting: draft.consumer, supplying: draft.supplier, id: draft.request };
    const what = "is among the consumer's records, and the statement does not bill it";
    const facts = { request, service, charge: 0, code: draft.service, billed: "", own: worth };
    return difference({ kind: "missingThere", ...facts, what, blocking: false });
  });
}

function codeOf({ codeOf: code }: ReconcileInput, service: ServiceId): string {
  return code(service) ?? `service ${service}`;
}

/** A month as text; times in bundles are only told, and may be impossible. */
function monthOf(seconds: number): string {
  try {
    return formatPeriod(periodOf(seconds));
  } catch {
    return "an impossible month";
  }
}
