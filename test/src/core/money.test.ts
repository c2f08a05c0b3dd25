import { expect } from "chai";
import fc from "fast-check";
import { isConsortiaError } from "../../../src/core/error.ts";
import {
  MAX_BACKING,
  ZERO,
  credits,
  formatCredits,
  parseCredits,
  toAssetUnits,
} from "../../../src/core/money.ts";

const code = (expected: string) => (error: unknown) => isConsortiaError(error, expected);

describe("parseCredits", () => {
  for (const [text, millionths] of [
    ["0", 0n],
    ["12", 12_000_000n],
    ["12.5", 12_500_000n],
    ["-0.000001", -1n],
    ["0.1234560000", 123_456n],
    [" 7.10 ", 7_100_000n],
    ["9999999999999999999", 9_999_999_999_999_999_999_000_000n],
  ] as const) {
    it(`reads ${text}`, () => {
      expect(parseCredits(text)).to.equal(millionths);
    });
  }

  for (const text of [
    "",
    "-",
    ".5",
    "5.",
    "1,5",
    "1e3",
    "0x1",
    "1.0000001",
    "--1",
    "+1",
    "1 2",
    "NaN",
    "12345678901234567890",
  ]) {
    it(`refuses "${text}"`, () => {
      expect(() => parseCredits(text))
        .to.throw()
        .that.satisfies(code("MoneyInvalid"));
    });
  }
});

describe("formatCredits", () => {
  for (const [millionths, text] of [
    [0n, "0.00"],
    [12_500_000n, "12.50"],
    [-1n, "-0.000001"],
    [1_230_000n, "1.23"],
    [1_234_500n, "1.2345"],
    [MAX_BACKING, "9223372036854.775807"],
  ] as const) {
    it(`writes ${text}`, () => {
      expect(formatCredits(credits(millionths))).to.equal(text);
    });
  }

  it("is read back as it was, whatever it was", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), (amount) => {
        expect(parseCredits(formatCredits(credits(amount)))).to.equal(amount);
      }),
    );
  });
});

describe("toAssetUnits", () => {
  it("carries credits exactly in 6 to 18 decimals", () => {
    expect(toAssetUnits(credits(5n), 6)).to.equal(5n);
    expect(toAssetUnits(credits(5n), 8)).to.equal(500n);
    expect(toAssetUnits(credits(5n), 18)).to.equal(5n * 10n ** 12n);
    expect(toAssetUnits(ZERO, 18)).to.equal(0n);
  });

  for (const decimals of [5, 19, 6.5, -1, NaN]) {
    it(`refuses ${decimals} decimals`, () => {
      expect(() => toAssetUnits(ZERO, decimals))
        .to.throw()
        .that.satisfies(code("MoneyDecimals"));
    });
  }
});
