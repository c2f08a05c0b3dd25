import { expect } from "chai";
import { bookText, type UsageBook } from "../../../../src/connectors/counter/book.ts";
import { UsageGatherer, type UsageGathering } from "../../../../src/connectors/counter/gather.ts";
import { readMapping } from "../../../../src/connectors/mapping.ts";
import { isConsortiaError } from "../../../../src/core/error.ts";
import { item51, report51, summed, type Made } from "../../../support/counter.ts";

const mapping = readMapping({
  agencies: { "Sample Platform": "ISIL:XA-P", "Second Platform": "COMMONS", "sample:77": "ISIL:XA-7" },
  services: { Total_Item_Requests: "e-use", Searches_Platform: "search" },
});

const requests = (counts: Record<string, number>) => ({ Total_Item_Requests: counts });

/** Takes reports in their order, into an empty book or the one that is given. */
async function gathered(reports: readonly (Made | Record<string, unknown>)[], book: UsageBook = new Map()) {
  const gatherer = new UsageGatherer(book, mapping);
  for (const one of reports) {
    gatherer.take(await summed("Report_Header" in one || "Code" in one ? one : report51(one)));
  }
  return gatherer.finish();
}

const short = ({ drafts }: UsageGathering) =>
  drafts.map(({ request, quantity }) => `${request.replace("counter:Total_Item_Requests:", "")} ${quantity}`);
const reasons = ({ omissions }: UsageGathering) =>
  omissions.map(({ reason, request }) => `${reason} ${request}`);

