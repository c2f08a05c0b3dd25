import type { Hash, Isil } from "../../core/ids.ts";
import type { Credits } from "../../core/money.ts";
import type { PeriodId } from "../../core/period.ts";
import type { Party, Tax } from "../office/office.ts";
import type { Totals } from "./totals.ts";

/** An invoice asks for what a member drew, a credit memo grants it what it supplied: 380 and 381 of UNTDID 1001. */
export type BillKind = "invoice" | "creditMemo";

export interface BillLine {
  readonly text: string;
  /** How many units; 1 for a sum. */
  readonly quantity: number;
  /** UN/ECE recommendation 20. */
  readonly unit: string;
  readonly exact: Credits;
  /** {@link exact} in the currency's minor unit. */
  readonly amount: Credits;
  /** The statement that it stands for, where it is one. */
  readonly statement?: StatementReference;
}

export interface StatementReference {
  /** Supplier and number, as `statement show` takes them: `7-12`. */
  readonly name: string;
  /** The month of service. */
  readonly period: PeriodId;
  /** The root over its records. */
  readonly root: Hash;
}

/** What others pay of an invoice: an allowance on the document's level (BG-20). */
export interface Deduction {
  readonly text: string;
  readonly exact: Credits;
  readonly amount: Credits;
}

/** Where whoever doubts a bill looks. */
export interface Proof {
  readonly chainId: number;
  readonly ledger: string;
  /** The transaction that closed the month. */
  readonly closeTx: string;
}

/** One member's closed month, as a paper says it. */
export interface Bill {
  readonly kind: BillKind;
  /** Its number: the same for the same member, month and kind. */
  readonly number: string;
  readonly period: PeriodId;
  /** The day of the month's close on the chain, in seconds. */
  readonly issuedAt: number;
  /** Invoices only. */
  readonly dueAt?: number;
  readonly seller: Party;
  readonly buyer: Party;
  /** The buyer's ISIL. */
  readonly isil: Isil;
  readonly currency: string;
  /** Decimals of every rounded amount. */
  readonly decimals: number;
  readonly tax: Tax;
  readonly lines: readonly BillLine[];
  readonly deductions: readonly Deduction[];
  readonly totals: Totals;
  /** What to do about what is due, in a sentence. */
  readonly terms: string;
  /** Invoices of sponsors on the chain that ask for what is due. */
  readonly demands: readonly number[];
  readonly proof: Proof;
}
