import type { Fold } from "../fold/fold.ts";
import type { View } from "./compare.ts";
import { sample } from "./sample.ts";

/** What the views of compensation, invoices and the consortium's own asset must say, by the logs. */
export function* fundViews(fold: Fold): Iterable<View> {
  yield* compensationViews(fold);
  yield* invoiceViews(fold);
  yield* creditViews(fold);
}

function* compensationViews({ state, compensation }: Fold): Iterable<View> {
  const { compensation: to, ledger } = state.site;
  if (to === undefined) return;
  for (const naming of compensation.named.values()) {
    const { member, period } = naming;
    const about = { args: [BigInt(member), BigInt(period)], member };
    const { rate = 0, cap = 0n } = compensation.namedFor(naming) ?? {};
    yield {
      ...{ ...about, to, signature: "namedFor(uint32,uint16)" },
      figures: [
        ["rate", BigInt(rate)],
        ["cap", cap, "amount"],
      ],
    };
    // Until somebody has the account rolled, the ledger has not kept it.
    if (!compensation.isDrawn(naming)) continue;
    const net = state.book.accounts.netOf(member, period);
    yield { ...about, to: ledger, signature: "netOf(uint32,uint16)", figures: [["", net, "amount"]] };
  }
}

function* invoiceViews({ state, invoices }: Fold): Iterable<View> {
  const to = state.site.advances;
  if (to === undefined) return;
  for (const [place, { sponsor, member, period, amount, paid }] of sample([...invoices.list.entries()])) {
    yield {
      ...{ to, signature: "invoiceOf(uint32)", args: [BigInt(place + 1)], member },
      figures: [
        ["sponsor", BigInt(sponsor)],
        ["member", BigInt(member)],
        ["period", BigInt(period), "month"],
        ["amount", amount, "amount"],
        ["paid", paid, "amount"],
      ],
    };
  }
}

function* creditViews({ state, credit }: Fold): Iterable<View> {
  const to = state.site.credit;
  if (to === undefined) return;
  const { supply, committed, received, redeeming } = credit;
  const sums = { totalSupply: supply, committed, received, redeeming };
  for (const [name, sum] of Object.entries(sums)) {
    yield { to, signature: `${name}()`, args: [], figures: [["", sum, "amount"]] };
  }
  for (const [member, commitment] of credit.commitments) {
    const figures = [["", commitment, "amount"]] as const;
    yield { to, signature: "commitmentOf(uint32)", args: [BigInt(member)], figures, member };
  }
  for (const [place, open] of credit.redemptions.entries()) {
    yield {
      ...{ to, signature: "redemptionOf(uint32)", args: [BigInt(place + 1)] },
      figures: [
        ["holder", BigInt(open?.holder ?? 0), "address"],
        ["amount", open?.amount ?? 0n, "amount"],
        ["instruction", BigInt(open?.instruction ?? 0), "text"],
      ],
    };
  }
}
