import { expect } from "chai";
import { bill, c, order, packed } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";

const DAY = 86_400;

describe("attack: pausing without end", () => {
  const world = useWorld();

  it("stops direct and relayed posting, and nothing else", async () => {
    const w = world();
    await w.bob.as.contracts.ledger.announceWithdrawal(w.bob.id, c("10"));
    await w.eve.as.contracts.ledger.announceWithdrawal(w.eve.id, 1);
    await bill(w, { consumer: w.eve.id, number: 9 as never }, { mode: "acknowledge" });
    await w.time.increase(7 * DAY);
    await w.ledger.pausePosting(7 * DAY);
    const until = (await w.time.latest()) + 7 * DAY;
    const [batch, deadline] = [await packed(w), (await w.time.latest()) + 3600];
    await expect(bill(w)).to.be.revertedWithCustomError(w.ledger, "LedgerPaused").withArgs(until);
    await expect(
      w.ledger.postFor(w.ada.id, 0, batch, deadline, await order(w, batch, { deadline })),
    ).to.be.revertedWithCustomError(w.ledger, "LedgerPaused");

    await w.ledger.withdraw(w.bob.id);
    await w.fund(w.eve.id, c("5"));
    await w.ledger.payDebt(w.eve.id, w.ada.id);
    await w.bob.as.contracts.advances.advance(w.bob.id, w.eve.id, c("1"));
    await w.bob.as.contracts.ledger.announceWithdrawal(w.bob.id, c("1"));
    await w.ledger.touch(w.ada.id);
    await w.ledger.sync(w.ada.id);
  });

  it("lets the month close (invariant 9)", async () => {
    const w = world();
    await w.time.increaseTo(Math.floor(Date.UTC(2026, 9, 30) / 1000));
    await w.ledger.pausePosting(7 * DAY);
    await w.closeMonth();
    expect(await w.ledger.openPeriod()).to.equal(2026 * 12 + 10);
  });

  it("cannot be stretched by pausing again while paused", async () => {
    const w = world();
    await w.ledger.pausePosting(DAY);
    await w.time.increase(DAY / 2);
    await expect(w.ledger.pausePosting(7 * DAY)).to.be.revertedWithCustomError(
      w.ledger,
      "LedgerPauseCooling",
    );
  });

  it("cannot be stretched by ending it early and beginning anew", async () => {
    const w = world();
    await w.ledger.pausePosting(DAY);
    await w.ledger.resumePosting();
    await expect(w.ledger.pausePosting(DAY)).to.be.revertedWithCustomError(w.ledger, "LedgerPauseCooling");
    await w.time.increase(29 * DAY);
    await expect(w.ledger.pausePosting(DAY)).to.be.revertedWithCustomError(w.ledger, "LedgerPauseCooling");
  });

  it("cannot be stretched by a pause of nothing, which costs the cooldown too", async () => {
    const w = world();
    await w.ledger.pausePosting(0);
    await bill(w);
    await expect(w.ledger.pausePosting(7 * DAY)).to.be.revertedWithCustomError(
      w.ledger,
      "LedgerPauseCooling",
    );
  });

  it("halts at most seven days in thirty-seven, at the guardian's best", async () => {
    const w = world();
    let paused = 0;
    const begun = await w.time.latest();
    for (let i = 0; i < 3; i++) {
      await w.ledger.pausePosting(7 * DAY);
      paused += 7 * DAY;
      await w.time.increaseTo(Number(await w.ledger.pausedUntil()) + 30 * DAY - 1);
    }
    expect(paused / ((await w.time.latest()) - begun)).to.be.lessThan(7 / 36.9);
  });
});
