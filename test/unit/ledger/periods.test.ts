import { expect } from "chai";
import { addMonths, periodEnd } from "../../../src/core/period.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { bill, packed, post } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

const DAY = 86_400;

describe("Ledger.closePeriod", () => {
  const world = useWorld();

  it("refuses one second before the month's end, and works at that second for anyone", async () => {
    const { ledger, strange, time } = world();
    const end = periodEnd(OCTOBER);
    await time.setNextBlockTimestamp(end - 1);
    await expect(strange.ledger.closePeriod())
      .to.be.revertedWithCustomError(ledger, "LedgerPeriodOpen")
      .withArgs(OCTOBER, end);
    await time.setNextBlockTimestamp(end);
    await expect(strange.ledger.closePeriod()).to.emit(ledger, "PeriodClosed").withArgs(OCTOBER);
    expect(await ledger.openPeriod()).to.equal(addMonths(OCTOBER, 1));
  });

  it("closes a month once", async () => {
    const { ledger, time } = world();
    await time.increaseTo(periodEnd(OCTOBER));
    await ledger.closePeriod();
    await expect(ledger.closePeriod()).to.be.revertedWithCustomError(ledger, "LedgerPeriodOpen");
  });
});

describe("Ledger.pausePosting", () => {
  const world = useWorld();

  it("refuses a stranger", async () => {
    const { ledger, strange, stranger } = world();
    await expect(strange.ledger.pausePosting(1))
      .to.be.revertedWithCustomError(ledger, "AccessManagedUnauthorized")
      .withArgs(stranger.address);
  });

  it("refuses one second more than seven days", async () => {
    const { ledger } = world();
    await expect(ledger.pausePosting(7 * DAY + 1))
      .to.be.revertedWithCustomError(ledger, "LedgerPauseTooLong")
      .withArgs(7 * DAY + 1, 7 * DAY);
  });

  it("pauses posting, to the second", async () => {
    const w = world();
    const at = (await w.time.latest()) + 10;
    const until = at + 7 * DAY;
    await w.time.setNextBlockTimestamp(at);
    await expect(w.ledger.pausePosting(7 * DAY))
      .to.emit(w.ledger, "PostingPaused")
      .withArgs(until);
    expect(await w.ledger.pausedUntil()).to.equal(until);
    await w.time.setNextBlockTimestamp(until - 1);
    await expect(bill(w)).to.be.revertedWithCustomError(w.ledger, "LedgerPaused").withArgs(until);
    await w.time.setNextBlockTimestamp(until);
    await post(w, await packed(w));
  });

  it("refuses another until thirty days after its end, to the second", async () => {
    const { ledger, time } = world();
    await ledger.pausePosting(DAY);
    const readyAt = (await time.latest()) + DAY + 30 * DAY;
    await expect(ledger.pausePosting(DAY))
      .to.be.revertedWithCustomError(ledger, "LedgerPauseCooling")
      .withArgs(readyAt);
    await time.setNextBlockTimestamp(readyAt - 1);
    await expect(ledger.pausePosting(DAY)).to.be.revertedWithCustomError(ledger, "LedgerPauseCooling");
    await time.setNextBlockTimestamp(readyAt);
    await expect(ledger.pausePosting(DAY))
      .to.emit(ledger, "PostingPaused")
      .withArgs(readyAt + DAY);
  });
});

describe("Ledger.resumePosting", () => {
  const world = useWorld();

  it("refuses a stranger", async () => {
    const { ledger, strange, stranger } = world();
    await expect(strange.ledger.resumePosting())
      .to.be.revertedWithCustomError(ledger, "AccessManagedUnauthorized")
      .withArgs(stranger.address);
  });

  it("refuses where nothing is paused, or the pause is over", async () => {
    const { ledger, time } = world();
    await expect(ledger.resumePosting()).to.be.revertedWithCustomError(ledger, "LedgerPaused").withArgs(0);
    await ledger.pausePosting(DAY);
    const until = (await time.latest()) + DAY;
    await time.setNextBlockTimestamp(until);
    await expect(ledger.resumePosting())
      .to.be.revertedWithCustomError(ledger, "LedgerPaused")
      .withArgs(until);
  });

  it("ends the pause at once, and the cooldown counts from there", async () => {
    const w = world();
    await w.ledger.pausePosting(7 * DAY);
    const at = (await w.time.latest()) + DAY;
    await w.time.setNextBlockTimestamp(at);
    await expect(w.ledger.resumePosting()).to.emit(w.ledger, "PostingPaused").withArgs(at);
    await bill(w);
    await expect(w.ledger.pausePosting(DAY))
      .to.be.revertedWithCustomError(w.ledger, "LedgerPauseCooling")
      .withArgs(at + 30 * DAY);
  });
});
