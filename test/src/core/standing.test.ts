import { expect } from "chai";
import fc from "fast-check";
import { credits } from "../../../src/core/money.ts";
import { decayStanding } from "../../../src/core/standing.ts";

const amounts = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const ages = fc.integer({ min: 0, max: 300 });

describe("decayStanding", () => {
  it("takes a twelfth a month, rounded down", () => {
    expect(decayStanding(credits(12n), 1)).to.equal(11n);
    expect(decayStanding(credits(11n), 1)).to.equal(10n);
    expect(decayStanding(credits(1n), 1)).to.equal(0n);
    expect(decayStanding(credits(144n), 2)).to.equal(121n);
  });

  it("comes to the same in one step or many (invariant 3)", () => {
    fc.assert(
      fc.property(amounts, ages, ages, (amount, first, second) => {
        const steps = decayStanding(decayStanding(credits(amount), first), second);
        expect(steps).to.equal(decayStanding(credits(amount), first + second));
      }),
    );
  });

  it("never grows and never goes below zero", () => {
    fc.assert(
      fc.property(amounts, ages, (amount, age) => {
        const decayed = decayStanding(credits(amount), age);
        expect(decayed >= 0n && decayed <= amount).to.equal(true);
      }),
    );
  });

  it("is forgotten before month 512, so that the cut there changes nothing", () => {
    expect(decayStanding(credits(2n ** 64n - 1n), 511)).to.equal(0n);
    expect(decayStanding(credits(2n ** 64n - 1n), 512)).to.equal(0n);
  });
});
