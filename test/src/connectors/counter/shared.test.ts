import { expect } from "chai";
import { isConsortiaError } from "../../../../src/core/error.ts";
import type { ReportKind } from "../../../../src/connectors/counter/report.ts";
import type { ReportSum } from "../../../../src/connectors/counter/sum.ts";
import { summed } from "../../../support/counter.ts";
import { needs, sharedFiles } from "../../../support/shared-files.ts";

const folders = ["counter-r5", "counter-r51", "counter-months"] as const;
const shared = folders.map((folder) => ({ folder, files: sharedFiles(folder) }));

/** By the last part of a name; the folder tells those of one name apart. */
function content(name: string): string {
  const found = shared.flatMap(({ files }) => files ?? []).find((file) => file.name.endsWith(name));
  if (found === undefined) throw new Error(`there is no file ${name}`);
  return found.content;
}

const kindOf = (name: string) => name.split(".").at(-1) as ReportKind;
const read = (name: string) => summed(content(name), kindOf(name));

function inAll({ totals }: ReportSum): Record<string, number> {
  const sum = (months: Record<string, number>) =>
    Object.values(months).reduce((one, other) => one + other, 0);
  return Object.fromEntries(Object.entries(totals).map(([metric, months]) => [metric, sum(months)]));
}

async function outcome(name: string, text: string): Promise<string> {
  try {
    const { exceptions } = await summed(text, kindOf(name));
    return ["read", ...exceptions.map(({ code }) => String(code))].join(" ");
  } catch (error) {
    return isConsortiaError(error) ? error.code : String(error);
  }
}

