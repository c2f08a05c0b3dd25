import { expect } from "chai";
import { COMMONS, memberId } from "../../../../src/core/ids.ts";
import {
  accountIn,
  chartWith,
  CONSORTIUM_CHART,
  MEMBER_CHART,
} from "../../../../src/documents/journal/chart.ts";

describe("chartWith", () => {
  it("gives every account a number of its own where nobody says otherwise", () => {
    for (const chart of [CONSORTIUM_CHART, MEMBER_CHART]) {
      const numbers = Object.values(chart).map(({ number }) => number);
      expect(new Set(numbers).size).to.equal(numbers.length);
    }
  });

  it("takes an office's own numbers and names, either or both", () => {
    const chart = chartWith(MEMBER_CHART, { cash: { number: "1800.1" }, fees: { name: "Gebühren" } });
    expect(chart.cash).to.deep.equal({ number: "1800.1", name: MEMBER_CHART.cash.name });
    expect(chart.fees).to.deep.equal({ number: MEMBER_CHART.fees.number, name: "Gebühren" });
    expect(chart.relief).to.equal(MEMBER_CHART.relief);
  });

  const wrong: Readonly<Record<string, unknown>> = {
    "no object": [],
    nothing: null,
    "an account that there is not": { cashh: {} },
    "an account by what every object has": JSON.parse('{"__proto__": {"number": "1"}, "toString": {}}'),
    "a member that there is not": { cash: { nr: "1" } },
    "a number that is no text": { cash: { number: 1500 } },
    "a number with a blank": { cash: { number: "15 00" } },
    "a formula as a number": { cash: { number: "=1+1" } },
    "an empty name": { cash: { name: " " } },
    "a name of two lines": { cash: { name: "one\ntwo" } },
    "an endless name": { cash: { name: "x".repeat(121) } },
    "a number twice": { cash: { number: MEMBER_CHART.bank.number } },
    "an account that is no object": { cash: "1500" },
  };
  for (const [what, given] of Object.entries(wrong)) {
    it(`refuses ${what}`, () => {
      expect(() => chartWith(MEMBER_CHART, given))
        .to.throw()
        .with.property("code", "AccountsInvalid");
    });
  }
});

describe("accountIn", () => {
  const name = (member: number) => (member === COMMONS ? "Commons" : "DE-7");

  it("names a member's part of an account by number and ISIL", () => {
    const account = accountIn(CONSORTIUM_CHART, { role: "members", member: memberId(7) }, name);
    expect(account).to.deep.equal({ number: "2000-7", name: "Account with the consortium: DE-7 (member 7)" });
    const fund = accountIn(CONSORTIUM_CHART, { role: "debtors", member: COMMONS }, name);
    expect(fund).to.deep.equal({ number: "1200-1", name: "Acknowledged debts: Commons" });
  });
});
