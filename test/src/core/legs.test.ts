import { expect } from "chai";
import fc from "fast-check";
import { memberId } from "../../../src/core/ids.ts";
import { decodeLeg, encodeLeg, sumLegs, type Leg } from "../../../src/core/legs.ts";
import { credits } from "../../../src/core/money.ts";

const amount = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(credits);
const number = fc.integer({ min: 1, max: 2 ** 32 - 1 });
const legs: fc.Arbitrary<Leg> = fc.oneof(
  fc.record({ kind: fc.constant("aid" as const), relief: number, amount }),
  fc.record({ kind: fc.constant("royalty" as const), holder: number.map(memberId), amount }),
);

describe("encodeLeg and decodeLeg", () => {
  it("put amount, relief or holder, and kind where the table of Legs.sol has them", () => {
    expect(encodeLeg({ kind: "aid", relief: 7, amount: credits(5n) })).to.equal(
      (1n << 255n) | (7n << 64n) | 5n,
    );
    expect(encodeLeg({ kind: "royalty", holder: memberId(9), amount: credits(5n) })).to.equal(
      (9n << 64n) | 5n,
    );
  });

  it("read back what they wrote", () => {
    fc.assert(
      fc.property(legs, (leg) => {
        expect(decodeLeg(encodeLeg(leg))).to.deep.equal(leg);
      }),
    );
  });
});

describe("sumLegs", () => {
  it("adds what is paid and what is due apart", () => {
    const all: Leg[] = [
      { kind: "aid", relief: 1, amount: credits(3n) },
      { kind: "aid", relief: 2, amount: credits(4n) },
      { kind: "royalty", holder: memberId(3), amount: credits(50n) },
    ];
    expect([sumLegs(all, "aid"), sumLegs(all, "royalty"), sumLegs([], "aid")]).to.deep.equal([7n, 50n, 0n]);
  });
});
