import { credits, ZERO, type Credits } from "../core/money.ts";

/**
 * What happened to one account in some time, each by its own name and never below zero. Amounts are what was billed
 * and given back; the part that became or settled a debt stands apart, so that every figure can be found again in a
 * statement, a claim or a refund.
 */
export const FLOWS = {
  /** Gross billed as a supplier, by statement or claim. */
  given: 1n,
  /** Gross billed as a consumer. */
  drawn: -1n,
  /** Fees billed as a consumer. */
  fees: -1n,
  /** Fees billed for this account: COMMONS. */
  feesEarned: 1n,
  /** What others paid of `drawn`, and what this account paid for others: RELIEF. */
  relieved: 1n,
  reliefPaid: -1n,
  /** What rights holders were due as a consumer, and what was due to this account as a rights holder. */
  royalties: -1n,
  royaltiesEarned: 1n,
  /** Of `given` and `drawn`, what was charged by claim. */
  claimsGiven: 0n,
  claimsDrawn: 0n,
  /** Given back as a supplier. */
  gaveBack: -1n,
  /** Got back as a consumer. */
  gotBack: 1n,
  deposited: 1n,
  withdrawn: -1n,
  /** Cash of sponsors that came in, own cash that came back. */
  advancesIn: 1n,
  /** Own cash that was lent, cash of sponsors that was returned. */
  advancesOut: -1n,
  /** What this account owed more at the time: billed or to be given back, and not paid yet. */
  debtsAcknowledged: 1n,
  /** What this account was owed more: billed or to be got back, and not received yet. */
  debtsOwed: -1n,
  debtsPaid: -1n,
  debtsReceived: 1n,
  /** Own debts that a refund took away, instead of paying it. */
  debtsCancelled: -1n,
  /** Others' debts to this account that its own refund took away. */
  debtsForgone: 1n,
  bondsLocked: -1n,
  /** Own bonds that came back, others' that were forfeited to this account. */
  bondsReleased: 1n,
  /** What was set aside for grants and compensation: of RELIEF. */
  setAside: -1n,
  /** What was paid to this account out of that: compensation; to RELIEF what grants bear, and what nobody drew. */
  fromSetAside: 1n,
} as const;

export type Flow = keyof typeof FLOWS;

/** Amounts by flow; what is missing is zero. */
export type Flows = Readonly<Partial<Record<Flow, Credits>>>;

export const FLOW_NAMES = Object.keys(FLOWS) as readonly Flow[];

/** What flows do to position and cash together. */
export function netFlow(flows: Flows): Credits {
  return credits(FLOW_NAMES.reduce((sum, name) => sum + FLOWS[name] * (flows[name] ?? ZERO), 0n));
}

/** The sum of flows. */
export function addFlows(list: readonly Flows[]): Flows {
  const sum: Partial<Record<Flow, Credits>> = {};
  for (const flows of list) {
    for (const name of FLOW_NAMES) {
      const amount = flows[name];
      if (amount !== undefined) sum[name] = credits((sum[name] ?? 0n) + amount);
    }
  }
  return sum;
}
