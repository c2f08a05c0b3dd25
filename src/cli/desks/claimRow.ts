import { credits, formatCredits } from "../../core/money.ts";
import { formatSpan } from "../../core/span.ts";
import type { OpenClaim } from "../../sdk/claimLog.ts";
import type { Claim, ClaimEnd } from "../../sdk/claims.ts";
import type { Statement } from "../../core/statement.ts";

/** How a statement is called: its supplier's number and its own. */
export function nameOf({ supplier, number }: Pick<Statement, "supplier" | "number">): string {
  return `${supplier}-${number}`;
}

const FATES = {
  open: "is charged whole",
  disputed: "lapses",
  awarded: "is charged as awarded",
  appealed: "is charged as awarded",
  ruled: "is charged as ruled",
} as const;

/** What becomes of a claim if nobody does anything but settle it, and when. */
export function fateOf({ stage, secondsLeft }: Pick<Claim, "stage" | "secondsLeft">): string {
  return `${FATES[stage]} ${secondsLeft === 0 ? "as soon as anyone settles it" : `in ${formatSpan(secondsLeft)}`}`;
}

/** An open claim as a row; programs get its id and its seconds too. */
export function claimRow(open: OpenClaim, forPrograms: boolean): Record<string, unknown> {
  const { claim, statement, stage, gross, fee, award, secondsLeft } = open;
  const awarded = award === undefined ? null : { gross: award.gross, fee: award.fee };
  return {
    ...(forPrograms ? { claim } : {}),
    ...{ statement: nameOf(statement), supplier: statement.supplier, consumer: statement.consumer },
    ...{ stage, gross, fee, awarded },
    ...(forPrograms ? { secondsLeft } : {}),
    unanswered: fateOf(open),
  };
}

/** How a claim ended, in a sentence. */
export function endTitle(statement: Statement, { outcome, gross, fee }: ClaimEnd): string {
  const due = credits(gross + fee);
  const charged = due === 0n ? "nothing was charged" : `${formatCredits(due)} was charged`;
  return `The claim of ${nameOf(statement)} ended: ${outcome}; ${charged}.`;
}
