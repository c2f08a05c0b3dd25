import { expect } from "chai";
import { bookText, parseBook, takeReport } from "../../../../src/connectors/counter/book.ts";
import { agency } from "../../../../src/core/ids.ts";
import { isConsortiaError } from "../../../../src/core/error.ts";
import { report51, summed } from "../../../support/counter.ts";

describe("usage book", () => {
  it("is read as it was written", async () => {
    const sum = await summed(report51({ counts: { Total_Item_Requests: { "2026-01": 1, "2026-02": 2 } } }));
    const { book } = takeReport(new Map(), sum, agency("ISIL", "XA-1"));
    expect(book.size).to.equal(1);
    expect(parseBook(JSON.parse(bookText(book)))).to.deep.equal(book);
  });

  const named = { platform: "P", institution: "ISIL:XA-1", report: "PR" };
  for (const [what, source] of [
    ["nothing", null],
    ["another version", { version: 2, reports: [] }],
    [
      "an entry without an institution",
      { version: 1, reports: [{ platform: "P", report: "PR", months: {} }] },
    ],
    ["an entry without months", { version: 1, reports: [named] }],
    [
      "a month without counts",
      { version: 1, reports: [{ ...named, months: { "2026-01": { created: "x", release: "5" } } }] },
    ],
    [
      "a month that is none",
      { version: 1, reports: [{ ...named, months: { March: { created: "x", release: "5", counts: {} } } }] },
    ],
    [
      "a count below zero",
      {
        version: 1,
        reports: [{ ...named, months: { "2026-01": { created: "x", release: "5", counts: { a: -1 } } } }],
      },
    ],
  ] as const) {
    it(`is not made of ${what}`, () => {
      expect(() => parseBook(source))
        .to.throw()
        .that.satisfies((error: unknown) => isConsortiaError(error, "UsageBookInvalid"));
    });
  }
});
