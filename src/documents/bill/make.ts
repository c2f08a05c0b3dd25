import { ConsortiaError } from "../../core/error.ts";
import { formatPeriod } from "../../core/period.ts";
import { minorUnits } from "../office/codes.ts";
import type { Office } from "../office/office.ts";
import type { Bill, BillKind } from "./bill.ts";
import { creditMemoContent } from "./creditMemo.ts";
import type { BillFacts } from "./facts.ts";
import { invoiceContent } from "./invoice.ts";
import { rounded } from "./lines.ts";
import { billNumber } from "./number.ts";
import { totalsOf } from "./totals.ts";

const DAY = 86_400;
const CONTENT = { invoice: invoiceContent, creditMemo: creditMemoContent };

/**
 * A member's bill of a closed month, or undefined where there is nothing to bill. The same facts give the same bill.
 * @throws `PartyUnknown` where the office file does not name the member
 */
export function makeBill(kind: BillKind, facts: BillFacts, office: Office): Bill | undefined {
  const { isil, period, closedAt: issuedAt, proof } = facts;
  const decimals = minorUnits(office.currency);
  const content = CONTENT[kind](facts, office);
  const [lines, deductions] = [rounded(content.lines, decimals), rounded(content.deductions, decimals)];
  if (lines.length === 0) return undefined;
  const buyer = office.members.get(isil);
  if (buyer === undefined) {
    throw new ConsortiaError(
      "PartyUnknown",
      `The office file names no party for ${isil}. Add its name and address under "members".`,
      { values: { isil } },
    );
  }
  const exact = (parts: readonly { readonly exact: Bill["totals"]["due"] }[]) =>
    parts.map((one) => one.exact);
  const sums = { lines: exact(lines), deductions: exact(deductions), open: content.open };
  const totals = totalsOf(sums, office.tax, decimals);
  const dueAt = issuedAt + office.paymentDays * DAY;
  const demands = kind === "invoice" ? facts.demands.map(({ invoice }) => invoice) : [];
  return {
    ...{ kind, number: billNumber(period, isil, kind), period, issuedAt, isil, decimals, proof, demands },
    ...(kind === "invoice" ? { dueAt } : {}),
    ...{ seller: office.party, buyer, currency: office.currency, tax: office.tax },
    ...{ lines, deductions, totals },
    terms: termsOf(kind, totals.due, office.paymentDays, formatPeriod(period)),
  };
}

function termsOf(kind: BillKind, due: bigint, days: number, month: string): string {
  if (kind === "creditMemo") {
    if (due === 0n) return `Credited to the member's account in the ledger in ${month}.`;
    return "What is not yet credited follows in the ledger as its debtors get room.";
  }
  if (due <= 0n) return `Settled in the ledger in ${month}: nothing is to be paid.`;
  return `Payable within ${days} days; please give the number of this paper.`;
}
