import { expect } from "chai";
import fc from "fast-check";
import { isConsortiaError } from "../../../src/core/error.ts";
import { serviceId } from "../../../src/core/ids.ts";
import { credits } from "../../../src/core/money.ts";
import { addMonths, parsePeriod } from "../../../src/core/period.ts";
import {
  ANY_TIER,
  lineGross,
  recordAmounts,
  recordsFit,
  Schedule,
  type ConditionalPrice,
  type UnitPrice,
} from "../../../src/core/schedule.ts";

const [MAY, LOAN, COPY] = [parsePeriod("2026-05"), serviceId(1), serviceId(2)];
const price = (service: typeof LOAN, tier: number, amount: bigint) => ({
  service,
  tier,
  price: credits(amount),
  fee: credits(1n),
});

describe("Schedule", () => {
  it("has the prices of the latest version that has begun", () => {
    const schedule = new Schedule();
    schedule.publish(addMonths(MAY, 2), [price(LOAN, 1, 20n)]);
    schedule.publish(MAY, [price(LOAN, 1, 10n), price(COPY, 1, 5n)]);
    expect(schedule.priceOf(addMonths(MAY, -1), LOAN, 1)).to.equal(undefined);
    expect(schedule.priceOf(MAY, LOAN, 1)?.price).to.equal(10n);
    expect(schedule.priceOf(addMonths(MAY, 1), LOAN, 1)?.price).to.equal(10n);
    expect(schedule.priceOf(addMonths(MAY, 2), LOAN, 1)?.price).to.equal(20n);
    expect(schedule.priceOf(addMonths(MAY, 2), COPY, 1)).to.equal(undefined);
  });

  it("forgets what was taken back, and keeps the last of two", () => {
    const schedule = new Schedule();
    schedule.publish(MAY, [price(LOAN, 1, 10n)]);
    schedule.publish(addMonths(MAY, 1), [price(LOAN, 1, 20n)]);
    schedule.publish(addMonths(MAY, 1), [price(LOAN, 1, 30n)]);
    expect(schedule.priceOf(addMonths(MAY, 1), LOAN, 1)?.price).to.equal(30n);
    schedule.withdraw(addMonths(MAY, 1));
    expect(schedule.priceOf(addMonths(MAY, 1), LOAN, 1)?.price).to.equal(10n);
  });

  it("charges every line, gross and fee apart", () => {
    const schedule = new Schedule();
    schedule.publish(MAY, [price(LOAN, 1, 10n), price(COPY, 1, 5n)]);
    const lines = [
      { service: LOAN, quantity: 3 },
      { service: COPY, quantity: 2 },
    ];
    expect(schedule.charge(MAY, lines, 1)).to.deep.equal({ gross: 40n, fee: 5n });
    expect(schedule.charge(MAY, [], 1)).to.deep.equal({ gross: 0n, fee: 0n });
  });

  it("refuses what it does not offer", () => {
    const schedule = new Schedule();
    schedule.publish(MAY, [price(LOAN, 1, 10n)]);
    expect(() => schedule.charge(MAY, [{ service: LOAN, quantity: 1 }], 2))
      .to.throw()
      .that.satisfies((error: unknown) => isConsortiaError(error, "ServiceNotOffered"));
  });
});

const conditional = (changes: Partial<Record<keyof ConditionalPrice, bigint | number>>): ConditionalPrice =>
  ({
    ...{ ...price(LOAN, ANY_TIER, 100n), supplierTier: ANY_TIER, minimum: 0n, cap: 0n },
    ...{ promotedFrom: 0, promotedUntil: 0, promotedPrice: 0n, ...changes },
  }) as ConditionalPrice;

