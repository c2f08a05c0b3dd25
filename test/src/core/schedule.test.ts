import { expect } from "chai";
import { isConsortiaError } from "../../../src/core/error.ts";
import { serviceId } from "../../../src/core/ids.ts";
import { credits } from "../../../src/core/money.ts";
import { addMonths, parsePeriod } from "../../../src/core/period.ts";
import { Schedule } from "../../../src/core/schedule.ts";

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
