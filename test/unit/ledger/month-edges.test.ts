import { expect } from "chai";
import { statementNumber } from "../../../src/core/ids.ts";
import { addMonths, parsePeriod, periodEnd, periodStart } from "../../../src/core/period.ts";
import type { PeriodId } from "../../../src/core/period.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { DUE, FAULT, GROSS, bill, c, packed, post } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

const month = (ahead: number): PeriodId => addMonths(OCTOBER, ahead);

/** Closes everything that is due at a moment. */
async function closeAll(w: World, until: number): Promise<void> {
  await w.time.increaseTo(until);
  while (periodEnd(Number(await w.ledger.openPeriod()) as PeriodId) <= until) await w.ledger.closePeriod();
}

describe("month edges: posting", () => {
  const world = useWorld();

  it("posts one second before the month's end", async () => {
    const w = world();
    const batch = await packed(w);
    await w.time.setNextBlockTimestamp(periodEnd(OCTOBER) - 1);
    await post(w, batch);
    expect((await w.ledger.account(w.ada.id)).position).to.equal(GROSS);
  });

  for (const late of [0, 1]) {
    it(`wants the month closed ${late} seconds after its end`, async () => {
      const w = world();
      const batch = await packed(w);
      await w.time.setNextBlockTimestamp(periodEnd(OCTOBER) + late);
      await expect(post(w, batch))
        .to.be.revertedWithCustomError(w.ledger, "LedgerCloseDue")
        .withArgs(OCTOBER);
    });
  }

  it("takes service of a month from its first second on, and none of the next", async () => {
    const w = world();
    const start = periodStart(month(1));
    const batch = await packed(w, { period: month(1) });
    await w.time.setNextBlockTimestamp(start - 1);
    await expect(post(w, batch))
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(w.ada.id, 1, FAULT.PeriodAhead, month(1), OCTOBER);
    await closeAll(w, start);
    await post(w, batch);
  });

  it("takes service three months back to the last second, and refuses it from the next month on", async () => {
    const w = world();
    await closeAll(w, periodStart(month(3)));
    await w.time.setNextBlockTimestamp(periodEnd(month(3)) - 1);
    await post(w, await packed(w));
    const late = await packed(w, { number: statementNumber(2) });
    await closeAll(w, periodStart(month(4)));
    await expect(post(w, late))
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(w.ada.id, 2, FAULT.PeriodPast, OCTOBER, month(1));
  });

  it("takes a statement in its last month to the last second, and not after", async () => {
    const w = world();
    const [first, second] = [
      await packed(w, { lastPeriod: OCTOBER }),
      await packed(w, { lastPeriod: OCTOBER, number: statementNumber(2) }),
    ];
    await w.time.setNextBlockTimestamp(periodEnd(OCTOBER) - 1);
    await post(w, first);
    await closeAll(w, periodStart(month(1)));
    await expect(post(w, second))
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(w.ada.id, 2, FAULT.Expired, month(1), OCTOBER);
  });

  it("books into the open month what was served in an earlier one", async () => {
    const w = world();
    await closeAll(w, periodStart(month(2)));
    await expect(bill(w)).to.emit(w.ledger, "StatementsPosted");
    const { position, supplied } = await w.ledger.account(w.ada.id);
    expect([position, supplied]).to.deep.equal([GROSS, GROSS]);
  });
});

describe("month edges: the calendar", () => {
  const world = useWorld();

  for (const [name, text, days] of [
    ["December to January", "2026-12", 31],
    ["a February of 28 days", "2027-02", 28],
    ["a February of 29 days", "2028-02", 29],
  ] as const) {
    it(`closes ${name} at its end and not before`, async () => {
      const w = world();
      const id = parsePeriod(text);
      await closeAll(w, periodStart(id));
      const end = periodEnd(id);
      expect(end - periodStart(id)).to.equal(days * 86_400);
      await w.time.setNextBlockTimestamp(end - 1);
      await expect(w.ledger.closePeriod())
        .to.be.revertedWithCustomError(w.ledger, "LedgerPeriodOpen")
        .withArgs(id, end);
      await w.time.setNextBlockTimestamp(end);
      await w.ledger.closePeriod();
      expect(await w.ledger.openPeriod()).to.equal(id + 1);
    });
  }
});

