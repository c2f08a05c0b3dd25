import { expect } from "chai";
import { parseCredits as c } from "../../../../../src/core/money.ts";
import { calisByHand } from "../../../../../src/cli/scenario/year/byHand/calis.ts";
import { nstlByHand } from "../../../../../src/cli/scenario/year/byHand/nstl.ts";
import { oclcByHand } from "../../../../../src/cli/scenario/year/byHand/oclc.ts";
import { differencesOf, totalsOf, type YearFigures } from "../../../../../src/cli/scenario/year/figures.ts";
import type { Deal, DealLine, YearPlan } from "../../../../../src/cli/scenario/year/plan.ts";
import { calisPlan } from "../../../../../src/cli/scenario/year/plans/calis.ts";
import { nstlPlan } from "../../../../../src/cli/scenario/year/plans/nstl.ts";
import { oclcPlan } from "../../../../../src/cli/scenario/year/plans/oclc.ts";

const NOTHING = { deals: [], works: [], rewards: [], gifts: [], pacts: [] };

function deal(month: number, supplier: string, consumer: string, lines: DealLine[], maximum = "500"): Deal {
  return { month, supplier, consumer, lines, maximum: c(maximum) };
}
const copy = (quantity: number): DealLine => ({ service: "copy", quantity });
const loan = (quantity: number): DealLine => ({ service: "loan", quantity });

/** A year of few deals between the members of a whole one. */
function short(plan: YearPlan, changes: Partial<YearPlan>): YearPlan {
  return { ...NOTHING, months: plan.months, members: plan.members, ...changes };
}

const account = (year: YearFigures, name: string) => year.accounts.get(name);

describe("oclcByHand", () => {
  it("charges a lender's class, the office's fee and the publisher's royalty", () => {
    const licensed = { service: "licensed-copy", quantity: 2, work: "urn:doi:10.5555/12345678" };
    const year = oclcByHand(
      short(oclcPlan(1), { deals: [deal(0, "XO-ASH", "XO-UPT", [loan(1), copy(2), licensed])] }),
    );
    // 20.00 + 2 × 12.00 + 2 × 4.00; five requests at 0.26; 2 × 6.40.
    expect(totalsOf(year)).to.include({ gross: c("52.00"), fees: c("1.30"), royalties: c("12.80") });
    expect(account(year, "XO-UPT")).to.include({ drawn: c("66.10"), invoiced: c("66.10"), balance: 0n });
    expect(account(year, "XO-PRB")).to.include({ royalties: c("12.80"), paidOut: c("12.80") });
    expect(account(year, "COMMONS")).to.include({ balance: c("1.30") });
  });

  it("pays nothing above what the borrower allowed, to the cent", () => {
    const deals = [
      deal(0, "XO-ASH", "XO-QUI", [loan(1)], "20.25"),
      deal(0, "XO-ASH", "XO-QUI", [loan(1)], "20.26"),
    ];
    expect(totalsOf(oclcByHand(short(oclcPlan(1), { deals })))).to.include({ statements: 1n, refused: 1n });
  });

  it("nets before it invoices, and pays net lenders by the quarter", () => {
    const deals = [
      deal(0, "XO-FAI", "XO-GLE", [loan(2)]),
      deal(1, "XO-ASH", "XO-FAI", [loan(1)]),
      deal(1, "XO-ASH", "XO-FAI", [copy(1)]),
    ];
    const year = oclcByHand(short(oclcPlan(1), { deals }));
    // 30.00 of January go against 20.26 and 12.26 of February.
    expect(account(year, "XO-FAI")).to.include({ invoiced: c("2.52"), paidOut: 0n, balance: 0n });
    expect(account(year, "XO-ASH")).to.include({ invoiced: 0n, paidOut: c("32.00") });
  });

  it("compensates of the net only, and up to the cap", () => {
    const reward = { month: 0, member: "XO-ASH", percent: 10, cap: c("3.50") };
    const deals = [
      deal(0, "XO-ASH", "XO-UPT", [loan(2)]),
      deal(0, "XO-FAI", "XO-ASH", [copy(1)]),
      deal(1, "XO-ASH", "XO-UPT", [loan(2)]),
      deal(2, "XO-FAI", "XO-ASH", [copy(1)]),
    ];
    const rewards = [reward, { ...reward, month: 1 }, { ...reward, month: 2 }];
    const year = oclcByHand(short(oclcPlan(1), { deals, rewards }));
    // A tenth of 40.00 − 9.26; a tenth of 40.00 is above the cap; a debit earns nothing.
    expect(year.months.slice(0, 3).map((month) => month.compensation)).to.deep.equal([
      c("3.074"),
      c("3.50"),
      0n,
    ]);
  });
});

