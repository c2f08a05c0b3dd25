import type { AuditCounts } from "../../auditor/result.ts";
import { count, counted } from "../report/format.ts";

/** A figure of what was checked: how many of what, and what else belongs to it. */
export interface CheckedFigure {
  readonly value: number;
  readonly label: string;
  readonly note: string;
}

/** What was checked, in the order in which people ask. */
export function checkedFigures(counts: AuditCounts): CheckedFigure[] {
  const n = counts;
  const reversed = n.refunds + n.duplicates;
  return [
    { value: n.blocks, label: word(n.blocks, "block"), note: counted(n.logs, "log") },
    {
      value: n.statements,
      label: word(n.statements, "statement"),
      note: `${counted(n.batches, "batch", "batches")}, ${count(n.skipped)} left out`,
    },
    { value: n.signatures, label: word(n.signatures, "signature"), note: "by keys of consumers and voters" },
    { value: n.records, label: word(n.records, "record"), note: counted(n.bundles, "bundle") },
    {
      value: n.claims,
      label: word(n.claims, "claim"),
      note: `${count(n.claimsCharged)} charged, ${count(n.disputes)} disputed, ${counted(n.awards, "award")}, ${counted(n.appeals, "appeal")}`,
    },
    {
      value: reversed,
      label: word(reversed, "reversal"),
      note: `${counted(n.refunds, "refund")}, ${counted(n.duplicates, "duplicate")}`,
    },
    {
      value: n.relieved,
      label: word(n.relieved, "statement relieved", "statements relieved"),
      note: `${counted(n.royalties, "with royalties", "with royalties")}, ${counted(n.agreements, "agreement")}, ${counted(n.grants, "gift")}, ${counted(n.compensations, "compensation")}, ${counted(n.invoices, "invoice")}`,
    },
    {
      value: n.ballots,
      label: word(n.ballots, "ballot"),
      note: `${counted(n.elections, "election")}, ${counted(n.seats, "seat")} taken, ${counted(n.proposals, "proposal")}, ${counted(n.amendments, "amendment")}`,
    },
    {
      value: n.closes,
      label: word(n.closes, "month closed", "months closed"),
      note: counted(n.members, "member"),
    },
    {
      value: n.deposits + n.withdrawals,
      label: word(n.deposits + n.withdrawals, "payment"),
      note: `${count(n.deposits)} in, ${count(n.withdrawals)} out, ${counted(n.advances, "advance")}, ${counted(n.debtPayments, "debt payment")}`,
    },
    { value: n.views, label: word(n.views, "view compared", "views compared"), note: "with the chain's own" },
  ];
}

function word(value: number, singular: string, plural = `${singular}s`): string {
  return value === 1 ? singular : plural;
}
