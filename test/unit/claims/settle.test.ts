import { expect } from "chai";
import { batchRoot } from "../../../src/core/batch.ts";
import { periodEnd } from "../../../src/core/period.ts";
import { DAY, OUTCOME, STAGE, TERMS, claim, claimIn, pass } from "../../support/claims.ts";
import type { StageName } from "../../support/claims.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { no } from "../../support/desk-records.ts";
import { expectSound } from "../../support/soundness.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

/** What a claim comes to once its stage has lasted its time. */
const ENDS: readonly [StageName, number, bigint, string, string][] = [
  ["open", TERMS.challengeWindow, OUTCOME.unchallenged, "24", "0.52"],
  ["disputed", TERMS.awardTerm, OUTCOME.lapsed, "0", "0"],
  ["awarded", TERMS.appealWindow, OUTCOME.awarded, "12", "0.26"],
  ["appealed", TERMS.appealTerm, OUTCOME.awarded, "12", "0.26"],
  ["ruled", 0, OUTCOME.awarded, "6", "0.13"],
];

describe("Claims.settle", () => {
  const world = useWorld();

  for (const [stage, term, outcome, gross, fee] of ENDS) {
    it(`ends a claim that is ${stage} by anyone's call, once ${term / DAY} days are over`, async () => {
      const w = world();
      const { id } = await claimIn(w, stage);
      const due = (await w.time.latest()) + term;
      if (term !== 0) {
        await pass(w, term - 100);
        await w.time.setNextBlockTimestamp(due - 1);
        await expect(w.strange.claims.settle(id))
          .to.be.revertedWithCustomError(w.claims, "ClaimNotDue")
          .withArgs(id, STAGE[stage], 1);
        await w.time.setNextBlockTimestamp(due);
      }
      const sent = w.strange.claims.settle(id);
      await expect(sent).to.emit(w.claims, "ClaimEnded").withArgs(id, outcome, c(gross), c(fee), 0);
      await expect(sent).to.emit(w.ledger, "BondReleased").withArgs(w.ada.id, TERMS.bond);
      const root = batchRoot([
        { digest: id, gross: c(gross), fee: c(fee), acknowledged: c("0"), relieved: c("0") },
      ]);
      const charged = await w.ledger.batchOf(root);
      expect(charged.supplier).to.equal(outcome === OUTCOME.lapsed ? 0n : BigInt(w.ada.id));
      const [ada, bob] = [await w.ledger.account(w.ada.id), await w.ledger.account(w.bob.id)];
      expect([ada.position, ada.supplied]).to.deep.equal([c(gross), c(gross)]);
      expect(bob.position).to.equal(-c(gross) - c(fee));
      expect((await w.claims.claimOf(id)).stage).to.equal(STAGE.none);
      await expectSound(w);
    });
  }

  it("says how long it still takes", async () => {
    const w = world();
    const { id } = await claim(w);
    await w.time.increase(DAY - 1);
    await expect(w.claims.settle(id))
      .to.be.revertedWithCustomError(w.claims, "ClaimNotDue")
      .withArgs(id, STAGE.open, TERMS.challengeWindow - DAY);
  });

  it("settles once", async () => {
    const w = world();
    const { id } = await claimIn(w, "ruled");
    await w.claims.settle(id);
    await expect(w.claims.settle(id))
      .to.be.revertedWithCustomError(w.claims, "ClaimStageWrong")
      .withArgs(id, STAGE.none);
    expect((await w.ledger.account(w.bob.id)).position).to.equal(-c("6.13"));
  });

  it("charges in the month that is open then, at the prices of the month of service", async () => {
    const w = world();
    const { id } = await claim(w);
    await w.closeMonth();
    await w.time.increase(TERMS.challengeWindow);
    await w.closeMonth();
    await w.claims.settle(id);
    const { position, supplied } = await w.ledger.account(w.ada.id);
    expect([position, supplied]).to.deep.equal([c("24"), c("24")]);
    const root = batchRoot([
      { digest: id, gross: c("24"), fee: c("0.52"), acknowledged: c("0"), relieved: c("0") },
    ]);
    expect((await w.ledger.batchOf(root)).period).to.equal(await w.ledger.openPeriod());
  });

  it("charges members that have left or were suspended since", async () => {
    const w = world();
    const { id } = await claim(w);
    await w.bob.as.contracts.register.leave(w.bob.id);
    await w.register.suspend(w.ada.id);
    await pass(w, TERMS.challengeWindow);
    await w.claims.settle(id);
    expect((await w.ledger.account(w.bob.id)).position).to.equal(-c("24.52"));
  });

  describe("given a consumer without room", () => {
    it("pays what is there, the fee last, and leaves the rest as debts that nobody is credited for", async () => {
      const w = world();
      const { id } = await claim(w, { consumer: w.eve.id });
      await w.fund(w.eve.id, c("10"));
      await pass(w, TERMS.challengeWindow);
      const sent = w.claims.settle(id);
      await expect(sent).to.emit(w.ledger, "DebtAcknowledged").withArgs(w.eve.id, w.ada.id, c("14"));
      await expect(sent).to.emit(w.ledger, "DebtAcknowledged").withArgs(w.eve.id, 1, c("0.52"));
      await expect(sent)
        .to.emit(w.claims, "ClaimEnded")
        .withArgs(id, OUTCOME.unchallenged, c("24"), c("0.52"), c("14.52"));
      const [ada, eve] = [await w.ledger.account(w.ada.id), await w.ledger.account(w.eve.id)];
      expect([ada.position, ada.supplied]).to.deep.equal([c("10"), c("10")]);
      expect([eve.position, eve.debts, eve.room]).to.deep.equal([-c("10"), c("14.52"), 0n]);
      const leaf = { digest: id, gross: c("24"), fee: c("0.52"), acknowledged: c("14.52"), relieved: c("0") };
      expect((await w.ledger.batchOf(batchRoot([leaf]))).supplier).to.equal(BigInt(w.ada.id));
      await expectSound(w);
    });
  });

  describe("given an award of nothing", () => {
    it("forfeits the bond and charges nobody", async () => {
      const w = world();
      const { id } = await claimIn(w, "disputed");
      await w.claims.award(id, 0, 0);
      await pass(w, TERMS.appealWindow);
      const sent = w.claims.settle(id);
      await expect(sent).to.emit(w.ledger, "BondReleased").withArgs(1, TERMS.bond);
      await expect(sent).to.emit(w.claims, "ClaimEnded").withArgs(id, OUTCOME.awarded, 0, 0, 0);
      await expect(sent).not.to.emit(w.ledger, "ClaimCharged");
    });
  });

  describe("given a pause, or a close that is due", () => {
    it("waits with what is charged", async () => {
      const w = world();
      const { id } = await claimIn(w, "ruled");
      await w.ledger.pausePosting(60);
      await expect(w.claims.settle(id)).to.be.revertedWithCustomError(w.ledger, "LedgerPaused");
      await w.time.increaseTo(periodEnd(OCTOBER));
      await expect(w.claims.settle(id))
        .to.be.revertedWithCustomError(w.ledger, "LedgerCloseDue")
        .withArgs(OCTOBER);
      await w.strange.ledger.closePeriod();
      await w.claims.settle(id);
    });

    it("waits with nothing that comes to nothing", async () => {
      const w = world();
      const lapsing = await claimIn(w, "disputed", { number: no(1) });
      await w.time.increase(TERMS.awardTerm);
      await w.ledger.pausePosting(60);
      await w.claims.settle(lapsing.id);
      expect(await w.ledger.bonds()).to.equal(0n);
    });
  });
});
