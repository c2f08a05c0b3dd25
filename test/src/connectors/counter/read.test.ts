import { expect } from "chai";
import fc from "fast-check";
import { readReport } from "../../../../src/connectors/counter/read.ts";
import type { ReportKind } from "../../../../src/connectors/counter/report.ts";
import { sumReport } from "../../../../src/connectors/counter/sum.ts";
import { isConsortiaError } from "../../../../src/core/error.ts";
import { item51, pieces, report51, summed, table51 } from "../../../support/counter.ts";

const METRIC = "Total_Item_Requests";
const counted = (count: unknown) => report51({ counts: { [METRIC]: { "2026-01": count } } });
const raw = (text: string) => JSON.stringify(counted(1)).replace('"2026-01":1', text);

async function flawOf(content: string | Record<string, unknown>, kind: ReportKind = "json"): Promise<string> {
  try {
    await summed(content, kind);
    return "read";
  } catch (error) {
    return isConsortiaError(error) ? error.code : String(error);
  }
}

/** The same in the shape of release 5. */
function report5(performance: unknown): Record<string, unknown> {
  const filters = [
    { Name: "Begin_Date", Value: "2026-01-01" },
    { Name: "End_Date", Value: "2026-03-31" },
  ];
  const header = report51()["Report_Header"] as Record<string, unknown>;
  const institution = [{ Type: "ISIL", Value: "XA-1" }];
  return {
    Report_Header: { ...header, Release: "5", Institution_ID: institution, Report_Filters: filters },
    Report_Items: [{ Platform: "Sample Platform", Performance: performance }],
  };
}

const period = (begin: string, end: string, ...counts: [string, unknown][]) => ({
  Period: { Begin_Date: begin, End_Date: end },
  Instance: counts.map(([Metric_Type, Count]) => ({ Metric_Type, Count })),
});
const JANUARY = ["2026-01-01", "2026-01-31"] as const;
const QUARTER = ["2026-01-01", "2026-03-31"] as const;