describe("calisByHand", () => {
  const plan = calisPlan(1);
  const gifts = [{ month: 0, giver: "XC-JYB", amount: c("1000.00") }];

  it("relieves by region and share, up to the cap of a member and month", () => {
    const deals = [
      deal(0, "XC-WEN", "XC-ALT", [copy(300), copy(100)]),
      deal(0, "XC-WEN", "XC-CHU", [copy(10), { service: "rush", quantity: 1 }]),
      deal(0, "XC-WEN", "XC-BEI", [copy(10)]),
      deal(1, "XC-WEN", "XC-ALT", [copy(10)]),
    ];
    const year = calisByHand(short(plan, { deals, gifts }));
    // 90.00 and 10.00 of 30.00; half of 3.00 and nothing of the rush; nothing in the east; all of 3.00 again.
    expect(account(year, "XC-ALT")).to.include({
      drawn: c("123.00"),
      relieved: c("103.00"),
      invoiced: c("20"),
    });
    expect(account(year, "XC-CHU")).to.include({ drawn: c("13.00"), relieved: c("1.50") });
    expect(account(year, "XC-BEI")).to.include({ drawn: c("3.00"), relieved: 0n });
    expect(account(year, "RELIEF")).to.include({ balance: c("895.50") });
  });

  it("relieves in the order of posting while there is money", () => {
    const deals = [deal(0, "XC-WEN", "XC-ALT", [copy(30)]), deal(0, "XC-WEN", "XC-KUN", [copy(30)])];
    const little = [{ month: 0, giver: "XC-JYB", amount: c("12.00") }];
    const year = calisByHand(short(plan, { deals, gifts: little }));
    expect(account(year, "XC-ALT")).to.include({ relieved: c("9.00") });
    expect(account(year, "XC-KUN")).to.include({ relieved: c("3.00"), invoiced: c("6.00") });
  });

  it("pays builders of the catalogue what its users bring in, and owes the rest", () => {
    const record = (quantity: number): DealLine => ({ service: "record", quantity });
    const use = { service: "record-use", quantity: 60 };
    const deals = [
      deal(0, "XC-WEN", "COMMONS", [record(5)]),
      deal(0, "XC-GON", "COMMONS", [record(5)]),
      deal(0, "COMMONS", "XC-BEI", [use]),
      deal(1, "XC-WEN", "COMMONS", [record(1)]),
    ];
    const year = calisByHand(short(plan, { deals }));
    // 20.00 each are owed when 30.00 come in; a record more finds nothing beyond the debt.
    expect(account(year, "XC-WEN")).to.include({ supplied: c("24.00"), paidOut: c("20.00") });
    expect(account(year, "XC-GON")).to.include({ paidOut: c("10.00") });
    expect(account(year, "COMMONS")).to.include({ balance: 0n, owed: c("14.00") });
  });

  it("lays rewards aside before the month, and will not where the fund is short", () => {
    const rewards = [{ month: 1, member: "XC-WEN", percent: 10, cap: c("45.00") }];
    const year = calisByHand(
      short(plan, { deals: [deal(1, "XC-WEN", "XC-BEI", [copy(100)])], rewards, gifts }),
    );
    expect(account(year, "XC-WEN")).to.include({ compensation: c("3.00") });
    expect(account(year, "RELIEF")).to.include({ balance: c("997.00") });
    expect(() => calisByHand(short(plan, { rewards }))).to.throw(RangeError);
  });
});

