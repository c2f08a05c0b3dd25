import { expect } from "chai";
import { addMonths, periodStart } from "../../../src/core/period.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { useWorld } from "../../support/world.ts";

const [NOVEMBER, DECEMBER, JANUARY] = [OCTOBER + 1, OCTOBER + 2, OCTOBER + 3] as const;

describe("FeeSchedule.publish", () => {
  const world = useWorld();

  /** A draft with one price. */
  async function draft(price = 5n): Promise<bigint> {
    const { schedule } = world();
    await schedule.draft(0, [{ service: 7, tier: 1, price, fee: 1n }]);
    return schedule.lastVersion();
  }

  it("refuses what is no draft, and a draft twice", async () => {
    const { schedule } = world();
    await expect(schedule.publish(99, NOVEMBER))
      .to.be.revertedWithCustomError(schedule, "FeeScheduleNotDraft")
      .withArgs(99);
    const version = await draft();
    await schedule.publish(version, NOVEMBER);
    await expect(schedule.publish(version, DECEMBER))
      .to.be.revertedWithCustomError(schedule, "FeeScheduleNotDraft")
      .withArgs(version);
  });

  describe("given a month that has begun (invariant 7)", () => {
    it("refuses at its first second and after, and works one second before", async () => {
      const { schedule, time } = world();
      const version = await draft();
      const start = periodStart(addMonths(OCTOBER, 1));
      for (const at of [start, start + 1]) {
        await time.setNextBlockTimestamp(at);
        await expect(schedule.publish(version, NOVEMBER))
          .to.be.revertedWithCustomError(schedule, "FeeScheduleTooLate")
          .withArgs(NOVEMBER, DECEMBER);
      }
    });

    it("works one second before it begins", async () => {
      const { schedule, time } = world();
      const version = await draft();
      await time.setNextBlockTimestamp(periodStart(addMonths(OCTOBER, 1)) - 1);
      await expect(schedule.publish(version, NOVEMBER))
        .to.emit(schedule, "SchedulePublished")
        .withArgs(version, NOVEMBER);
    });

    it("refuses a month before what is published ahead", async () => {
      const { schedule } = world();
      await schedule.publish(await draft(), JANUARY);
      await expect(schedule.publish(await draft(), DECEMBER))
        .to.be.revertedWithCustomError(schedule, "FeeScheduleTooLate")
        .withArgs(DECEMBER, JANUARY);
    });
  });

  it("changes nothing before its month, and holds until the next", async () => {
    const { schedule } = world();
    const [first, second] = [await draft(5n), await draft(6n)];
    await schedule.publish(first, NOVEMBER);
    await schedule.publish(second, JANUARY);
    const versions = [OCTOBER, NOVEMBER, DECEMBER, JANUARY, JANUARY + 100];
    expect(await Promise.all(versions.map((month) => schedule.versionIn(month)))).to.deep.equal([
      1n,
      first,
      first,
      second,
      second,
    ]);
  });

  it("lets the last of several versions for one month hold", async () => {
    const { schedule } = world();
    const [first, second] = [await draft(5n), await draft(6n)];
    await schedule.publish(first, NOVEMBER);
    await schedule.publish(second, NOVEMBER);
    expect(await schedule.versionIn(NOVEMBER)).to.equal(second);
    expect(await schedule.priceOf(NOVEMBER, 7, 1, 1)).to.deep.equal([true, 6n, 1n, false]);
  });
});

describe("FeeSchedule.withdrawFrom", () => {
  const world = useWorld();

  async function published(month: number): Promise<bigint> {
    const { schedule } = world();
    await schedule.draft(0, [{ service: 7, tier: 1, price: 5n, fee: 1n }]);
    const version = await schedule.lastVersion();
    await schedule.publish(version, month);
    return version;
  }

  it("refuses a month that has begun, one for which nothing was published, and all but the last", async () => {
    const { schedule } = world();
    await expect(schedule.withdrawFrom(OCTOBER))
      .to.be.revertedWithCustomError(schedule, "FeeScheduleTooLate")
      .withArgs(OCTOBER, OCTOBER);
    await expect(schedule.withdrawFrom(NOVEMBER))
      .to.be.revertedWithCustomError(schedule, "FeeScheduleTooLate")
      .withArgs(NOVEMBER, OCTOBER);
    await published(NOVEMBER);
    await published(DECEMBER);
    await expect(schedule.withdrawFrom(NOVEMBER))
      .to.be.revertedWithCustomError(schedule, "FeeScheduleTooLate")
      .withArgs(NOVEMBER, DECEMBER);
  });

  it("refuses where nothing was ever published", async () => {
    const { ethers, deployment, charter } = world();
    const fresh = await ethers.deployContract("FeeSchedule", [deployment.charter]);
    const { data } = await fresh.getFunction("withdrawFrom").populateTransaction(NOVEMBER);
    await charter.setTargetFunctionRole(fresh, [data.slice(0, 10)], 2);
    await expect(fresh.getFunction("withdrawFrom")(NOVEMBER))
      .to.be.revertedWithCustomError(fresh, "FeeScheduleTooLate")
      .withArgs(NOVEMBER, NOVEMBER);
  });

  it("refuses from its first second on (invariant 7)", async () => {
    const { schedule, time } = world();
    await published(NOVEMBER);
    await time.setNextBlockTimestamp(periodStart(addMonths(OCTOBER, 1)));
    await expect(schedule.withdrawFrom(NOVEMBER)).to.be.revertedWithCustomError(
      schedule,
      "FeeScheduleTooLate",
    );
  });

  it("takes it back one second before it begins, and what was before holds on", async () => {
    const { schedule, time } = world();
    const version = await published(NOVEMBER);
    await time.setNextBlockTimestamp(periodStart(addMonths(OCTOBER, 1)) - 1);
    await expect(schedule.withdrawFrom(NOVEMBER))
      .to.emit(schedule, "ScheduleWithdrawn")
      .withArgs(version, NOVEMBER);
    expect(await schedule.versionIn(NOVEMBER)).to.equal(1n);
  });

  it("lets the month be published again", async () => {
    const { schedule } = world();
    await published(NOVEMBER);
    await schedule.withdrawFrom(NOVEMBER);
    const again = await published(NOVEMBER);
    expect(await schedule.versionIn(NOVEMBER)).to.equal(again);
  });
});
