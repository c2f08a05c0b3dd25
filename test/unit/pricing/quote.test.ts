import { expect } from "chai";
import type { ResourceId } from "../../../src/core/ids.ts";
import { agree, both } from "../../support/agreements.ts";
import { COPY, LOAN } from "../../support/consortium.ts";
import { NOVEMBER, NO_FAULT, publishBeside, quoteOf, some } from "../../support/pricing.ts";
import type { Order } from "../../support/pricing.ts";
import { FAULT, c } from "../../support/statements.ts";
import { condition } from "../../support/conditions.ts";
import { useWorld } from "../../support/world.ts";

const MOST = 2n ** 64n - 1n;

describe("Pricing.quote", () => {
  const world = useWorld();
  const amounts = async (lines: Parameters<typeof quoteOf>[1], changes: Partial<Order> = {}) => {
    const { fault, gross, fee } = await quoteOf(world(), lines, changes);
    expect(fault).to.deep.equal(NO_FAULT);
    return [gross, fee];
  };

  it("adds up the schedule's prices and fees by the consumer's tier", async () => {
    const lines = [some(3), some(2, COPY), some(1)];
    expect(await amounts(lines)).to.deep.equal([c("58"), c("1.56")]);
    expect(await amounts(lines, { tier: 3 })).to.deep.equal([c("29"), c("1.56")]);
    expect((await quoteOf(world(), lines)).legs).to.deep.equal([]);
  });

  it("reads a long line that names no work as a short one", async () => {
    expect(await amounts([{ ...some(2), resource: 0 as ResourceId }])).to.deep.equal([c("24"), c("0.52")]);
  });

  it("finds no lines", async () => {
    const { fault } = await quoteOf(world(), []);
    expect(fault).to.deep.equal([FAULT.NoLines, 0n, 0n]);
  });

  it("finds what is not offered, and to which tier", async () => {
    const { fault, gross } = await quoteOf(world(), [some(1), some(1, 99), some(1, 98)], { tier: 2 });
    expect(fault).to.deep.equal([FAULT.NotOffered, 99n, 2n]);
    expect(gross).to.equal(0n);
  });

  describe("given a maximum", () => {
    it("takes what comes to it, and nothing above", async () => {
      const lines = [some(1), some(1, COPY)];
      const due = c("17.52");
      expect((await quoteOf(world(), lines, { maximum: due })).fault).to.deep.equal(NO_FAULT);
      const { fault, gross } = await quoteOf(world(), lines, { maximum: due - 1n });
      expect(fault).to.deep.equal([FAULT.AboveMaximum, due, due - 1n]);
      expect(gross).to.equal(0n);
    });

    it("finds sums beyond 64 bits above every maximum, and wraps nowhere", async () => {
      const w = world();
      await publishBeside(w, [condition({ service: 9, price: MOST, fee: MOST })]);
      const quantity = 2 ** 32 - 1;
      const { fault } = await quoteOf(w, Array(255).fill(some(quantity, 9)));
      expect(fault).to.deep.equal([FAULT.AboveMaximum, 255n * 2n * MOST * BigInt(quantity), MOST]);
      const { fault: twice } = await quoteOf(w, [some(1, 9)]);
      expect(twice).to.deep.equal([FAULT.AboveMaximum, 2n * MOST, MOST]);
    });
  });

  describe("given bounds of a line", () => {
    beforeEach(() =>
      publishBeside(world(), [
        condition({ service: LOAN, price: c("2"), fee: c("0.1"), minimum: c("5"), cap: c("9"), tier: 1 }),
        condition({ service: 7, price: c("2"), minimum: c("5"), supplierTier: 3, fee: 0n }),
        condition({ service: 7, price: c("3"), supplierTier: 1, fee: 0n }),
      ]),
    );

    it("raises each line to the least and lowers it to the most, without the fee", async () => {
      expect(await amounts([some(1)])).to.deep.equal([c("5"), c("0.1")]);
      expect(await amounts([some(3)])).to.deep.equal([c("6"), c("0.3")]);
      expect(await amounts([some(50)])).to.deep.equal([c("9"), c("5")]);
      expect(await amounts([some(1), some(50)])).to.deep.equal([c("14"), c("5.1")]);
    });

    it("asks the supplier's tier", async () => {
      expect(await amounts([some(1, 7)], { supplierTier: 3 })).to.deep.equal([c("5"), 0n]);
      expect(await amounts([some(1, 7)], { supplierTier: 1 })).to.deep.equal([c("3"), 0n]);
      expect((await quoteOf(world(), [some(1, 7)], { supplierTier: 2 })).fault).to.deep.equal([
        FAULT.NotOffered,
        7n,
        1n,
      ]);
    });

    it("raises no agreed price to the least, and lowers it to the most", async () => {
      await agree(world(), { prices: [both(LOAN, c("1"))] });
      expect(await amounts([some(2)], { choosy: true })).to.deep.equal([c("2"), c("0.2")]);
      expect(await amounts([some(50)], { choosy: true })).to.deep.equal([c("9"), c("5")]);
    });

    it("takes a price agreed to be the schedule's as agreed", async () => {
      await agree(world(), { prices: [both(LOAN, c("2"))] });
      expect(await amounts([some(1)], { choosy: true })).to.deep.equal([c("2"), c("0.1")]);
    });
  });

  describe("given a promotion", () => {
    it("holds in its months alone", async () => {
      await publishBeside(world(), [
        condition({
          service: 7,
          price: 9n,
          promotedFrom: NOVEMBER + 1,
          promotedUntil: NOVEMBER + 2,
          promotedPrice: 4n,
          fee: 0n,
        }),
      ]);
      const found = [];
      for (let month = NOVEMBER; month < NOVEMBER + 4; ++month) {
        found.push((await amounts([some(1, 7)], { period: month }))[0]);
      }
      expect(found).to.deep.equal([9n, 4n, 4n, 9n]);
    });
  });

  describe("given an agreement", () => {
    it("charges less, in both directions, with the schedule's fee", async () => {
      const w = world();
      await agree(w, { prices: [both(LOAN, c("7"))] });
      expect(await amounts([some(2)], { choosy: true })).to.deep.equal([c("14"), c("0.52")]);
      const back = { supplier: w.bob.id, consumer: w.ada.id, choosy: true };
      expect(await amounts([some(1)], back)).to.deep.equal([c("7"), c("0.26")]);
    });

    it("charges never more than the schedule does", async () => {
      await agree(world(), { prices: [both(LOAN, c("12.000001"))] });
      expect((await amounts([some(1)], { choosy: true }))[0]).to.equal(c("12"));
      await agree(world(), { prices: [both(LOAN, c("11"))] });
      expect((await amounts([some(1)], { choosy: true, tier: 2 }))[0]).to.equal(c("10"));
    });

    it("charges nothing where that was agreed", async () => {
      await agree(world(), { prices: [both(LOAN, 0n)] });
      expect(await amounts([some(9)], { choosy: true })).to.deep.equal([0n, c("2.34")]);
    });

    it("offers nothing that the schedule does not", async () => {
      await agree(world(), { prices: [both(99, 1n)] });
      const { fault } = await quoteOf(world(), [some(1, 99)], { choosy: true });
      expect(fault).to.deep.equal([FAULT.NotOffered, 99n, 1n]);
    });

    it("concerns nobody else", async () => {
      const w = world();
      await agree(w, { prices: [both(LOAN, c("7"))] });
      expect((await amounts([some(1)], { choosy: true, consumer: w.eve.id }))[0]).to.equal(c("12"));
    });
  });

  describe("given choices", () => {
    it("finds them before what is not offered, and asks only who is choosy", async () => {
      const w = world();
      await w.ada.as.contracts.register.chooseRegard(w.ada.id, w.bob.id, 2);
      const { fault } = await quoteOf(w, [some(1, 99)], { choosy: true });
      expect(fault).to.deep.equal([FAULT.PartnerRefused, BigInt(w.ada.id), BigInt(w.bob.id)]);
      expect(await amounts([some(1)])).to.deep.equal([c("12"), c("0.26")]);
    });

    it("finds what either declines, by line", async () => {
      const w = world();
      await w.bob.as.contracts.register.chooseUse(w.bob.id, COPY, false, 0);
      const { fault } = await quoteOf(w, [some(1), some(1, COPY)], { choosy: true });
      expect(fault).to.deep.equal([FAULT.ServiceDeclined, BigInt(COPY), BigInt(w.bob.id)]);
    });

    it("holds the ceiling against the price agreed, fee included", async () => {
      const w = world();
      const ceiling = c("7.26");
      await w.bob.as.contracts.register.chooseUse(w.bob.id, LOAN, true, ceiling);
      const { fault } = await quoteOf(w, [some(1)], { choosy: true });
      expect(fault).to.deep.equal([FAULT.CeilingExceeded, BigInt(LOAN), ceiling]);
      await agree(w, { prices: [both(LOAN, c("7"))] });
      expect(await amounts([some(1)], { choosy: true })).to.deep.equal([c("7"), c("0.26")]);
      await agree(w, { prices: [both(LOAN, c("7.000001"))] });
      expect((await quoteOf(w, [some(1)], { choosy: true })).fault[0]).to.equal(FAULT.CeilingExceeded);
    });
  });
});

describe("Pricing.unitPrice", () => {
  const world = useWorld();

  it("is the lesser of what the schedule and what an agreement says", async () => {
    const w = world();
    const ask = (service: number, tier = 1) =>
      w.pricing.unitPrice(w.ada.id, w.bob.id, NOVEMBER, service, tier, 1).then((found) => [...found]);
    expect(await ask(LOAN)).to.deep.equal([true, c("12"), c("0.26")]);
    await agree(w, { prices: [both(LOAN, c("7"))] });
    expect(await ask(LOAN)).to.deep.equal([true, c("7"), c("0.26")]);
    expect(await ask(LOAN, 3)).to.deep.equal([true, c("6"), c("0.26")]);
    expect(await ask(99)).to.deep.equal([false, 0n, 0n]);
  });
});
