import { join } from "node:path";
import { expect } from "chai";
import { askReport } from "../../../../src/connectors/counter/client/ask.ts";
import { harvest, type HarvestOptions } from "../../../../src/connectors/counter/client/harvest.ts";
import { isActive, members, offered } from "../../../../src/connectors/counter/client/lists.ts";
import { serviceAt, type Service } from "../../../../src/connectors/counter/client/service.ts";
import type { ReportSum } from "../../../../src/connectors/counter/sum.ts";
import { isConsortiaError, type ConsortiaError } from "../../../../src/core/error.ts";
import { startServer, type ServerProcess } from "../../../support/servers/process.ts";

const MONTHS = ["2026-01", "2026-02", "2026-03"];

describe("COUNTER_SUSHI client", () => {
  let server: ServerProcess;
  let service: Service;
  const waits: number[] = [];
  const options: HarvestOptions = {
    first: 1,
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  };

  before(async () => {
    server = await startServer(join(import.meta.dirname, "../../../support/servers/counter.ts"));
    service = serviceAt(`${server.url}/sushi/`, "5.1");
  });
  after(() => server.stop());
  beforeEach(() => void waits.splice(0));

  const account = (customer: string) => ({ customer, requestor: "req-1", apiKey: "key-1" });
  const ask = (customer: string, months = MONTHS, more: HarvestOptions = {}) =>
    askReport(service, account(customer), { report: "PR", months }, { ...options, ...more });
  const totals = (sum: ReportSum) => sum.totals["Total_Item_Requests"];

  async function refused(asking: Promise<unknown>): Promise<ConsortiaError> {
    const error = await asking.then(
      () => undefined,
      (error: unknown) => error,
    );
    if (isConsortiaError(error)) return error;
    throw new Error(`not refused: ${String(error)}`);
  }

  async function all(customer: string, more: HarvestOptions = {}): Promise<ReportSum[]> {
    const sums = [];
    const question = { report: "PR", months: MONTHS };
    for await (const sum of harvest(service, account(customer), question, { ...options, ...more }))
      sums.push(sum);
    return sums;
  }

  const askedPaths = async () => (await (await fetch(`${server.url}/sushi/asked`)).json()) as string[];

  describe("given an answer", () => {
    it("reads the report and names every month ready", async () => {
      const sum = await ask("plain");
      expect(totals(sum)).to.deep.equal({ "2026-01": 10, "2026-02": 10, "2026-03": 10 });
      expect(sum.coverage.ready).to.deep.equal(MONTHS);
      expect(waits).to.deep.equal([]);
    });

    it("asks for whole months, under the release's part of the path", async () => {
      await askedPaths();
      await ask("plain", ["2026-02"]);
      await askReport(serviceAt(`${server.url}/sushi/r51`, "5.1"), account("plain"), {
        report: "PR",
        months: MONTHS,
      });
      expect(await askedPaths()).to.deep.equal([
        "/r51/reports/pr?2026-02-01..2026-02-28",
        "/r51/reports/pr?2026-01-01..2026-03-31",
      ]);
    });

    it("asks a service of release 5 without a part of the path for it", async () => {
      await askedPaths();
      const asking = askReport(serviceAt(`${server.url}/sushi`, "5"), account("plain"), {
        report: "TR_J1",
        months: MONTHS,
      });
      expect(await refused(asking)).to.have.property("code", "CounterAnswer");
      expect(await askedPaths()).to.deep.equal(["/reports/tr_j1?2026-01-01..2026-03-31"]);
    });

    it("asks anew where the report breaks off", async () => {
      expect(totals(await ask("broken"))).to.have.property("2026-03", 10);
      expect(waits).to.have.length(1);
    });

    for (const [customer, words] of [
      ["other", "answered TR instead of PR"],
      ["early", "for months that were not asked for"],
      ["missing", "answered 404 without an exception"],
    ] as const) {
      it(`does not take another report for it: ${words}`, async () => {
        const error = await refused(ask(customer));
        expect(error).to.include({ code: "CounterAnswer", retryable: false });
        expect(error.message).to.include(words);
      });
    }

    it("tells a page for people from a report", async () => {
      expect(await refused(ask("page"))).to.have.property("code", "CounterNotJson");
    });
  });

  describe("given a report that is not there yet", () => {
    for (const customer of ["queued", "hasty"]) {
      it(`waits longer each time: ${customer}`, async () => {
        expect(totals(await ask(customer))).to.have.property("2026-01", 10);
        expect(waits).to.have.length(2);
        expect(waits[1]).to.be.greaterThan(waits[0] ?? Infinity);
      });
    }

    it("ends after its patience, and says that asking again later may help", async () => {
      const error = await refused(ask("forever", MONTHS, { polls: 4 }));
      expect(error).to.include({ code: "CounterQueued", retryable: true });
      expect(waits).to.have.length(3);
    });

    it("comes back to a server that is overrun", async () => {
      expect(totals(await ask("busy"))).to.have.property("2026-01", 10);
      expect(waits).to.deep.equal([0, waits[1]]);
    });
  });

  describe("given exceptions", () => {
    it("takes a partial report for partial, and the complete one after it for ready", async () => {
      const first = await ask("mending");
      expect(first.coverage).to.deep.include({ partial: MONTHS, ready: [] });
      const second = await ask("mending");
      expect(second.coverage).to.deep.include({ partial: [], ready: MONTHS });
    });

    it("knows that a month beyond the report's end is not ready", async () => {
      const { coverage } = await ask("shortened");
      expect(coverage).to.deep.include({ ready: ["2026-01", "2026-02"], notReady: ["2026-03"], noUsage: [] });
    });

    it("asks month by month where a span is refused for one of them", async () => {
      await askedPaths();
      const told: number[] = [];
      const sums = await all("undivided", { progress: (done) => told.push(done) });
      expect(sums.map(({ coverage }) => coverage.ready)).to.deep.equal([["2026-01"], ["2026-02"], []]);
      expect(sums[2]?.coverage.notReady).to.deep.equal(["2026-03"]);
      expect(await askedPaths()).to.have.length(4);
      expect(told).to.deep.equal([1, 2, 3]);
    });

    it("asks for as many months at once as it is told", async () => {
      expect((await all("plain", { monthsAtOnce: 2 })).map(({ months }) => months)).to.deep.equal([
        ["2026-01", "2026-02"],
        ["2026-03"],
      ]);
    });

    it("takes no usage for zero and what is no longer kept for unknown", async () => {
      expect((await ask("none")).coverage).to.deep.include({ noUsage: MONTHS, notReady: [] });
      expect((await ask("expired")).coverage).to.deep.include({ expired: MONTHS, noUsage: [] });
    });

    it("says why it is refused, without the account, the key or the server's own words", async () => {
      const errors = [
        await refused(ask("refused")),
        await refused(
          askReport(
            service,
            { customer: "plain", requestor: "req-1", apiKey: "wrong-key" },
            { report: "PR", months: MONTHS },
            options,
          ),
        ),
        await refused(
          askReport(
            service,
            { customer: "plain", requestor: "somebody" },
            { report: "PR", months: MONTHS },
            options,
          ),
        ),
        await refused(members(service, { customer: "plain", requestor: "somebody" }, options)),
      ];
      expect(errors.map(({ code, values }) => [code, values["codes"]])).to.deep.equal([
        ["CounterRefused", [2010]],
        ["CounterRefused", [2020]],
        ["CounterRefused", [2000]],
        ["CounterRefused", [2000]],
      ]);
      for (const error of errors) {
        const said = `${error.message} ${error.stack ?? ""} ${JSON.stringify(error.values)} ${String(error.cause)}`;
        expect(said).not.to.match(/wrong-key|key-1|req-1|somebody|jane|api_key|customer_id/);
      }
    });

    it("keeps the account out of what is said about a server that is away", async () => {
      const away = serviceAt("http://127.0.0.1:9/sushi", "5.1");
      const error = await refused(
        askReport(away, account("plain"), { report: "PR", months: MONTHS }, { ...options, attempts: 2 }),
      );
      expect(error).to.include({ code: "ServerUnavailable", retryable: true });
      expect(`${error.message} ${error.stack ?? ""}`).not.to.match(/key-1|req-1|customer_id/);
      expect(() => serviceAt("https://me:secret@sushi.example", "5"))
        .to.throw()
        .with.property("code", "AddressInvalid");
    });
  });

  describe("given lists", () => {
    it("knows whether the service answers, what it offers and whose accounts a consortium holds", async () => {
      expect(await isActive(service, options)).to.equal(true);
      expect(await offered(service, account("plain"), options)).to.deep.equal(["IR", "TR", "PR", "CUSTOM:X"]);
      expect(
        (await members(service, account("plain"), options)).map(({ customer }) => customer),
      ).to.deep.equal(["plain", "refused", "none"]);
    });
  });
});
