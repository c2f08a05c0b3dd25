import type { MemberId } from "../../core/ids.ts";
import type { Announcement, Cashier } from "../fold/cashier.ts";
import type { FoldState } from "../fold/state.ts";
import type { Figure, View } from "./compare.ts";
import { sample } from "./sample.ts";

const NOBODY = `0x${"0".repeat(40)}`;

/** What the views of the ledger must say at a second, by the logs up to then. */
export function* ledgerViews(state: FoldState, cashier: Cashier, now: number): Iterable<View> {
  const { site, book, pauses } = state;
  const to = site.ledger;
  const one = (signature: string, args: readonly number[], figure: Figure): View => {
    return { to, signature, args: args.map(BigInt), figures: [figure] };
  };
  yield one("openPeriod()", [], ["", BigInt(book.openPeriod), "month"]);
  yield one("backing()", [], ["", book.backing, "amount"]);
  yield one("bonds()", [], ["", book.bonds, "amount"]);
  yield one("pausedUntil()", [], ["", BigInt(pauses.until)]);
  yield one("pausedSeconds()", [], ["", BigInt(pauses.secondsAt(now))]);
  for (const member of state.accounts.keys()) {
    yield accountView(state, member);
    yield withdrawalView(to, member, cashier.announced.get(member));
  }
  for (const { debtor, creditor, services, back } of book.accounts.debts()) {
    const figure: Figure = ["", services + back, "amount"];
    yield { ...one("debtOf(uint32,uint32)", [debtor, creditor], figure), member: debtor };
  }
  for (const { sponsor, member, amount } of book.accounts.advances()) {
    if (site.advances === undefined) continue;
    const view = one("advanceOf(uint32,uint32)", [sponsor, member], ["", amount, "amount"]);
    yield { ...view, to: site.advances, member };
  }
  for (const { statement, charge } of sample(state.statements.list)) {
    const { supplier, number } = statement;
    const next = (number + 1) % 2 ** 32;
    yield one("numberUsed(uint32,uint32)", [supplier, number], ["", 1n]);
    yield one(
      "numberUsed(uint32,uint32)",
      [supplier, next],
      ["", state.numbers.has(supplier, next) ? 1n : 0n],
    );
    if (charge === undefined) continue;
    yield {
      ...{ to, signature: "batchOf(bytes32)", args: [BigInt(charge.batchRoot)] },
      figures: [
        ["supplier", BigInt(supplier)],
        ["period", BigInt(charge.period), "month"],
        ["postedAt", BigInt(charge.at)],
      ],
    };
  }
}

function accountView({ site, book, indebtedSince }: FoldState, member: MemberId): View {
  const { position, cash, supplied, room, free, advances, debts, standing } = book.account(member);
  return {
    ...{ to: site.ledger, signature: "account(uint32)", args: [BigInt(member)], member },
    figures: [
      ["position", position, "amount"],
      ["cash", cash, "amount"],
      ["supplied", supplied, "amount"],
      ["room", room, "amount"],
      ["free", free, "amount"],
      ["advances", advances, "amount"],
      ["debts", debts, "amount"],
      ["indebtedSince", BigInt(indebtedSince.get(member) ?? 0)],
      ["standing", standing, "amount"],
    ],
  };
}

function withdrawalView(to: string, member: MemberId, announced: Announcement | undefined): View {
  const { amount, readyAt, payee } = announced ?? { amount: 0n, readyAt: 0, payee: NOBODY };
  return {
    ...{ to, signature: "withdrawalOf(uint32)", args: [BigInt(member)], member },
    figures: [
      ["amount", amount, "amount"],
      ["readyAt", BigInt(readyAt)],
      ["payee", BigInt(payee), "address"],
    ],
  };
}
