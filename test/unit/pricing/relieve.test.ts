import { expect } from "chai";
import { COPY, LOAN, OCTOBER } from "../../support/consortium.ts";
import { NOVEMBER, moveTo, openRelief, termsOf } from "../../support/pricing.ts";
import { useWorld } from "../../support/world.ts";

/** How many reliefs and grants one service's list holds. */
const LIMIT = 8;

describe("Pricing.relieve", () => {
  const world = useWorld();

  it("refuses who is no scheduler", async () => {
    const { pricing, stranger } = world();
    await expect(pricing.connect(stranger).relieve(termsOf()))
      .to.be.revertedWithCustomError(pricing, "AccessManagedUnauthorized")
      .withArgs(stranger.address);
  });

  for (const [what, changes] of Object.entries({
    "no share": { share: 0 },
    "more than the price": { share: 10_001 },
    "no cap": { cap: 0n },
    "no cap for a member": { memberCap: 0n },
    "an end before its beginning": { from: NOVEMBER + 1, until: NOVEMBER },
  })) {
    it(`refuses ${what}`, async () => {
      const { pricing } = world();
      await expect(pricing.relieve(termsOf(changes))).to.be.revertedWithCustomError(
        pricing,
        "ReliefTermsInvalid",
      );
    });
  }

  it("refuses a month that has begun, and one that is over (invariant 7)", async () => {
    const { pricing } = world();
    for (const from of [OCTOBER, OCTOBER - 1, 0]) {
      await expect(pricing.relieve(termsOf({ from })))
        .to.be.revertedWithCustomError(pricing, "ReliefTooLate")
        .withArgs(from, NOVEMBER);
    }
  });

  it("takes the whole price, one month and the least caps", async () => {
    const { pricing } = world();
    const terms = termsOf({
      share: 10_000,
      until: NOVEMBER,
      memberCap: 1n,
      cap: 1n,
      region: 65_535,
      tier: 0,
    });
    await expect(pricing.relieve(terms)).to.emit(pricing, "ReliefOpened").withArgs(1, Object.values(terms));
    const found = await pricing.reliefOf(1);
    expect([...found.terms]).to.deep.equal(Object.values(terms).map(BigInt));
    expect(found.grant).to.equal(false);
  });

  it("numbers reliefs as they come and lists each with its service", async () => {
    const w = world();
    expect(await openRelief(w)).to.equal(1);
    expect(await openRelief(w, { service: 0 })).to.equal(2);
    expect(await openRelief(w)).to.equal(3);
    expect(await w.pricing.reliefsOf(LOAN)).to.deep.equal([1n, 3n]);
    expect(await w.pricing.reliefsOf(0)).to.deep.equal([2n]);
    expect(await w.pricing.reliefsOf(COPY)).to.deep.equal([]);
  });

  it("knows nothing of what was never opened", async () => {
    const { terms, grant } = await world().pricing.reliefOf(7);
    expect([...terms, grant]).to.deep.equal([0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, false]);
  });

  describe("given a service with as many reliefs as can wait or run", () => {
    const fill = async (until: number) => {
      for (let i = 0; i < LIMIT; ++i) await openRelief(world(), { until });
    };

    it("refuses one more of it, and takes one of another", async () => {
      const w = world();
      await fill(0);
      await expect(w.pricing.relieve(termsOf()))
        .to.be.revertedWithCustomError(w.pricing, "ReliefTooMany")
        .withArgs(LOAN, LIMIT);
      expect(await openRelief(w, { service: COPY })).to.equal(LIMIT + 1);
    });

    it("keeps them while their last month can be posted, and drops them then", async () => {
      const w = world();
      await fill(NOVEMBER);
      await moveTo(w, NOVEMBER + 3);
      const late = termsOf({ from: NOVEMBER + 5 });
      await expect(w.pricing.relieve(late)).to.be.revertedWithCustomError(w.pricing, "ReliefTooMany");
      await moveTo(w, NOVEMBER + 4);
      await w.pricing.relieve(late);
      expect(await w.pricing.reliefsOf(LOAN)).to.deep.equal([BigInt(LIMIT + 1)]);
    });

    it("drops those that are past alone, the others keep their order", async () => {
      const w = world();
      for (let i = 0; i < LIMIT; ++i) await openRelief(w, { until: i % 3 === 1 ? NOVEMBER : 0 });
      await moveTo(w, NOVEMBER + 4);
      await openRelief(w, { from: NOVEMBER + 5 });
      expect(await w.pricing.reliefsOf(LOAN)).to.deep.equal([1n, 3n, 4n, 6n, 7n, 9n]);
    });
  });
});
