import type { Brief } from "../../core/brief.ts";
import { conditioned, conditionOf, type ConditionRow } from "../../core/brief-conditions.ts";
import type { Comparison } from "../../core/replay-sums.ts";
import { credits, ZERO, type Credits } from "../../core/money.ts";
import { addMonths, formatPeriod, type PeriodId } from "../../core/period.ts";
import { ANY_TIER } from "../../core/schedule.ts";
import { conditionWords, tierName } from "../report/conditions.ts";
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
  const all = [prices, conditions, costs, months, situations, requests];
  return all.map((make) => make(brief)).filter(({ rows }) => rows.length > 0);
}

function prices(brief: Brief): BriefTable {
  const { conditions: both, currency, to } = brief;
  const code = codeOf(brief);
  const cells = (row: Brief["prices"][number], side: "inForce" | "proposed") => {
    const { service, tier } = row;
    const any = brief.prices.find((one) => one.service === service && one.tier === ANY_TIER);
    const price = row[side] ?? any?.[side] ?? null;
    if (price !== null) return [amount(price.price), amount(price.fee)];
    return [conditioned(both?.[side] ?? [], service, tier) ? "with conditions" : "not offered", ""];
  };
  return {
    id: "prices",
    title: "Prices",
    about: `A unit's price to the supplier and fee to the commons, in ${currency}: in force in ${formatPeriod(to)}, and as proposed.${both === undefined ? "" : " Where conditions hold as well, the next table tells them."}`,
    head: ["Service", "Tier", "Price", "Fee", "Price proposed", "Fee proposed"],
    keys: 1,
    rows: brief.prices.map((row) => [
      code(row.service),
      tierName(row.tier),
      ...cells(row, "inForce"),
      ...cells(row, "proposed"),
    ]),
  };
}

function conditions(brief: Brief): BriefTable {
  const code = codeOf(brief);
  const cells = (when: string) => (row: ConditionRow) => [
    ...[code(row.service), when, tierName(row.tier), tierName(row.supplierTier)],
    ...[amount(row.price), amount(row.fee), conditionWords(conditionOf(row)).join(", ")],
  ];
  const { inForce = [], proposed = [] } = brief.conditions ?? {};
  return {
    id: "conditions",
    title: "Prices with conditions",
    about: `In ${brief.currency}. Of several prices the first of these holds: both tiers named, the consumer's, the supplier's, neither. The least and the most are of a line of a statement without its fee; a promotion holds in its own months of service and is replayed in no others.`,
    head: ["Service", "When", "Consumer's tier", "Supplier's tier", "Price", "Fee", "Conditions"],
    keys: 2,
    rows: [...inForce.map(cells(`in ${formatPeriod(brief.to)}`)), ...proposed.map(cells("proposed"))],
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
