import { expect } from "chai";
import { STAGE, TERMS, claim, claimAs, claimable, disputeOrder, pass } from "../../../support/claims.ts";
import { no } from "../../../support/desk-records.ts";
import { watchThirdParties } from "../../../support/soundness.ts";
import { c } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";
import type { World } from "../../../support/world.ts";

/** As many claims as one pair may have open. */
async function flood(w: World, first = 1) {
  const all = [];
  for (let n = first; n < first + TERMS.openPerPair; n++) all.push(await claim(w, { number: no(n) }));
  return all.map(({ id }) => id);
}

describe("attack: a supplier that floods a consumer with claims", () => {
  const world = useWorld();

  it("has few open at a time, and one signature of the consumer stops them all", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const ids = await flood(w);
    await expect(claimAs(w.ada.as.contracts, claimable(w, { number: no(9) })))
      .to.be.revertedWithCustomError(w.claims, "ClaimsTooMany")
      .withArgs(w.ada.id, w.bob.id, TERMS.openPerPair);
    const deadline = (await w.time.latest()) + 3_600;
    await w.strange.claims.disputeFor(w.bob.id, ids, deadline, await disputeOrder(w, ids, deadline));
    await pass(w, TERMS.challengeWindow);
    for (const id of ids) {
      await expect(w.claims.settle(id)).to.be.revertedWithCustomError(w.claims, "ClaimNotDue");
    }
    expect((await w.ledger.account(w.bob.id)).debts).to.equal(0n);
    await untouched();
  });

  it("cannot open more by withdrawing what was disputed: each costs it a bond", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    for (let round = 0; round < 5; round++) {
      const ids = await flood(w, 1 + 4 * round);
      await w.bob.as.contracts.claims.dispute(w.bob.id, ids);
      for (const id of ids) await w.ada.as.contracts.claims.withdrawClaim(id);
    }
    // Twenty bonds of five were all that ada had.
    expect((await w.ledger.account(w.ada.id)).cash).to.equal(0n);
    await expect(claimAs(w.ada.as.contracts, claimable(w, { number: no(99) })))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
      .withArgs(w.ada.id, TERMS.bond, 0);
    expect((await w.ledger.account(1)).cash).to.equal(c("100"));
    const { position, cash } = await w.ledger.account(w.bob.id);
    expect(position + cash).to.equal(c("1000"));
    await untouched();
  });

  it("does not fill up what others may claim against the same consumer", async () => {
    const w = world();
    await flood(w);
    await w.fund(w.eve.id, c("5"));
    const { id } = await claim(w, { supplier: w.eve.id });
    expect((await w.claims.claimOf(id)).stage).to.equal(STAGE.open);
  });

  it("puts up every bond before anything else: one without cash claims nothing, whatever it has earned", async () => {
    const w = world();
    const made = claimable(w, { supplier: w.eve.id });
    await expect(claimAs(w.eve.as.contracts, made))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
      .withArgs(w.eve.id, TERMS.bond, 0);
    expect(await w.claims.openClaims(w.eve.id, w.bob.id)).to.equal(0n);
    expect(await w.ledger.numberUsed(w.eve.id, 1)).to.equal(false);
    expect((await w.claims.claimOf(made.id)).stage).to.equal(STAGE.none);
  });

  it("reserves nothing of the consumer's, which spends and withdraws meanwhile as before", async () => {
    const w = world();
    await flood(w);
    await w.bob.as.contracts.ledger.announceWithdrawal(w.bob.id, c("1000"));
    await pass(w, 7 * 86_400);
    await w.ledger.withdraw(w.bob.id);
    expect(await w.asset.balanceOf(w.bob.payee)).to.equal(c("1000"));
  });

  it("charges a consumer that sleeps no more than the limit for each, as debts where there is no room", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const ids = await flood(w);
    await w.bob.as.contracts.ledger.announceWithdrawal(w.bob.id, c("1000"));
    await w.time.increase(7 * 86_400);
    await w.ledger.withdraw(w.bob.id);
    await pass(w, TERMS.challengeWindow);
    for (const id of ids) await w.claims.settle(id);
    expect((await w.ledger.account(w.bob.id)).debts).to.equal(4n * c("24.52"));
    const { position, cash } = await w.ledger.account(w.ada.id);
    expect(position + cash).to.equal(c("100"));
    await untouched();
  });
});