describe("COUNTER files that others wrote", () => {
  before(needs(shared.every(({ files }) => files !== undefined) ? shared : undefined, "counter-*"));

  it("are read, or refused for a reason that is known", async () => {
    const outcomes: Record<string, number> = {};
    for (const { name, content: text } of shared.flatMap(({ files }) => files ?? [])) {
      const one = await outcome(name, text);
      outcomes[one] = (outcomes[one] ?? 0) + 1;
    }
    expect(outcomes).to.deep.equal({
      read: 123,
      "read 1030": 1,
      "read 2010": 1,
      "read 2020": 2,
      "read 3030": 36,
      "read 3031": 1,
      "read 3032": 48,
      CounterHeaderMissing: 1,
      CounterItemInvalid: 3,
      CounterMetricUnknown: 1,
      CounterNotReport: 15,
      CounterRelease: 12,
    });
  });

  for (const [name, code, words] of [
    ["SampleReportInvalidMetricType.json", "CounterMetricUnknown", "Total_Chapter_Request"],
    ["SampleReportMissingHeader.json", "CounterHeaderMissing", "no Report_Header"],
    ["SampleReportMissingItems.json", "CounterItemInvalid", "no list of Report_Items"],
    ["SampleReportNull.json", "CounterNotReport", "empty"],
    ["TR_invalid.json", "CounterItemInvalid", "names a Database, which no TR lists"],
    ["DR_sample_r51_invalid_data.json", "CounterItemInvalid", "names no Database"],
    ["R4-JR1-2019-01.json", "CounterRelease", '"4"'],
    ["R4-JR1-2019-05.json", "CounterRelease", '"4"'],
    ["COUNTER_API.json", "CounterNotReport", "the description of an API"],
    ["validation_results__errors.json", "CounterNotReport", "the result of a validation"],
    ["platform1.json", "CounterNotReport", "the registry's list of platforms"],
    ["erroravailablereports.json", "CounterNotReport", "a list of the reports that a service offers"],
    ["cost-per-use-report.json", "CounterNotReport", "an evaluation of usage by another program"],
    [
      "21f2d1ed-76fe-4ecc-b939-83209f3de125.json",
      "CounterNotReport",
      "description of a COUNTER_SUSHI service",
    ],
  ] as const) {
    it(`refuses ${name}: ${words}`, async () => {
      const error = await read(name).catch((error: unknown) => error);
      expect(isConsortiaError(error, code), String(error)).to.equal(true);
      expect(String(error)).to.include(words);
    });
  }

  for (const view of "PR PRP1 DR DRD1 DRD2 TR TRB1 TRB2 TRB3 TRJ1 TRJ2 TRJ3 TRJ4 IR IRA1 IRM1".split(" ")) {
    it(`finds the same counts in the standard's ${view} as JSON and as a table`, async () => {
      const json = await read(`cop5__source___static__report__${view}_sample_r51.json`);
      const table = await read(`cop5__source___static__report__${view}_sample_r51.tsv`);
      expect(table.totals).to.deep.equal(json.totals);
      expect(json.report?.replace("_", "")).to.equal(view);
      expect(json.months).to.have.length(12);
      expect(json.coverage.ready).to.deep.equal(json.months);
    });
  }

  it("finds the same counts in a report of release 5 as JSON, tabs and commas", async () => {
    const [json, tsv, csv] = await Promise.all(
      ["json", "tsv", "csv"].map((kind) => read(`50-Sample-TR.${kind}`)),
    );
    expect(csv?.totals).to.deep.equal(tsv?.totals);
    expect(inAll(tsv as ReportSum)).to.deep.equal(inAll(json as ReportSum));
    expect(inAll(json as ReportSum)).to.include({ Total_Item_Requests: 53, Unique_Title_Requests: 5 });
    expect(tsv?.totals["Unique_Title_Requests"], "tables write zeros").to.have.property("2016-01", 0);
    expect(json?.totals["Unique_Title_Requests"]).not.to.have.property("2016-01");
  });

  it("counts once what stands in several reports: a platform's items are those of its item report", async () => {
    const [platform, titles, items, databases] = await Promise.all(
      ["PR", "TR", "IR", "DR"].map((id) => read(`report__${id}_sample_r51.json`)),
    );
    const of = (sum: ReportSum | undefined, metric: string) => inAll(sum as ReportSum)[metric];
    expect(of(platform, "Total_Item_Requests"))
      .to.equal(512_553)
      .and.to.equal(of(items, "Total_Item_Requests"));
    expect(of(platform, "Unique_Title_Requests")).to.equal(of(titles, "Unique_Title_Requests"));
    expect(of(titles, "Total_Item_Requests")).to.equal(255_023);
    expect(of(databases, "Total_Item_Requests")).to.equal(277_080);
  });

  it("reads counts written as text and a total over the whole period without counting it", async () => {
    const { totals } = await read("hwire_pr.json");
    expect(totals["Total_Item_Requests"]).to.deep.equal({ "2018-10": 7341, "2018-11": 8547 });
  });

  it("reads three months of a publisher to the last item", async () => {
    const months = await Promise.all(["01", "02", "03"].map((month) => read(`karger_tr_2021-${month}.json`)));
    expect(months.map(({ items }) => items)).to.deep.equal([452, 435, 501]);
    expect(months.map((one) => inAll(one)["Total_Item_Requests"])).to.deep.equal([831, 713, 779]);
    expect((await read("standardviews__tr_j1.json")).totals["Total_Item_Requests"]).to.have.keys(
      "2021-01",
      "2021-02",
      "2021-03",
    );
  });

  it("tells a month without usage from one that is no longer kept, not ready, silent or refused", async () => {
    const [none, expired, waiting, silent, refused] = await Promise.all(
      [
        "R5-DR-2022-04.json",
        "R51-DR-2021-01.json",
        "TR_with_exception.json",
        "dr_with_empty_months.json",
        "SampleReportExceptionError.json",
      ].map(read),
    );
    expect(none?.coverage.noUsage).to.deep.equal(["2022-04"]);
    expect(expired?.coverage.expired).to.deep.equal(["2021-01"]);
    expect(waiting?.coverage.notReady).to.deep.equal(["2022-01", "2022-02", "2022-03"]);
    const { ready, noUsage, notReady } = silent?.coverage ?? {};
    expect([ready, noUsage, notReady]).to.deep.equal([["2021-02"], ["2021-01"], ["2021-03"]]);
    expect(refused?.coverage.refused).to.deep.equal(["2018-10"]);
  });
});
