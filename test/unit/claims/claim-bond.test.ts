import { expect } from "chai";
import { credits } from "../../../src/core/money.ts";
import { TERMS, claimAs, claimable } from "../../support/claims.ts";
import { no } from "../../support/desk-records.ts";
import { expectSound } from "../../support/soundness.ts";
import { bill, c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

describe("Claims.claim", () => {
  const world = useWorld();

  describe("given the supplier's account", () => {
    it("takes free cash to the last millionth, and no less than the bond", async () => {
      const w = world();
      await w.fund(w.eve.id, credits(TERMS.bond - 1n));
      const made = claimable(w, { supplier: w.eve.id });
      await expect(claimAs(w.eve.as.contracts, made))
        .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
        .withArgs(w.eve.id, TERMS.bond, TERMS.bond - 1n);
      await w.fund(w.eve.id, credits(1n));
      await claimAs(w.eve.as.contracts, made);
      expect((await w.ledger.account(w.eve.id)).cash).to.equal(0n);
      await expectSound(w);
    });

    it("takes nothing that is advanced, owed, or only earned this month", async () => {
      const w = world();
      const made = claimable(w, { supplier: w.eve.id, number: no(2) });
      const refused = async (free: bigint) =>
        expect(claimAs(w.eve.as.contracts, made))
          .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
          .withArgs(w.eve.id, TERMS.bond, free);
      await bill(w, { supplier: w.eve.id });
      expect((await w.ledger.account(w.eve.id)).room).to.equal(c("12"));
      await refused(0n);
      await w.bob.as.contracts.advances.advance(w.bob.id, w.eve.id, c("50"));
      await refused(0n);
      await w.fund(w.eve.id, c("4"));
      await refused(c("4"));
      await w.fund(w.eve.id, c("1"));
      await claimAs(w.eve.as.contracts, made);
    });
  });
});
