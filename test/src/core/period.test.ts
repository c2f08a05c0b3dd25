import { expect } from "chai";
import fc from "fast-check";
import { isConsortiaError } from "../../../src/core/error.ts";
import {
  FIRST_PERIOD,
  LAST_PERIOD,
  addMonths,
  formatPeriod,
  parsePeriod,
  period,
  periodEnd,
  periodOf,
  periodStart,
} from "../../../src/core/period.ts";

const invalid = (error: unknown) => isConsortiaError(error, "PeriodInvalid");
const months = fc.integer({ min: FIRST_PERIOD, max: LAST_PERIOD });

describe("period", () => {
  it("is twelve times the year and the month less one", () => {
    expect(parsePeriod("2026-11")).to.equal(24_322);
    expect(formatPeriod(period(24_322))).to.equal("2026-11");
  });

  for (const value of [FIRST_PERIOD - 1, LAST_PERIOD + 1, 24_321.5, NaN]) {
    it(`refuses ${value}`, () => {
      expect(() => period(value))
        .to.throw()
        .that.satisfies(invalid);
    });
  }

  for (const text of ["", "2026", "2026-13", "2026-00", "26-11", "2026-1", "2026-11-01", "1999-12"]) {
    it(`refuses "${text}"`, () => {
      expect(() => parsePeriod(text))
        .to.throw()
        .that.satisfies(invalid);
    });
  }

  it("is half-open: the first second is in, the end is the next month's first", () => {
    fc.assert(
      fc.property(months, (value) => {
        const id = period(value);
        expect(periodOf(periodStart(id))).to.equal(id);
        expect(periodOf(periodEnd(id) - 1)).to.equal(id);
        if (value < LAST_PERIOD) expect(periodStart(addMonths(id, 1))).to.equal(periodEnd(id));
        expect(parsePeriod(formatPeriod(id))).to.equal(id);
      }),
    );
  });

  it("counts months there and back", () => {
    expect(addMonths(period(24_322), 2)).to.equal(parsePeriod("2027-01"));
    expect(addMonths(period(24_322), -11)).to.equal(parsePeriod("2025-12"));
    expect(() => addMonths(period(FIRST_PERIOD), -1))
      .to.throw()
      .that.satisfies(invalid);
  });

  it("reads the chain's own seconds", () => {
    expect(periodOf(BigInt(Date.UTC(2028, 1, 29, 23, 59, 59) / 1000))).to.equal(parsePeriod("2028-02"));
    expect(() => periodOf(0))
      .to.throw()
      .that.satisfies(invalid);
  });

  it("ends with the last month an account word can hold", () => {
    expect(LAST_PERIOD).to.equal(FIRST_PERIOD + 4094);
  });
});
