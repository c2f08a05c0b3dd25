import type { AuditResult } from "../../auditor/result.ts";
import { counted } from "../report/format.ts";

/** What the audit came to, in one word or two. */
export function verdictTitle({ verdict, found }: AuditResult): string {
  if (verdict === "clean") return "The book is right";
  if (verdict === "wrong") return `${counted(found.wrong, "thing is", "things are")} wrong`;
  return `${counted(found.unverifiable, "thing")} could not be verified`;
}

/** The verdict in a plain sentence or two. */
export function verdictSentence({ verdict, found, counts }: AuditResult): string {
  if (verdict === "wrong") {
    const rest =
      found.unverifiable === 0 ? "" : ` ${counted(found.unverifiable, "more thing")} could not be verified.`;
    return `Wrong: ${counted(found.wrong, "finding contradicts", "findings contradict")} the rules.${rest}`;
  }
  if (verdict === "unverifiable") {
    return `Unverifiable: nothing that could be checked is wrong, but ${counted(found.unverifiable, "thing")} could not be checked.`;
  }
  const views =
    counts.views === 0
      ? "No view of the chain was compared."
      : `The chain's own views agree, all ${counted(counts.views, "figure")} of them.`;
  return `Clean: everything that was read follows from the rules. ${views}`;
}
