import type { Agency, Hash, MemberId, ServiceId } from "./ids.ts";
import type { Credits } from "./money.ts";

/**
 * One completed service between two institutions, as a connector reports it: before the parties are
 * looked up in the register and before the schedule has priced it. It carries no patron data.
 */
export interface RecordDraft {
  readonly supplier: Agency;
  readonly consumer: Agency;
  /** The requesting agency's own identifier of the request; unique within the pair. */
  readonly request: string;
  /** The service's code in the fee schedule, such as `loan` or `copy`. */
  readonly service: string;
  readonly quantity: number;
  /** When the service was completed, in seconds since 1970, UTC. */
  readonly completedAt: number;
  /** The most the consumer said it would pay for this request, in the consortium's currency. */
  readonly maximum?: Credits;
  /** What the supplier said it charges, in the consortium's currency. */
  readonly cost?: Credits;
  /** Bibliographic particulars, copied field by field; disclosed by choice only. */
  readonly details: Readonly<Record<string, string>>;
}

/** One loan, copy, catalogue record or e-resource use, priced: a leaf of a statement's record tree. */
export interface ServiceRecord {
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  /** Hash of the agency pair and the request. */
  readonly request: Hash;
  readonly service: ServiceId;
  /** 0 for the first bill of a request; a corrected bill after a refund counts on. */
  readonly charge: number;
  readonly quantity: number;
  readonly amount: Credits;
  /** Salted hash of the details. */
  readonly details: Hash;
}
