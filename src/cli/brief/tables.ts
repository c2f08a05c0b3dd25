import type { Brief } from "../../core/brief.ts";
import type { Comparison } from "../../core/replay-sums.ts";
import { credits, ZERO, type Credits } from "../../core/money.ts";
import { addMonths, formatPeriod, type PeriodId } from "../../core/period.ts";
import { amount, count } from "../report/format.ts";
import { change, codeOf, fillRate, isilOf, turnaround } from "./sentences.ts";

/** A table of texts; all columns after the first `keys` are numbers. */
export interface BriefTable {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly head: readonly string[];
  readonly keys: number;
  readonly rows: readonly (readonly string[])[];
}

/** The most months that stand beside one another. */
const MONTHS_SHOWN = 13;

/** The figures of a brief, the same on every page. Tables without a row are left out. */
export function briefTables(brief: Brief): BriefTable[] {
  const all = [prices, costs, months, situations, requests];
  return all.map((make) => make(brief)).filter(({ rows }) => rows.length > 0);
}

function prices(brief: Brief): BriefTable {
  const cells = (price: Brief["prices"][number]["inForce"]) =>
    price === null ? ["not offered", ""] : [amount(price.price), amount(price.fee)];
  const code = codeOf(brief);
  return {
    id: "prices",
    title: "Prices",
    about: `A unit's price to the supplier and fee to the commons, in ${brief.currency}: in force in ${formatPeriod(brief.to)}, and as proposed.`,
    head: ["Service", "Tier", "Price", "Fee", "Price proposed", "Fee proposed"],
    keys: 1,
    rows: brief.prices.map(({ service, tier, inForce, proposed }) => [
      code(service),
      String(tier),
      ...cells(inForce),
      ...cells(proposed),
    ]),
  };
}

function costs(brief: Brief): BriefTable {
  const total = brief.costs;
  const sums = ({ charged, proposed, difference, dropped }: Comparison) => [
    ...[amount(charged.given), amount(proposed.given), amount(charged.drawn), amount(proposed.drawn)],
    ...[amount(charged.fees), amount(proposed.fees), amount(charged.net), amount(proposed.net)],
    ...[change(credits(difference - dropped)), change(dropped)],
  ];
  const rows = brief.members.map(({ isil, since, costs: own }) =>
    own === null
      ? [isil, ...Array.from({ length: 10 }, () => "–"), `joined ${formatPeriod(since)}`]
      : [isil, ...sums(own), notes(own, since > brief.from ? since : undefined)],
  );
  return {
    id: "costs",
    title: "What it would have cost each member",
    about: `By month of service, less what was given back, in ${brief.currency}. Net is given less drawn less fees; what the proposal changes of it is told apart: by its prices, and by services that it no longer offers.`,
    head: [
      ...["Member", "Given", "Proposed", "Drawn", "Proposed", "Fees", "Proposed", "Net", "Proposed"],
      ...["By prices", "By services dropped", "Worth knowing"],
    ],
    keys: 1,
    rows: rows.length === 0 ? [] : [...rows, ["All", ...sums(total), ""]],
  };
}

function notes(
  { aboveMaximum, notOffered }: { readonly aboveMaximum: number; readonly notOffered: number },
  joined: PeriodId | undefined,
): string {
  return [
    ...(joined === undefined ? [] : [`joined ${formatPeriod(joined)}`]),
    ...(aboveMaximum === 0 ? [] : [`${count(aboveMaximum)} above maximum`]),
    ...(notOffered === 0 ? [] : [`${count(notOffered)} not offered`]),
  ].join(", ");
}

function months(brief: Brief): BriefTable {
  const length = Math.min(MONTHS_SHOWN, brief.to - brief.from + 1);
  const shown = Array.from({ length }, (_, at) => addMonths(brief.to, at - length + 1));
  return {
    id: "months",
    title: "Given less drawn, month by month",
    about: `As charged, in ${brief.currency}; nothing stands where a member was none yet.`,
    head: ["Member", ...shown.map(formatPeriod)],
    keys: 1,
    rows: brief.members.flatMap(({ isil, since, costs: own }) => {
      if (own === null) return [];
      const balance = (month: PeriodId): Credits => {
        const found = own.months.find((one) => one.month === month);
        return found === undefined ? ZERO : credits(found.given - found.drawn);
      };
      return [[isil, ...shown.map((month) => (month < since ? "" : amount(balance(month))))]];
    }),
  };
}

function situations(brief: Brief): BriefTable {
  return {
    id: "situation",
    title: "Each member's own situation",
    about: `At block ${count(brief.ledger.block)}, in ${brief.currency}; ${formatPeriod(brief.ledger.openMonth)} was open. Standing is what it supplied, decaying by a twelfth a month.`,
    head: ["Member", "Membership", "Tier", "Position", "Cash", "Debts", "Advances", "Standing"],
    keys: 2,
    rows: brief.members.map(({ isil, standing, tier, situation }) => [
      ...[isil, standing, String(tier), amount(situation.position), amount(situation.cash)],
      ...[amount(situation.debts), amount(situation.advances), amount(situation.standing)],
    ]),
  };
}

function requests(brief: Brief): BriefTable {
  const name = isilOf(brief);
  const asked = brief.demand.requests?.members ?? [];
  return {
    id: "requests",
    title: "Requests of each member's users",
    about: "As the messages at hand tell it, for members that asked.",
    head: ["Member", "Requests", "Filled", "Not filled", "Open", "Fill rate", "Turnaround"],
    keys: 1,
    rows: asked.map((one) => [
      ...[name(one.member), count(one.requests), count(one.filled), count(one.unfilled), count(one.open)],
      ...[fillRate(one), turnaround(one)],
    ]),
  };
}
