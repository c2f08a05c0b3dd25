import { expect } from "chai";
import { loadPreset } from "../../../../../src/cli/network/preset.ts";
import { createDice } from "../../../../../src/cli/scenario/year/dice.ts";
import { COMMONS_ACCOUNT, MONTHS, type YearPlan } from "../../../../../src/cli/scenario/year/plan.ts";
import { calisPlan } from "../../../../../src/cli/scenario/year/plans/calis.ts";
import { nstlPlan } from "../../../../../src/cli/scenario/year/plans/nstl.ts";
import { oclcPlan } from "../../../../../src/cli/scenario/year/plans/oclc.ts";

const PLANS: readonly [preset: string, plan: (seed: number) => YearPlan][] = [
  ["oclc", oclcPlan],
  ["calis", calisPlan],
  ["nstl", nstlPlan],
];

describe("createDice", () => {
  it("falls the same for the same seed, and otherwise for another", () => {
    const throws = (seed: number) => {
      const dice = createDice(seed);
      return Array.from({ length: 20 }, () => dice.int(1, 1000));
    };
    expect(throws(7)).to.deep.equal(throws(7));
    expect(throws(7)).not.to.deep.equal(throws(8));
  });

  it("reaches both ends and nothing beyond", () => {
    const dice = createDice(1);
    const thrown = new Set(Array.from({ length: 200 }, () => dice.int(3, 6)));
    expect([...thrown].sort()).to.deep.equal([3, 4, 5, 6]);
  });

  it("takes each one once, and no more than there are", () => {
    const dice = createDice(1);
    const taken = dice.some(["a", "b", "c"], 5);
    expect([...taken].sort()).to.deep.equal(["a", "b", "c"]);
    expect(() => dice.pick([])).to.throw(TypeError);
  });
});

for (const [name, plan] of PLANS) {
  describe(`the year of ${name}`, () => {
    const year = plan(2027);

    it("is the same for the same seed, and another for another", () => {
      expect(plan(2027)).to.deep.equal(year);
      expect(plan(2028).deals).not.to.deep.equal(year.deals);
    });

    it("has twenty to forty members and 600 to 1,500 statements in every month of a year", () => {
      expect(year.members).to.have.length.within(20, 40);
      expect(year.deals).to.have.length.within(600, 1_500);
      expect(new Set(year.deals.map(({ month }) => month)).size).to.equal(MONTHS);
      const months = year.deals.map(({ month }) => month);
      expect(months).to.deep.equal([...months].sort((a, b) => a - b));
    });

    it("names members, services, regions and kinds that there are", async () => {
      const preset = await loadPreset(name);
      const codes = preset.services.map(({ code }) => code);
      const members = new Set<string>([...year.members.map(({ isil }) => isil), COMMONS_ACCOUNT]);
      expect(members.size).to.equal(year.members.length + 1);
      for (const { supplier, consumer, lines } of year.deals) {
        expect(members.has(supplier) && members.has(consumer) && supplier !== consumer).to.equal(true);
        for (const { service, quantity, work } of lines) {
          expect(codes).to.include(service);
          expect(quantity).to.be.greaterThan(0);
          if (work !== undefined) expect(year.works.map(({ urn }) => urn)).to.include(work);
        }
      }
      const kinds = preset.kinds.map((kind) => kind.name);
      const regions = preset.regions.map((region) => region.name);
      for (const { kind, region } of year.members) {
        expect(kinds).to.include(kind);
        if (regions.length > 0) expect(regions).to.include(region);
      }
    });
  });
}
