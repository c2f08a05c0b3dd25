import { expect } from "chai";
import { condition, conditionsFrom } from "../../support/conditions.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { useWorld } from "../../support/world.ts";

const [NOVEMBER, DECEMBER] = [OCTOBER + 1, OCTOBER + 2] as const;
const MOST = 2n ** 64n - 1n;
const UNBOUNDED = [0n, MOST];

describe("FeeSchedule.draftConditional", () => {
  const world = useWorld();

  it("refuses whoever is no scheduler", async () => {
    const { strange, schedule, stranger } = world();
    await expect(strange.schedule.draftConditional(0, [condition()]))
      .to.be.revertedWithCustomError(schedule, "AccessManagedUnauthorized")
      .withArgs(stranger.address);
  });

  it("refuses no prices, what nobody opened and what is published (invariant 7)", async () => {
    const { schedule } = world();
    await expect(schedule.draftConditional(0, []))
      .to.be.revertedWithCustomError(schedule, "FeeScheduleEmpty")
      .withArgs(0);
    for (const version of [1, 99]) {
      await expect(schedule.draftConditional(version, [condition()]))
        .to.be.revertedWithCustomError(schedule, "FeeScheduleNotDraft")
        .withArgs(version);
    }
  });

  for (const [what, changes] of [
    ["service zero", { service: 0 }],
    ["a least above the most", { minimum: 11n, cap: 10n }],
    ["a promotion without a first month", { promotedUntil: NOVEMBER }],
    ["a promotion without a last month", { promotedFrom: NOVEMBER }],
    ["a promotion that ends before it begins", { promotedFrom: DECEMBER, promotedUntil: NOVEMBER }],
    ["a promoted price without a promotion", { promotedPrice: 1n }],
  ] as const) {
    it(`refuses ${what}, and with it the whole draft`, async () => {
      const { schedule } = world();
      const last = await schedule.lastVersion();
      const wrong = condition(changes);
      await expect(schedule.draftConditional(0, [condition(), wrong]))
        .to.be.revertedWithCustomError(schedule, "FeeScheduleConditionInvalid")
        .withArgs(wrong.service);
      expect(await schedule.lastVersion()).to.equal(last);
    });
  }

  it("opens the next version and says each price whole", async () => {
    const { schedule } = world();
    const next = (await schedule.lastVersion()) + 1n;
    const price = condition({
      tier: 2,
      supplierTier: 3,
      minimum: 4n,
      cap: 5n,
      promotedFrom: NOVEMBER,
      promotedUntil: DECEMBER,
      promotedPrice: 6n,
    });
    await expect(schedule.draftConditional(0, [price]))
      .to.emit(schedule, "ConditionalPriceDrafted")
      .withArgs(next, Object.values(price));
    expect(await schedule.lastVersion()).to.equal(next);
  });

  it("writes on in a draft of plain prices, and these in one of conditional ones", async () => {
    const { schedule } = world();
    await schedule.draft(0, [{ service: 7, tier: 1, price: 5n, fee: 1n }]);
    const version = await schedule.lastVersion();
    await schedule.draftConditional(version, [condition({ tier: 2 })]);
    await schedule.draft(version, [{ service: 7, tier: 3, price: 6n, fee: 1n }]);
    await schedule.publish(version, NOVEMBER);
    const prices = await Promise.all([1, 2, 3].map((tier) => schedule.priceOf(NOVEMBER, 7, tier, 1)));
    expect(prices.map(({ price }) => price)).to.deep.equal([5n, 10n, 6n]);
  });

  it("carries the largest figures whole", async () => {
    const w = world();
    const price = condition({
      service: 65_535,
      price: MOST - 1n,
      fee: MOST,
      minimum: MOST,
      cap: MOST,
      promotedFrom: NOVEMBER,
      promotedUntil: 65_535,
      promotedPrice: MOST,
    });
    await conditionsFrom(w, NOVEMBER, [price]);
    expect(await w.schedule.priceOf(65_535, 65_535, 1, 1)).to.deep.equal([true, MOST, MOST, true]);
    expect(await w.schedule.boundsOf(65_535, 65_535, 1, 1)).to.deep.equal([MOST, MOST]);
  });

  describe("given the same price twice", () => {
    const bounds = { minimum: 3n, cap: 30n };
    const promotion = { promotedFrom: NOVEMBER, promotedUntil: NOVEMBER, promotedPrice: 2n };

    it("lets the later one hold whole: bounds and promotion go with the earlier one", async () => {
      const w = world();
      const prices = [condition({ ...bounds, ...promotion }), condition({ price: 11n })];
      await conditionsFrom(w, NOVEMBER, prices);
      expect(await w.schedule.priceOf(NOVEMBER, 7, 1, 1)).to.deep.equal([true, 11n, 1n, false]);
      expect(await w.schedule.boundsOf(NOVEMBER, 7, 1, 1)).to.deep.equal(UNBOUNDED);
    });

    it("keeps nothing of earlier bounds where only one is drafted again", async () => {
      const w = world();
      await conditionsFrom(w, NOVEMBER, [condition(bounds), condition({ minimum: 4n })]);
      expect(await w.schedule.boundsOf(NOVEMBER, 7, 1, 1)).to.deep.equal([4n, MOST]);
      await conditionsFrom(w, NOVEMBER, [condition(bounds), condition({ cap: 40n })]);
      expect(await w.schedule.boundsOf(NOVEMBER, 7, 1, 1)).to.deep.equal([0n, 40n]);
    });

    it("lets a plain price replace the conditional one of its tier", async () => {
      const { schedule } = world();
      await schedule.draftConditional(0, [condition({ tier: 1, ...bounds, ...promotion })]);
      const version = await schedule.lastVersion();
      await schedule.draft(version, [{ service: 7, tier: 1, price: 12n, fee: 0n }]);
      await schedule.publish(version, NOVEMBER);
      expect(await schedule.priceOf(NOVEMBER, 7, 1, 1)).to.deep.equal([true, 12n, 0n, false]);
      expect(await schedule.boundsOf(NOVEMBER, 7, 1, 1)).to.deep.equal(UNBOUNDED);
    });
  });
});
