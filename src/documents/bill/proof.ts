import { formatPeriod } from "../../core/period.ts";
import type { Bill } from "./bill.ts";

/** How whoever doubts a bill checks it, in a few sentences. */
export function proofText({ proof, period, demands }: Bill): string {
  const { chainId, ledger, closeTx } = proof;
  const asked = demands.length === 0 ? "" : ` Asked for by invoice ${demands.join(", ")} on the chain.`;
  return (
    `Ledger ${ledger} on chain ${chainId}; ${formatPeriod(period)} was closed in transaction ${closeTx}.${asked} ` +
    `Check it with "consortia audit run --ledger ${ledger}", a statement with "consortia statement verify".`
  );
}
