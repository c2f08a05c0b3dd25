import { isMonth, type Month } from "./month.ts";

/** What follows from an exception. */
export type Consequence =
  /** For whoever reads logs; nothing follows. */
  | "info"
  /** The server ignored a part of the question; what it counted is said in the report's header. */
  | "ignored"
  /** The same question may be answered later. */
  | "later"
  /** The report is being made; ask again. */
  | "queued"
  /** There truly was no usage: zero. */
  | "no-usage"
  /** Not counted yet: never zero. */
  | "not-ready"
  /** Counted once and kept no longer: never zero. */
  | "expired"
  /** Something is missing: never final. */
  | "partial"
  /** Will not be answered until the question, the key or the contract changes. */
  | "refused";

export interface CounterException {
  readonly code: number;
  readonly consequence: Consequence;
  /** What the standard calls it; a server's own words are not kept, since anything may stand in them. */
  readonly meaning: string;
  /** The months that it names one by one; none where it speaks of all or in sentences. */
  readonly months: readonly Month[];
}

/** Code of Practice 5, appendix F, table F.1; 5.1, appendix D, table D.1. */
const TABLE: Readonly<Record<number, readonly [Consequence, string]>> = {
  1000: ["later", "Service Not Available"],
  1010: ["later", "Service Busy"],
  1011: ["queued", "Report Queued for Processing"],
  1020: ["later", "Client has made too many requests"],
  1030: ["refused", "Insufficient Information to Process Request"],
  2000: ["refused", "Requestor Not Authorized to Access Service"],
  2010: ["refused", "Requestor is Not Authorized to Access Usage for Institution"],
  2011: ["refused", "Global Reports Not Supported"],
  2020: ["refused", "APIKey Invalid"],
  3000: ["refused", "Report Not Supported"],
  3010: ["refused", "Report Version Not Supported"],
  3020: ["refused", "Invalid Date Arguments"],
  3030: ["no-usage", "No Usage Available for Requested Dates"],
  3031: ["not-ready", "Usage Not Ready for Requested Dates"],
  3032: ["expired", "Usage No Longer Available for Requested Dates"],
  3040: ["partial", "Partial Data Returned"],
  3050: ["ignored", "Parameter Not Recognized in this Context"],
  3060: ["ignored", "Invalid ReportFilter Value"],
  3061: ["ignored", "Incongruous ReportFilter Value"],
  3062: ["ignored", "Invalid ReportAttribute Value"],
  3063: ["ignored", "Components Not Supported"],
  3070: ["refused", "Required ReportFilter Missing"],
  3071: ["refused", "Required ReportAttribute Missing"],
  3080: ["partial", "Limit Requested Greater than Maximum Server Limit"],
};

/** Of these release 5 knows a mild and a severe form, told apart by their severity. */
const GRADED: ReadonlySet<number> = new Set([3060, 3061, 3062, 3070, 3071]);

/** An exception by its code; one that the standard does not have, 999 and above, is taken for a refusal. */
export function exceptionOf(code: number, severity?: string, data = ""): CounterException {
  const [usual, meaning] =
    TABLE[code] ?? (code < 1000 ? ["info", "Message"] : ["refused", "Unknown exception"]);
  return { code, consequence: graded(code, usual, severity), meaning, months: monthsIn(data) };
}

function graded(code: number, usual: Consequence, severity: string | undefined): Consequence {
  if (!GRADED.has(code) || severity === undefined) return usual;
  return /^warning$/i.test(severity) ? "ignored" : "refused";
}

/**
 * The months that a text lists as `2026-02`. Dates with days are left alone: the standard's own example names with them
 * what was asked and what is available, not what is missing.
 */
function monthsIn(text: string): Month[] {
  const short = text.slice(0, 4096);
  return [...new Set(short.match(/(?<![\d-])\d{4}-\d{2}(?![\d-])/g) ?? [])].filter(isMonth).sort();
}
