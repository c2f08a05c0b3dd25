import type { Site } from "./chain/discover.ts";

/** The contracts whose logs an audit reads. */
export function contractsOf({
  ledger,
  register,
  schedule,
  charter,
  claims,
  reversals,
  advances,
}: Site): string[] {
  return [ledger, register, schedule, charter, claims, reversals, advances].filter(
    (one) => one !== undefined,
  );
}
