import { expect } from "chai";
import { Contract, ZeroHash } from "ethers";
import { STAGE, TERMS } from "../../support/claims.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

/** A desk of its own with some terms changed. */
function found(w: World, changes: Partial<Record<keyof typeof TERMS, number | bigint>>) {
  const { charter, register, pricing } = w.deployment;
  return w.ethers.deployContract("Claims", [charter, register, pricing, { ...TERMS, ...changes }]);
}

describe("Claims: its terms and its ledger", () => {
  const world = useWorld();

  it("says what it was founded with", async () => {
    const { claims, deployment } = world();
    const terms = await claims.terms();
    const names = Object.keys(TERMS) as (keyof typeof TERMS)[];
    for (const name of names) expect(terms[name], name).to.equal(BigInt(TERMS[name]));
    expect(await claims.REGISTER()).to.equal(deployment.register);
    expect(await claims.PRICING()).to.equal(deployment.pricing);
    expect(await claims.ledger()).to.equal(deployment.ledger);
    expect(await claims.authority()).to.equal(deployment.charter);
  });

  for (const name of ["challengeWindow", "awardTerm", "appealWindow", "appealTerm", "openPerPair"] as const) {
    it(`is not founded with a ${name} of nothing`, async () => {
      const w = world();
      await expect(found(w, { [name]: 0 })).to.be.revertedWithCustomError(w.claims, "ClaimTermsInvalid");
      await found(w, { [name]: 1 });
    });
  }

  it("is founded without a bond, and with a limit of nothing", async () => {
    const w = world();
    await found(w, { bond: 0n, limit: 0n });
  });

  it("knows nothing of a claim that nobody made", async () => {
    const w = world();
    expect((await w.claims.claimOf(ZeroHash)).stage).to.equal(STAGE.none);
    expect(await w.claims.openClaims(w.ada.id, w.bob.id)).to.equal(0n);
  });
});

describe("Desk.bindLedger", () => {
  const world = useWorld();

  for (const desk of ["claims", "reversals"] as const) {
    it(`binds ${desk} once, for life`, async () => {
      const w = world();
      await expect(w[desk].bindLedger(w.stranger))
        .to.be.revertedWithCustomError(w[desk], "DeskBound")
        .withArgs(w.deployment.ledger);
    });

    it(`is for the administrators of ${desk} alone`, async () => {
      const w = world();
      await expect(w.strange[desk].bindLedger(w.stranger))
        .to.be.revertedWithCustomError(w[desk], "AccessManagedUnauthorized")
        .withArgs(w.stranger.address);
    });

    it(`says which ledger ${desk} was bound to`, async () => {
      const w = world();
      const { charter, register } = w.deployment;
      const created =
        desk === "claims"
          ? await found(w, {})
          : await w.ethers.deployContract("Reversals", [charter, register, w.deployment.claims]);
      const fresh = new Contract(await created.getAddress(), w[desk].interface, w.admin.signer);
      await expect(fresh.getFunction("bindLedger")(w.deployment.ledger))
        .to.emit(fresh, "LedgerBound")
        .withArgs(w.deployment.ledger);
      expect(await fresh.getFunction("ledger")()).to.equal(w.deployment.ledger);
    });
  }
});
