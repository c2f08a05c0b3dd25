import { expect } from "chai";
import { statementNumber } from "../../../../src/core/ids.ts";
import { addMonths, periodStart } from "../../../../src/core/period.ts";
import type { PeriodId } from "../../../../src/core/period.ts";
import { OCTOBER } from "../../../support/consortium.ts";
import { FAULT, bill, c } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";
import type { World } from "../../../support/world.ts";

const month = (ahead: number): PeriodId => addMonths(OCTOBER, ahead);

describe("attack: changing prices of months that have begun (invariant 7)", () => {
  const world = useWorld();

  async function dearer(w: World): Promise<bigint> {
    await w.schedule.draft(0, [{ service: 1, tier: 1, price: c("99"), fee: 0n }]);
    return w.schedule.lastVersion();
  }

  it("charges each month by its own version, whenever it is posted", async () => {
    const w = world();
    await w.schedule.publish(await dearer(w), month(1));
    await w.closeMonth();
    await bill(w, { number: statementNumber(1), period: month(0) });
    await bill(w, { number: statementNumber(2), period: month(1) });
    expect((await w.ledger.account(w.ada.id)).position).to.equal(c("12") + c("99"));
  });

  it("refuses a version for the current month while its close is late", async () => {
    const w = world();
    const version = await dearer(w);
    await w.time.increaseTo(periodStart(month(3)) + 5);
    for (const from of [0, 1, 2, 3]) {
      await expect(w.schedule.publish(version, month(from)))
        .to.be.revertedWithCustomError(w.schedule, "FeeScheduleTooLate")
        .withArgs(month(from), month(4));
    }
  });

  it("leaves what a statement costs alone when its month has begun, by withdrawal too", async () => {
    const w = world();
    await w.schedule.publish(await dearer(w), month(1));
    await w.closeMonth();
    await expect(w.schedule.withdrawFrom(month(1))).to.be.revertedWithCustomError(
      w.schedule,
      "FeeScheduleTooLate",
    );
    await bill(w, { period: month(1) });
    expect((await w.ledger.account(w.ada.id)).position).to.equal(c("99"));
  });

  it("charges nobody above what it signed, whatever the schedule says", async () => {
    const w = world();
    await w.schedule.publish(await dearer(w), month(1));
    await w.closeMonth();
    await expect(bill(w, { period: month(1), maximum: c("13") }))
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(w.ada.id, 1, FAULT.AboveMaximum, c("99"), c("13"));
  });

  it("cannot overflow gross or fee: the highest price times the highest quantity is above any maximum", async () => {
    const w = world();
    const most = (1n << 64n) - 1n;
    await w.schedule.draft(0, [{ service: 1, tier: 1, price: most, fee: most }]);
    await w.schedule.publish(await w.schedule.lastVersion(), month(1));
    await w.closeMonth();
    const lines = Array.from({ length: 255 }, () => ({ service: 1 as never, quantity: 2 ** 32 - 1 }));
    const due = 2n * most * (2n ** 32n - 1n) * 255n;
    await expect(bill(w, { period: month(1), lines, maximum: most as never }, { mode: "acknowledge" }))
      .to.emit(w.ledger, "StatementSkipped")
      .withArgs(w.ada.id, 1, FAULT.AboveMaximum, due, most);
  });
});

describe("attack: changing a tier under months still open to posting (invariant 7)", () => {
  const world = useWorld();

  it("charges every month by the tier it had, to the end of its window", async () => {
    const w = world();
    await w.time.increaseTo(periodStart(month(3)));
    for (let i = 0; i < 3; i++) await w.closeMonth();
    await w.register.scheduleTier(w.bob.id, 3);
    await bill(w, { number: statementNumber(1), period: month(0) });
    await w.closeMonth();
    // It is month 4, the new tier's first; months 1 to 3 are open still.
    for (const ahead of [1, 2, 3, 4]) {
      const before = (await w.ledger.account(w.ada.id)).position;
      await bill(w, { number: statementNumber(10 + ahead), period: month(ahead) });
      const gross = (await w.ledger.account(w.ada.id)).position - before;
      expect(gross, `month ${ahead}`).to.equal(ahead < 4 ? c("12") : c("6"));
    }
    await expect(w.register.scheduleTier(w.bob.id, 1))
      .to.be.revertedWithCustomError(w.register, "RegisterTierTooSoon")
      .withArgs(w.bob.id, month(8));
  });

  it("cannot be forced by leaving and coming back: that is another member", async () => {
    const w = world();
    await w.bob.as.contracts.register.leave(w.bob.id);
    await bill(w);
    expect((await w.ledger.account(w.bob.id)).position).to.equal(-c("12.26"));
  });
});