describe("COUNTER usage as records", () => {
  it("makes one for each platform, mapped metric and month, with a request that two reports share", async () => {
    const { drafts, omissions, months } = await gathered([
      {
        counts: {
          ...requests({ "2026-01": 3, "2026-02": 0, "2026-03": 5 }),
          Searches_Platform: { "2026-03": 9 },
        },
      },
    ]);
    expect(drafts.find(({ quantity }) => quantity === 3)).to.deep.equal({
      supplier: "ISIL:XA-P",
      consumer: "ISIL:XA-1",
      request: "counter:Total_Item_Requests:2026-01:Sample Platform",
      service: "e-use",
      quantity: 3,
      completedAt: Date.UTC(2026, 1, 1) / 1000 - 1,
      details: {
        report: "PR",
        release: "5.1",
        platform: "Sample Platform",
        metric: "Total_Item_Requests",
        month: "2026-01",
      },
    });
    expect(drafts.map(({ service, quantity }) => [service, quantity])).to.have.deep.members([
      ["search", 9],
      ["e-use", 3],
      ["e-use", 5],
    ]);
    expect(omissions).to.deep.equal([]);
    expect(months).to.deep.equal(["2026-01", "2026-02", "2026-03"]);
  });

  it("takes a platform of the common good for a supplier", async () => {
    const { drafts } = await gathered([{ platform: "Second Platform", counts: requests({ "2026-01": 1 }) }]);
    expect(drafts.map(({ supplier }) => supplier)).to.deep.equal(["CONSORTIUM:COMMONS"]);
  });

  describe("given an institution", () => {
    for (const [what, institution, consumer] of [
      ["by its ISIL", { ISIL: ["XA-1"], Proprietary: ["sample:77"] }, "ISIL:XA-1"],
      ["by what the mapping knows", { Proprietary: ["sample:77"] }, "ISIL:XA-7"],
      [
        "by the mapping where the ISIL is none",
        { ISIL: ["no ISIL at all"], Proprietary: ["sample:77"] },
        "ISIL:XA-7",
      ],
    ] as const) {
      it(`knows it ${what}`, async () => {
        const { drafts } = await gathered([{ institution, counts: requests({ "2026-01": 1 }) }]);
        expect(drafts.map((draft) => draft.consumer)).to.deep.equal([consumer]);
      });
    }

    it("says whose usage it could not place, by its name and never by its account", async () => {
      const institution = { Proprietary: ["sample:secret-account"] };
      const one = await gathered([{ institution, end: "2026-01-31", counts: requests({ "2026-01": 1 }) }]);
      expect(reasons(one)).to.deep.equal(["unknown-institution counter:PR"]);
      expect(one.omissions[0]?.sentence).to.include('"Sample Library"');
      const named = report51({ institution, counts: requests({ "2026-01": 1 }) });
      Object.assign(named["Report_Header"] as object, { Institution_Name: "secret-account" });
      expect(JSON.stringify((await gathered([named])).omissions)).not.to.include("secret-account");
    });
  });

  it("says once what stands for nothing, whatever the number of rows", async () => {
    const items = [1, 2, 3].map(() =>
      item51(
        { Unique_Item_Requests: { "2026-01": 2, "2026-02": 2 }, Total_Item_Requests: { "2026-01": 2 } },
        "Unknown",
      ),
    );
    const one = await gathered([{ ...report51({ end: "2026-02-28" }), Report_Items: items }]);
    expect(one.drafts).to.deep.equal([]);
    expect(reasons(one)).to.deep.equal([
      "metric-not-mapped counter:Unique_Item_Requests",
      "unknown-platform counter:Unknown",
    ]);
  });

  describe("given several reports of one platform", () => {
    const title = (counts: Record<string, number>, more: Made = {}) => {
      const made = report51({ id: "TR", ...more });
      return { ...made, Report_Items: [{ Title: "A Title", ...item51(requests(counts)) }] };
    };

    it("counts the platform's own, in whatever order they come, and says which it left out", async () => {
      const platform = { counts: requests({ "2026-01": 10, "2026-02": 20, "2026-03": 30 }) };
      const titles = title({ "2026-01": 4, "2026-02": 4, "2026-03": 4 });
      for (const order of [
        [platform, titles],
        [titles, platform],
      ]) {
        const one = await gathered(order);
        expect(short(one)).to.deep.equal([
          "2026-01:Sample Platform 10",
          "2026-02:Sample Platform 20",
          "2026-03:Sample Platform 30",
        ]);
        expect(reasons(one)).to.deep.equal(["other-report counter:TR:Sample Platform"]);
      }
    });

    it("bills under the same request what was first known from another report", async () => {
      const before = await gathered([title({ "2026-01": 4 }, { end: "2026-01-31" })]);
      const after = await gathered([{ end: "2026-01-31", counts: requests({ "2026-01": 10 }) }], before.book);
      expect(after.drafts.map(({ request }) => request)).to.deep.equal(
        before.drafts.map(({ request }) => request),
      );
    });

    it("counts a whole report before a filtered one", async () => {
      const filtered = report51({ counts: requests({ "2026-01": 99 }), end: "2026-01-31" });
      Object.assign((filtered["Report_Header"] as { Report_Filters: object }).Report_Filters, {
        Data_Type: ["Book"],
      });
      const one = await gathered([filtered, { counts: requests({ "2026-01": 100 }), end: "2026-01-31" }]);
      expect(short(one)).to.deep.equal(["2026-01:Sample Platform 100"]);
      expect(reasons(one)).to.deep.equal(["other-report counter:PR[Data_Type]:Sample Platform"]);
    });
  });

  describe("given a report that is made anew", () => {
    const january = (count: number, created: string): Made => ({
      created,
      end: "2026-01-31",
      counts: requests({ "2026-01": count }),
    });

    it("replaces a month by its later version and says from what to what", async () => {
      const first = await gathered([january(3, "2026-02-02T08:00:00Z")]);
      const second = await gathered([january(5, "2026-03-02T08:00:00+01:00")], first.book);
      expect(short(second)).to.deep.equal(["2026-01:Sample Platform 5"]);
      expect(second.restated).to.deep.equal([
        {
          platform: "Sample Platform",
          institution: "ISIL:XA-1",
          report: "PR",
          month: "2026-01",
          metric: "Total_Item_Requests",
          from: 3,
          to: 5,
        },
      ]);
    });

    it("passes over an earlier version", async () => {
      const first = await gathered([january(5, "2026-03-02T08:00:00Z")]);
      const second = await gathered([january(3, "2026-02-02T08:00:00Z")], first.book);
      expect(short(second)).to.deep.equal(["2026-01:Sample Platform 5"]);
      expect([second.restated, second.conflicts]).to.deep.equal([[], []]);
    });

    it("says nothing of the same report twice", async () => {
      const one = await gathered([january(5, "2026-03-02T08:00:00Z"), january(5, "2026-03-02T08:00:00Z")]);
      expect(short(one)).to.deep.equal(["2026-01:Sample Platform 5"]);
      expect([one.restated, one.conflicts, one.omissions]).to.deep.equal([[], [], []]);
    });

    it("bills neither of two that say otherwise at the same moment", async () => {
      const one = await gathered([january(5, "2026-03-02T08:00:00Z"), january(6, "2026-03-02T08:00:00Z")]);
      expect(one.drafts).to.deep.equal([]);
      expect(one.conflicts.map(({ from, to }) => [from, to])).to.deep.equal([[5, 6]]);
      expect(reasons(one)).to.deep.equal(["conflict counter:Total_Item_Requests:2026-01:Sample Platform"]);
    });

    it("takes usage back where the later version has none", async () => {
      const first = await gathered([january(5, "2026-02-02T08:00:00Z")]);
      const none = {
        created: "2026-03-02T08:00:00Z",
        end: "2026-01-31",
        exceptions: [{ Code: 3030, Message: "No" }],
      };
      const second = await gathered([none], first.book);
      expect(second.drafts).to.deep.equal([]);
      expect(second.restated.map(({ from, to }) => [from, to])).to.deep.equal([[5, 0]]);
      expect(second.noUsage).to.deep.equal([{ institution: "ISIL:XA-1", report: "PR", month: "2026-01" }]);
    });

    it("keeps what was counted where the month is suddenly not ready", async () => {
      const first = await gathered([january(5, "2026-02-02T08:00:00Z")]);
      const waiting = {
        created: "2026-03-02T08:00:00Z",
        end: "2026-01-31",
        exceptions: [{ Code: 3031, Message: "No" }],
      };
      const second = await gathered([waiting], first.book);
      expect(second.book).to.deep.equal(first.book);
      expect(second.notReady).to.deep.equal([]);
    });
  });

  describe("given months without final counts", () => {
    it("makes no record and no zero of them, and says why", async () => {
      const exceptions = [
        { Code: 3031, Message: "No", Data: "2026-03" },
        { Code: 3040, Message: "No", Data: "2026-02" },
      ];
      const one = await gathered([
        { exceptions, counts: requests({ "2026-01": 1, "2026-02": 2, "2026-03": 3 }) },
      ]);
      expect(short(one)).to.deep.equal(["2026-01:Sample Platform 1"]);
      expect(reasons(one)).to.deep.equal(["partial counter:PR:2026-02", "not-ready counter:PR:2026-03"]);
      expect(JSON.parse(bookText(one.book)))
        .to.have.nested.property("reports[0].months")
        .with.keys(["2026-01"]);
    });

    it("makes them once they are there", async () => {
      const exceptions = [{ Code: 3031, Message: "No", Data: "2026-03" }];
      const first = await gathered([{ exceptions, counts: requests({ "2026-01": 1, "2026-02": 2 }) }]);
      const whole = {
        created: "2026-05-02T08:00:00Z",
        counts: requests({ "2026-01": 1, "2026-02": 2, "2026-03": 3 }),
      };
      const second = await gathered([whole], first.book);
      expect(short(second)).to.include("2026-03:Sample Platform 3");
      expect([second.notReady, second.restated]).to.deep.equal([[], []]);
    });

    it("leaves out what lies before the ledger or beyond one record", async () => {
      const old = report51({ begin: "2019-12-01", end: "2019-12-31", counts: requests({ "2019-12": 1 }) });
      const big = report51({ end: "2026-01-31", counts: requests({ "2026-01": 2 ** 40 }) });
      const one = await gathered([old, big]);
      expect(one.drafts).to.deep.equal([]);
      expect(reasons(one).map((text) => text.split(" ")[0])).to.deep.equal([
        "month-before-ledger",
        "too-many",
      ]);
    });
  });

  it("carries no person, address or card number of a hostile report", async () => {
    const hostile = report51({
      counts: requests({ "2026-01": 1 }),
      exceptions: [{ Code: 3031, Message: "Jane Doe jane@example.org", Data: "card 2026-02 21234000567" }],
    });
    Object.assign(hostile["Report_Header"] as object, {
      Created_By: "jane@example.org",
      Customer_ID: "21234000567",
      Reader: "Jane Doe",
    });
    const items = hostile["Report_Items"] as object[];
    Object.assign(items[0] ?? {}, { User: "Jane Doe", Barcode: "21234000567" });
    const one = await gathered([hostile]);
    expect(one.drafts).to.have.length(1);
    expect(JSON.stringify([one.drafts, one.omissions, one.restated]) + bookText(one.book)).not.to.match(
      /jane|21234000567/i,
    );
    const platform = await gathered([
      { platform: "jane@example.org", counts: requests({ "2026-01": 1 }) },
    ]).catch((error: unknown) => error);
    expect(isConsortiaError(platform, "CounterItemInvalid")).to.equal(true);
    expect(String(platform)).not.to.include("jane");
  });
});
