import type { MemberId } from "../../core/ids.ts";
import { formatCredits, type Credits } from "../../core/money.ts";
import { formatPeriod, periodOf, type PeriodId } from "../../core/period.ts";
import type { RawLog } from "../chain/block.ts";
import type { FindingCode } from "../codes.ts";
import type { FindingDetails, Findings, Place } from "../finding.ts";

/** The moment that is being folded: what every part of the fold shares. */
export class Ground {
  readonly #findings: Findings;
  /** Seconds since 1970 of the block at hand. */
  now = 0;
  /** Counts logs over the whole audit: what came before has a lower position. */
  position = 0;
  place: Place = { block: 0, tx: "", logIndex: 0 };

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  /** The calendar month of the block at hand. */
  get month(): PeriodId {
    return periodOf(this.now);
  }

  /** Goes on to a log. */
  enter(log: RawLog, timestamp: number): void {
    this.now = timestamp;
    this.position += 1;
    this.place = { block: log.blockNumber, tx: log.txHash, logIndex: log.logIndex };
  }

  /** Notes a finding at the log at hand, or where the details say. */
  find(code: FindingCode, message: string, details: FindingDetails = {}): void {
    this.#findings.add(code, message, { ...this.place, ...details });
  }
}

/** How figures are told in findings. */
export const tell = {
  amount: (amount: bigint): string => formatCredits(amount as Credits),
  month: (month: number): string => (month === 0 ? "no month" : formatPeriod(month as PeriodId)),
  time: (seconds: number): string => new Date(seconds * 1000).toISOString().replace(".000Z", "Z"),
  member: (member: MemberId): string =>
    member === 1 ? "COMMONS" : member === 2 ? "RELIEF" : `member ${member}`,
};

/** A sentence begins with a capital. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
