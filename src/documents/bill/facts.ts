import type { Isil, MemberId } from "../../core/ids.ts";
import type { Leg } from "../../core/legs.ts";
import type { Credits } from "../../core/money.ts";
import type { PeriodId } from "../../core/period.ts";
import type { Charge } from "../../core/schedule.ts";
import type { Statement } from "../../core/statement.ts";
import type { Proof } from "./bill.ts";

/** A statement as it was charged. */
export interface ChargedStatement extends Charge {
  readonly statement: Statement;
  /** What of it found no room and became debts of the consumer. */
  readonly acknowledged: Credits;
  readonly legs: readonly Leg[];
  /** Whether it was a claim that was settled, maybe for a part of it. */
  readonly claimed: boolean;
}

/** What a supplier gave back. */
export interface GivenBack {
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  readonly amount: Credits;
  /** The part that took away a debt of the consumer's. */
  readonly cancelled: Credits;
  /** The part that the supplier had no room for and owes. */
  readonly owed: Credits;
}

/** All that a closed month holds for one member: nobody's opinion, the chain's log alone. */
export interface BillFacts {
  readonly member: MemberId;
  readonly isil: Isil;
  readonly period: PeriodId;
  /** When the month was closed, in seconds. */
  readonly closedAt: number;
  /** Of the whole month; those of others are passed over. */
  readonly statements: readonly ChargedStatement[];
  readonly refunds: readonly GivenBack[];
  /** What the member was paid in the month as a net lender of an earlier one. */
  readonly compensation: Credits;
  /** What sponsors asked of the member for the month, on the chain. */
  readonly demands: readonly { readonly invoice: number; readonly amount: Credits }[];
  /** ISILs by member. */
  readonly isils: ReadonlyMap<MemberId, Isil>;
  /** Codes by service. */
  readonly services: ReadonlyMap<number, string>;
  readonly proof: Proof;
}
