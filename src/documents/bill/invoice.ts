import { sumLegs } from "../../core/legs.ts";
import { credits, ZERO, type Credits } from "../../core/money.ts";
import type { Office } from "../office/office.ts";
import type { BillFacts, ChargedStatement } from "./facts.ts";
import { statementLine, sumLine, type PlainLine } from "./lines.ts";
import { nameIn } from "./names.ts";
import { sum } from "./totals.ts";

/** What a bill is made of, before anything is rounded. */
export interface Content {
  readonly lines: readonly PlainLine[];
  readonly deductions: readonly { readonly text: string; readonly exact: Credits }[];
  /** What of it the ledger has not settled. */
  readonly open: Credits;
}

/**
 * What a month debited a member: services by statement, handling fees, royalties by holder, what it gave back as a supplier;
 * less what reliefs and grants paid for it. Of that is open what became debts, and what sponsors ask for on the chain.
 */
export function invoiceContent(facts: BillFacts, office: Office): Content {
  const { member, demands } = facts;
  const name = nameIn(facts, office);
  const drawn = facts.statements
    .filter(({ statement }) => statement.consumer === member)
    .sort(({ statement: a }, { statement: b }) => a.supplier - b.supplier || a.number - b.number);
  const given = facts.refunds.filter(({ supplier }) => supplier === member);
  const got = facts.refunds.filter(({ consumer }) => consumer === member);
  const lines = [
    ...drawn.map((one) => statementLine(one, `from ${name(one.statement.supplier)}`, facts, office)),
    sumLine("Handling fees", sum(drawn.map(({ fee }) => fee))),
    ...[...royalties(drawn)].map(([holder, due]) => sumLine(`Royalties to ${name(holder)}`, due)),
    ...given.map(({ consumer, amount }) => sumLine(`Given back to ${name(consumer)}`, amount)),
  ];
  const deductions = [...aid(drawn)].map(([relief, exact]) => ({ text: `Relief ${relief}`, exact }));
  const total = sum(lines.map(({ exact }) => exact)) - sum(deductions.map(({ exact }) => exact));
  const debts =
    sum(drawn.map(({ acknowledged }) => acknowledged)) -
    sum(got.map(({ cancelled }) => cancelled)) +
    sum(given.map(({ owed }) => owed));
  const asked = sum(demands.map(({ amount }) => amount));
  return { lines, deductions, open: between((debts > 0n ? debts : 0n) + asked, total) };
}

function royalties(drawn: readonly ChargedStatement[]) {
  const legs = drawn.flatMap((one) => one.legs).filter((leg) => leg.kind === "royalty");
  const holders = [...new Set(legs.map(({ holder }) => holder))].sort((a, b) => a - b);
  return holders.map((holder) => {
    const own = legs.filter((leg) => leg.holder === holder);
    return [holder, sumLegs(own, "royalty")] as const;
  });
}

function aid(drawn: readonly ChargedStatement[]) {
  const legs = drawn.flatMap((one) => one.legs).filter((leg) => leg.kind === "aid");
  const reliefs = [...new Set(legs.map(({ relief }) => relief))].sort((a, b) => a - b);
  return reliefs.map((relief) => {
    const own = legs.filter((leg) => leg.relief === relief);
    return [relief, sumLegs(own, "aid")] as const;
  });
}

/** An amount from zero to a total. */
export function between(amount: bigint, total: bigint): Credits {
  if (amount <= 0n || total <= 0n) return ZERO;
  return credits(amount < total ? amount : total);
}
