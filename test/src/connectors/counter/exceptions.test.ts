import { expect } from "chai";
import { coverageOf } from "../../../../src/connectors/counter/coverage.ts";
import { exceptionOf, type Consequence } from "../../../../src/connectors/counter/exceptions.ts";
import { summed } from "../../../support/counter.ts";

const MONTHS = ["2026-01", "2026-02", "2026-03"];

describe("COUNTER exceptions", () => {
  const table: Record<Consequence, readonly number[]> = {
    info: [0, 1, 999],
    later: [1000, 1010, 1020],
    queued: [1011],
    refused: [1030, 2000, 2010, 2011, 2020, 3000, 3010, 3020, 3070, 3071, 1999, 4711],
    "no-usage": [3030],
    "not-ready": [3031],
    expired: [3032],
    partial: [3040, 3080],
    ignored: [3050, 3060, 3061, 3062, 3063],
  };
  for (const [consequence, codes] of Object.entries(table)) {
    it(`says of ${codes.join(", ")}: ${consequence}`, () => {
      expect(codes.map((code) => exceptionOf(code).consequence)).to.deep.equal(codes.map(() => consequence));
    });
  }

  it("tells the mild form of release 5 from the severe one", () => {
    expect(exceptionOf(3060, "Error").consequence).to.equal("refused");
    expect(exceptionOf(3070, "Warning").consequence).to.equal("ignored");
    expect(exceptionOf(3031, "Error").consequence).to.equal("not-ready");
  });

  it("is read from an object, a list, text for a number, and beside a header", async () => {
    for (const content of [
      '{"Code":"3030"}',
      '[{"Code":3030}]',
      '{"Exception":{"Code":3030}}',
      '{"Exceptions":[{"Code":3030}]}',
    ]) {
      expect((await summed(content)).exceptions.map(({ code }) => code)).to.deep.equal([3030]);
    }
  });

  it("keeps none of the server's own words", async () => {
    const { exceptions } = await summed(
      '{"Code":3031,"Message":"ask jane@example.org","Data":"card 4711 of Jane, 2026-02"}',
    );
    expect(JSON.stringify(exceptions)).not.to.match(/jane|4711/i);
    expect(exceptions[0]?.months).to.deep.equal(["2026-02"]);
  });

  for (const [what, counts, codes, expected] of [
    ["silence", {}, [], { notReady: MONTHS }],
    [
      "silence before a count and after it",
      { "2026-02": 4 },
      [],
      { ready: ["2026-02"], noUsage: ["2026-01"], notReady: ["2026-03"] },
    ],
    ["silence before zeros", { "2026-02": 0 }, [], { ready: ["2026-02"], notReady: ["2026-01", "2026-03"] }],
    ["no usage", {}, [[3030]], { noUsage: MONTHS }],
    [
      "no usage in some, and others not ready",
      { "2026-01": 4 },
      [
        [3030, "2026-02"],
        [3031, "2026-03"],
      ],
      { ready: ["2026-01"], noUsage: ["2026-02"], notReady: ["2026-03"] },
    ],
    [
      "no usage and not ready, without saying when",
      { "2026-01": 4 },
      [[3030], [3031]],
      { ready: ["2026-01"], notReady: ["2026-02", "2026-03"] },
    ],
    [
      "counts that are said not to be ready",
      { "2026-01": 4, "2026-03": 1 },
      [[3031, "2026-02 2026-03"]],
      { ready: ["2026-01"], notReady: ["2026-02", "2026-03"] },
    ],
    [
      "zeros that are not ready",
      { "2026-01": 4, "2026-02": 0, "2026-03": 0 },
      [[3031]],
      { ready: ["2026-01"], notReady: ["2026-02", "2026-03"] },
    ],
    ["zeros", { "2026-01": 0, "2026-02": 0, "2026-03": 0 }, [], { ready: MONTHS }],
    ["no longer kept", { "2026-03": 4 }, [[3032]], { ready: ["2026-03"], expired: ["2026-01", "2026-02"] }],
    ["partial", { "2026-01": 4 }, [[3040]], { partial: ["2026-01"], notReady: ["2026-02", "2026-03"] }],
    [
      "partial in one month",
      { "2026-01": 4, "2026-02": 4, "2026-03": 4 },
      [[3040, "2026-02"]],
      { ready: ["2026-01", "2026-03"], partial: ["2026-02"] },
    ],
    ["a limit", { "2026-01": 4 }, [[3080]], { partial: ["2026-01"], notReady: ["2026-02", "2026-03"] }],
    ["refused", { "2026-01": 4 }, [[2010]], { refused: MONTHS }],
    ["an ignored parameter", { "2026-01": 4, "2026-02": 4, "2026-03": 4 }, [[3050]], { ready: MONTHS }],
  ] as const) {
    it(`knows of each month what it is worth: ${what}`, () => {
      const exceptions = codes.map(([code, data]) => exceptionOf(code, undefined, data));
      const none = { ready: [], noUsage: [], notReady: [], partial: [], expired: [], refused: [] };
      expect(coverageOf(MONTHS, new Map(Object.entries(counts)), exceptions)).to.deep.equal({
        ...none,
        ...expected,
      });
    });
  }
});
