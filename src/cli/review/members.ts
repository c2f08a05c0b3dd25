import { COMMONS, RELIEF, type MemberId } from "../../core/ids.ts";
import { sumLegs } from "../../core/legs.ts";
import { credits, ZERO, type Credits } from "../../core/money.ts";
import type { Bundle } from "../../records/bundle.ts";
import type { Member } from "../../sdk/members.ts";
import type { Service } from "../network/services.ts";
import type { MonthMember } from "../report/month.ts";
import type { BookMonth, MonthCharge } from "./month.ts";

/** What a month made of a member's account, and what was done in it. */
export function memberRow(
  book: BookMonth,
  bundles: ReadonlyMap<string, Bundle>,
  services: readonly Service[],
  member: Member,
  others: readonly Member[],
): MonthMember {
  const { id, isil, tier } = member;
  const { supplied, consumed, ...amounts } = amountsOf(book, id);
  const count = (list: readonly MonthCharge[], service: number) =>
    list.flatMap(({ statement }) =>
      (bundles.get(statement.root)?.records ?? []).filter((record) => record.service === service),
    ).length;
  return {
    ...{ id, isil, name: isil, tier, region: String(member.region), kind: `kind ${member.kind}` },
    ...amounts,
    ...standingOf(book, id, others),
    statements: { supplied: supplied.length, consumed: consumed.length },
    services: services.map((service) => ({
      code: service.code,
      given: count(supplied, service.id),
      drawn: count(consumed, service.id),
    })),
  };
}

/** COMMONS, which earns the fees; and RELIEF, where it paid or has anything. */
export function reservedRows(book: BookMonth, others: readonly Member[]): MonthMember[] {
  const names = [
    { id: COMMONS, name: "The commons", kind: "commons" },
    { id: RELIEF, name: "Relief", kind: "relief" },
  ];
  const rows = names.map((named): MonthMember => {
    const { supplied, consumed, ...amounts } = amountsOf(book, named.id);
    return {
      ...{ ...named, isil: "", tier: 0, region: "" },
      ...amounts,
      ...standingOf(book, named.id, others),
      statements: { supplied: supplied.length, consumed: consumed.length },
      services: [],
    };
  });
  return rows.filter(
    ({ id, net, settled, deposited }) => id === COMMONS || net !== 0n || settled !== 0n || deposited !== 0n,
  );
}

/** What the month's statements and refunds moved for one account. */
function amountsOf(book: BookMonth, id: MemberId) {
  const supplied = book.statements.filter(({ statement }) => statement.supplier === id);
  const consumed = book.statements.filter(({ statement }) => statement.consumer === id);
  const earned = id === COMMONS ? sum(book.statements, ({ fee }) => fee) : ZERO;
  const given = credits(earned + sum(supplied, ({ gross }) => gross));
  const drawn = sum(consumed, ({ gross }) => gross);
  const fees = sum(consumed, ({ fee }) => fee);
  const aided = sum(id === RELIEF ? book.statements : consumed, ({ legs }) => sumLegs(legs, "aid"));
  const relief = credits(id === RELIEF ? -aided : aided);
  const due = sum(consumed, ({ legs }) => sumLegs(legs, "royalty"));
  const royalties = credits(sum(book.statements, ({ legs }) => heldBy(legs, id)) - due);
  const refunded = (side: "supplier" | "consumer") =>
    sum(
      book.refunds.filter((refund) => refund[side] === id),
      ({ amount }) => amount,
    );
  const back = refunded("consumer") - refunded("supplier");
  const net = credits(given - drawn - fees + relief + royalties + back);
  const compensation = book.compensated.get(id) ?? ZERO;
  return { supplied, consumed, given, drawn, fees, relief, royalties, compensation, net };
}

function heldBy(legs: MonthCharge["legs"], holder: MemberId): Credits {
  return sumLegs(
    legs.filter((leg) => leg.kind === "royalty" && leg.holder === holder),
    "royalty",
  );
}

/** Where an account stands around the close, and what else moved. */
function standingOf(book: BookMonth, id: MemberId, others: readonly Member[]) {
  return {
    position: book.before(id).position,
    settled: book.after(id).cash,
    paid: book.paid.get(id) ?? ZERO,
    deposited: book.deposited.get(id) ?? ZERO,
    advances: {
      received: sum(
        book.advances.filter((one) => one.member === id),
        ({ amount }) => amount,
      ),
      owed: book.after(id).advances,
      given: sum(
        book.advances.filter((one) => one.sponsor === id),
        ({ amount }) => amount,
      ),
    },
    debts: debtsOf(book, id, others),
  };
}

function debtsOf(book: BookMonth, id: MemberId, others: readonly Member[]) {
  const all = [COMMONS, RELIEF, ...others.map((other) => other.id)];
  return {
    owed: sum(all, (other) => book.debtOf(id, other)),
    due: sum(all, (other) => book.debtOf(other, id)),
  };
}

export function sum<T>(items: readonly T[], amount: (item: T) => Credits): Credits {
  return credits(items.reduce((all, item) => all + amount(item), 0n));
}