describe("a schedule of conditional prices", () => {
  it("goes by both tiers, then the consumer's, then the supplier's, then by none", () => {
    const schedule = new Schedule();
    schedule.publish(MAY, [
      conditional({ price: 1n, tier: 1, supplierTier: 2 }),
      price(LOAN, 1, 2n),
      conditional({ price: 3n, supplierTier: 2 }),
      conditional({ price: 4n }),
    ]);
    const asked = [
      [1, 2],
      [1, 1],
      [3, 2],
      [3, 1],
    ] as const;
    expect(asked.map(([one, other]) => schedule.priceOf(MAY, LOAN, one, other)?.price)).to.deep.equal([
      ...[1n, 2n, 3n, 4n],
    ]);
    expect(schedule.priceOf(MAY, LOAN, 1)?.price).to.equal(2n);
    expect(schedule.priceOf(MAY, COPY, 1, 2)).to.equal(undefined);
  });

  it("keeps the later of two prices for the same tiers, with its conditions or without", () => {
    const schedule = new Schedule();
    schedule.publish(MAY, [conditional({ tier: 1, minimum: 500n }), price(LOAN, 1, 7n)]);
    expect(schedule.priceOf(MAY, LOAN, 1)).to.deep.equal({ price: 7n, fee: 1n });
  });

  it("has another price in the months of a promotion, first and last included, and the same fee", () => {
    const schedule = new Schedule();
    const [from, until] = [addMonths(MAY, 1), addMonths(MAY, 2)];
    schedule.publish(MAY, [conditional({ promotedFrom: from, promotedUntil: until, promotedPrice: 60n })]);
    const prices = [0, 1, 2, 3].map((months) => schedule.priceOf(addMonths(MAY, months), LOAN, 1));
    expect(prices.map((unit) => unit?.price)).to.deep.equal([100n, 60n, 60n, 100n]);
    expect(prices.map((unit) => unit?.fee)).to.deep.equal([1n, 1n, 1n, 1n]);
  });

  it("charges a line its least and its most, and the fee by units all the same", () => {
    const schedule = new Schedule();
    schedule.publish(MAY, [conditional({ minimum: 250n, cap: 900n })]);
    const charged = (quantity: number) => schedule.charge(MAY, [{ service: LOAN, quantity }], 1);
    expect([0, 2, 3, 9, 10].map((quantity) => charged(quantity).gross)).to.deep.equal([
      ...[250n, 250n, 300n, 900n, 900n],
    ]);
    expect(charged(10).fee).to.equal(10n);
  });
});

const unit = (price: bigint, minimum?: bigint, cap?: bigint): UnitPrice => ({
  ...{ price: credits(price), fee: credits(1n) },
  ...(minimum === undefined ? {} : { minimum: credits(minimum) }),
  ...(cap === undefined ? {} : { cap: credits(cap) }),
});

describe("recordAmounts", () => {
  it("charges in order until the cap is reached", () => {
    expect(recordAmounts(unit(100n, undefined, 350n), [2, 1, 1, 5])).to.deep.equal([200n, 100n, 50n, 0n]);
  });
  it("lets the first bear what is missing to the minimum", () => {
    expect(recordAmounts(unit(100n, 1_000n), [2, 1])).to.deep.equal([900n, 100n]);
  });
  it("has nothing for no records", () => {
    expect(recordAmounts(unit(100n, 1_000n), [])).to.deep.equal([]);
  });
  it("sums to the line, whatever its bounds", () => {
    const amount = fc.bigInt({ min: 0n, max: 10_000n });
    const quantities = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 12 });
    const bound = fc.option(amount, { nil: undefined });
    fc.assert(
      fc.property(amount, bound, bound, quantities, (price, minimum = 0n, cap, all) => {
        const given = unit(price, minimum, cap === undefined ? undefined : minimum + cap);
        const amounts = recordAmounts(given, all);
        const sum = amounts.reduce((total, one) => total + one, 0n);
        const quantity = all.reduce((total, one) => total + one, 0);
        expect(sum).to.equal(lineGross(given, quantity));
        expect(amounts.every((one) => one >= 0n)).to.equal(true);
      }),
    );
  });
});

describe("recordsFit", () => {
  const records = (...all: [quantity: number, amount: bigint][]) =>
    all.map(([quantity, amount]) => ({ quantity, amount: credits(amount) }));

  it("compares each record with its price, however many lines bill the service", () => {
    const fair = records([2, 200n], [1, 100n]);
    expect([[3], [1, 2], [1, 1, 1]].map((lines) => recordsFit(unit(100n), lines, fair))).to.deep.equal([
      ...[true, true, true],
    ]);
    const moved = records([2, 150n], [1, 150n]);
    expect([[3], [1, 2]].map((lines) => recordsFit(unit(100n), lines, moved))).to.deep.equal([false, false]);
  });
  it("compares the units first", () => {
    expect(recordsFit(unit(100n), [2], records([3, 300n]))).to.equal(false);
    expect(recordsFit(unit(0n), [1, 1], records([3, 0n]))).to.equal(false);
  });
  it("compares records of one line with what each bears of its bounds", () => {
    const capped = unit(100n, undefined, 350n);
    expect(recordsFit(capped, [4], records([2, 200n], [2, 150n]))).to.equal(true);
    expect(recordsFit(capped, [4], records([2, 150n], [2, 200n]))).to.equal(false);
  });
  it("compares the sums where several lines have bounds of their own", () => {
    const least = unit(100n, 250n);
    expect(recordsFit(least, [1, 2], records([1, 250n], [2, 250n]))).to.equal(true);
    expect(recordsFit(least, [1, 2], records([2, 250n], [1, 250n]))).to.equal(true);
    expect(recordsFit(least, [1, 2], records([1, 250n], [2, 249n]))).to.equal(false);
  });
});
