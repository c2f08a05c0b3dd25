import { COMMONS, type MemberId } from "../../core/ids.ts";
import { formatPeriod } from "../../core/period.ts";
import type { Fact, FactKind, Movement, StatementRef } from "./movement.ts";

/** What people call an account. */
export type NameOf = (member: MemberId) => string;

type Text<K extends FactKind> = (fact: Extract<Fact, { kind: K }>, name: NameOf) => string;

const TEXTS: { readonly [K in FactKind]: Text<K> } = {
  charged: ({ supplier, consumer, service, claim, ...ref }, name) => {
    const what = consumer === COMMONS ? "contributed to the commons" : `supplied to ${name(consumer)}`;
    const how = claim ? ", charged by claim" : "";
    return `Statement ${ref.number} of ${name(supplier)}, ${what} in ${formatPeriod(service)}${how}`;
  },
  relieved: ({ relief, grant, consumer, ...ref }, name) =>
    `${grant ? "Grant" : "Relief"} ${relief} for ${name(consumer)} on statement ${ref.number} of ${name(ref.supplier)}`,
  granted: ({ supplier, number }, name) =>
    `Grants bear their part of statement ${number} of ${name(supplier)}`,
  royalty: ({ holder, supplier, number }, name) =>
    `Royalty of ${name(holder)} on statement ${number} of ${name(supplier)}`,
  givenBack: ({ supplier, consumer, of }, name) => {
    const what = of === undefined ? "" : `, of statement ${of.number} for ${name(of.consumer)}`;
    return `Given back by ${name(supplier)} to ${name(consumer)}${what}`;
  },
  deposited: ({ member, invoice, grant }, name) => {
    if (invoice !== undefined) return `Paid in for ${name(member)} on invoice ${invoice}`;
    if (grant !== undefined) return `Given to grant ${grant}`;
    return `Paid in for ${name(member)}`;
  },
  withdrawn: ({ member }, name) => `Paid out to ${name(member)}`,
  debtAcknowledged: ({ debtor, creditor }, name) =>
    `No room: ${name(debtor)} acknowledges a debt to ${name(creditor)}`,
  debtPaid: ({ debtor, creditor }, name) => `${name(debtor)} pays its debt to ${name(creditor)}`,
  debtCancelled: ({ debtor, creditor }, name) =>
    `Refund takes away the debt of ${name(debtor)} to ${name(creditor)}`,
  advanced: ({ sponsor, member }, name) => `Advance of ${name(sponsor)} to ${name(member)}`,
  advanceReturned: ({ sponsor, member }, name) => `${name(member)} returns an advance to ${name(sponsor)}`,
  bondLocked: ({ member, number }, name) => `Bond of ${name(member)} for its claim of statement ${number}`,
  bondReleased: ({ member, supplier }, name) =>
    member === supplier
      ? `Bond returned to ${name(member)}`
      : `Bond of ${name(supplier)} forfeited to ${name(member)}`,
  setAside: ({ purpose }) => `Set aside for ${purpose === "grants" ? "grants" : "net lenders"}`,
  compensated: ({ member }, name) => `Out of what was set aside for net lenders, to ${name(member)}`,
  grantReturned: ({ giver }) => `What a grant did not spend, back to ${giver}`,
  promised: ({ member }, name) => `${name(member)} promises to pay for credits`,
  letOff: ({ member }, name) => `${name(member)} is let off a promise`,
  paidIn: ({ member, payment }, name) => `Payment of ${name(member)} at the bank, ${payment}`,
  issued: ({ to }) => `Credits issued to ${to}`,
  burnt: () => "Credits redeemed",
  paidOut: ({ redemption }) => `Redemption ${redemption} paid out by the bank`,
};

/** A movement in a sentence without its stop. */
export function textOf(movement: Movement, name: NameOf): string {
  const text = TEXTS[movement.kind] as (fact: Fact, name: NameOf) => string;
  return text(movement, name);
}

/** What proves it: the statement by its supplier's and its own number, else the transaction. */
export function documentOf(movement: Movement): string {
  return "number" in movement && "supplier" in movement ? spell(movement) : movement.tx;
}

function spell({ supplier, number }: StatementRef): string {
  return `statement ${supplier}/${number}`;
}
