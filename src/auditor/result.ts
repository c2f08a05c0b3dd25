import type { MemberId } from "../core/ids.ts";
import { formatCredits, type Credits } from "../core/money.ts";
import { formatPeriod, type PeriodId } from "../core/period.ts";
import type { GovernanceSite } from "./chain/governance.ts";
import type { House } from "./chain/house.ts";
import type { Finding } from "./finding.ts";
import type { Flows } from "./flows.ts";

/** `wrong` outranks `unverifiable`. */
export type Verdict = "clean" | "wrong" | "unverifiable";

/** What was audited, so that somebody else can do it again. Addresses are as they were given. */
export interface AuditScope extends House {
  readonly chainId: number;
  readonly ledger: string;
  /** The contracts by which members govern. */
  readonly governance?: GovernanceSite;
  readonly fromBlock: number;
  readonly toBlock: number;
  /** Hash and second of the last block. */
  readonly toHash: string;
  readonly toTime: number;
  /** The month that was open at the end. */
  readonly openPeriod: PeriodId;
  /** What was read from, by name. */
  readonly nodes: readonly string[];
  /** The blocks at whose ends the chain's views were compared. */
  readonly checkedAt: readonly number[];
}

/** How much was checked. */
export interface AuditCounts {
  readonly blocks: number;
  readonly logs: number;
  readonly members: number;
  readonly batches: number;
  /** Statements posted with a countersignature. */
  readonly statements: number;
  readonly skipped: number;
  /** Signatures verified: countersignatures, late ones, receipts. */
  readonly signatures: number;
  readonly closes: number;
  readonly deposits: number;
  readonly withdrawals: number;
  readonly advances: number;
  readonly debtPayments: number;
  readonly claims: number;
  readonly disputes: number;
  /** Awards, and rulings on appeals. */
  readonly awards: number;
  readonly appeals: number;
  /** Claims that ended in a charge. */
  readonly claimsCharged: number;
  readonly refunds: number;
  readonly duplicates: number;
  /** Elections opened. */
  readonly elections: number;
  /** Ballots in elections and chambers, supports of candidates, signatures under petitions and recalls. */
  readonly ballots: number;
  /** Proposals put before chambers. */
  readonly proposals: number;
  /** Seats taken. */
  readonly seats: number;
  /** Amendments of the charter proposed. */
  readonly amendments: number;
  /** Statements that others paid a part of, and those that bore royalties. */
  readonly relieved: number;
  readonly royalties: number;
  readonly agreements: number;
  /** Gifts to grants. */
  readonly grants: number;
  /** Net lenders that were paid. */
  readonly compensations: number;
  readonly invoices: number;
  /** Bundles whose records were verified, and the records in them. */
  readonly bundles: number;
  readonly records: number;
  /** Figures compared with the chain's views. */
  readonly views: number;
}

/** An account's state at the end of the audited range, rolled into the open month; as the ledger's `account` view. */
export interface AccountFigures {
  readonly position: Credits;
  readonly cash: Credits;
  readonly supplied: Credits;
  readonly room: Credits;
  readonly free: Credits;
  readonly advances: Credits;
  readonly debts: Credits;
  readonly standing: Credits;
}

/** Where a membership stands; COMMONS and RELIEF are always admitted. */
export type MembershipState = "applied" | "admitted" | "suspended" | "left";

/** A member's book in one month. opening + netFlow(flows) = closing. */
export interface MonthFlows {
  readonly period: PeriodId;
  /** Position and cash together when the month was opened. */
  readonly opening: Credits;
  readonly flows: Flows;
  /** Position and cash together when it was closed, or at the end of the audit. */
  readonly closing: Credits;
}

/** The same for the months of a calendar year. */
export interface YearFlows {
  readonly year: number;
  readonly opening: Credits;
  readonly flows: Flows;
  readonly closing: Credits;
}

/** One account with its history. */
export interface MemberAudit {
  readonly member: MemberId;
  /** Absent for COMMONS and RELIEF, and for applicants. */
  readonly isil?: string;
  readonly membership: MembershipState;
  readonly account: AccountFigures;
  /** Months in which something happened, in order. */
  readonly months: readonly MonthFlows[];
  readonly years: readonly YearFlows[];
}

/** What an audit came to. */
export interface AuditResult {
  readonly version: 1;
  readonly verdict: Verdict;
  readonly wrong: readonly Finding[];
  readonly unverifiable: readonly Finding[];
  readonly notes: readonly Finding[];
  /** How many findings there are, listed or not. */
  readonly found: { readonly wrong: number; readonly unverifiable: number; readonly notes: number };
  readonly scope: AuditScope;
  readonly counts: AuditCounts;
  /** The book at the end: what the ledger accounts for, and what of it is set aside: bonds, grants, compensation. */
  readonly backing: Credits;
  readonly bonds: Credits;
  /** COMMONS first, then RELIEF, then by number. */
  readonly accounts: readonly MemberAudit[];
}

/** The result as JSON carries it: amounts as decimal texts, months as `2026-11`. */
export function auditJson(result: AuditResult): string {
  return JSON.stringify(result, (key, value: unknown) => {
    if (typeof value === "bigint") return formatCredits(value as Credits);
    if ((key === "period" || key === "openPeriod") && typeof value === "number") {
      return formatPeriod(value as PeriodId);
    }
    return value;
  });
}
