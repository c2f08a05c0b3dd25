import { expect } from "chai";
import fc from "fast-check";
import { rankCandidates } from "../../../src/core/ranking.ts";

describe("rankCandidates", () => {
  it("puts most approvals first, and of two with as many the one nominated first", () => {
    expect(rankCandidates([3, 5, 3, 0, 5])).to.deep.equal([1, 4, 0, 2]);
  });

  it("leaves out whom nobody approved of", () => {
    expect(rankCandidates([0, 0])).to.deep.equal([]);
    expect(rankCandidates([])).to.deep.equal([]);
  });

  it("never puts one before another who has more, or as many and an earlier place", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }), (approvals) => {
        const ranked = rankCandidates(approvals);
        for (const [at, later] of ranked.entries()) {
          const sooner = ranked[at - 1];
          if (sooner === undefined) continue;
          const [a, b] = [approvals[sooner] ?? 0, approvals[later] ?? 0];
          expect(a > b || (a === b && sooner < later)).to.equal(true);
        }
      }),
    );
  });
});
