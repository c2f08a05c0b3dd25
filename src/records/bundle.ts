import { randomBytes } from "node:crypto";
import { hashDetails, hashRequest, type RequestIdentity } from "../core/commitment.ts";
import { ConsortiaError } from "../core/error.ts";
import type { Hash, MemberId, ServiceId, StatementNumber } from "../core/ids.ts";
import { treeDomain } from "../core/leaf.ts";
import { parseCredits } from "../core/money.ts";
import type { PeriodId } from "../core/period.ts";
import type { ServiceRecord } from "../core/record.ts";
import { buildTree, type RecordTree } from "../core/tree.ts";

/** A record in the clear: everything its leaf commits to, with the salt that opens the commitment. */
export interface BundleRecord {
  readonly request: RequestIdentity;
  readonly service: ServiceId;
  readonly charge: number;
  readonly quantity: number;
  /** Credits as a decimal number, such as `12.50`. */
  readonly amount: string;
  readonly salt: Hash;
  readonly details: Readonly<Record<string, string>>;
  /** Seconds since 1970, UTC. */
  readonly completedAt: number;
}

/**
 * One statement's records, as both parties keep them. The root commits to chain, ledger, supplier, consumer
 * and records; number and period are the statement's, and times are for the reader.
 */
export interface Bundle {
  readonly version: 1;
  readonly chainId: number;
  readonly ledger: string;
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  readonly number: StatementNumber;
  readonly period: PeriodId;
  readonly root: Hash;
  readonly records: readonly BundleRecord[];
  /** The signed statement, once there is one: any JSON. */
  readonly statement?: unknown;
}

/** 32 random bytes, a fresh one for every record. */
export function randomSalt(): Hash {
  return `0x${randomBytes(32).toString("hex")}` as Hash;
}

/** Completes a bundle with its version and root. @throws as {@link buildTree} */
export function sealBundle(draft: Omit<Bundle, "version" | "root">): Bundle {
  return { ...draft, version: 1, root: bundleTree(draft).root };
}

/** The records as leaves of the tree. */
export function bundleRecords(bundle: Pick<Bundle, "supplier" | "consumer" | "records">): ServiceRecord[] {
  const { supplier, consumer } = bundle;
  return bundle.records.map(({ request, service, charge, quantity, amount, salt, details }) => ({
    supplier,
    consumer,
    request: hashRequest(request.requesting, request.supplying, request.id),
    service,
    charge,
    quantity,
    amount: parseCredits(amount),
    details: hashDetails(salt, details),
  }));
}

/** The tree over a bundle's records, for its root and proofs. @throws as {@link buildTree} */
export function bundleTree(bundle: Omit<Bundle, "version" | "root">): RecordTree {
  return buildTree(treeDomain(BigInt(bundle.chainId), bundle.ledger), bundleRecords(bundle));
}

/**
 * @param records the bundle's records as leaves, for whoever has them already
 * @throws `RecordsRootMismatch` where the records do not hash to the bundle's root
 */
export function checkRoot(bundle: Bundle, records: readonly ServiceRecord[] = bundleRecords(bundle)): void {
  const { root } = buildTree(treeDomain(BigInt(bundle.chainId), bundle.ledger), records);
  if (root === bundle.root) return;
  throw new ConsortiaError(
    "RecordsRootMismatch",
    `The records of statement ${bundle.number} from ${bundle.supplier} to ${bundle.consumer} hash to ${root}, ` +
      `not to ${bundle.root}: a record, a party or the ledger was changed. Ask the other party for its copy.`,
    { values: { expected: bundle.root, actual: root } },
  );
}