describe("COUNTER readers", () => {
  describe("given JSON that is damaged or hostile", () => {
    const whole = JSON.stringify(counted(5));
    for (const [what, text, code] of [
      ["nothing", "", "CounterNotJson"],
      ["a web page", "\n<!doctype html><title>Sign in</title>", "CounterNotJson"],
      ["a report that is cut off", whole.slice(0, -9), "CounterNotJson"],
      ["two reports in a row", whole + whole, "CounterNotJson"],
      ["a comma too many", whole.replace("]}", ",]}"), "CounterNotJson"],
      ["a closing sign of the other kind", whole.replace("}]}", "]}}"), "CounterNotJson"],
      ["100,000 lists in one another", `{"x":${"[".repeat(100_000)}`, "CounterNotJson"],
      ["deep nesting within an item", raw(`"2026-01":${"[".repeat(40)}1${"]".repeat(40)}`), "CounterNotJson"],
      ["a month twice", raw('"2026-01":1,"2026-01":2'), "CounterNotJson"],
      ["two headers", whole.replace("{", `{"Report_Header":{},`), "CounterHeaderMissing"],
      ["two lists of items", whole.slice(0, -1) + ',"Report_Items":[]}', "CounterNotJson"],
      ["a number of two million digits", raw(`"2026-01":${"9".repeat(2_000_000)}`), "CounterTooLarge"],
      ["a number of 1,000 digits", raw(`"2026-01":${"9".repeat(1_000)}`), "CounterCountInvalid"],
      ["a text of two million letters", raw(`"${"x".repeat(2_000_000)}":1`), "CounterTooLarge"],
      ["a count below zero", raw('"2026-01":-1'), "CounterCountInvalid"],
      ["half a use", raw('"2026-01":0.5'), "CounterCountInvalid"],
      ["a count that is not exact", raw('"2026-01":9007199254740993'), "CounterCountInvalid"],
      ["a count as words", raw('"2026-01":"many"'), "CounterCountInvalid"],
      ["no count", raw('"2026-01":null'), "CounterCountInvalid"],
      ["a month that is none", raw('"2026-13":1'), "CounterMonthInvalid"],
      ["a month before the reporting period", raw('"2025-12":1'), "CounterMonthOutside"],
      ["totals without months", raw('"Total":1'), "CounterGranularity"],
      ["a name of JavaScript's as a metric", whole.replace(METRIC, "__proto__"), "CounterMetricUnknown"],
      ["another one", whole.replace(METRIC, "constructor"), "CounterMetricUnknown"],
      ["a name of JavaScript's as a month", raw('"__proto__":1'), "CounterMonthInvalid"],
      [
        "an item that is no object",
        whole.replace('"Report_Items":[', '"Report_Items":[7,'),
        "CounterItemInvalid",
      ],
      ["no platform", whole.replace('"Platform":"Sample Platform"', '"Platform":""'), "CounterItemInvalid"],
      [
        "half a letter in the platform",
        whole.replace('"Sample Platform","Attr', '"\\ud800","Attr'),
        "CounterItemInvalid",
      ],
      [
        "usage that is no list",
        whole.replace(/"Attribute_Performance":\[.*\]/, '"Attribute_Performance":7}]'),
        "CounterItemInvalid",
      ],
      ["an unknown report", whole.replace('"PR"', '"SAMPLE:X"'), "CounterReportUnknown"],
      ["an unknown release", whole.replace('"5.1"', '"6"'), "CounterRelease"],
      ["no moment", whole.replace("2026-04-02T08:00:00Z", "yesterday"), "CounterHeaderInvalid"],
      ["half a month", whole.replace("2026-03-31", "2026-03-15"), "CounterHeaderInvalid"],
      ["an end before the beginning", whole.replace("2026-03-31", "2025-03-31"), "CounterHeaderInvalid"],
      ["a century", whole.replace("2026-01-01", "1926-01-01"), "CounterHeaderInvalid"],
      ["no end", whole.replace('"End_Date"', '"Ende"'), "CounterHeaderMissing"],
    ] as const) {
      it(`refuses ${what}`, async () => {
        expect(await flawOf(text)).to.equal(code);
      });
    }

    it("never hands on what a stranger wrote", async () => {
      const text = JSON.stringify(counted(1)).replace(METRIC, "jane.doe@example.org");
      const error = await summed(text).catch((error: unknown) => error);
      expect(isConsortiaError(error, "CounterMetricUnknown"), String(error)).to.equal(true);
      expect(String(error)).not.to.include("jane");
    });

    it("reads the same whatever the pieces it comes in", async () => {
      const text = JSON.stringify(
        report51({ platform: "Zeitschriften für Ärzte 期刊", counts: { [METRIC]: { "2026-02": 7 } } }),
      );
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 700 }), async (size) => {
          const { usage } = await sumReport(readReport(pieces(text, size), "json"));
          expect(usage).to.deep.equal([
            { platform: "Zeitschriften für Ärzte 期刊", metric: METRIC, month: "2026-02", count: 7 },
          ]);
        }),
        { numRuns: 40 },
      );
    });

    it("fails with a code of its own wherever one byte is changed", async () => {
      const bytes = new TextEncoder().encode(whole);
      await fc.assert(
        fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (at, byte) => {
          const changed = Uint8Array.from(bytes, (one, index) => (index === at ? byte : one));
          const [stream] = [
            (async function* () {
              yield await Promise.resolve(changed);
            })(),
          ];
          const error = await sumReport(readReport(stream, "json")).then(
            () => undefined,
            (error: unknown) => error,
          );
          expect(
            error === undefined || (isConsortiaError(error) && error.code.startsWith("Counter")),
            String(error),
          ).to.equal(true);
        }),
        { numRuns: 300 },
      );
    });
  });

  describe("given the names of an object in any order", () => {
    it("keeps a few items until the header comes", async () => {
      const { Report_Header, Report_Items } = counted(4);
      expect((await summed({ Report_Items, Report_Header })).totals).to.deep.equal({
        [METRIC]: { "2026-01": 4 },
      });
    });

    it("does not keep items without end", async () => {
      const { Report_Header } = counted(4);
      const Report_Items = Array.from({ length: 1_001 }, () => item51({}));
      expect(await flawOf({ Report_Items, Report_Header })).to.equal("CounterHeaderMissing");
    });
  });

  describe("given release 5", () => {
    it("reads periods, and metrics that each have a period of their own", async () => {
      const { totals } = await summed(
        report5([period(...JANUARY, [METRIC, 3]), period(...JANUARY, ["Searches_Platform", "4"])]),
      );
      expect(totals).to.deep.equal({ [METRIC]: { "2026-01": 3 }, Searches_Platform: { "2026-01": 4 } });
    });

    for (const [what, performance, code] of [
      ["a month twice", [period(...JANUARY, [METRIC, 3]), period(...JANUARY, [METRIC, 4])], "CounterTwice"],
      [
        "a total that is not the sum",
        [period(...JANUARY, [METRIC, 3]), period(...QUARTER, [METRIC, 4])],
        "CounterTotalDiffers",
      ],
      ["a total without months", [period(...QUARTER, [METRIC, 4])], "CounterGranularity"],
      ["half a month", [period("2026-01-01", "2026-01-15", [METRIC, 4])], "CounterMonthInvalid"],
      ["two months in one", [period("2026-01-01", "2026-02-28", [METRIC, 4])], "CounterMonthInvalid"],
      ["no period", [{ Instance: [] }], "CounterItemInvalid"],
      ["no instances", [{ Period: { Begin_Date: JANUARY[0], End_Date: JANUARY[1] } }], "CounterItemInvalid"],
    ] as const) {
      it(`refuses ${what}`, async () => {
        expect(await flawOf(report5(performance))).to.equal(code);
      });
    }

    it("does not read the shape of the other release", async () => {
      const { Report_Header } = report5([]);
      expect(await flawOf({ Report_Header, Report_Items: counted(1)["Report_Items"] })).to.equal(
        "CounterItemInvalid",
      );
    });
  });

  describe("given a table", () => {
    const GOOD = `${METRIC}\t6\t1\t2\t3`;
    const OTHER = "Unique_Item_Requests\t6\t1\t2\t3";
    for (const [what, rows, columns, code] of [
      [
        "a total that is not the sum of its months",
        [`${METRIC}\t7\t1\t2\t3`],
        undefined,
        "CounterTotalDiffers",
      ],
      ["a count below zero", [`${METRIC}\t0\t-3\t0\t3`], undefined, "CounterCountInvalid"],
      ["thousands with a comma", [`${METRIC}\t1000\t1,000\t0\t0`], undefined, "CounterCountInvalid"],
      ["an unknown metric", ["Total_Chapter_Requests\t6\t1\t2\t3"], undefined, "CounterMetricUnknown"],
      ["a row twice", [GOOD, GOOD], undefined, "CounterTwice"],
      ["a row twice, with another between", [GOOD, OTHER, GOOD], undefined, "CounterTwice"],
      ["a row that is cut off", [METRIC], undefined, "CounterItemInvalid"],
      ["a row that is too long", [`${GOOD}\t4`], undefined, "CounterItemInvalid"],
      ["a column that is no month", [GOOD], "Jan-2026\tFeb-26\tMar-2026", "CounterColumnUnknown"],
      ["a month's column twice", [GOOD], "Jan-2026\tJan-2026\tMar-2026", "CounterColumnUnknown"],
      ["a month outside the reporting period", [GOOD], "Jan-2026\tFeb-2026\tApr-2026", "CounterMonthOutside"],
      ["totals without months", [`${METRIC}\t6`], "", "CounterGranularity"],
      ["a cell of a megabyte", [`${"x".repeat(1 << 20)}\t6\t1\t2\t3`], undefined, "CounterTooLarge"],
      ["a quotation that never ends", [`"${METRIC}\t6\t1\t2\t3`, GOOD], undefined, "CounterNotTable"],
    ] as const) {
      it(`refuses ${what}`, async () => {
        expect(await flawOf(table51(rows, columns), "tsv")).to.equal(code);
      });
    }

    for (const [what, text, code] of [
      ["no table", "", "CounterNotTable"],
      ["another table", "Loan\tDate\n1\t2\n", "CounterNotReport"],
      ["a report of release 4", "Journal Report 1 (R4)\tNumber of requests\n", "CounterRelease"],
      ["a header without its end", "Report_Name\tPlatform Report\nReport_ID\tPR\n", "CounterHeaderMissing"],
      [
        "a row of strangers in the header",
        table51([]).replace("Release\t5.1", "Anlass\t5.1"),
        "CounterHeaderInvalid",
      ],
      ["a header and nothing more", table51([]).split("Platform\t")[0] ?? "", "CounterColumnUnknown"],
    ] as const) {
      it(`refuses ${what}`, async () => {
        expect(await flawOf(text, "tsv")).to.equal(code);
      });
    }

    it("refuses bytes that are no UTF-8", async () => {
      const bytes = (async function* () {
        yield await Promise.resolve(
          Uint8Array.from([...new TextEncoder().encode(table51([])), 0xff, 0xfe, 0x0a]),
        );
      })();
      const error = await sumReport(readReport(bytes, "tsv")).catch((error: unknown) => error);
      expect(isConsortiaError(error, "CounterNotTable"), String(error)).to.equal(true);
    });

    it("reads quotation marks as spreadsheets and as people write them", async () => {
      const [sheet, plain] = [`"${METRIC}"\t6\t1\t"2"\t3`, `${METRIC}\t6\t1\t2\t3`];
      expect((await summed(table51([sheet]), "tsv")).totals).to.deep.equal(
        (await summed(table51([plain]), "tsv")).totals,
      );
      const named = table51([plain]).replace("Sample Platform\tJournal", '"Sample" Platform\tJournal');
      expect((await summed(named, "tsv")).platforms).to.deep.equal(['"Sample" Platform']);
    });

    it("takes an empty cell for no word and a zero for zero", async () => {
      const { totals, coverage } = await summed(table51([`${METRIC}\t1\t1\t0\t`]), "tsv");
      expect(totals).to.deep.equal({ [METRIC]: { "2026-01": 1, "2026-02": 0 } });
      expect(coverage).to.deep.include({ ready: ["2026-01", "2026-02"], notReady: ["2026-03"] });
    });

    it("does not take zeros for counts where the header says that the month is not ready", async () => {
      const exceptions = "3031: Usage Not Ready for Requested Dates (2026-03)";
      const { coverage } = await summed(table51([`${METRIC}\t1\t1\t0\t0`], undefined, exceptions), "tsv");
      expect(coverage).to.deep.include({ ready: ["2026-01", "2026-02"], notReady: ["2026-03"] });
    });

    it("does not take dates in a sentence for the months that are missing", async () => {
      const exceptions =
        "3031: Usage Not Ready for Requested Dates (asked for 2026-01-01 to 2026-03-31, available to 2026-02-28)";
      const { coverage } = await summed(table51([`${METRIC}\t3\t1\t2\t0`], undefined, exceptions), "tsv");
      expect(coverage).to.deep.include({ ready: ["2026-01", "2026-02"], notReady: ["2026-03"] });
    });
  });
});
