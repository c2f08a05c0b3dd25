import { COMMONS, RELIEF, type MemberId } from "../../core/ids.ts";
import { credits, type Credits } from "../../core/money.ts";
import type { Fact, FactKind } from "./movement.ts";

/** What changes a member's position: what the close of its month settles. */
export const POSITION_FIGURES = [
  ...(["given", "drawn", "fees", "feesEarned", "relief", "grants", "reliefPaid"] as const),
  ...(["royaltiesPaid", "royaltiesEarned", "gaveBack", "gotBack"] as const),
  /** Own debts: added where one is acknowledged instead of paid, taken off where it is paid or cancelled. */
  "debtsOwed",
  /** The same of debts to this member. */
  "debtsDue",
] as const;

/** What changes settled cash. */
export const CASH_FIGURES = [
  ...(["deposited", "withdrawn", "advancesReceived", "advancesLent"] as const),
  ...(["bonds", "forfeitsEarned", "compensation", "setAside"] as const),
] as const;

/** What moves a member's account, by name. */
export type Figure = (typeof POSITION_FIGURES)[number] | (typeof CASH_FIGURES)[number];

/** What a movement does to one account: more where above zero. */
export interface Effect {
  readonly member: MemberId;
  readonly figure: Figure;
  readonly amount: Credits;
}

type Effects<K extends FactKind> = (fact: Extract<Fact, { kind: K }>) => readonly Effect[];

const EFFECTS: { readonly [K in FactKind]: Effects<K> } = {
  charged: ({ supplier, consumer, gross, fee }) => [
    more(supplier, "given", gross),
    less(consumer, "drawn", gross),
    less(consumer, "fees", fee),
    more(COMMONS, "feesEarned", fee),
  ],
  relieved: ({ consumer, grant, amount }) => [
    more(consumer, grant ? "grants" : "relief", amount),
    less(RELIEF, "reliefPaid", amount),
  ],
  granted: ({ amount }) => [more(RELIEF, "setAside", amount)],
  royalty: ({ consumer, holder, amount }) => [
    less(consumer, "royaltiesPaid", amount),
    more(holder, "royaltiesEarned", amount),
  ],
  givenBack: ({ supplier, consumer, amount }) => [
    less(supplier, "gaveBack", amount),
    more(consumer, "gotBack", amount),
  ],
  deposited: ({ member, amount }) => [more(member, "deposited", amount)],
  withdrawn: ({ member, amount }) => [less(member, "withdrawn", amount)],
  debtAcknowledged: ({ debtor, creditor, amount }) => [
    more(debtor, "debtsOwed", amount),
    less(creditor, "debtsDue", amount),
  ],
  debtPaid: endOfDebt,
  debtCancelled: endOfDebt,
  advanced: ({ sponsor, member, amount }) => [
    less(sponsor, "advancesLent", amount),
    more(member, "advancesReceived", amount),
  ],
  advanceReturned: ({ sponsor, member, amount }) => [
    less(member, "advancesReceived", amount),
    more(sponsor, "advancesLent", amount),
  ],
  bondLocked: ({ member, amount }) => [less(member, "bonds", amount)],
  bondReleased: ({ member, supplier, amount }) => [
    more(member, member === supplier ? "bonds" : "forfeitsEarned", amount),
  ],
  setAside: ({ amount }) => [less(RELIEF, "setAside", amount)],
  compensated: ({ member, amount }) => [
    more(member, member === RELIEF ? "setAside" : "compensation", amount),
  ],
  grantReturned: () => [],
  promised: () => [],
  letOff: () => [],
  paidIn: () => [],
  issued: () => [],
  burnt: () => [],
  paidOut: () => [],
};

/** What something that moved money does to members' accounts; nothing of what is zero. */
export function effectsOf(fact: Fact): readonly Effect[] {
  const effects = EFFECTS[fact.kind] as (fact: Fact) => readonly Effect[];
  return effects(fact).filter(({ amount }) => amount !== 0n);
}

function endOfDebt({ debtor, creditor, amount }: Extract<Fact, { kind: "debtPaid" | "debtCancelled" }>) {
  return [less(debtor, "debtsOwed", amount), more(creditor, "debtsDue", amount)];
}

function more(member: MemberId, figure: Figure, amount: Credits): Effect {
  return { member, figure, amount };
}

function less(member: MemberId, figure: Figure, amount: Credits): Effect {
  return { member, figure, amount: credits(-amount) };
}
