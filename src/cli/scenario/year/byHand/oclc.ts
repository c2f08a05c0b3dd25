import type { YearFigures } from "../figures.ts";
import { COMMONS_ACCOUNT, RELIEF_ACCOUNT, type Deal, type YearPlan } from "../plan.ts";
import { CENT, least, Nets, Paper } from "./paper.ts";

/** What lenders ask for a loan and for a copy, by their class: research, college and public libraries. */
const LOAN: Readonly<Record<number, bigint>> = { 1: 2000n * CENT, 2: 1500n * CENT, 3: 1000n * CENT };
const COPY: Readonly<Record<number, bigint>> = { 1: 1200n * CENT, 2: 900n * CENT, 3: 600n * CENT };
/** Every lender asks the same for these. */
const LICENSED_COPY = 400n * CENT;
const LOST = 7500n * CENT;
/** The office's fee for every filled request; a lost item is none. */
const FEE = 26n * CENT;

/** What publishers ask for one copy of their works; the other work is free for libraries. */
const ROYALTIES: Readonly<Record<string, readonly [publisher: string, royalty: bigint]>> = {
  "urn:isbn:9783161484100": ["XO-PRA", 350n * CENT],
  "urn:isbn:9780306406157": ["XO-PRA", 125n * CENT],
  "urn:doi:10.5555/12345678": ["XO-PRB", 640n * CENT],
};

/** A bill as the office writes it. */
interface Bill {
  gross: bigint;
  fee: bigint;
  readonly royalties: [publisher: string, amount: bigint][];
}

/**
 * Fee management as an office would calculate it. A lender is paid what it asks unless that is more than the borrower
 * allowed, and then it is not paid at all. After each month whoever owes is sent an invoice, whoever is owed keeps it for
 * the next months' borrowing until the quarter is over, and is then paid out. Net lenders that the council named get
 * their hundredths of the month's net, up to their cap.
 */
export function oclcByHand({ months, members, deals, rewards, gifts }: YearPlan): YearFigures {
  const paper = new Paper();
  const classes = new Map<string, number>(members.map(({ isil, tier }) => [isil, tier]));
  for (const { amount } of gifts) paper.account(RELIEF_ACCOUNT).balance += amount;

  for (let month = 0; month < months; month++) {
    const nets = new Nets();
    for (const deal of deals) {
      if (deal.month === month) settle(paper, nets, deal, billOf(deal, classes.get(deal.supplier) ?? 0));
    }
    for (const [name, net] of nets) paper.account(name).balance += net;
    for (const { member, percent, cap } of rewards.filter((reward) => reward.month === month)) {
      const net = nets.of(member);
      if (net <= 0n) continue;
      const reward = least((net * BigInt(percent)) / 100n, cap);
      paper.account(member).compensation += reward;
      paper.account(member).balance += reward;
      paper.account(RELIEF_ACCOUNT).balance -= reward;
      paper.month(month).compensation += reward;
    }
    for (const { isil } of members) {
      const account = paper.account(isil);
      if (account.balance < 0n) {
        account.invoiced -= account.balance;
        account.balance = 0n;
      } else if (month % 3 === 2) {
        account.paidOut += account.balance;
        account.balance = 0n;
      }
    }
  }
  return paper.figures();
}

function billOf({ lines }: Deal, lenderClass: number): Bill {
  const bill: Bill = { gross: 0n, fee: 0n, royalties: [] };
  for (const { service, quantity, work } of lines) {
    const units = BigInt(quantity);
    if (service === "loan") bill.gross += (LOAN[lenderClass] ?? 0n) * units;
    if (service === "copy") bill.gross += (COPY[lenderClass] ?? 0n) * units;
    if (service === "licensed-copy") bill.gross += LICENSED_COPY * units;
    if (service === "lost") bill.gross += LOST * units;
    else bill.fee += FEE * units;
    const [publisher, royalty] = ROYALTIES[work ?? ""] ?? [];
    if (publisher !== undefined && royalty !== undefined) bill.royalties.push([publisher, royalty * units]);
  }
  return bill;
}

function settle(paper: Paper, nets: Nets, { month, supplier, consumer, maximum }: Deal, bill: Bill): void {
  const { gross, fee, royalties } = bill;
  const line = paper.month(month);
  const royalty = royalties.reduce((sum, [, amount]) => sum + amount, 0n);
  const due = gross + fee + royalty;
  if (due > maximum) {
    line.refused += 1n;
    return;
  }
  line.statements += 1n;
  line.gross += gross;
  line.fees += fee;
  line.royalties += royalty;
  paper.account(supplier).supplied += gross;
  paper.account(consumer).drawn += due;
  nets.add(consumer, -due);
  nets.add(supplier, gross);
  nets.add(COMMONS_ACCOUNT, fee);
  for (const [publisher, amount] of royalties) {
    paper.account(publisher).royalties += amount;
    nets.add(publisher, amount);
  }
}
