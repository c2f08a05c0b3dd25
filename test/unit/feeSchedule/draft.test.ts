import { expect } from "chai";
import { OCTOBER } from "../../support/consortium.ts";
import { useWorld } from "../../support/world.ts";

const entry = (changes = {}) => ({ service: 7, tier: 1, price: 5n, fee: 1n, ...changes });

describe("FeeSchedule.draft", () => {
  const world = useWorld();

  it("refuses no prices", async () => {
    const { schedule } = world();
    await expect(schedule.draft(0, []))
      .to.be.revertedWithCustomError(schedule, "FeeScheduleEmpty")
      .withArgs(0);
  });

  it("refuses service zero, and with it the whole draft", async () => {
    const { schedule } = world();
    const last = await schedule.lastVersion();
    await expect(schedule.draft(0, [entry(), entry({ service: 0 })])).to.be.revertedWithCustomError(
      schedule,
      "FeeScheduleServiceZero",
    );
    expect(await schedule.lastVersion()).to.equal(last);
  });

  it("refuses a version that nobody opened", async () => {
    const { schedule } = world();
    await expect(schedule.draft(99, [entry()]))
      .to.be.revertedWithCustomError(schedule, "FeeScheduleNotDraft")
      .withArgs(99);
  });

  it("refuses a version that is published (invariant 7)", async () => {
    const { schedule } = world();
    await expect(schedule.draft(1, [entry()]))
      .to.be.revertedWithCustomError(schedule, "FeeScheduleNotDraft")
      .withArgs(1);
  });

  it("opens the next version and says each price", async () => {
    const { schedule } = world();
    const next = (await schedule.lastVersion()) + 1n;
    expect(await schedule.draft.staticCall(0, [entry()])).to.equal(next);
    await expect(schedule.draft(0, [entry(), entry({ tier: 2, price: 9n, fee: 0n })]))
      .to.emit(schedule, "PriceDrafted")
      .withArgs(next, 7, 1, 5n, 1n)
      .and.to.emit(schedule, "PriceDrafted")
      .withArgs(next, 7, 2, 9n, 0n);
    expect(await schedule.lastVersion()).to.equal(next);
  });

  it("writes on in a draft, the last word holding", async () => {
    const { schedule } = world();
    await schedule.draft(0, [entry()]);
    const version = await schedule.lastVersion();
    await schedule.draft(version, [entry({ price: 6n }), entry({ service: 8 })]);
    await schedule.publish(version, OCTOBER + 1);
    expect(await schedule.priceOf(OCTOBER + 1, 7, 1, 1)).to.deep.equal([true, 6n, 1n, false]);
    expect(await schedule.priceOf(OCTOBER + 1, 8, 1, 1)).to.deep.equal([true, 5n, 1n, false]);
  });

  it("carries the largest price and fee whole", async () => {
    const { schedule } = world();
    const most = (1n << 64n) - 1n;
    await schedule.draft(0, [entry({ service: 65_535, tier: 255, price: most, fee: most })]);
    await schedule.publish(await schedule.lastVersion(), OCTOBER + 1);
    expect(await schedule.priceOf(OCTOBER + 1, 65_535, 255, 0)).to.deep.equal([true, most, most, false]);
  });
});
