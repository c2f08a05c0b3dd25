import { resolve } from "node:path";
import { ConsortiaError } from "../../core/error.ts";
import { isConsortiaError } from "../../core/error.ts";
import type { ServiceId } from "../../core/ids.ts";
import { credits, ZERO, type Credits } from "../../core/money.ts";
import { periodEnd, periodStart, type PeriodId } from "../../core/period.ts";
import type { ServiceRecord } from "../../core/record.ts";
import { bundleRecords, checkRoot, type Bundle } from "../../records/bundle.ts";
import { bundleFile, readBundle, readBundleText } from "../../records/file.ts";
import { recordKeys } from "./keys.ts";
import { namedWorks } from "./works.ts";
import type {
  BundleReport,
  BundleRequest,
  BundleSource,
  MispricedRecord,
  ServiceTotal,
  VerifiedBundle,
} from "./report.ts";

/** A report before it is known where its bundle stood among all that were wanted. */
type Placeless<T> = T extends unknown ? Omit<T, "index"> : never;

/** Reads one bundle from the store, recomputes its root and adds up its records. It never throws a ConsortiaError. */
export function verifyBundle(source: BundleSource, wanted: BundleRequest): Placeless<BundleReport> {
  try {
    const file = bundleFile(resolve(source.directory), wanted.root);
    const text = readBundleText(file, source.maxBytes);
    if (text === undefined) throw missing(wanted);
    const [bundle, records] = readBundle(file, wanted.root, text, (bundle) => {
      const records = bundleRecords(bundle);
      checkRoot(bundle, records);
      return [bundle, records] as const;
    });
    checkBelongs(source, wanted, bundle);
    return summary(wanted, bundle, records);
  } catch (error) {
    if (!isConsortiaError(error)) throw error;
    return { kind: "failed", code: error.code, message: error.message };
  }
}

function summary(
  { period, prices, shared = [], using = [], given = [] }: BundleRequest,
  bundle: Bundle,
  records: readonly ServiceRecord[],
): Placeless<VerifiedBundle> {
  const lines = new Map<ServiceId, ServiceTotal>();
  let sum = ZERO;
  for (const { service, quantity, amount } of records) {
    const line = lines.get(service) ?? { service, records: 0, quantity: 0, amount: ZERO };
    lines.set(service, {
      service,
      records: line.records + 1,
      quantity: line.quantity + quantity,
      amount: credits(line.amount + amount),
    });
    sum = credits(sum + amount);
  }
  return {
    kind: "verified",
    number: bundle.number,
    period: bundle.period,
    count: records.length,
    sum,
    lines: [...lines.values()].sort((a, b) => a.service - b.service),
    mispriced: prices === undefined ? undefined : firstMispriced(prices, shared, records),
    misdated: period === undefined ? undefined : firstMisdated(period, bundle),
    works: using.length === 0 ? [] : namedWorks(bundle.records, using),
    given: credits(given.reduce((all, place) => all + (records[place]?.amount ?? 0n), 0n)),
    keys: recordKeys(records),
  };
}

function firstMispriced(
  prices: ReadonlyMap<ServiceId, Credits>,
  shared: readonly ServiceId[],
  records: readonly ServiceRecord[],
): MispricedRecord | undefined {
  for (const [record, { service, quantity, amount }] of records.entries()) {
    if (shared.includes(service)) continue;
    const price = prices.get(service);
    const due = price === undefined ? undefined : credits(price * BigInt(quantity));
    if (amount !== due) return { record, amount, due };
  }
  return undefined;
}

function firstMisdated(period: PeriodId, { records }: Bundle): number | undefined {
  const [start, end] = [periodStart(period), periodEnd(period)];
  const place = records.findIndex(({ completedAt }) => completedAt < start || completedAt >= end);
  return place < 0 ? undefined : place;
}

/** The records are whole; are they this statement's? */
function checkBelongs(source: BundleSource, wanted: BundleRequest, bundle: Bundle): void {
  if (
    BigInt(bundle.chainId) !== source.chainId ||
    bundle.ledger.toLowerCase() !== source.ledger.toLowerCase()
  ) {
    throw new ConsortiaError(
      "BundleForeign",
      `The records under ${wanted.root} are those of ledger ${bundle.ledger} on chain ${bundle.chainId}, ` +
        `not of ${source.ledger} on chain ${source.chainId}: the statement bills another ledger's records.`,
    );
  }
  if (bundle.supplier !== wanted.supplier || bundle.consumer !== wanted.consumer) {
    throw new ConsortiaError(
      "BundleParties",
      `The records under ${wanted.root} are those of ${bundle.supplier} for ${bundle.consumer}, and the statement is of ` +
        `${wanted.supplier} for ${wanted.consumer}: it bills records of other parties.`,
    );
  }
}

function missing({ root, supplier, consumer }: BundleRequest): ConsortiaError {
  return new ConsortiaError(
    "BundleMissing",
    `The store has no records under ${root}, which member ${supplier} billed to ${consumer}. Import either party's copy.`,
  );
}
