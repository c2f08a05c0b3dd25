import { expect } from "chai";
import type { PeriodId } from "../../../src/core/period.ts";
import { periodEnd } from "../../../src/core/period.ts";
import { NOVEMBER, RELIEF, lend, name, purse, seatCouncil } from "../../support/compensation.ts";
import { loanRecords, no } from "../../support/desk-records.ts";
import { postRecorded, refund } from "../../support/reversals.ts";
import { expectSound } from "../../support/soundness.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

const DECEMBER = (NOVEMBER + 1) as PeriodId;

describe("Compensation.compensate", () => {
  const world = useWorld();
  beforeEach(() => seatCouncil(world()));

  it("pays a share of what was received net, by anyone's call; the rest goes back to RELIEF", async () => {
    const w = world();
    await name(w, [{ member: w.ada.id }]);
    await w.closeMonth();
    await lend(w, 5);
    await w.closeMonth();
    const { relief, backing } = await purse(w);
    expect(await w.strange.compensation.compensate.staticCall(w.ada.id, NOVEMBER)).to.equal(c("30"));
    const sent = await w.strange.compensation.compensate(w.ada.id, NOVEMBER);
    await expect(sent).to.emit(w.compensation, "Compensated").withArgs(NOVEMBER, w.ada.id, c("60"), c("30"));
    await expect(sent).to.emit(w.ledger, "PotEmptied").withArgs(w.ada.id, c("30"));
    await expect(sent).to.emit(w.ledger, "PotEmptied").withArgs(RELIEF, c("70"));
    await expect(sent).to.emit(w.ledger, "AccountWatched").withArgs(w.ada.id, false);
    const { cash, free, position } = await w.ledger.account(w.ada.id);
    expect([cash, free, position]).to.deep.equal([c("190"), c("190"), 0n]);
    expect(await purse(w)).to.deep.equal({ relief: relief + c("70"), pot: 0n, backing });
    await expectSound(w);
  });

  // 12 credits net each; 0.26 of fee are the consumer's.
  for (const [loansGiven, rate, cap, amount] of [
    [1, 3_333, "100", "3.9996"],
    [1, 1, "100", "0.0012"],
    [3, 9_999, "100", "35.9964"],
    [3, 10_000, "36", "36"],
    [3, 10_000, "35.999999", "35.999999"],
    [9, 5_000, "0.000001", "0.000001"],
  ] as const) {
    it(`pays ${amount} for ${loansGiven} loans at ${rate} ten-thousandths and a cap of ${cap}`, async () => {
      const w = world();
      await name(w, [{ member: w.ada.id, rate, cap: c(cap) }]);
      await w.closeMonth();
      await lend(w, loansGiven);
      await w.closeMonth();
      await expect(w.compensation.compensate(w.ada.id, NOVEMBER))
        .to.emit(w.compensation, "Compensated")
        .withArgs(NOVEMBER, w.ada.id, c("12") * BigInt(loansGiven), c(amount));
      expect((await purse(w)).relief).to.equal(c("500") - c(amount));
      await expectSound(w);
    });
  }

  it("rounds down: a ten-thousandth of less than ten thousand is nothing", async () => {
    const w = world();
    await name(w, [{ member: w.ada.id, rate: 1 }]);
    await w.closeMonth();
    await lend(w, 1);
    await lend(w, 1, { supplier: w.bob.id, consumer: w.ada.id });
    await lend(w, 1, { supplier: w.ada.id, consumer: w.bob.id });
    await w.closeMonth();
    // 12 − 12.26 + 12: a ten-thousandth of 11.74 is 0.001174.
    await w.compensation.compensate(w.ada.id, NOVEMBER);
    expect((await w.ledger.account(w.ada.id)).cash).to.equal(c("111.74") + c("0.001174"));
  });

  it("gives whoever drew more than it lent, or did nothing, the watch's end and RELIEF the cap", async () => {
    const w = world();
    await name(w, [{ member: w.ada.id }, { member: w.bob.id }, { member: w.eve.id }]);
    await w.closeMonth();
    await lend(w, 2);
    await w.closeMonth();
    await expect(w.compensation.compensate(w.bob.id, NOVEMBER))
      .to.emit(w.compensation, "Compensated")
      .withArgs(NOVEMBER, w.bob.id, -c("24.52"), 0);
    await expect(w.compensation.compensate(w.eve.id, NOVEMBER))
      .to.emit(w.compensation, "Compensated")
      .withArgs(NOVEMBER, w.eve.id, 0, 0);
    expect(await purse(w)).to.include({ relief: c("400"), pot: c("100") });
    await expectSound(w);
  });

  it("waits for the close, whatever the calendar says, and asks for nothing else", async () => {
    const w = world();
    await name(w, [{ member: w.ada.id }]);
    const early = () => w.compensation.compensate(w.ada.id, NOVEMBER);
    const refused = () =>
      expect(early())
        .to.be.revertedWithCustomError(w.compensation, "CompensationPeriodOpen")
        .withArgs(NOVEMBER);
    await refused();
    await w.closeMonth();
    await lend(w, 1);
    await refused();
    await w.time.increaseTo(periodEnd(NOVEMBER));
    await refused();
    await w.ledger.closePeriod();
    await w.ledger.pausePosting(60);
    await w.ada.as.contracts.register.leave(w.ada.id);
    await early();
    expect((await w.ledger.account(w.ada.id)).cash).to.equal(c("118"));
  });

  it("counts the month named and no other", async () => {
    const w = world();
    await lend(w, 1);
    await name(w, [{ member: w.ada.id }], DECEMBER);
    await w.closeMonth();
    await lend(w, 2);
    await w.closeMonth();
    await lend(w, 4);
    await w.closeMonth();
    await lend(w, 8);
    await expect(w.compensation.compensate(w.ada.id, DECEMBER))
      .to.emit(w.compensation, "Compensated")
      .withArgs(DECEMBER, w.ada.id, c("48"), c("24"));
    expect((await w.ledger.account(w.ada.id)).position).to.equal(c("96"));
  });

  for (const rolled of [true, false]) {
    it(`counts it after several months of sleep, ${rolled ? "touched long ago" : "never touched"}`, async () => {
      const w = world();
      await name(w, [{ member: w.ada.id }]);
      await w.closeMonth();
      await lend(w, 3);
      for (let i = 0; i < 5; i++) {
        await w.closeMonth();
        if (rolled && i % 2 === 0) await w.strange.ledger.touch(w.ada.id);
      }
      await w.compensation.compensate(w.ada.id, NOVEMBER);
      expect((await w.ledger.account(w.ada.id)).cash).to.equal(c("154"));
      await expectSound(w);
    });
  }

  it("finds nothing where the account slept through the month named", async () => {
    const w = world();
    await lend(w, 3);
    await name(w, [{ member: w.ada.id }], DECEMBER);
    for (let i = 0; i < 4; i++) await w.closeMonth();
    await expect(w.compensation.compensate(w.ada.id, DECEMBER))
      .to.emit(w.compensation, "Compensated")
      .withArgs(DECEMBER, w.ada.id, 0, 0);
  });

  it("pays every naming of a member, in any order, and watches until the last", async () => {
    const w = world();
    await name(w, [{ member: w.ada.id }], DECEMBER);
    await name(w, [{ member: w.ada.id, rate: 10_000 }]);
    await w.closeMonth();
    await lend(w, 1);
    await w.closeMonth();
    await lend(w, 2);
    await w.closeMonth();
    await expect(w.compensation.compensate(w.ada.id, DECEMBER))
      .to.emit(w.compensation, "Compensated")
      .withArgs(DECEMBER, w.ada.id, c("24"), c("12"))
      .and.not.to.emit(w.ledger, "AccountWatched");
    await expect(w.compensation.compensate(w.ada.id, NOVEMBER))
      .to.emit(w.compensation, "Compensated")
      .withArgs(NOVEMBER, w.ada.id, c("12"), c("12"))
      .and.to.emit(w.ledger, "AccountWatched")
      .withArgs(w.ada.id, false);
    await expectSound(w);
  });

  it("watches again whoever is named anew", async () => {
    const w = world();
    await name(w, [{ member: w.ada.id }]);
    await w.closeMonth();
    await w.closeMonth();
    await w.compensation.compensate(w.ada.id, NOVEMBER);
    await name(w, [{ member: w.ada.id }], (DECEMBER + 1) as PeriodId);
    await w.closeMonth();
    await lend(w, 1);
    await w.closeMonth();
    await w.compensation.compensate(w.ada.id, DECEMBER + 1);
    expect((await w.ledger.account(w.ada.id)).cash).to.equal(c("118"));
  });

  it("takes refunds of the month off", async () => {
    const w = world();
    await name(w, [{ member: w.ada.id, rate: 10_000 }]);
    await w.closeMonth();
    const charged = await postRecorded(w, loanRecords(w, 3), { number: no(900) });
    await refund(w, charged, [0, 1]);
    await w.closeMonth();
    await expect(w.compensation.compensate(w.ada.id, NOVEMBER))
      .to.emit(w.compensation, "Compensated")
      .withArgs(NOVEMBER, w.ada.id, c("12"), c("12"));
  });

  it("pays once, and only whom it was said of", async () => {
    const w = world();
    await name(w, [{ member: w.ada.id }]);
    await w.closeMonth();
    await lend(w, 1);
    await w.closeMonth();
    await w.compensation.compensate(w.ada.id, NOVEMBER);
    for (const [member, period] of [
      [w.ada.id, NOVEMBER],
      [w.ada.id, DECEMBER],
      [w.bob.id, NOVEMBER],
    ] as const) {
      await expect(w.compensation.compensate(member, period))
        .to.be.revertedWithCustomError(w.compensation, "CompensationNone")
        .withArgs(member, period);
    }
    expect(await w.compensation.namedFor(w.ada.id, NOVEMBER)).to.deep.equal([0n, 0n]);
  });
});
