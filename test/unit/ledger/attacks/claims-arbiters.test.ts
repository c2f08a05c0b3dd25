import { expect } from "chai";
import { ROLES } from "../../../../deploy/modules/roles.ts";
import { DAY, STAGE, TERMS, claim, claimIn, pass } from "../../../support/claims.ts";
import { no } from "../../../support/desk-records.ts";
import { watchThirdParties } from "../../../support/soundness.ts";
import { c } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";

describe("attack: an arbiter in somebody's pay (invariants 4 and 8)", () => {
  const world = useWorld();

  it("awards no millionth beyond the claim, and the consumer's debt is never more than that", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const { id } = await claimIn(w, "disputed");
    await expect(w.claims.award(id, c("24.000001"), c("0.52")))
      .to.be.revertedWithCustomError(w.claims, "ClaimAwardAbove")
      .withArgs(id, c("24"), c("0.52"));
    await w.claims.award(id, c("24"), c("0.52"));
    await pass(w, TERMS.appealWindow);
    await w.claims.settle(id);
    const { position, cash } = await w.ledger.account(w.bob.id);
    expect(position + cash).to.equal(c("1000") - c("24.52"));
    await untouched();
  });

  it("judges nothing that nobody disputed, and nothing twice", async () => {
    const w = world();
    const open = await claim(w, { number: no(1) });
    await expect(w.claims.award(open.id, 0, 0))
      .to.be.revertedWithCustomError(w.claims, "ClaimStageWrong")
      .withArgs(open.id, STAGE.open);
    const awarded = await claimIn(w, "awarded", { number: no(2) });
    await expect(w.claims.award(awarded.id, 0, 0))
      .to.be.revertedWithCustomError(w.claims, "ClaimStageWrong")
      .withArgs(awarded.id, STAGE.awarded);
  });

  it("cannot rule on an appeal against itself without the other role", async () => {
    const w = world();
    const { id } = await claimIn(w, "disputed");
    await w.charter.grantRole(ROLES.arbiter, w.stranger, 0);
    await w.strange.claims.award(id, c("24"), c("0.52"));
    await w.bob.as.contracts.claims.appeal(w.bob.id, id);
    await expect(w.strange.claims.rule(id, c("24"), c("0.52"))).to.be.revertedWithCustomError(
      w.claims,
      "AccessManagedUnauthorized",
    );
    await w.claims.rule(id, 0, 0);
    await w.claims.settle(id);
    expect((await w.ledger.account(w.bob.id)).position).to.equal(0n);
  });

  it("takes nothing by awarding in silence: both parties have the window to appeal", async () => {
    const w = world();
    const { id } = await claimIn(w, "disputed");
    await w.claims.award(id, c("24"), c("0.52"));
    await expect(w.claims.settle(id)).to.be.revertedWithCustomError(w.claims, "ClaimNotDue");
    await w.time.increase(TERMS.appealWindow - DAY);
    await w.bob.as.contracts.claims.appeal(w.bob.id, id);
  });

  it("touches no account outside a claim: no verb of its role names one", async () => {
    const w = world();
    await w.charter.grantRole(ROLES.arbiter, w.stranger, 0);
    await w.charter.grantRole(ROLES.appellate, w.stranger, 0);
    for (const attempt of [
      w.strange.ledger.charge(w.ada.id, w.bob.id, `0x${"11".repeat(32)}`, c("10"), 0),
      w.strange.ledger.giveBack(w.ada.id, w.bob.id, c("10")),
      w.strange.ledger.releaseBond(w.eve.id, c("1")),
      w.strange.ledger.lockBond(w.bob.id, 1, c("1")),
    ]) {
      await expect(attempt)
        .to.be.revertedWithCustomError(w.ledger, "LedgerDeskOnly")
        .withArgs(w.stranger.address);
    }
  });

  it("cannot be shut out by a party that enrols it as its own key", async () => {
    const w = world();
    const { id } = await claimIn(w, "disputed");
    await w.charter.grantRole(ROLES.arbiter, w.stranger, 0);
    await w.bob.as.contracts.register.setKey(w.bob.id, w.stranger, 32);
    await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger, 32);
    await w.strange.claims.award(id, c("12"), 0);
    expect((await w.claims.claimOf(id)).stage).to.equal(STAGE.awarded);
  });
});
