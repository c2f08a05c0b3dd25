import { requestOutcomes } from "../../connectors/iso18626/fold/outcomes.ts";
import type { DemandAtHand } from "../../core/brief.ts";
import { demandOf, type RequestOutcome } from "../../core/demand.ts";
import { periodEnd, periodStart, type PeriodId } from "../../core/period.ts";
import type { RecordStore } from "../../records/store.ts";
import { readMessages } from "../import/messages.ts";
import type { ReadFacts } from "./facts.ts";

/** Where the parties' own files are; nothing is known of what they would tell where none is named. */
export interface AtHand {
  readonly store?: RecordStore;
  /** A folder of ISO 18626 messages. */
  readonly messages?: string;
}

interface About {
  readonly from: PeriodId;
  readonly to: PeriodId;
  readonly currency: string;
  readonly progress?: (done: number, total: number) => void;
}

/** Users' demand beyond what was charged, as far as it is at hand: counts, and nothing of any reader. */
export async function readDemand(facts: ReadFacts, atHand: AtHand, about: About): Promise<DemandAtHand> {
  return {
    records: atHand.store === undefined ? null : await recordsIn(atHand.store, facts),
    requests:
      atHand.messages === undefined ? null : demandOf(await outcomesIn(atHand.messages, facts, about)),
  };
}

async function recordsIn(store: RecordStore, { charges }: ReadFacts): Promise<DemandAtHand["records"]> {
  let [statements, records] = [0, 0];
  for (const { statement } of charges) {
    const bundle = await store.get(statement.root);
    if (bundle === undefined) continue;
    statements += 1;
    records += bundle.records.length;
  }
  return statements === 0 ? null : { statements, records };
}

/** Requests that were sent in the months. Members are known by their ISIL. */
async function outcomesIn(
  folder: string,
  { members }: ReadFacts,
  { from, to, currency, progress }: About,
): Promise<RequestOutcome[]> {
  const { messages } = await readMessages(folder, progress);
  const byName = new Map(members.map(({ member, isil }) => [`ISIL:${isil}`, member]));
  const [first, end] = [periodStart(from), periodEnd(to)];
  return requestOutcomes(messages, currency).flatMap((one): RequestOutcome[] => {
    const { consumer, outcome, askedAt, filledAt } = one;
    const at = askedAt ?? filledAt;
    if (at === undefined || at < first || at >= end) return [];
    const told = askedAt !== undefined && filledAt !== undefined && filledAt >= askedAt;
    return [{ consumer: byName.get(consumer), outcome, ...(told ? { turnaround: filledAt - askedAt } : {}) }];
  });
}
