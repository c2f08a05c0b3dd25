import { COMMONS, RELIEF } from "../../core/ids.ts";
import { credits } from "../../core/money.ts";
import { effectsOf } from "./effects.ts";
import { credit, debit, type Entry, type EntryLine } from "./entry.ts";
import type { Fact, FactKind, Movement } from "./movement.ts";

/** The accounts of a consortium's books; `of members` have one for each. */
export type ConsortiumRole =
  /** The settlement asset that the ledger holds for everybody. */
  | "asset"
  /** What members own: position and cash, one for each. */
  | "members"
  | "commons"
  | "relief"
  /** Set aside: bonds of claims, grants, pots for net lenders. */
  | "bonds"
  | "grants"
  | "compensation"
  /** Acknowledged debts, by debtor and by creditor; they are as much. */
  | "debtors"
  | "creditors"
  /** Advances that are to be returned, by member and by sponsor; they are as much. */
  | "advanced"
  | "sponsors"
  /** Of an own settlement asset: at the bank, promised by members, what backs no credit yet, out, burnt and not paid. */
  | "bank"
  | "promises"
  | "unissued"
  | "circulation"
  | "redemptions";

type Lines = readonly EntryLine<ConsortiumRole>[];
type Others<K extends FactKind> = (fact: Extract<Fact, { kind: K }>) => Lines;

const none = (): Lines => [];
const endOfDebt = ({
  debtor,
  creditor,
  amount,
}: Extract<Fact, { kind: "debtPaid" | "debtCancelled" }>): Lines => [
  credit("debtors", amount, debtor),
  debit("creditors", amount, creditor),
];

/** What stands against what members' accounts get or lose. */
const OTHERS: { readonly [K in FactKind]: Others<K> } = {
  charged: none,
  relieved: none,
  royalty: none,
  givenBack: none,
  granted: ({ amount }) => [debit("grants", amount)],
  deposited: ({ amount }) => [debit("asset", amount)],
  withdrawn: ({ amount }) => [credit("asset", amount)],
  debtAcknowledged: ({ debtor, creditor, amount }) => [
    debit("debtors", amount, debtor),
    credit("creditors", amount, creditor),
  ],
  debtPaid: endOfDebt,
  debtCancelled: endOfDebt,
  advanced: ({ sponsor, member, amount }) => [
    debit("advanced", amount, member),
    credit("sponsors", amount, sponsor),
  ],
  advanceReturned: ({ sponsor, member, amount }) => [
    credit("advanced", amount, member),
    debit("sponsors", amount, sponsor),
  ],
  bondLocked: ({ amount }) => [credit("bonds", amount)],
  bondReleased: ({ amount }) => [debit("bonds", amount)],
  setAside: ({ purpose, amount }) => [credit(purpose, amount)],
  compensated: ({ amount }) => [debit("compensation", amount)],
  grantReturned: ({ amount }) => [debit("grants", amount), credit("asset", amount)],
  promised: ({ member, amount }) => [debit("promises", amount, member), credit("unissued", amount)],
  letOff: ({ member, amount }) => [credit("promises", amount, member), debit("unissued", amount)],
  paidIn: ({ member, amount, promised }) => [
    debit("bank", amount),
    credit("promises", promised, member),
    credit("unissued", credits(amount - promised)),
  ],
  issued: ({ amount }) => [debit("unissued", amount), credit("circulation", amount)],
  burnt: ({ amount }) => [debit("circulation", amount), credit("redemptions", amount)],
  paidOut: ({ amount }) => [debit("redemptions", amount), credit("bank", amount)],
};

/** A movement in the consortium's books; undefined where it comes to nothing. */
export function consortiumEntry(movement: Movement): Entry<ConsortiumRole> | undefined {
  const others = OTHERS[movement.kind] as (fact: Fact) => Lines;
  const accounts = effectsOf(movement).map(({ member, amount }): EntryLine<ConsortiumRole> => {
    if (member === COMMONS) return credit("commons", amount);
    return member === RELIEF ? credit("relief", amount) : credit("members", amount, member);
  });
  const lines = [...accounts, ...others(movement)].filter(({ amount }) => amount !== 0n);
  return lines.length === 0 ? undefined : { movement, lines };
}
