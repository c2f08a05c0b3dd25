import { expect } from "chai";
import { bookText, parseBook, takeReport, type UsageBook } from "../../../../src/connectors/counter/book.ts";
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

  it("dates a version without a zone in UTC, wherever it is read", async () => {
    const { TZ } = process.env;
    process.env["TZ"] = "America/New_York";
    try {
      const { header } = await summed(report51({ created: "2026-04-02T08:00:00" }));
      expect(header?.created).to.equal("2026-04-02T08:00:00.000Z");
    } finally {
      if (TZ === undefined) delete process.env["TZ"];
      else process.env["TZ"] = TZ;
    }
  });

  describe("with the platforms of several providers", () => {
    const january = { counts: { Total_Item_Requests: { "2026-01": 5 } }, end: "2026-01-31" };
    const none = { created: "2026-05-02T08:00:00Z", end: "2026-01-31", exceptions: [{ Code: 3030 }] };

    /** What the reports, in their order, leave of the first one's month. */
    async function left(...reports: readonly Record<string, unknown>[]): Promise<unknown> {
      let book: UsageBook = new Map();
      for (const one of [report51(january), ...reports]) {
        book = takeReport(book, await summed(one), agency("ISIL", "XA-1")).book;
      }
      const first = [...book.values()].find(({ platform }) => platform === "Sample Platform");
      return first?.months["2026-01"]?.counts["Total_Item_Requests"] ?? 0;
    }
    function changed(report: Record<string, unknown>, header: object): Record<string, unknown> {
      Object.assign(report["Report_Header"] as object, header);
      return report;
    }

    it("takes a month back for the one platform of whoever prepared the report", async () => {
      expect(await left(report51(none))).to.equal(0);
    });

    it("takes nothing back for another provider's silence", async () => {
      const other = { Created_By: "Second Provider" };
      expect(await left(changed(report51(none), other))).to.equal(5);
      const later = { platform: "Second Platform", counts: { Total_Item_Requests: { "2026-02": 7 } } };
      expect(await left(changed(report51({ ...later, created: none.created }), other))).to.equal(5);
      expect(await left(changed(report51(none), { Created_By: "" }))).to.equal(5);
    });

    it("takes nothing back where the provider may mean another of its platforms", async () => {
      expect(await left(report51({ ...january, platform: "Second Platform" }), report51(none))).to.equal(5);
      const filters = { Begin_Date: "2026-01-01", End_Date: "2026-01-31", Platform: ["Second Platform"] };
      expect(await left(changed(report51(none), { Report_Filters: filters }))).to.equal(5);
    });
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
