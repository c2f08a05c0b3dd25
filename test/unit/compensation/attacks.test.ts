import { expect } from "chai";
import { NOVEMBER, RELIEF, lend, name, purse, seatCouncil } from "../../support/compensation.ts";
import { loanRecords, no } from "../../support/desk-records.ts";
import { asDesk } from "../../support/desks.ts";
import { postRecorded } from "../../support/reversals.ts";
import { accountsOf, expectSound } from "../../support/soundness.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

/** What the members hold together, RELIEF and COMMONS apart. */
async function held(w: World): Promise<bigint> {
  return (await accountsOf(w)).slice(2).reduce((sum, { position, cash }) => sum + position + cash, 0n);
}

describe("Compensation under attack", () => {
  const world = useWorld();
  beforeEach(() => seatCouncil(world()));

  it("pays two who lend to each other for show no more than the cap, and the fees are gone", async () => {
    const w = world();
    await name(w, [{ member: w.ada.id, rate: 10_000, cap: c("10") }]);
    await w.closeMonth();
    const before = await held(w);
    const show = await postRecorded(w, loanRecords(w, 60), { number: no(900) });
    await w.closeMonth();
    // Undone as soon as the month is closed; the net of November stays as it was.
    await w.ada.as.contracts.reversals.refundStatement(show.charged);
    await w.compensation.compensate(w.ada.id, NOVEMBER);
    expect((await held(w)) - before).to.equal(c("10") - 60n * c("0.26"));
    expect((await purse(w)).relief).to.equal(c("490"));
    await expectSound(w);
  });

  it("is spent by nobody who holds RELIEF's keys", async () => {
    const w = world();
    await w.register.appoint(RELIEF, w.stranger, 63, w.stranger.address);
    await name(w, [{ member: w.ada.id, cap: c("500") }]);
    const { ledger, advances } = w.strange;
    await expect(advances.advance(RELIEF, w.eve.id, 1))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
      .withArgs(RELIEF, 1, 0);
    await ledger.announceWithdrawal(RELIEF, c("500"));
    await w.time.increase(7 * 86_400);
    await expect(ledger.withdraw(RELIEF))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
      .withArgs(RELIEF, c("500"), 0);
    for (const send of [
      () => ledger.fillPot(1),
      () => ledger.emptyPot(w.eve.id, 1),
      () => ledger.returnPot(w.stranger, 1),
      () => ledger.watch(w.eve.id, true),
    ]) {
      await expect(send()).to.be.revertedWithCustomError(w.ledger, "LedgerDeskOnly").withArgs(w.stranger);
    }
  });

  it("blocks no close, no roll, no posting and no withdrawal of whoever is named", async () => {
    const w = world();
    await name(w, [{ member: w.ada.id }, { member: w.bob.id }]);
    await w.closeMonth();
    await lend(w, 1);
    await w.bob.as.contracts.ledger.announceWithdrawal(w.bob.id, c("900"));
    await w.time.increase(7 * 86_400);
    await w.strange.ledger.withdraw(w.bob.id);
    for (let i = 0; i < 15; i++) await w.closeMonth();
    await w.strange.ledger.touch(w.ada.id);
    await w.strange.ledger.touch(w.bob.id);
    expect((await w.ledger.account(w.ada.id)).cash).to.equal(c("112"));
    expect((await w.ledger.account(w.bob.id)).cash).to.equal(c("87.74"));
    await expectSound(w);
  });

  it("cannot be drawn against bonds: what other desks set aside stays where it is", async () => {
    const w = world();
    await (await asDesk(w, "claims")).lockBond(w.ada.id, 1, c("50"));
    await name(w, [{ member: w.ada.id, rate: 10_000, cap: c("20") }]);
    await w.closeMonth();
    await lend(w, 30);
    await w.closeMonth();
    await w.compensation.compensate(w.ada.id, NOVEMBER);
    expect((await purse(w)).pot).to.equal(c("50"));
    await expectSound(w);
  });

  it("is not taken by debts unasked, nor lost to whoever owes", async () => {
    const w = world();
    await name(w, [{ member: w.eve.id }]);
    await w.closeMonth();
    await lend(w, 1, { supplier: w.eve.id, consumer: w.bob.id });
    await postRecorded(
      w,
      loanRecords(w, 2).map((record) => ({ ...record, consumer: w.eve.id })),
      { consumer: w.eve.id, number: no(901) },
      c("12.52"),
    );
    await w.closeMonth();
    // 12 earned, 12 spent: nothing net, and what is owed is no debit.
    await expect(w.compensation.compensate(w.eve.id, NOVEMBER))
      .to.emit(w.compensation, "Compensated")
      .withArgs(NOVEMBER, w.eve.id, 0, 0);
    expect((await w.ledger.account(w.eve.id)).debts).to.equal(c("12.52"));
  });
});
