import type { Hash, MemberId, ServiceId, StatementNumber } from "../../core/ids.ts";
import type { Credits } from "../../core/money.ts";
import type { PeriodId } from "../../core/period.ts";

/** Where bundles are kept (the layout of the directory store), and the ledger they must belong to. */
export interface BundleSource {
  readonly directory: string;
  readonly chainId: bigint;
  readonly ledger: string;
  /** The largest bundle to read, in bytes; 64 MiB unless told. */
  readonly maxBytes?: number;
}

/** What a statement says of its bundle. */
export interface BundleRequest {
  readonly root: Hash;
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  /** The month of service: records must have been completed in it. Not checked where it is left out. */
  readonly period?: PeriodId;
  /** What one unit of each service cost the consumer in that month. Not checked where it is left out. */
  readonly prices?: ReadonlyMap<ServiceId, Credits>;
  /** Services whose lines have a least or a most: their records share a line's sum, and are not priced one by one. */
  readonly shared?: readonly ServiceId[];
  /** Services that use works, where the identifiers in the details of their records are asked for. */
  readonly using?: readonly ServiceId[];
  /** Places of the records whose amounts are asked for: those that were given back. */
  readonly given?: readonly number[];
}

/** A record whose amount is not its quantity times the price; without a price nothing was due. */
export interface MispricedRecord {
  readonly record: number;
  readonly amount: Credits;
  readonly due: Credits | undefined;
}

/** Records of one service whose details name one work. */
export interface NamedWork {
  readonly service: ServiceId;
  /** Its identifier in its standard form. */
  readonly urn: string;
  readonly quantity: number;
  /** The first of them. */
  readonly record: number;
}

/** A bundle's records of one service. */
export interface ServiceTotal {
  readonly service: ServiceId;
  readonly records: number;
  readonly quantity: number;
  readonly amount: Credits;
}

/** A bundle whose records hash to the statement's root, between the statement's parties, on its ledger. */
export interface VerifiedBundle {
  readonly kind: "verified";
  /** Its place among the bundles that were wanted. */
  readonly index: number;
  /** What the bundle says it belongs to. The root does not cover these two: the statement's own are binding. */
  readonly number: StatementNumber;
  readonly period: PeriodId;
  readonly count: number;
  readonly sum: Credits;
  /** In ascending order of service. */
  readonly lines: readonly ServiceTotal[];
  /** The first record that costs something else than the schedule says, and the first of another month. */
  readonly mispriced: MispricedRecord | undefined;
  readonly misdated: number | undefined;
  /** The works that records name, of the services that were asked for. */
  readonly works: readonly NamedWork[];
  /** What the records that were asked for come to; those that do not exist, nothing. */
  readonly given: Credits;
  /** What identifies each record, in the bundle's order: see keys.ts. */
  readonly keys: Uint32Array;
}

/**
 * A bundle that proves nothing, and why:
 * `BundleMissing` the store has none; `BundleCorrupt`, `RecordsRootMismatch` the file is damaged or was changed;
 * `BundleTooLarge`, `StoreFailed` it could not be read; `BundleForeign`, `BundleParties` the records are whole but another
 * ledger's or other parties', so the statement commits to records that are not its own.
 */
export interface FailedBundle {
  readonly kind: "failed";
  readonly index: number;
  readonly code: string;
  readonly message: string;
}

export type BundleReport = VerifiedBundle | FailedBundle;
