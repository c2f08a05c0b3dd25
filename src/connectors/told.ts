import type { Agency } from "../core/ids.ts";
import { formatCredits, type Credits } from "../core/money.ts";
import type { RecordDraft } from "../core/record.ts";
import type { Omission } from "./gathering.ts";
import { agencyOf, type Mapping } from "./mapping.ts";

/** What a system tells of the end of a request: supplied, not yet, not at all, closed by hand, or in a state nobody knows. */
export type Outcome =
  "supplied" | "still-open" | "unfilled" | "cancelled" | "closed-by-hand" | "unknown-state";

/** A sum as a system names it; the amount is missing where it cannot be read. */
export interface Sum {
  readonly amount: Credits | undefined;
  readonly currency: string | undefined;
}

/** What a request-sharing system tells of one request, by the names it uses for the parties. */
export interface Told {
  readonly outcome: Outcome;
  /** The system's own word for the state. */
  readonly state: string;
  readonly request: string | undefined;
  readonly supplier: string | undefined;
  readonly consumer: string | undefined;
  /** A code of the schedule. */
  readonly service: string | undefined;
  readonly completedAt: number | undefined;
  readonly maximum?: Sum;
  readonly cost?: Sum;
  readonly details: Readonly<Record<string, string>>;
}

export interface Terms {
  /** The consortium's currency; sums in another one are never converted. */
  readonly currency: string;
  /** What names stand for that are not written as scheme and symbol. */
  readonly mapping?: Mapping;
}

/** Makes a draft of a supplied request whose parties, service and time are known; everything else is told, never guessed. */
export function judgeTold(told: Told, { currency, mapping }: Terms): RecordDraft | Omission {
  const supplier = named(told.supplier, mapping);
  const consumer = named(told.consumer, mapping);
  const request = told.request ?? "";
  const omit = (reason: keyof typeof SENTENCES, why?: string): Omission => ({
    ...{ reason, request, sentence: sentenceOf(told, reason, why) },
    ...(supplier === undefined ? {} : { supplier }),
    ...(consumer === undefined ? {} : { consumer }),
  });
  if (told.outcome !== "supplied") return omit(told.outcome, told.state);
  if (request === "") return omit("no-request");
  if (told.supplier === undefined) return omit("no-supplier");
  if (supplier === undefined) return omit("unknown-agency", told.supplier);
  if (consumer === undefined) return omit("unknown-agency", told.consumer);
  if (supplier === consumer) return omit("same-agency", supplier);
  const { service, completedAt, maximum, cost } = told;
  if (service === undefined) return omit("service-unclear");
  if (completedAt === undefined) return omit("impossible-time");
  for (const sum of [maximum, cost]) {
    if (sum === undefined) continue;
    if (sum.amount === undefined) return omit("costs-unclear");
    const code = sum.currency ?? currency;
    if (code.toUpperCase() !== currency.toUpperCase()) return omit("other-currency", code);
  }
  const [most, charged] = [maximum?.amount, cost?.amount];
  if (most !== undefined && charged !== undefined && charged > most) {
    return omit("above-maximum", `cost ${formatCredits(charged)}, maximum ${formatCredits(most)}`);
  }
  return {
    ...{ supplier, consumer, request, service, quantity: 1, completedAt },
    ...(most === undefined ? {} : { maximum: most }),
    ...(charged === undefined ? {} : { cost: charged }),
    details: told.details,
  };
}

/** By the mapping, else as scheme and symbol; a name without a scheme stands for nothing. */
function named(name: string | undefined, mapping: Mapping | undefined): Agency | undefined {
  if (name === undefined) return undefined;
  const known = mapping?.agencyOf(name);
  if (known !== undefined || !name.includes(":")) return known;
  try {
    return agencyOf(name);
  } catch {
    return undefined;
  }
}

const SENTENCES = {
  "still-open": "is not supplied yet. Import it again when it is",
  unfilled: "was not filled. Nothing is to be done",
  cancelled: "was cancelled. Nothing is to be done",
  "closed-by-hand":
    "was closed by hand, and nothing tells whether it was supplied. Bill by hand what is true",
  "unknown-state": "is in a state that is not known here. Tell the project, or bill it by hand",
  "no-request": "has no identifier. Nothing can be billed without one",
  "no-supplier": "names no supplier. Nothing is to be done until one is chosen",
  "unknown-agency": "names an agency that the mapping does not list. Add it",
  "same-agency": "names one agency as both parties. Nobody supplies itself",
  "service-unclear":
    "does not tell whether it was a loan or a copy, or of a kind that the mapping lists. Add it, or bill it by hand",
  "impossible-time": "carries no time of a month from January 2020 on. Bill it by hand",
  "costs-unclear": "names a cost that is no decimal number of zero or more. Correct it there",
  "other-currency": "names money of another currency. Agree on the amount and bill it by hand",
  "above-maximum":
    "was supplied at a cost above the requester's maximum. Agree on the cost and bill it by hand",
} as const;

function sentenceOf({ request }: Told, reason: keyof typeof SENTENCES, why?: string): string {
  const subject = request === undefined ? "A request" : `Request ${request}`;
  return `${subject} ${SENTENCES[reason]}${why === undefined ? "" : ` (${why.slice(0, 64)})`}.`;
}
