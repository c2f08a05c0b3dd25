import { expect } from "chai";
import { compensationOf, lapseMonth } from "../../../src/core/compensation.ts";
import { credits } from "../../../src/core/money.ts";
import { formatPeriod, parsePeriod } from "../../../src/core/period.ts";

describe("compensationOf", () => {
  const naming = (rate: number, cap: bigint) => ({ rate, cap: credits(cap) });
  it("is the rate of what was received net, rounded down, up to the cap", () => {
    expect(compensationOf(1_000_000n, naming(500, 10n ** 12n))).to.equal(50_000n);
    expect(compensationOf(19_999n, naming(1, 100n))).to.equal(1n);
    expect(compensationOf(9_999n, naming(1, 100n))).to.equal(0n);
    expect(compensationOf(1_000_000n, naming(10_000, 999_999n))).to.equal(999_999n);
    expect(compensationOf(999_999n, naming(10_000, 999_999n))).to.equal(999_999n);
  });
  it("is nothing for who drew as much as it gave, or more", () => {
    for (const net of [0n, -1n, -(2n ** 63n)]) expect(compensationOf(net, naming(10_000, 5n))).to.equal(0n);
  });
  it("can be drawn for twelve months after its own", () => {
    expect(formatPeriod(lapseMonth(parsePeriod("2026-11")))).to.equal("2027-12");
  });
});
