import { expect } from "chai";
import { bill, c, loans, packed, post } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";

const DAY = 86_400;
const [WEEK, WINDOW] = [7 * DAY, 7 * DAY];

describe("attack: emptying an account before it is billed", () => {
  const world = useWorld();

  it("cannot jump the notice: who signs on the 30th is billed on the 31st", async () => {
    const w = world();
    await w.time.increaseTo(Date.UTC(2026, 9, 30) / 1000);
    await w.bob.as.contracts.ledger.announceWithdrawal(w.bob.id, c("1000"));
    await w.time.increase(DAY);
    await expect(w.bob.as.contracts.ledger.withdraw(w.bob.id)).to.be.revertedWithCustomError(
      w.ledger,
      "LedgerTooEarly",
    );
    await bill(w, { lines: loans(80) });
    await w.time.increase(WEEK);
    await expect(w.bob.as.contracts.ledger.withdraw(w.bob.id))
      .to.emit(w.ledger, "Withdrawn")
      .withArgs(w.bob.id, w.bob.payee, c("1000") - 80n * c("12.26"));
  });

  it("keeps its debt though it lends its cash to an accomplice before the bill is posted", async () => {
    const w = world();
    const statement = await packed(w, { lines: loans(80) });
    await w.bob.as.contracts.advances.advance(w.bob.id, w.eve.id, c("1000"));
    await expect(post(w, statement)).to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault");
    await post(w, statement, { mode: "acknowledge" });
    const due = await w.ledger.debtOf(w.bob.id, w.ada.id);
    expect(due).to.equal(c("960"));
    // The accomplice cannot withdraw it, and what comes back is the creditor's.
    await w.bob.as.contracts.advances.recallAdvance(w.bob.id, w.eve.id, c("1000"));
    await w.ledger.payDebt(w.bob.id, w.ada.id);
    expect(await w.ledger.debtOf(w.bob.id, w.ada.id)).to.equal(0n);
  });

  it("cannot hold an announcement ready for ever: it lapses and waits anew", async () => {
    const w = world();
    const mine = w.bob.as.contracts.ledger;
    await mine.announceWithdrawal(w.bob.id, c("1000"));
    await w.time.increase(WEEK + WINDOW + 1);
    await expect(mine.withdraw(w.bob.id)).to.be.revertedWithCustomError(w.ledger, "LedgerTooLate");
    await mine.announceWithdrawal(w.bob.id, c("1000"));
    await expect(mine.withdraw(w.bob.id)).to.be.revertedWithCustomError(w.ledger, "LedgerTooEarly");
  });

  it("cannot raise a ripe announcement, nor stretch it by replacing", async () => {
    const w = world();
    const mine = w.bob.as.contracts.ledger;
    await mine.announceWithdrawal(w.bob.id, 1);
    await w.time.increase(WEEK);
    await mine.announceWithdrawal(w.bob.id, c("1000"));
    await expect(mine.withdraw(w.bob.id)).to.be.revertedWithCustomError(w.ledger, "LedgerTooEarly");
  });

  it("cannot be executed twice by announcing more than there is", async () => {
    const w = world();
    const mine = w.bob.as.contracts.ledger;
    await mine.announceWithdrawal(w.bob.id, c("5000"));
    await w.time.increase(WEEK);
    await mine.withdraw(w.bob.id);
    await w.fund(w.bob.id, c("50"));
    await expect(mine.withdraw(w.bob.id)).to.be.revertedWithCustomError(w.ledger, "LedgerNothingAnnounced");
  });
});

describe("attack: wasting or turning somebody's withdrawal", () => {
  const world = useWorld();

  it("lets no stranger execute a part of it", async () => {
    const w = world();
    await w.bob.as.contracts.ledger.announceWithdrawal(w.bob.id, c("1000"));
    await w.time.increase(WEEK);
    await bill(w);
    await expect(w.strange.ledger.withdraw(w.bob.id)).to.be.revertedWithCustomError(
      w.ledger,
      "LedgerNotFree",
    );
    await expect(w.ada.as.contracts.ledger.withdraw(w.bob.id)).to.be.revertedWithCustomError(
      w.ledger,
      "LedgerNotFree",
    );
    expect((await w.ledger.withdrawalOf(w.bob.id)).amount).to.equal(c("1000"));
  });

  it("pays the payee of the announcement, though another came in between", async () => {
    const w = world();
    await w.bob.as.contracts.register.announcePayee(w.bob.id, w.stranger.address);
    await w.time.increase(8 * DAY);
    await w.bob.as.contracts.ledger.announceWithdrawal(w.bob.id, c("10"));
    await w.time.increase(7 * DAY);
    await w.register.applyPayee(w.bob.id);
    await w.ledger.withdraw(w.bob.id);
    expect(await w.asset.balanceOf(w.bob.payee)).to.equal(c("10"));
    expect(await w.asset.balanceOf(w.stranger.address)).to.equal(0n);
    await w.bob.as.contracts.ledger.announceWithdrawal(w.bob.id, c("10"));
    expect((await w.ledger.withdrawalOf(w.bob.id)).payee).to.equal(w.stranger.address);
  });

  it("gives a thief of a cash key no way around payee and notice", async () => {
    const w = world();
    await w.bob.as.contracts.register.setKey(w.bob.id, w.stranger.address, 8);
    await w.strange.register.announcePayee(w.bob.id, w.stranger.address);
    await w.strange.ledger.announceWithdrawal(w.bob.id, c("1000"));
    await w.time.increase(WEEK);
    await w.bob.as.contracts.register.cancelPayee(w.bob.id);
    await w.bob.as.contracts.ledger.announceWithdrawal(w.bob.id, 0);
    await expect(w.strange.ledger.withdraw(w.bob.id)).to.be.revertedWithCustomError(
      w.ledger,
      "LedgerNothingAnnounced",
    );
  });
});

describe("withdrawing in every state (invariant 9)", () => {
  const world = useWorld();
  const states = {
    "while posting is paused": async () => world().ledger.pausePosting(7 * DAY),
    "while suspended": async () => world().register.suspend(world().bob.id),
    "after leaving": async () => world().bob.as.contracts.register.leave(world().bob.id),
    "while the close is overdue": async () => world().time.increaseTo(Date.UTC(2026, 10, 2) / 1000),
  };

  for (const [state, reach] of Object.entries(states)) {
    it(`works ${state}`, async () => {
      const w = world();
      await w.time.increaseTo(Date.UTC(2026, 9, 25) / 1000);
      await w.bob.as.contracts.ledger.announceWithdrawal(w.bob.id, c("1000"));
      await w.time.increase(WEEK);
      await reach();
      await w.strange.ledger.withdraw(w.bob.id);
      expect(await w.asset.balanceOf(w.bob.payee)).to.equal(c("1000"));
    });
  }
});
