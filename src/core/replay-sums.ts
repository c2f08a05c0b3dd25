import type { MemberId } from "./ids.ts";
import { credits } from "./money.ts";
import type { Credits } from "./money.ts";
import type { PeriodId } from "./period.ts";
import type { Charge } from "./schedule.ts";
import type { Line } from "./statement.ts";

/** What a member gave and drew, what it paid to COMMONS, and what that leaves: given − drawn − fees. */
export interface Sums {
  readonly given: Credits;
  readonly drawn: Credits;
  readonly fees: Credits;
  readonly net: Credits;
}

/** The same past under two schedules. */
export interface Comparison {
  /** As charged, less what was given back. */
  readonly charged: Sums;
  readonly proposed: Sums;
  /** What the proposal changes: proposed net − net as charged. */
  readonly difference: Credits;
  /** The part of it that comes of services which would not be offered: what is not paid for is not had either. */
  readonly dropped: Credits;
}

export interface MemberReplay extends Comparison {
  readonly member: MemberId;
  /** Statements that it supplied and consumed. */
  readonly supplied: number;
  readonly consumed: number;
  /** Of those consumed: how many would have come to more than it signed for. */
  readonly aboveMaximum: number;
  /** Of those consumed: how many name a service that its tier would not be offered. */
  readonly notOffered: number;
  /** As charged, by month of service; months in which it neither gave nor drew are left out. */
  readonly months: readonly MemberMonth[];
}

export interface MemberMonth {
  readonly month: PeriodId;
  readonly given: Credits;
  readonly drawn: Credits;
  readonly fees: Credits;
}

/** One statement under both schedules. */
export interface Recharged {
  /** Less what was given back. */
  readonly charged: Charge;
  readonly proposed: Charge;
  /** What was charged for lines that would not be offered, rounded down. */
  readonly dropped: Charge;
  readonly missing: readonly Line[];
  /** Whether the whole of it would come to more than was signed for. */
  readonly above: boolean;
}

/** Adds up one member's statements under both schedules. */
export class MemberSums {
  readonly #member: MemberId;
  readonly #charged = { given: 0n, drawn: 0n, fees: 0n };
  readonly #proposed = { given: 0n, drawn: 0n, fees: 0n };
  readonly #months = new Map<PeriodId, { given: bigint; drawn: bigint; fees: bigint }>();
  #dropped = 0n;
  #supplied = 0;
  #consumed = 0;
  #above = 0;
  #notOffered = 0;

  constructor(member: MemberId) {
    this.#member = member;
  }

  supply(month: PeriodId, { charged, proposed, dropped }: Recharged): void {
    this.#supplied += 1;
    this.#dropped -= dropped.gross;
    this.#charged.given += charged.gross;
    this.#proposed.given += proposed.gross;
    this.#month(month).given += charged.gross;
  }

  consume(month: PeriodId, { charged, proposed, dropped, above, missing }: Recharged): void {
    this.#consumed += 1;
    this.#dropped += dropped.gross + dropped.fee;
    if (above) this.#above += 1;
    if (missing.length > 0) this.#notOffered += 1;
    for (const [sums, { gross, fee }] of [
      [this.#charged, charged],
      [this.#proposed, proposed],
      [this.#month(month), charged],
    ] as const) {
      sums.drawn += gross;
      sums.fees += fee;
    }
  }

  #month(month: PeriodId) {
    const sums = this.#months.get(month) ?? { given: 0n, drawn: 0n, fees: 0n };
    this.#months.set(month, sums);
    return sums;
  }

  sum(): MemberReplay {
    return {
      member: this.#member,
      ...compare(summed(this.#charged), summed(this.#proposed), credits(this.#dropped)),
      ...{ supplied: this.#supplied, consumed: this.#consumed },
      ...{ aboveMaximum: this.#above, notOffered: this.#notOffered },
      months: [...this.#months]
        .sort(([a], [b]) => a - b)
        .map(([month, { given, drawn, fees }]) => ({
          ...{ month, given: credits(given), drawn: credits(drawn), fees: credits(fees) },
        })),
    };
  }
}

/** Sums with their net. */
export function summed({ given, drawn, fees }: { given: bigint; drawn: bigint; fees: bigint }): Sums {
  const net = credits(given - drawn - fees);
  return { given: credits(given), drawn: credits(drawn), fees: credits(fees), net };
}

/** Two sums and what they differ by. */
export function compare(charged: Sums, proposed: Sums, dropped: Credits): Comparison {
  return { charged, proposed, difference: credits(proposed.net - charged.net), dropped };
}
