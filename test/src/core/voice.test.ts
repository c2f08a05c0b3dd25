import { expect } from "chai";
import fc from "fast-check";
import { credits } from "../../../src/core/money.ts";
import { BASE_VOICE, squareRoot, voiceOf } from "../../../src/core/voice.ts";

const FULL = credits(120_000_000_000n);

describe("squareRoot", () => {
  it("is the largest number whose square is no more", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n }), (value) => {
        const root = squareRoot(value);
        expect(root * root <= value && (root + 1n) ** 2n > value).to.equal(true);
      }),
    );
    for (const value of [0n, 1n, 2n, 3n, 4n, 15n, 16n, 17n, 2n ** 64n - 1n, 2n ** 64n]) {
      const root = squareRoot(value);
      expect(root * root <= value && (root + 1n) ** 2n > value, String(value)).to.equal(true);
    }
  });
});

describe("voiceOf", () => {
  it("is the base where nothing was given, and twice that at the most", () => {
    expect(voiceOf(credits(0n), FULL)).to.equal(BASE_VOICE);
    expect(voiceOf(FULL, FULL)).to.equal(2n * BASE_VOICE);
    expect(voiceOf(credits(FULL * 1_000n), FULL)).to.equal(2n * BASE_VOICE);
  });

  it("grows with the square root: a quarter of the full standing gives half the bonus", () => {
    expect(voiceOf(credits(FULL / 4n), FULL)).to.equal(BASE_VOICE + BASE_VOICE / 2n);
  });

  it("never falls as standing grows", () => {
    const standing = fc.bigInt({ min: 0n, max: 2n * FULL });
    fc.assert(
      fc.property(standing, standing, (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(voiceOf(credits(less), FULL) <= voiceOf(credits(more), FULL)).to.equal(true);
      }),
    );
  });
});
