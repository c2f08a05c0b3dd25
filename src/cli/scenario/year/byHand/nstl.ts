import type { YearFigures } from "../figures.ts";
import { COMMONS_ACCOUNT, type Deal, type DealLine, type YearPlan } from "../plan.ts";
import { CENT, least, Paper } from "./paper.ts";

/** A page, and what it costs in the two months of the promotion: May and June. */
const PAGE = 30n * CENT;
const PROMOTED_PAGE = 20n * CENT;
const PROMOTED = [4, 5];
/** An order of copies costs this at least, and this at most. */
const LEAST = 100n * CENT;
const MOST = 3000n * CENT;
/** A volume lent, and the office's fee for it. */
const VOLUME = 2000n * CENT;
const FEE = 50n * CENT;

/** Money for the copies of one region in some months: the share that it pays, and what it pays at most in a month. */
interface Grant {
  readonly region: string;
  readonly first: number;
  readonly last: number;
  readonly percent: bigint;
  readonly memberCap: bigint;
  readonly cap: bigint;
  left: bigint;
  given: bigint;
}

const grants = (): readonly Grant[] => [
  {
    ...{ region: "North-west", first: 1, last: 6, percent: 50n },
    ...{ memberCap: 6_000n * CENT, cap: 40_000n * CENT, left: 0n, given: 0n },
  },
  {
    ...{ region: "South-west", first: 2, last: 7, percent: 80n },
    ...{ memberCap: 8_000n * CENT, cap: 30_000n * CENT, left: 0n, given: 0n },
  },
];

/** What was paid this month, by grant's region and by station. */
type Spent = Map<string, bigint>;

/**
 * Copies paid in advance as an office would calculate them: every order is charged to what the station has left, and is
 * refused where that is too little. Two libraries supply each other for nothing from the month of their agreement on;
 * the office's fee is owed all the same. What the givers of a grant did not see spent they get back in proportion, the
 * last of them the rest.
 */
export function nstlByHand({ months, members, deals, gifts, pacts }: YearPlan): YearFigures {
  const paper = new Paper();
  const regions = new Map<string, string>(members.map(({ isil, region }) => [isil, region]));
  const aids = grants();
  for (const { isil, deposit = 0n } of members) paper.account(isil).balance = deposit;

  for (let month = 0; month < months; month++) {
    for (const gift of gifts.filter((one) => one.month === month)) {
      const grant = aids[gift.grant ?? -1];
      if (grant === undefined) throw new RangeError("a gift for no grant");
      grant.left += gift.amount;
      grant.given += gift.amount;
    }
    const spent: Spent = new Map();
    const free = (one: string, other: string): boolean =>
      pacts.some((pact) => pact.month <= month && pact.between.includes(one) && pact.between.includes(other));
    for (const deal of deals.filter((one) => one.month === month)) {
      const aid = aids.find((one) => one.region === regions.get(deal.consumer));
      settle(paper, deal, free(deal.supplier, deal.consumer), aid, spent);
    }
  }
  aids.forEach((grant, place) => {
    for (const { giver, amount } of gifts.filter((gift) => gift.grant === place)) {
      const back = (grant.left * amount) / grant.given;
      grant.left -= back;
      grant.given -= amount;
      paper.giveBack(giver, place, back);
    }
  });
  return paper.figures();
}

function settle(paper: Paper, deal: Deal, free: boolean, grant: Grant | undefined, spent: Spent): void {
  const { month, supplier, consumer, lines } = deal;
  const running = grant !== undefined && grant.first <= month && month <= grant.last ? grant : undefined;
  // On a slip first: a refused order leaves the grant as it was.
  let [gross, fee, relief] = [0n, 0n, 0n];
  for (const line of lines) {
    const price = priceOf(line, month, free);
    gross += price;
    if (line.service === "loan") fee += FEE * BigInt(line.quantity);
    if (line.service === "copy" && running !== undefined) {
      const [own, all] = [(spent.get(consumer) ?? 0n) + relief, (spent.get(running.region) ?? 0n) + relief];
      const most = least(running.memberCap - own, running.cap - all, running.left - relief);
      relief += least((price * running.percent) / 100n, most);
    }
  }
  const account = paper.account(consumer);
  const figures = paper.month(month);
  const due = gross + fee - relief;
  if (due > account.balance || gross + fee > deal.maximum) {
    figures.refused += 1n;
    return;
  }
  figures.statements += 1n;
  figures.gross += gross;
  figures.fees += fee;
  figures.relief += relief;
  account.drawn += gross + fee;
  account.relieved += relief;
  account.balance -= due;
  paper.account(supplier).supplied += gross;
  paper.account(supplier).balance += gross;
  paper.account(COMMONS_ACCOUNT).balance += fee;
  if (running !== undefined) {
    running.left -= relief;
    spent.set(consumer, (spent.get(consumer) ?? 0n) + relief);
    spent.set(running.region, (spent.get(running.region) ?? 0n) + relief);
  }
}

function priceOf({ service, quantity }: DealLine, month: number, free: boolean): bigint {
  if (free) return 0n;
  const units = BigInt(quantity);
  if (service === "loan") return VOLUME * units;
  const price = (PROMOTED.includes(month) ? PROMOTED_PAGE : PAGE) * units;
  if (price < LEAST) return LEAST;
  return price > MOST ? MOST : price;
}
