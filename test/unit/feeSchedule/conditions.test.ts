import { expect } from "chai";
import { condition, conditionsFrom } from "../../support/conditions.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { useWorld } from "../../support/world.ts";

const [NOVEMBER, DECEMBER, JANUARY] = [OCTOBER + 1, OCTOBER + 2, OCTOBER + 3] as const;
const MOST = 2n ** 64n - 1n;

describe("FeeSchedule.priceOf, given conditional prices", () => {
  const world = useWorld();

  describe("by tiers", () => {
    const named = [
      { tier: 1, supplierTier: 2, price: 4n },
      { tier: 1, price: 3n },
      { supplierTier: 2, price: 2n },
      { price: 1n },
    ];
    const price = async (tier: number, supplierTier: number) =>
      (await world().schedule.priceOf(NOVEMBER, 7, tier, supplierTier)).price;

    it("lets both tiers go before the consumer's, that before the supplier's, that before neither", async () => {
      for (let first = 0; first < named.length; first++) {
        await conditionsFrom(
          world(),
          NOVEMBER,
          named.slice(first).map((one) => condition(one)),
        );
        expect(await price(1, 2), `from the ${first}th`).to.equal(BigInt(4 - first));
      }
    });

    it("asks only for prices that fit", async () => {
      await conditionsFrom(
        world(),
        NOVEMBER,
        named.map((one) => condition(one)),
      );
      expect(await price(1, 3)).to.equal(3n);
      expect(await price(3, 2)).to.equal(2n);
      expect(await price(2, 1)).to.equal(1n);
      expect(await price(255, 255)).to.equal(1n);
      expect((await world().schedule.priceOf(NOVEMBER, 8, 1, 2)).offered).to.equal(false);
    });

    it("offers nothing to tiers that no price fits", async () => {
      const w = world();
      await conditionsFrom(w, NOVEMBER, [condition({ tier: 1, supplierTier: 2 })]);
      for (const [tier, supplierTier] of [
        [1, 1],
        [2, 2],
        [2, 1],
        [255, 2],
        [1, 255],
      ] as const) {
        expect(await w.schedule.priceOf(NOVEMBER, 7, tier, supplierTier)).to.deep.equal([
          false,
          0n,
          0n,
          false,
        ]);
      }
    });

    it("takes a free price for one, though a dearer one stands behind it", async () => {
      await conditionsFrom(world(), NOVEMBER, [
        condition({ tier: 1, supplierTier: 2, price: 0n, fee: 0n }),
        condition(),
      ]);
      expect(await world().schedule.priceOf(NOVEMBER, 7, 1, 2)).to.deep.equal([true, 0n, 0n, false]);
    });

    it("knows suppliers' tiers in each version for itself", async () => {
      const w = world();
      await conditionsFrom(w, NOVEMBER, [condition({ supplierTier: 2, price: 2n }), condition()]);
      await conditionsFrom(w, DECEMBER, [condition({ price: 5n })]);
      await conditionsFrom(w, JANUARY, [condition({ supplierTier: 2, price: 6n }), condition()]);
      const months = [NOVEMBER, DECEMBER, JANUARY];
      const found = await Promise.all(months.map((month) => w.schedule.priceOf(month, 7, 1, 2)));
      expect(found.map((one) => one.price)).to.deep.equal([2n, 5n, 6n]);
    });
  });

  describe("in a promotion", () => {
    it("promotes from the first month to the last, at the same fee", async () => {
      const w = world();
      const months = { promotedFrom: DECEMBER, promotedUntil: JANUARY };
      await conditionsFrom(w, NOVEMBER, [condition({ ...months, promotedPrice: 6n })]);
      const found = await Promise.all(
        [0, 1, 2, 3].map((ahead) => w.schedule.priceOf(NOVEMBER + ahead, 7, 1, 1)),
      );
      expect(found.map(({ price, fee }) => [price, fee])).to.deep.equal(
        [10n, 6n, 6n, 10n].map((price) => [price, 1n]),
      );
    });

    it("may cost nothing, and last one month", async () => {
      const w = world();
      await conditionsFrom(w, NOVEMBER, [condition({ promotedFrom: NOVEMBER, promotedUntil: NOVEMBER })]);
      expect((await w.schedule.priceOf(NOVEMBER, 7, 1, 1)).price).to.equal(0n);
      expect((await w.schedule.priceOf(DECEMBER, 7, 1, 1)).price).to.equal(10n);
    });

    it("does not go on in a version that leaves it out", async () => {
      const w = world();
      const months = { promotedFrom: NOVEMBER, promotedUntil: JANUARY };
      await conditionsFrom(w, NOVEMBER, [condition({ ...months, promotedPrice: 6n })]);
      await conditionsFrom(w, DECEMBER, [condition()]);
      expect((await w.schedule.priceOf(NOVEMBER, 7, 1, 1)).price).to.equal(6n);
      expect((await w.schedule.priceOf(DECEMBER, 7, 1, 1)).price).to.equal(10n);
    });
  });
});

describe("FeeSchedule.boundsOf", () => {
  const world = useWorld();

  it("are those of the price that holds, and of no other", async () => {
    const w = world();
    await conditionsFrom(w, NOVEMBER, [
      condition({ tier: 1, supplierTier: 2 }),
      condition({ tier: 1, minimum: 3n }),
      condition({ supplierTier: 2, cap: 30n }),
      condition({ minimum: 5n, cap: 5n }),
    ]);
    for (const [tier, supplierTier, bounds, bounded] of [
      [1, 2, [0n, MOST], false],
      [1, 1, [3n, MOST], true],
      [2, 2, [0n, 30n], true],
      [2, 1, [5n, 5n], true],
    ] as const) {
      expect(await w.schedule.boundsOf(NOVEMBER, 7, tier, supplierTier)).to.deep.equal(bounds);
      expect((await w.schedule.priceOf(NOVEMBER, 7, tier, supplierTier)).bounded).to.equal(bounded);
    }
  });

  it("are none of what is not offered", async () => {
    const { schedule } = world();
    expect(await schedule.boundsOf(NOVEMBER, 8, 1, 1)).to.deep.equal([0n, MOST]);
    expect(await schedule.boundsOf(0, 7, 1, 1)).to.deep.equal([0n, MOST]);
  });
});
