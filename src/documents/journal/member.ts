import type { MemberId } from "../../core/ids.ts";
import { effectsOf, type Figure } from "./effects.ts";
import { credit, debit, type Entry, type EntryLine } from "./entry.ts";
import type { Movement } from "./movement.ts";

/** The accounts of a member's own books. */
export type MemberRole =
  /** What it owns with the consortium: position and cash. */
  | "cash"
  /** The settlement asset in its own hands: where deposits come from and pay-outs go. */
  | "asset"
  | "bank"
  | "income"
  | "expense"
  | "fees"
  | "feeIncome"
  | "relief"
  | "grants"
  | "reliefPaid"
  | "royaltyExpense"
  | "royaltyIncome"
  | "refundsGiven"
  | "refundsReceived"
  | "compensation"
  | "payables"
  | "receivables"
  | "advancesOwed"
  | "advancesLent"
  | "bonds"
  | "bondsForfeited"
  | "forfeits"
  | "setAside";

/** What stands against what its account gets or loses. */
const AGAINST: Readonly<Record<Figure, MemberRole>> = {
  given: "income",
  drawn: "expense",
  fees: "fees",
  feesEarned: "feeIncome",
  relief: "relief",
  grants: "grants",
  reliefPaid: "reliefPaid",
  royaltiesPaid: "royaltyExpense",
  royaltiesEarned: "royaltyIncome",
  gaveBack: "refundsGiven",
  gotBack: "refundsReceived",
  debtsOwed: "payables",
  debtsDue: "receivables",
  deposited: "asset",
  withdrawn: "asset",
  advancesReceived: "advancesOwed",
  advancesLent: "advancesLent",
  bonds: "bonds",
  forfeitsEarned: "forfeits",
  compensation: "compensation",
  setAside: "setAside",
};

/** A movement in one member's own books; undefined where it does not concern it. */
export function memberEntry(movement: Movement, member: MemberId): Entry<MemberRole> | undefined {
  const lines = effectsOf(movement)
    .filter((effect) => effect.member === member)
    .flatMap(({ figure, amount }) => [debit<MemberRole>("cash", amount), credit(AGAINST[figure], amount)]);
  const all = [...lines, ...besides(movement, member)];
  return all.length === 0 ? undefined : { movement, lines: all };
}

/** What touches a member's books and not its account. */
function besides(movement: Movement, member: MemberId): EntryLine<MemberRole>[] {
  if (movement.kind === "bondReleased" && movement.supplier === member && movement.member !== member) {
    return [debit("bondsForfeited", movement.amount), credit("bonds", movement.amount)];
  }
  if (movement.kind === "paidIn" && movement.member === member) {
    return [debit("asset", movement.amount), credit("bank", movement.amount)];
  }
  return [];
}