describe("month edges: closing late", () => {
  const world = useWorld();

  it("closes overdue months one by one, and none that is not over", async () => {
    const w = world();
    await w.time.increaseTo(periodStart(month(14)) + 1);
    for (let ahead = 0; ahead < 14; ahead++) {
      await expect(w.ledger.closePeriod()).to.emit(w.ledger, "PeriodClosed").withArgs(month(ahead));
    }
    await expect(w.ledger.closePeriod())
      .to.be.revertedWithCustomError(w.ledger, "LedgerPeriodOpen")
      .withArgs(month(14), periodEnd(month(14)));
  });

  it("posts nothing until the last of them is closed", async () => {
    const w = world();
    const batch = await packed(w);
    await w.time.increaseTo(periodStart(month(2)) + 1);
    for (const due of [month(0), month(1)]) {
      await expect(post(w, batch)).to.be.revertedWithCustomError(w.ledger, "LedgerCloseDue").withArgs(due);
      await w.ledger.closePeriod();
    }
    await post(w, batch);
  });

  it("lets a month that was closed late be as good as one closed in time", async () => {
    const w = world();
    await bill(w);
    await w.time.increaseTo(periodStart(month(5)));
    for (let i = 0; i < 5; i++) await w.ledger.closePeriod();
    expect((await w.ledger.account(w.bob.id)).cash).to.equal(c("1000") - DUE);
  });
});

describe("rolling once or every month (invariant 3)", () => {
  const world = useWorld();

  it("comes to the same after a year and a half", async () => {
    const w = world();
    const snapshot = await w.networkHelpers.takeSnapshot();
    const results: unknown[] = [];
    for (const touched of [[], [1], [2, 3, 7], Array.from({ length: 18 }, (_, i) => i)]) {
      await snapshot.restore();
      await bill(w, { number: statementNumber(1) });
      await bill(w, { supplier: w.bob.id, consumer: w.ada.id, number: statementNumber(1) });
      for (let ahead = 0; ahead < 18; ahead++) {
        if (ahead === 4) await bill(w, { number: statementNumber(2), period: month(4) });
        if (touched.includes(ahead)) for (const id of [1, w.ada.id, w.bob.id]) await w.ledger.touch(id);
        await w.closeMonth();
      }
      results.push(await Promise.all([1, w.ada.id, w.bob.id, w.eve.id].map((id) => w.ledger.account(id))));
    }
    for (const result of results) expect(result).to.deep.equal(results[0]);
    expect((results[0] as { standing: bigint }[])[1]?.standing).not.to.equal(0n);
  });
});

describe("members within a month", () => {
  const world = useWorld();

  async function refused(w: World, sending: Promise<unknown>, fault: bigint): Promise<void> {
    await expect(sending)
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(
        w.ada.id,
        (n: bigint) => n > 0n,
        fault,
        (m: bigint) => m > 2n,
        0n,
      );
  }

  it("gives and draws in the whole month it joined in, and in none before", async () => {
    const w = world();
    await w.time.increaseTo(periodEnd(month(1)) - 60);
    await w.ledger.closePeriod();
    const late = await w.createMember({ deposit: c("100") });
    await post(w, await packed(w, { consumer: late.id, period: month(1) }, late.key));
    const before = await packed(w, { consumer: late.id, number: statementNumber(2) }, late.key);
    await refused(w, post(w, before), FAULT.ConsumerInactive);
  });

  for (const [act, leave] of [
    ["left", (w: World) => w.bob.as.contracts.register.leave(w.bob.id)],
    ["was suspended", (w: World) => w.register.suspend(w.bob.id)],
  ] as const) {
    it(`draws in the month it ${act} in, to its last second, and in none after`, async () => {
      const w = world();
      await leave(w);
      await w.time.setNextBlockTimestamp(periodEnd(OCTOBER) - 1);
      await bill(w, { number: statementNumber(1) });
      await closeAll(w, periodStart(month(1)));
      await refused(w, bill(w, { number: statementNumber(2), period: month(1) }), FAULT.ConsumerInactive);
      await bill(w, { number: statementNumber(3) });
    });
  }

  it("supplies nothing in months after it left", async () => {
    const w = world();
    await w.ada.as.contracts.register.leave(w.ada.id);
    await closeAll(w, periodStart(month(1)));
    await refused(w, bill(w, { period: month(1) }), FAULT.SupplierInactive);
    await bill(w);
  });

  it("goes on after a reinstatement", async () => {
    const w = world();
    await w.register.suspend(w.bob.id);
    await closeAll(w, periodStart(month(1)));
    await w.register.reinstate(w.bob.id);
    await bill(w, { period: month(1) });
    expect((await w.ledger.account(w.bob.id)).position).to.equal(-DUE);
  });
});
