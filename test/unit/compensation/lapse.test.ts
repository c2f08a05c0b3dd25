import { expect } from "chai";
import { periodEnd, periodStart } from "../../../src/core/period.ts";
import type { PeriodId } from "../../../src/core/period.ts";
import { NOVEMBER, RELIEF, lend, name, purse, seatCouncil } from "../../support/compensation.ts";
import { expectSound } from "../../support/soundness.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

/** From the first second of this month on a naming for November has lapsed. */
const LAPSED = (NOVEMBER + 13) as PeriodId;

/** Ada is named for November, in which she lends so much; then a year goes by. */
async function forgotten(w: World, loans: number): Promise<void> {
  await seatCouncil(w);
  await name(w, [{ member: w.ada.id }]);
  await w.closeMonth();
  await lend(w, loans);
  for (let i = 0; i < 13; i++) await w.closeMonth();
}

describe("Compensation.lapse", () => {
  const world = useWorld();

  it("gives back to RELIEF what nobody drew, by anyone's call, and ends the watch", async () => {
    const w = world();
    await forgotten(w, 2);
    const sent = await w.strange.compensation.lapse(w.ada.id, NOVEMBER);
    await expect(sent).to.emit(w.compensation, "CompensationLapsed").withArgs(NOVEMBER, w.ada.id, c("100"));
    await expect(sent).to.emit(w.ledger, "PotEmptied").withArgs(RELIEF, c("100"));
    await expect(sent).to.emit(w.ledger, "AccountWatched").withArgs(w.ada.id, false);
    expect(await purse(w)).to.include({ relief: c("500"), pot: 0n });
    for (const again of [w.compensation.lapse, w.compensation.compensate]) {
      await expect(again(w.ada.id, NOVEMBER))
        .to.be.revertedWithCustomError(w.compensation, "CompensationNone")
        .withArgs(w.ada.id, NOVEMBER);
    }
    await expectSound(w);
  });

  it("waits twelve whole months, to the second", async () => {
    const w = world();
    await seatCouncil(w);
    await name(w, [{ member: w.ada.id }]);
    await w.time.setNextBlockTimestamp(periodStart(LAPSED) - 1);
    const early = w.compensation.lapse(w.ada.id, NOVEMBER);
    await expect(early)
      .to.be.revertedWithCustomError(w.compensation, "CompensationNotLapsed")
      .withArgs(w.ada.id, NOVEMBER, LAPSED);
    await w.time.increaseTo(periodEnd((LAPSED - 1) as PeriodId));
    // Nobody closed a month since: RELIEF gets it back all the same.
    await w.compensation.lapse(w.ada.id, NOVEMBER);
    expect((await purse(w)).relief).to.equal(c("500"));
  });

  it("takes nothing from whoever is faster: until then it can be drawn", async () => {
    const w = world();
    await forgotten(w, 2);
    await w.compensation.compensate(w.ada.id, NOVEMBER);
    expect((await w.ledger.account(w.ada.id)).cash).to.equal(c("136"));
    await expect(w.compensation.lapse(w.ada.id, NOVEMBER)).to.be.revertedWithCustomError(
      w.compensation,
      "CompensationNone",
    );
  });

  it("keeps watching where another naming is open", async () => {
    const w = world();
    await seatCouncil(w);
    await name(w, [{ member: w.ada.id }]);
    await w.time.increaseTo(periodStart((LAPSED - 1) as PeriodId));
    await name(w, [{ member: w.ada.id }], LAPSED);
    await w.time.increaseTo(periodStart(LAPSED));
    await expect(w.compensation.lapse(w.ada.id, NOVEMBER)).not.to.emit(w.ledger, "AccountWatched");
  });
});
