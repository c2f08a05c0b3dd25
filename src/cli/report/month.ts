import type { Hash, MemberId, StatementNumber } from "../../core/ids.ts";
import type { Credits } from "../../core/money.ts";
import type { PeriodId } from "../../core/period.ts";

/**
 * All that the report of one closed month says, before anything is formatted. Every bigint in it is an
 * amount of credits; counts and gas are numbers.
 */
export interface MonthReport {
  /** The consortium's name. */
  readonly consortium: string;
  readonly currency: string;
  readonly period: PeriodId;
  readonly network: MonthNetwork;
  /** In the order of the register; COMMONS and RELIEF may be among them. */
  readonly members: readonly MonthMember[];
  readonly services: readonly MonthService[];
  readonly statements: readonly MonthStatement[];
  readonly exceptions: readonly MonthException[];
  /** Messages that the connectors read. */
  readonly messages: number;
  readonly totals: MonthTotals;
  readonly gas: MonthGas;
  /** `held`, or a sentence for each invariant that did not. */
  readonly invariants: "held" | readonly string[];
}

export interface MonthNetwork {
  readonly chainId: number;
  readonly ledger: string;
  readonly fromBlock: number;
  readonly toBlock: number;
}

export interface MonthMember {
  readonly id: MemberId;
  /** Empty where the member has none. */
  readonly isil: string;
  readonly name: string;
  readonly tier: number;
  readonly region: string;
  /** Such as library, archive, vendor, commons. */
  readonly kind: string;
  /** Gross of the statements it supplied, settled claims among them. */
  readonly given: Credits;
  /** Gross of the statements it consumed, settled claims among them. */
  readonly drawn: Credits;
  readonly fees: Credits;
  /** What others paid for it; below zero for RELIEF, which paid. */
  readonly relief: Credits;
  /** What it got for works that it holds, less what it paid for those of others. */
  readonly royalties: Credits;
  /** What it was paid in the month as a net lender of an earlier one. */
  readonly compensation: Credits;
  /** What the month changed, all legs together: what was given back is among them. */
  readonly net: Credits;
  /** Position before the close. */
  readonly position: Credits;
  /** Cash after the close and what followed it. */
  readonly settled: Credits;
  /** Withdrawn. */
  readonly paid: Credits;
  readonly deposited: Credits;
  readonly advances: { readonly received: Credits; readonly owed: Credits; readonly given: Credits };
  /** Acknowledged debts: what it owes to others, and what is due to it. */
  readonly debts: { readonly owed: Credits; readonly due: Credits };
  /** Statements that were charged, as supplier and as consumer. */
  readonly statements: { readonly supplied: number; readonly consumed: number };
  /** Records by service code. */
  readonly services: readonly { readonly code: string; readonly given: number; readonly drawn: number }[];
}

export interface MonthService {
  readonly id: number;
  readonly code: string;
  readonly prices: readonly { readonly tier: number; readonly price: Credits }[];
  /** Prices with conditions, each in a few words; absent where there is none. */
  readonly conditions?: readonly string[];
  /** Handling fee, paid by the consumer to the commons. */
  readonly fee: Credits;
  readonly records: number;
  readonly quantity: number;
  readonly gross: Credits;
}

export interface MonthStatement {
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  readonly number: StatementNumber;
  /** The month of service. */
  readonly period: PeriodId;
  readonly gross: Credits;
  readonly fee: Credits;
  /** What rights holders got of the consumer on top. */
  readonly royalties: Credits;
  /** The part of the gross that others paid for the consumer. */
  readonly relieved: Credits;
  readonly records: number;
  /** `claimed`: it was not countersigned but claimed, and charged when the claim was settled. */
  readonly status: "posted" | "acknowledged" | "claimed" | "skipped";
  readonly root: Hash;
  /** The transaction; empty where there was none. */
  readonly tx: string;
}

/** A request that was not billed, and why. */
export interface MonthException {
  readonly request: string;
  /** Agencies as the messages name them, such as `ISIL:DE-1`. */
  readonly requesting: string;
  readonly supplying: string;
  /** A short, countable reason, such as `no answer`. */
  readonly reason: string;
  readonly explanation: string;
}

export interface MonthTotals {
  readonly gross: Credits;
  readonly fees: Credits;
  /** What others paid for consumers. */
  readonly relief: Credits;
  /** What consumers paid to rights holders. */
  readonly royalties: Credits;
  /** What net lenders were paid. */
  readonly compensation: Credits;
  /** Sum of the positive nets: what really had to move. */
  readonly net: Credits;
  readonly paid: Credits;
  readonly acknowledged: Credits;
  readonly advances: Credits;
  readonly deposits: Credits;
  /** Given back by suppliers, whenever it had been charged. */
  readonly refunds: Credits;
}

export interface MonthGas {
  readonly close: number;
  readonly postTotal: number;
  readonly postPerStatement: number;
  readonly verbs: readonly MonthVerb[];
}

export interface MonthVerb {
  readonly verb: string;
  readonly calls: number;
  /** All calls together. */
  readonly gas: number;
  /** A call elsewhere that does the same, and its gas. */
  readonly compared?: { readonly what: string; readonly gas: number };
}
