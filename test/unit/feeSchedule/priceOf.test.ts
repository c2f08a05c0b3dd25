import { expect } from "chai";
import { OCTOBER } from "../../support/consortium.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

describe("FeeSchedule.priceOf", () => {
  const world = useWorld();

  it("knows price and fee by service and tier", async () => {
    const { schedule } = world();
    expect(await schedule.priceOf(OCTOBER, 1, 1, 1)).to.deep.equal([true, c("12"), c("0.26"), false]);
    expect(await schedule.priceOf(OCTOBER, 1, 3, 1)).to.deep.equal([true, c("6"), c("0.26"), false]);
    expect(await schedule.priceOf(OCTOBER, 2, 2, 9)).to.deep.equal([true, c("4"), c("0.26"), false]);
  });

  it("offers nothing of a service, a tier or a month that it does not price", async () => {
    const { schedule } = world();
    for (const [month, service, tier] of [
      [OCTOBER, 3, 1],
      [OCTOBER, 1, 0],
      [OCTOBER, 0, 1],
      [OCTOBER - 1, 1, 1],
      [0, 1, 1],
    ] as const) {
      expect(await schedule.priceOf(month, service, tier, 1)).to.deep.equal([false, 0n, 0n, false]);
    }
  });

  it("does not offer what a later version leaves out", async () => {
    const { schedule } = world();
    await schedule.draft(0, [{ service: 9, tier: 1, price: 1n, fee: 0n }]);
    await schedule.publish(await schedule.lastVersion(), OCTOBER + 1);
    expect((await schedule.priceOf(OCTOBER + 1, 1, 1, 1)).offered).to.equal(false);
    expect((await schedule.priceOf(OCTOBER, 1, 1, 1)).offered).to.equal(true);
  });

  it("offers what costs nothing", async () => {
    const { schedule } = world();
    await schedule.draft(0, [{ service: 9, tier: 0, price: 0n, fee: 0n }]);
    await schedule.publish(await schedule.lastVersion(), OCTOBER + 1);
    expect(await schedule.priceOf(OCTOBER + 1, 9, 0, 1)).to.deep.equal([true, 0n, 0n, false]);
  });
});

describe("FeeSchedule.versionIn", () => {
  const world = useWorld();

  it("is zero before the first version", async () => {
    expect(await world().schedule.versionIn(OCTOBER - 1)).to.equal(0n);
  });

  it("finds the version of every month among many", async () => {
    const { schedule } = world();
    const months = [1, 2, 5, 6, 11, 30].map((ahead) => OCTOBER + ahead);
    for (const month of months) {
      await schedule.draft(0, [{ service: 7, tier: 1, price: 1n, fee: 0n }]);
      await schedule.publish(await schedule.lastVersion(), month);
    }
    for (let month = OCTOBER - 1; month <= OCTOBER + 32; month++) {
      const begun = [OCTOBER, ...months].filter((from) => from <= month).length;
      expect(await schedule.versionIn(month), String(month)).to.equal(BigInt(begun));
    }
  });
});
