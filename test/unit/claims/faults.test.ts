import { expect } from "chai";
import { memberId } from "../../../src/core/ids.ts";
import type { PeriodId } from "../../../src/core/period.ts";
import { periodEnd } from "../../../src/core/period.ts";
import type { Statement } from "../../../src/core/statement.ts";
import { DAY, TERMS, claimAs, claimable } from "../../support/claims.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { no } from "../../support/desk-records.ts";
import { FAULT } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

const month = (n: number) => n as PeriodId;

/** Tries to claim a statement and expects a fault. */
async function expectFault(
  w: World,
  changes: Partial<Statement>,
  [fault, found, limit]: readonly [bigint, number, number],
) {
  const made = claimable(w, changes);
  const { statement } = made;
  const by = [w.ada, w.bob, w.eve].find(({ id }) => id === statement.supplier) ?? w.ada;
  await expect(claimAs(by.as.contracts, made))
    .to.be.revertedWithCustomError(w.claims, "ClaimFault")
    .withArgs(statement.supplier, statement.number, fault, found, limit);
}

describe("Claims.claim: what could not be posted cannot be claimed", () => {
  const world = useWorld();

  const cases: readonly [string, (w: World) => Partial<Statement>, (w: World) => [bigint, number, number]][] =
    [
      ["against oneself", (w) => ({ consumer: w.ada.id }), (w) => [FAULT.SameParty, w.ada.id, 0]],
      ["against COMMONS", () => ({ consumer: memberId(1) }), () => [FAULT.Reserved, 1, 0]],
      ["against RELIEF", () => ({ consumer: memberId(2) }), () => [FAULT.Reserved, 2, 0]],
      [
        "for a month ahead",
        () => ({ period: month(OCTOBER + 1) }),
        () => [FAULT.PeriodAhead, OCTOBER + 1, OCTOBER],
      ],
      [
        "beyond its last month",
        () => ({ lastPeriod: month(OCTOBER - 1) }),
        () => [FAULT.Expired, OCTOBER, OCTOBER - 1],
      ],
      [
        "for a month before the supplier came",
        () => ({ period: month(OCTOBER - 1) }),
        (w) => [FAULT.SupplierInactive, w.ada.id, 0],
      ],
      [
        "against somebody who never applied",
        () => ({ consumer: memberId(99) }),
        () => [FAULT.ConsumerInactive, 99, 0],
      ],
      ["without a line", () => ({ lines: [] }), () => [FAULT.NoLines, 0, 0]],
    ];
  for (const [given, changes, fault] of cases) {
    it(`refuses one ${given}`, async () => {
      const w = world();
      await expectFault(w, changes(w), fault(w));
    });
  }

  it("refuses one by COMMONS, even by whoever holds its key", async () => {
    const w = world();
    await w.register.appoint(1, w.stranger, 63, w.ada.payee);
    await expect(claimAs(w.strange, claimable(w, { supplier: memberId(1) })))
      .to.be.revertedWithCustomError(w.claims, "ClaimFault")
      .withArgs(1, 1, FAULT.Reserved, 1, 0);
  });

  it("refuses an applicant as consumer", async () => {
    const w = world();
    const isil = `0x58412d41${"00".repeat(12)}`;
    await w.strange.register.applyFor(isil, 1, 1, 1, 1, w.stranger);
    const applicant = memberId(Number(await w.register.lastMember()));
    await expectFault(w, { consumer: applicant }, [FAULT.ConsumerInactive, applicant, 0]);
  });

  it("refuses months in which either had been suspended or gone, and takes those before", async () => {
    const w = world();
    await w.register.suspend(w.bob.id);
    await w.closeMonth();
    const november = { period: month(OCTOBER + 1) };
    await expectFault(w, november, [FAULT.ConsumerInactive, w.bob.id, 0]);
    await w.ada.as.contracts.register.leave(w.ada.id);
    await w.closeMonth();
    const december = { period: month(OCTOBER + 2), consumer: w.eve.id };
    await expectFault(w, december, [FAULT.SupplierInactive, w.ada.id, 0]);
    await claimAs(w.ada.as.contracts, claimable(w));
  });

  it("takes a service three months old to the last second of that, and refuses it a second later", async () => {
    const w = world();
    for (let i = 0; i < 3; i++) await w.closeMonth();
    const end = periodEnd(month(OCTOBER + 3));
    await w.time.setNextBlockTimestamp(end - 1);
    await claimAs(w.ada.as.contracts, claimable(w));
    await w.time.increaseTo(end);
    await expectFault(w, { number: no(2) }, [FAULT.PeriodPast, OCTOBER, OCTOBER + 1]);
  });

  it("takes a statement in the last second of its last month, and refuses it a second later", async () => {
    const w = world();
    const end = periodEnd(OCTOBER);
    await w.time.setNextBlockTimestamp(end - 1);
    await claimAs(w.ada.as.contracts, claimable(w, { lastPeriod: OCTOBER }));
    await w.time.increaseTo(end);
    const late = { number: no(2), lastPeriod: OCTOBER };
    await expectFault(w, late, [FAULT.Expired, OCTOBER + 1, OCTOBER]);
  });

  it("waits for a close that is due, and for the end of a pause", async () => {
    const w = world();
    const made = claimable(w);
    await w.ledger.pausePosting(DAY);
    const until = (await w.time.latest()) + DAY;
    await expect(claimAs(w.ada.as.contracts, made))
      .to.be.revertedWithCustomError(w.ledger, "LedgerPaused")
      .withArgs(until);
    await w.time.increaseTo(periodEnd(OCTOBER));
    await expect(claimAs(w.ada.as.contracts, made))
      .to.be.revertedWithCustomError(w.ledger, "LedgerCloseDue")
      .withArgs(OCTOBER);
    await w.ledger.closePeriod();
    await expect(claimAs(w.ada.as.contracts, made))
      .to.emit(w.ledger, "BondLocked")
      .withArgs(w.ada.id, 1, TERMS.bond);
  });
});
