import type { MemberId, StatementNumber } from "../core/ids.ts";
import { FINDINGS, type FindingCode, type Severity } from "./codes.ts";

/** Which statement, by what its supplier and everybody else call it. */
export interface StatementRef {
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  readonly number: StatementNumber;
}

/** Where on the chain. */
export interface Place {
  readonly block: number;
  readonly tx: string;
  readonly logIndex: number;
}

/** One thing that is wrong, cannot be verified or is worth knowing. All of it is JSON; amounts are decimal texts. */
export interface Finding extends Partial<Place> {
  readonly code: FindingCode;
  /** A whole sentence: what is wrong, with whom and where. */
  readonly message: string;
  readonly member?: MemberId;
  readonly statement?: StatementRef;
  /** What the rules say. */
  readonly expected?: string;
  /** What the chain, the node or the bundle says. */
  readonly found?: string;
}

/** What a finding says besides its code and message. */
export type FindingDetails = Omit<Finding, "code" | "message">;

/** Where findings go. */
export interface Findings {
  add(code: FindingCode, message: string, details?: FindingDetails): void;
}

/** How many findings of one code are listed. */
const LISTED = 1_000;

/** Collects findings by severity; beyond a thousand of one code it only counts. */
export class FindingList implements Findings {
  readonly #lists: Record<Severity, Finding[]> = { wrong: [], unverifiable: [], note: [] };
  readonly #counts = new Map<FindingCode, number>();

  add(code: FindingCode, message: string, details: FindingDetails = {}): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count <= LISTED) this.#lists[FINDINGS[code].severity].push({ code, message, ...details });
  }

  /** In the order in which they were found, with a note for every code that was found more often than is listed. */
  list(severity: Severity): Finding[] {
    const listed = [...this.#lists[severity]];
    if (severity !== "note") return listed;
    for (const [code, count] of this.#counts) {
      if (count <= LISTED) continue;
      const message = `${code} was found ${count} times; the first ${LISTED} are listed.`;
      listed.push({ code: "FindingsOmitted", message, found: String(count) });
    }
    return listed;
  }

  /** How many there are of a severity, listed or not. */
  count(severity: Severity): number {
    let sum = 0;
    for (const [code, count] of this.#counts) if (FINDINGS[code].severity === severity) sum += count;
    return sum;
  }
}
