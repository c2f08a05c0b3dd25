import { hashRequest } from "./commitment.ts";
import type { Agency, Hash, ServiceId } from "./ids.ts";
import type { RecordDraft } from "./record.ts";

/** An exchange of which a party's own messages make no record, and why. */
export interface Unrecorded {
  readonly supplier: Agency;
  readonly consumer: Agency;
  /** The requesting agency's own identifier of the request. */
  readonly request: string;
  /** Short and stable, such as `above-maximum`. */
  readonly reason: string;
}

/** A record of one's own, by the request that it belongs to. */
export interface OwnRecord {
  readonly draft: RecordDraft;
  readonly request: Hash;
  readonly service: ServiceId;
}

/** What a party's own messages say of its exchanges, by request. */
export interface OwnRecords {
  readonly all: readonly OwnRecord[];
  /** The records of one request, in the order of their services. */
  of(request: Hash): readonly OwnRecord[];
  unrecorded(request: Hash): Unrecorded | undefined;
}

/**
 * Sorts drafts by request. Of two for one request and service the earlier counts, as in billing; a service that
 * the schedule does not know is left out.
 * @throws `TextInvalid` where a text has no UTF-8
 */
export function ownRecords(
  drafts: Iterable<RecordDraft>,
  unrecorded: Iterable<Unrecorded>,
  serviceOf: (code: string) => ServiceId | undefined,
): OwnRecords {
  const requests = new Map<Hash, OwnRecord[]>();
  for (const draft of [...drafts].sort((a, b) => a.completedAt - b.completedAt)) {
    const service = serviceOf(draft.service);
    if (service === undefined) continue;
    const request = hashRequest(draft.consumer, draft.supplier, draft.request);
    const known = requests.get(request) ?? [];
    if (known.some((one) => one.service === service)) continue;
    requests.set(
      request,
      [...known, { draft, request, service }].sort((a, b) => a.service - b.service),
    );
  }
  const reasons = new Map<Hash, Unrecorded>();
  for (const one of unrecorded) reasons.set(hashRequest(one.consumer, one.supplier, one.request), one);
  return {
    all: [...requests.values()].flat(),
    of: (request) => requests.get(request) ?? [],
    unrecorded: (request) => reasons.get(request),
  };
}
