import type { YearFigures } from "../figures.ts";
import { COMMONS_ACCOUNT, RELIEF_ACCOUNT, type Deal, type YearPlan } from "../plan.ts";
import { CENT, least, Nets, Paper } from "./paper.ts";

const PAGE = 30n * CENT;
const RUSH = 1000n * CENT;
/** A search costs more where a national centre makes it. */
const SEARCH = 200n * CENT;
const CENTRE_SEARCH = 500n * CENT;
/** What the common catalogue pays for a record, and takes for the use of one. */
const RECORD = 400n * CENT;
const RECORD_USE = 50n * CENT;

/** Of a copy's price the fund pays so many hundredths, for a region no more than this in a month. */
const RELIEF: Readonly<Record<string, { readonly percent: bigint; readonly cap: bigint }>> = {
  "Xinjiang and Tibet": { percent: 100n, cap: 32_000n * CENT },
  West: { percent: 50n, cap: 25_000n * CENT },
};
/** And for one university no more than this in a month. */
const MEMBER_CAP = 10_000n * CENT;

/** A year in progress: what the fund and the common catalogue have, and what the catalogue owes to whom. */
interface Year {
  readonly paper: Paper;
  readonly places: ReadonlyMap<string, { readonly region: string; readonly centre: boolean }>;
  readonly owed: Map<string, bigint>;
  fund: bigint;
  common: bigint;
}

/** What the fund paid in one month, by university and by region. */
type Spent = Map<string, bigint>;

/**
 * Copies and joint cataloguing as an office would calculate them. Nobody pays during the year: a running account is
 * kept for every university and settled once, in January. The catalogue pays its contributors at once what it has beyond
 * its debts, and on the last day of a month what its users brought in, in the order of the list of members.
 *
 * Before a month begins the fund takes in what it was given and lays the caps of the rewards aside; what a reward does
 * not come to returns when the month is closed.
 */
export function calisByHand({ months, members, deals, rewards, gifts }: YearPlan): YearFigures {
  const year: Year = {
    paper: new Paper(),
    places: new Map(members.map(({ isil, region, tier }) => [isil, { region, centre: tier === 1 }])),
    owed: new Map(),
    fund: 0n,
    common: 0n,
  };
  const { paper, owed } = year;
  const prepare = (month: number): void => {
    for (const gift of gifts) if (gift.month === month) year.fund += gift.amount;
    for (const reward of rewards) if (reward.month === month) year.fund -= reward.cap;
    if (year.fund < 0n) throw new RangeError(`the fund cannot lay aside the rewards of month ${month}`);
  };

  prepare(0);
  for (let month = 0; month < months; month++) {
    const nets = new Nets();
    const spent: Spent = new Map();
    for (const deal of deals) if (deal.month === month) settle(year, nets, spent, deal);
    for (const { isil } of members) {
      const paid = least(owed.get(isil) ?? 0n, year.common);
      owed.set(isil, (owed.get(isil) ?? 0n) - paid);
      year.common -= paid;
      nets.add(isil, paid);
    }
    prepare(month + 1);
    for (const [name, net] of nets) paper.account(name).balance += net;
    for (const { member, percent, cap } of rewards.filter((reward) => reward.month === month)) {
      const net = nets.of(member);
      const reward = net > 0n ? least((net * BigInt(percent)) / 100n, cap) : 0n;
      paper.account(member).compensation += reward;
      paper.account(member).balance += reward;
      paper.month(month).compensation += reward;
      year.fund += cap - reward;
    }
  }
  for (const { isil } of members) {
    const account = paper.account(isil);
    if (account.balance < 0n) account.invoiced = -account.balance;
    else account.paidOut = account.balance;
    account.balance = 0n;
  }
  paper.account(RELIEF_ACCOUNT).balance = year.fund;
  paper.account(COMMONS_ACCOUNT).balance = year.common;
  paper.account(COMMONS_ACCOUNT).owed = [...owed.values()].reduce((sum, debt) => sum + debt, 0n);
  return paper.figures();
}

function settle(year: Year, nets: Nets, spent: Spent, deal: Deal): void {
  const { paper, places, owed } = year;
  const { month, supplier, consumer, lines } = deal;
  const centre = places.get(supplier)?.centre === true;
  let [gross, relief] = [0n, 0n];
  for (const { service, quantity } of lines) {
    const units = BigInt(quantity);
    if (service === "copy") {
      gross += PAGE * units;
      relief += relieve(year, spent, consumer, PAGE * units);
    }
    if (service === "rush") gross += RUSH * units;
    if (service === "search") gross += (centre ? CENTRE_SEARCH : SEARCH) * units;
    if (service === "record") gross += RECORD * units;
    if (service === "record-use") gross += RECORD_USE * units;
  }
  const line = paper.month(month);
  line.statements += 1n;
  line.gross += gross;
  line.relief += relief;
  paper.account(supplier).supplied += gross;
  paper.account(consumer).drawn += gross;
  paper.account(consumer).relieved += relief;
  if (consumer === COMMONS_ACCOUNT) {
    const debts = [...owed.values()].reduce((sum, debt) => sum + debt, 0n);
    const free = year.common > debts ? year.common - debts : 0n;
    const paid = least(gross, free);
    year.common -= paid;
    owed.set(supplier, (owed.get(supplier) ?? 0n) + gross - paid);
    nets.add(supplier, paid);
    return;
  }
  nets.add(consumer, relief - gross);
  if (supplier === COMMONS_ACCOUNT) year.common += gross;
  else nets.add(supplier, gross);
}

/** What the fund pays of one order of copies. */
function relieve(year: Year, spent: Spent, consumer: string, price: bigint): bigint {
  const { region } = year.places.get(consumer) ?? { region: "" };
  const terms = RELIEF[region];
  if (terms === undefined) return 0n;
  const [own, all] = [spent.get(consumer) ?? 0n, spent.get(region) ?? 0n];
  const paid = least((price * terms.percent) / 100n, MEMBER_CAP - own, terms.cap - all, year.fund);
  spent.set(consumer, own + paid);
  spent.set(region, all + paid);
  year.fund -= paid;
  return paid;
}
