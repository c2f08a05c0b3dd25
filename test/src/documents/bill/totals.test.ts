import { expect } from "chai";
import fc from "fast-check";
import { credits, MAX_BACKING, parseCredits } from "../../../../src/core/money.ts";
import { divideHalfEven, isRound, paperText, roundHalfEven } from "../../../../src/documents/bill/round.ts";
import { sum, totalsOf } from "../../../../src/documents/bill/totals.ts";

const amount = fc.bigInt({ min: 0n, max: MAX_BACKING }).map(credits);
const small = fc.bigInt({ min: 0n, max: 99_999n }).map(credits);
const amounts = fc.array(fc.oneof(amount, small), { maxLength: 30 });

describe("rounding on paper", () => {
  it("goes to the nearest unit, halves to the even one, on both sides of zero", () => {
    const cases = ["0.005", "0.015", "0.025", "0.005001", "-0.005", "-0.015", "-0.004999", "12.345678"];
    const rounded = cases.map((text) => paperText(roundHalfEven(parseCredits(text), 2), 2));
    expect(rounded).to.deep.equal(["0.00", "0.02", "0.02", "0.01", "0.00", "-0.02", "0.00", "12.35"]);
    expect(paperText(roundHalfEven(parseCredits("1234.5"), 0), 0)).to.equal("1234");
  });

  it("is never off by more than half a unit", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 12n }), (value, by) => {
        const off = 2n * (divideHalfEven(value, by) * by - value);
        return off <= by && off >= -by;
      }),
    );
  });
});

describe("a paper's totals", () => {
  it("obey EN 16931 for any amounts and any rate, and the ledger's exact sum", () => {
    const rates = fc.integer({ min: 0, max: 9_999 });
    fc.assert(
      fc.property(
        amounts,
        amounts,
        amount,
        rates,
        fc.constantFrom(0, 1, 2),
        (lines, deductions, open, rate, decimals) => {
          const totals = totalsOf({ lines, deductions, open }, { rate }, decimals);
          const round = (value: bigint) => roundHalfEven(value, decimals);
          for (const value of Object.values(totals)) expect(isRound(value, decimals)).to.equal(true);
          expect(totals.lines).to.equal(sum(lines.map(round))); // BR-CO-10
          expect(totals.deductions).to.equal(sum(deductions.map(round))); // BR-CO-11
          expect(totals.untaxed).to.equal(totals.lines - totals.deductions); // BR-CO-13
          expect(totals.taxed).to.equal(totals.untaxed + totals.tax); // BR-CO-15
          expect(totals.due).to.equal(totals.taxed - totals.prepaid + totals.rounding); // BR-CO-16
          expect(totals.tax).to.equal(round(divideHalfEven(totals.untaxed * BigInt(rate), 10_000n))); // BR-CO-17
          // What is due beside the tax is what is open, rounded once.
          expect(totals.due - totals.tax).to.equal(round(open));
          expect(totals.prepaid + totals.due - totals.tax).to.equal(round(sum(lines) - sum(deductions)));
        },
      ),
    );
  });

  it("carry what many roundings lose in the rounding amount", () => {
    const lines = Array.from({ length: 10_000 }, () => parseCredits("0.004"));
    const totals = totalsOf({ lines, deductions: [], open: sum(lines) }, { rate: 0 }, 2);
    expect(totals).to.include({
      lines: 0n,
      rounding: parseCredits("40"),
      due: parseCredits("40"),
      prepaid: 0n,
    });
  });
});
