import type { Book } from "../core/book.ts";
import { COMMONS, RELIEF } from "../core/ids.ts";
import type { FindingList, Findings } from "./finding.ts";
import type { Fold } from "./fold/fold.ts";
import { sentence, tell } from "./fold/ground.ts";
import type { FoldState } from "./fold/state.ts";
import { yearsOf } from "./fold/tally.ts";
import type { AuditCounts, AuditResult, AuditScope, MemberAudit } from "./result.ts";

/** What invariants 1 and 2 speak of. */
export type Sums = Pick<Book, "members" | "account" | "bonds" | "backing">;

/** Invariants 1 and 2 over all accounts. */
export function checkSums(book: Sums, findings: Findings): void {
  let [positions, cash] = [0n, 0n];
  for (const member of book.members()) {
    const account = book.account(member);
    positions += account.position;
    cash += account.cash;
    const holding = account.position + account.cash;
    if (holding >= 0n) continue;
    const message = sentence(`${tell.member(member)} holds ${tell.amount(holding)}.`);
    findings.add("AccountNegative", message, { member, expected: "0.00", found: tell.amount(holding) });
  }
  if (positions !== 0n) {
    const message = `Positions sum to ${tell.amount(positions)}.`;
    findings.add("PositionsUnbalanced", message, { expected: "0.00", found: tell.amount(positions) });
  }
  if (cash + book.bonds !== book.backing) {
    const figures = { expected: tell.amount(book.backing), found: tell.amount(cash + book.bonds) };
    const message = `Cash and what is set aside sum to ${figures.found}, and the book accounts for ${figures.expected}.`;
    findings.add("BackingUnbalanced", message, figures);
  }
}

/** What is set aside is what the bonds of open claims, grants and namings come to. */
export function checkPots(fold: Fold, findings: Findings): void {
  const { state, claims, compensation } = fold;
  const bonds = [...claims.open.values()].reduce((sum, { bond }) => sum + bond, 0n);
  const due = bonds + state.reliefs.held + compensation.setAside;
  const found = state.book.bonds;
  if (found === due) return;
  const figures = { expected: tell.amount(due), found: tell.amount(found) };
  const message = `${figures.found} is set aside, and bonds, grants and compensation come to ${figures.expected}.`;
  findings.add("PotWrong", message, figures);
}

/** What an audit came to. */
export function conclude(
  { state, blocks, logs }: Fold,
  findings: FindingList,
  scope: AuditScope,
  counts: Pick<AuditCounts, "bundles" | "records" | "views">,
): AuditResult {
  const [wrong, unverifiable] = [findings.count("wrong"), findings.count("unverifiable")];
  const [members, signatures] = [state.register.lastMember - RELIEF, state.signatures.verified];
  const agreements = state.register.agreed.list.length;
  return {
    version: 1,
    verdict: wrong > 0 ? "wrong" : unverifiable > 0 ? "unverifiable" : "clean",
    wrong: findings.list("wrong"),
    unverifiable: findings.list("unverifiable"),
    notes: findings.list("note"),
    found: { wrong, unverifiable, notes: findings.count("note") },
    scope,
    counts: { ...state.counts, ...counts, blocks, logs, members, signatures, agreements },
    backing: state.book.backing,
    bonds: state.book.bonds,
    accounts: accountsOf(state),
  };
}

function accountsOf({ register, tally, book }: FoldState): MemberAudit[] {
  return [...register.members()].map(({ id, isil, state: membership }) => {
    const months = tally.months(id);
    return {
      member: id,
      ...(id === COMMONS || id === RELIEF ? {} : { isil }),
      ...{ membership, account: book.account(id), months, years: yearsOf(months) },
    };
  });
}
