import { expect } from "chai";
import type { PeriodId } from "../../../src/core/period.ts";
import { agree, both } from "../../support/agreements.ts";
import { DAY, OUTCOME, TERMS, claim, claimAs, claimable, evidence, pass } from "../../support/claims.ts";
import { NOVEMBER, RELIEF } from "../../support/compensation.ts";
import { COPY, LOAN } from "../../support/consortium.ts";
import { loanRecord, loanRecords, no } from "../../support/desk-records.ts";
import { condition, conditionsFrom } from "../../support/conditions.ts";
import { openRelief } from "../../support/pricing.ts";
import { expectSound } from "../../support/soundness.ts";
import { FAULT, c, loans } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

const november = NOVEMBER;

describe("Claims.claim: what it comes to", () => {
  const world = useWorld();

  it("asks the pricing desk", async () => {
    const w = world();
    expect(await w.claims.PRICING()).to.equal(w.deployment.pricing);
  });

  it("is the agreed price where the two agreed, whose fee is the schedule's", async () => {
    const w = world();
    await agree(w, { prices: [both(LOAN, c("7"))] });
    await w.closeMonth();
    const records = loanRecords(w, 2).map((record) => ({ ...record, amount: c("7") }));
    const claimed = await claim(w, { period: november }, records);
    const { gross, fee } = await w.claims.claimOf(claimed.id);
    expect([gross, fee]).to.deep.equal([c("14"), c("0.52")]);
  });

  it("goes by the supplier's tier too, as it was in the month of service, whatever it is now", async () => {
    const w = world();
    await conditionsFrom(w, NOVEMBER, [
      condition({ service: LOAN, supplierTier: 1, price: c("9"), fee: c("0.1") }),
      condition({ service: LOAN, supplierTier: 2, price: c("8"), fee: c("0.2") }),
    ]);
    await w.closeMonth();
    await w.closeMonth();
    await w.closeMonth();
    await w.register.scheduleTier(w.ada.id, 2);
    await w.closeMonth();
    const two = (amount: string) => loanRecords(w, 2).map((record) => ({ ...record, amount: c(amount) }));
    const january = await claim(w, { period: (NOVEMBER + 2) as PeriodId }, two("9"));
    const before = await w.claims.claimOf(january.id);
    expect([before.supplierTier, before.gross, before.fee]).to.deep.equal([1n, c("18"), c("0.2")]);
    const february = { number: no(2), period: (NOVEMBER + 3) as PeriodId };
    const { supplierTier, gross, fee } = await w.claims.claimOf((await claim(w, february, two("8"))).id);
    expect([supplierTier, gross, fee]).to.deep.equal([2n, c("16"), c("0.4")]);
    await pass(w, 150 * DAY);
    await expect(w.claims.settle(january.id))
      .to.emit(w.claims, "ClaimEnded")
      .withArgs(january.id, OUTCOME.unchallenged, c("18"), c("0.2"), 0);
  });

  it("is never relieved, though a countersigned one would be", async () => {
    const w = world();
    await openRelief(w, { share: 5_000 });
    await w.fund(RELIEF, c("500"));
    await w.closeMonth();
    const claimed = await claim(w, { period: november });
    await pass(w, TERMS.challengeWindow);
    await w.claims.settle(claimed.id);
    expect((await w.ledger.account(RELIEF)).cash).to.equal(c("500"));
    expect((await w.ledger.account(w.ada.id)).cash).to.be.greaterThanOrEqual(c("100"));
    await expectSound(w);
  });

  it("refuses works: their holders are paid by countersigned statements alone", async () => {
    const w = world();
    const lines = [{ service: LOAN, quantity: 2, resource: 7 as never }];
    await expect(claimAs(w.ada.as.contracts, claimable(w, { lines })))
      .to.be.revertedWithCustomError(w.claims, "ClaimFault")
      .withArgs(w.ada.id, 1, FAULT.WorkClaimed, 7, 0);
  });

  it("keeps to the bounds of a line", async () => {
    const w = world();
    await conditionsFrom(w, NOVEMBER, [
      condition({ service: COPY, price: c("1"), minimum: c("3"), cap: c("10") }),
    ]);
    await w.closeMonth();
    const lines = (quantity: number) => [{ service: COPY, quantity }];
    for (const [n, quantity, due] of [
      [1, 2, c("3")],
      [2, 5, c("5")],
      [3, 40, c("10")],
    ] as const) {
      const copies = [loanRecord(w, n, { service: COPY, quantity, amount: due })];
      const claimed = await claim(w, { period: november, number: no(n), lines: lines(quantity) }, copies);
      expect((await w.claims.claimOf(claimed.id)).gross).to.equal(due);
    }
  });

  it("is not above the maximum, nor above the limit of claims", async () => {
    const w = world();
    const short = claimable(w, { maximum: c("24.519999") });
    await expect(claimAs(w.ada.as.contracts, short))
      .to.be.revertedWithCustomError(w.claims, "ClaimFault")
      .withArgs(w.ada.id, 1, FAULT.AboveMaximum, c("24.52"), c("24.519999"));
    const large = claimable(w, { lines: loans(408) });
    await expect(claimAs(w.ada.as.contracts, large))
      .to.be.revertedWithCustomError(w.claims, "ClaimTooLarge")
      .withArgs(408n * c("12.26"), TERMS.limit);
  });
});

describe("Claims.prove: what records come to", () => {
  const world = useWorld();

  it("is the agreed price, and the schedule's no longer", async () => {
    const w = world();
    await agree(w, { prices: [both(LOAN, c("7"))] });
    await w.closeMonth();
    const records = [
      loanRecord(w, 1, { amount: c("7") }),
      loanRecord(w, 2, { amount: c("12") }),
      loanRecord(w, 3, { amount: c("2") }),
    ];
    const claimed = await claim(w, { period: november, lines: loans(3) }, records);
    const prove = async (indices: number[]) =>
      w.ada.as.contracts.claims.prove(...(await evidence(w, claimed, indices)));
    await expect(prove([0, 1]))
      .to.be.revertedWithCustomError(w.claims, "ClaimRecordPriced")
      .withArgs(claimed.id, 1, c("12"), c("7"));
    await expect(prove([0]))
      .to.emit(w.claims, "ClaimEnded")
      .withArgs(claimed.id, OUTCOME.proven, c("7"), c("0.26"), 0);
  });

  it("is what the receipt says where lines are bounded: a capped line's records share the cap", async () => {
    const w = world();
    await conditionsFrom(w, NOVEMBER, [
      condition({
        service: COPY,
        price: c("1"),
        fee: c("0.01"),
        minimum: c("3"),
        cap: c("10"),
      }),
    ]);
    await w.closeMonth();
    const copies = [
      loanRecord(w, 1, { service: COPY, quantity: 15, amount: c("4") }),
      loanRecord(w, 2, { service: COPY, quantity: 25, amount: c("6") }),
    ];
    const lines = [{ service: COPY, quantity: 40 }];
    const claimed = await claim(w, { period: november, lines }, copies);
    await expect(w.ada.as.contracts.claims.prove(...(await evidence(w, claimed, [1]))))
      .to.emit(w.claims, "ClaimEnded")
      .withArgs(claimed.id, OUTCOME.proven, c("6"), c("0.25"), 0);
    await expectSound(w);
  });
});
