import { expect } from "chai";
import { OCTOBER } from "../../support/consortium.ts";
import { NOVEMBER } from "../../support/pricing.ts";
import { useWorld } from "../../support/world.ts";

const [ITEM, PAGE, RECORD] = [0n, 1n, 4n] as const;
const [LEND, REPRODUCE, ADAPT] = [0n, 1n, 3n] as const;

describe("FeeSchedule.describe", () => {
  const world = useWorld();

  it("refuses whoever is no scheduler, and service zero", async () => {
    const { strange, schedule, stranger } = world();
    await expect(strange.schedule.describe(7, PAGE, REPRODUCE))
      .to.be.revertedWithCustomError(schedule, "AccessManagedUnauthorized")
      .withArgs(stranger.address);
    await expect(schedule.describe(0, PAGE, REPRODUCE)).to.be.revertedWithCustomError(
      schedule,
      "FeeScheduleServiceZero",
    );
  });

  it("takes a service that nobody described for one that lends items", async () => {
    const { schedule } = world();
    expect(await schedule.unitOf(7)).to.equal(ITEM);
    expect(await schedule.actOf(7, NOVEMBER)).to.equal(LEND);
  });

  it("says what a service counts and does", async () => {
    const { schedule } = world();
    await expect(schedule.describe(7, PAGE, REPRODUCE))
      .to.emit(schedule, "ServiceDescribed")
      .withArgs(7, PAGE, REPRODUCE);
    await schedule.describe(65_535, RECORD, ADAPT);
    expect([await schedule.unitOf(7), await schedule.actOf(7, NOVEMBER)]).to.deep.equal([PAGE, REPRODUCE]);
    expect([await schedule.unitOf(65_535), await schedule.actOf(65_535, NOVEMBER)]).to.deep.equal([
      RECORD,
      ADAPT,
    ]);
    expect(await schedule.actOf(8, NOVEMBER)).to.equal(LEND);
  });

  it("binds from the next month on: what was already served lends (invariant 7)", async () => {
    const { schedule } = world();
    await schedule.describe(7, PAGE, REPRODUCE);
    const acts = await Promise.all([-3, 0, 1, 4].map((months) => schedule.actOf(7, OCTOBER + months)));
    expect(acts).to.deep.equal([LEND, LEND, REPRODUCE, REPRODUCE]);
  });

  it("says it once, also of a service that lends items", async () => {
    const { schedule } = world();
    await schedule.describe(7, ITEM, LEND);
    await expect(schedule.describe(7, PAGE, REPRODUCE))
      .to.be.revertedWithCustomError(schedule, "FeeScheduleServiceDescribed")
      .withArgs(7);
  });

  it("refuses units and acts that nobody knows", async () => {
    const { schedule, ethers } = world();
    for (const [unit, act] of [
      [5, REPRODUCE],
      [PAGE, 4],
    ] as const) {
      await expect(schedule.describe(7, unit, act)).to.be.revertedWithoutReason(ethers);
    }
  });
});
