import { isConsortiaError } from "../../core/error.ts";
import type { ChainNode } from "../chain/node.ts";
import type { Sender } from "../chain/transaction.ts";
import type { Findings, Place } from "../finding.ts";
import type { OwnWord } from "../fold/governance/acts.ts";
import type { Signatures } from "../fold/signatures.ts";

/**
 * Finds out who called where a ballot carries no signature but its caller: the transaction's sender, proven by its
 * signature, where it went straight to the contract. Who calls through another contract no log and no transaction tells.
 */
export async function askCallers(
  nodes: readonly ChainNode[],
  signatures: Signatures,
  findings: Findings,
): Promise<void> {
  for (const asked of signatures.callers) {
    const { place, contract = "" } = asked;
    const answer = await callerOf(nodes, place, contract);
    if ("from" in answer) signatures.judge(asked, answer.from, asked.entitled(answer.from));
    else if (asked.counts) {
      const message = `${asked.what()} carries no signature but its caller's, who is not known: ${answer.why}`;
      findings.add("CallerUnknown", message, { ...place, ...asked.details });
    }
  }
}

/** Finds out who called where somebody may have acted in its own name: who gave up a role, or a seat. */
export async function askWords(
  nodes: readonly ChainNode[],
  words: readonly OwnWord[],
  findings: Findings,
): Promise<void> {
  for (const { place, what, target, fits } of words) {
    const answer = await callerOf(nodes, place, target);
    if ("from" in answer) {
      if (fits(answer)) continue;
      const message = `${what}, and it was ${answer.from} that said so, which had no right to it.`;
      findings.add("ActUnlawful", message, { ...place, found: answer.from });
    } else {
      const message = `${what}, and who said so is not known: ${answer.why}`;
      findings.add("CallerUnknown", message, place);
    }
  }
}

async function callerOf(
  [node]: readonly ChainNode[],
  place: Place,
  contract: string,
): Promise<Sender | { readonly why: string }> {
  if (node === undefined) return { why: "no node was named." };
  try {
    const sender = await node.sender(place.tx);
    if (sender === undefined) return { why: "the node could not prove its transaction." };
    if (sender.to === contract) return sender;
    return { why: "it came through another contract." };
  } catch (error) {
    if (!isConsortiaError(error)) throw error;
    return { why: error.message };
  }
}
