import { expect } from "chai";
import { RELIEF } from "../../../src/core/ids.ts";
import { COPY } from "../../support/consortium.ts";
import {
  NOVEMBER,
  aidLeg,
  fundGrant,
  openGrant,
  openMonth,
  openRelief,
  postQuoted,
  publishBeside,
  quoteOf,
  some,
} from "../../support/pricing.ts";
import type { Order } from "../../support/pricing.ts";
import type { PeriodId } from "../../../src/core/period.ts";
import type { TestMember } from "../../support/consortium.ts";
import { c } from "../../support/statements.ts";
import { condition } from "../../support/conditions.ts";
import { useWorld } from "../../support/world.ts";

describe("Pricing.quote, given reliefs", () => {
  const world = useWorld();
  /** Opens the book of a month, RELIEF and consumers having enough. */
  const openBook = async (month: number = NOVEMBER) => {
    const w = world();
    await w.fund(RELIEF, c("1000"));
    await w.fund(w.eve.id, c("1000"));
    await openMonth(w, month);
  };
  const aided = async (lines: Parameters<typeof quoteOf>[1], changes: Partial<Order> = {}) => {
    const { relieved, legs } = await quoteOf(world(), lines, changes);
    expect(legs.reduce((sum, leg) => sum + (leg & (2n ** 64n - 1n)), 0n)).to.equal(relieved);
    return legs;
  };

  it("pays a share of the price, not of the fee, and leaves gross and fee as they are", async () => {
    const relief = await openRelief(world(), { share: 2_500 });
    const quoted = await quoteOf(world(), [some(3)]);
    expect([quoted.gross, quoted.fee, quoted.relieved]).to.deep.equal([c("36"), c("0.78"), c("9")]);
    expect(quoted.legs).to.deep.equal([aidLeg(relief, c("9"))]);
  });

  it("rounds down line by line", async () => {
    await publishBeside(world(), [condition({ service: 7, price: 3n, fee: 0n })]);
    const relief = await openRelief(world(), { service: 7 });
    expect(await aided([some(1, 7)])).to.deep.equal([aidLeg(relief, 1n)]);
    expect(await aided([some(1, 7), some(1, 7)])).to.deep.equal([aidLeg(relief, 2n)]);
    expect(await aided([some(2, 7)])).to.deep.equal([aidLeg(relief, 3n)]);
  });

  it("writes no leg for nothing", async () => {
    await publishBeside(world(), [
      condition({ service: 7, price: 1n, fee: 0n }),
      condition({ service: 8, price: 0n, fee: 0n }),
    ]);
    await openRelief(world(), { service: 0, share: 9_999 });
    expect(await aided([some(1, 7), some(5, 8)])).to.deep.equal([]);
  });

  it("covers the service, tier and months that it names, and others not", async () => {
    await openRelief(world(), { tier: 2, from: NOVEMBER + 1, until: NOVEMBER + 2 });
    const paid = async (changes: Partial<Order>, service?: number) =>
      (await aided([some(1, service)], { tier: 2, period: NOVEMBER + 1, ...changes })).length;
    expect(await paid({})).to.equal(1);
    expect(await paid({ period: NOVEMBER + 2 })).to.equal(1);
    expect(await paid({ period: NOVEMBER })).to.equal(0);
    expect(await paid({ period: NOVEMBER + 3 })).to.equal(0);
    expect(await paid({ tier: 1 })).to.equal(0);
    expect(await paid({}, COPY)).to.equal(0);
  });

  it("covers the region that it names", async () => {
    const w = world();
    const relief = await openRelief(w, { region: 8 });
    expect(await aided([some(1)])).to.deep.equal([]);
    await w.register.classify(w.bob.id, 1, 8);
    expect(await aided([some(1)])).to.deep.equal([aidLeg(relief, c("6"))]);
  });

  it("relieves neither claims nor COMMONS, and what COMMONS supplies like anything else", async () => {
    const relief = await openRelief(world(), { service: 0 });
    expect(await aided([some(1)], { countersigned: false })).to.deep.equal([]);
    expect(await aided([some(1)], { consumer: 1 })).to.deep.equal([]);
    expect(await aided([some(1)], { supplier: 1 })).to.deep.equal([aidLeg(relief, c("6"))]);
  });

  describe("given several that cover a line", () => {
    it("pays in the order in which they were opened, of one service or of all", async () => {
      const [first, second, third] = [
        await openRelief(world(), { service: 0, share: 5_000 }),
        await openRelief(world(), { share: 4_000 }),
        await openRelief(world(), { service: 0, share: 3_000 }),
      ];
      expect(await aided([some(1)])).to.deep.equal([
        aidLeg(first, c("6")),
        aidLeg(second, c("4.8")),
        aidLeg(third, c("1.2")),
      ]);
      expect(await aided([some(1, COPY)])).to.deep.equal([aidLeg(first, c("2.5")), aidLeg(third, c("1.5"))]);
    });

    it("pays never more than the price", async () => {
      const first = await openRelief(world(), { share: 10_000 });
      await openRelief(world(), { share: 10_000 });
      expect(await aided([some(2)])).to.deep.equal([aidLeg(first, c("24"))]);
    });

    it("lets the next pay what the caps of the first leave", async () => {
      const [first, second] = [
        await openRelief(world(), { share: 10_000, cap: c("5") }),
        await openRelief(world(), { share: 10_000 }),
      ];
      expect(await aided([some(1)])).to.deep.equal([aidLeg(first, c("5")), aidLeg(second, c("7"))]);
    });

    it("sums the lines that one pays into one leg", async () => {
      const all = await openRelief(world(), { service: 0, share: 1_000 });
      const copies = await openRelief(world(), { service: COPY, share: 1_000 });
      expect(await aided([some(1), some(1, COPY), some(2), some(2, COPY)])).to.deep.equal([
        aidLeg(all, c("5.1")),
        aidLeg(copies, c("1.5")),
      ]);
    });
  });

  describe("given caps", () => {
    it("counts what this very statement used already", async () => {
      const relief = await openRelief(world(), { memberCap: c("10") });
      expect(await aided([some(1), some(1), some(1)])).to.deep.equal([aidLeg(relief, c("10"))]);
    });

    it("counts a member's by its own, and all members' together", async () => {
      const w = world();
      const relief = await openRelief(w, { memberCap: c("10"), cap: c("15") });
      await openBook();
      const paid = async (consumer: TestMember) => (await postQuoted(w, [some(2)], { consumer })).relieved;
      expect(await paid(w.bob)).to.equal(c("10"));
      expect(await paid(w.bob)).to.equal(0n);
      expect(await paid(w.eve)).to.equal(c("5"));
      expect(await paid(w.eve)).to.equal(0n);
      expect([...(await w.pricing.relieved(relief, w.bob.id, NOVEMBER))]).to.deep.equal([c("10"), c("15")]);
      expect([...(await w.pricing.relieved(relief, w.eve.id, NOVEMBER))]).to.deep.equal([c("5"), c("15")]);
    });

    it("counts each month of service by itself, in whatever order statements come", async () => {
      const w = world();
      const relief = await openRelief(w, { cap: c("10") });
      await openBook(NOVEMBER + 3);
      const paid = async (period: number) =>
        (await postQuoted(w, [some(1)], { period: period as PeriodId })).relieved;
      const months = [NOVEMBER + 3, NOVEMBER, NOVEMBER + 2, NOVEMBER + 1];
      for (const month of months) expect(await paid(month)).to.equal(c("6"));
      for (const month of months) expect(await paid(month)).to.equal(c("4"));
      for (const month of months) expect(await paid(month)).to.equal(0n);
      await openMonth(w, NOVEMBER + 4);
      expect(await paid(NOVEMBER + 4)).to.equal(c("6"));
      expect([...(await w.pricing.relieved(relief, w.bob.id, NOVEMBER + 3))]).to.deep.equal([
        c("10"),
        c("10"),
      ]);
    });
  });

  describe("given what RELIEF can still pay", () => {
    it("shares it among the reliefs of a statement, and runs out without a fault", async () => {
      const [first, second] = [
        await openRelief(world(), { share: 5_000 }),
        await openRelief(world(), { share: 5_000 }),
      ];
      const room = { reliefRoom: c("20") };
      expect(await aided([some(1), some(1)], room)).to.deep.equal([
        aidLeg(first, c("12")),
        aidLeg(second, c("8")),
      ]);
      const empty = await quoteOf(world(), [some(1)], { reliefRoom: 0n });
      expect([empty.fault[0], empty.relieved, empty.legs]).to.deep.equal([0n, 0n, []]);
    });

    it("is not asked for a grant", async () => {
      const w = world();
      await openRelief(w, { share: 5_000 });
      const grant = await openGrant(w, { share: 2_500 });
      expect(await aided([some(1)], { reliefRoom: 0n })).to.deep.equal([]);
      await fundGrant(w, grant, c("1"));
      expect(await aided([some(1)], { reliefRoom: 0n })).to.deep.equal([aidLeg(grant, c("1"))]);
    });
  });

  describe("given a grant", () => {
    it("pays what is left of it and no more, then the next does", async () => {
      const w = world();
      const grant = await openGrant(w, { share: 10_000 });
      const relief = await openRelief(w, { share: 10_000 });
      await fundGrant(w, grant, c("20"));
      await openBook();
      expect((await postQuoted(w, [some(1)])).legs).to.deep.equal([aidLeg(grant, c("12"))]);
      expect((await postQuoted(w, [some(1)])).legs).to.deep.equal([
        aidLeg(grant, c("8")),
        aidLeg(relief, c("4")),
      ]);
      expect((await w.pricing.grantOf(grant)).balance).to.equal(0n);
      expect((await postQuoted(w, [some(1)])).legs).to.deep.equal([aidLeg(relief, c("12"))]);
    });

    it("pays for those alone that it names", async () => {
      const w = world();
      const grant = await openGrant(w, {}, [w.ada.id, w.eve.id]);
      await fundGrant(w, grant, c("20"));
      expect(await aided([some(1)])).to.deep.equal([]);
      expect(await aided([some(1)], { consumer: w.eve.id })).to.deep.equal([aidLeg(grant, c("6"))]);
      expect(await aided([some(1)], { consumer: w.eve.id + 256 })).to.deep.equal([]);
    });
  });
});