describe("nstlByHand", () => {
  const plan = nstlPlan(1);

  it("charges a least and a most for an order, and less in the promotion", () => {
    const deals = [
      deal(0, "XN-SCI", "XN-HEF", [copy(3), copy(4), copy(100), copy(101)]),
      deal(4, "XN-SCI", "XN-HEF", [copy(5), copy(4)]),
      deal(6, "XN-SCI", "XN-HEF", [copy(5), loan(1)]),
    ];
    const year = nstlByHand(short(plan, { deals }));
    expect(year.months.map(({ gross }) => gross).filter((gross) => gross > 0n)).to.deep.equal([
      c("62.20"),
      c("2.00"),
      c("21.50"),
    ]);
    expect(account(year, "COMMONS")).to.include({ balance: c("0.50") });
  });

  it("spends a grant for its region and months, and returns the rest in proportion", () => {
    const gifts = [
      { month: 0, giver: "XN-MST", grant: 0, amount: c("20.00") },
      { month: 0, giver: "XN-BUR", grant: 0, amount: c("10.00") },
    ];
    const deals = [
      deal(0, "XN-SCI", "XN-LAZ", [copy(20)]),
      deal(1, "XN-SCI", "XN-LAZ", [copy(20)]),
      deal(1, "XN-SCI", "XN-GUY", [copy(20)]),
      deal(6, "XN-SCI", "XN-XIN", [copy(90)]),
      deal(7, "XN-SCI", "XN-XIN", [copy(20)]),
    ];
    const year = nstlByHand(short(plan, { deals, gifts }));
    // Half of 6.00 and half of 27.00; of the 13.50 that are left two thirds and one third.
    expect(totalsOf(year).relief).to.equal(c("16.50"));
    expect(Object.fromEntries(year.returned)).to.deep.equal({ "XN-MST/0": c("9.00"), "XN-BUR/0": c("4.50") });
  });

  it("refuses what nothing is left for, and leaves the grant alone", () => {
    const deals = [deal(0, "XN-SCI", "XN-ZHZ", [loan(17)]), deal(0, "XN-SCI", "XN-ZHZ", [loan(1)])];
    const year = nstlByHand(short(plan, { deals }));
    expect(totalsOf(year)).to.include({ statements: 1n, refused: 1n });
    // 350.00 less 17 volumes at 20.50.
    expect(account(year, "XN-ZHZ")).to.include({ balance: c("1.50") });
  });

  it("charges partners nothing but the fee, from the month of their agreement on", () => {
    const { pacts } = plan;
    const both = (month: number) => [
      deal(month, "XN-AGR", "XN-MED", [copy(10), loan(1)]),
      deal(month, "XN-MED", "XN-AGR", [copy(10)]),
    ];
    const year = nstlByHand(short(plan, { deals: [...both(2), ...both(3)], pacts }));
    expect(year.months.slice(2, 4).map(({ gross, fees }) => [gross, fees])).to.deep.equal([
      [c("26.00"), c("0.50")],
      [0n, c("0.50")],
    ]);
  });
});

describe("differencesOf", () => {
  const plan = oclcPlan(2027);

  it("finds none in the same year", () => {
    expect(differencesOf(oclcByHand(plan), oclcByHand(plan))).to.deep.equal([]);
  });

  it("names month, account and both figures where one copy more was supplied", () => {
    const more = [...plan.deals, deal(3, "XO-ASH", "XO-UPT", [copy(1)])];
    const found = differencesOf(oclcByHand({ ...plan, deals: more }), oclcByHand(plan));
    expect(found.filter((line) => line.startsWith("month 4, fees"))).to.have.length(1);
    expect(found.find((line) => line.startsWith("XO-UPT, drawn"))).to.match(
      /book says [\d.]+, the calculation/,
    );
  });
});
