import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { runCli, type Ended, type Printed } from "../../../support/cli.ts";
import { report51, table51 } from "../../../support/counter.ts";
import { startServer, type ServerProcess } from "../../../support/servers/process.ts";

const ACCOUNT = { CONSORTIA_COUNTER_REQUESTOR: "req-1", CONSORTIA_COUNTER_API_KEY: "key-1" };
const requests = (counts: Record<string, number>) => ({ Total_Item_Requests: counts });

describe("import counter", () => {
  let folder: string;
  let server: ServerProcess;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "counter-"));
    server = await startServer(join(import.meta.dirname, "../../../support/servers/counter.ts"));
    const map = { agencies: { "Sample Platform": "ISIL:XA-P" }, services: { Total_Item_Requests: "e-use" } };
    await writeFile(join(folder, "map.json"), JSON.stringify(map));
  });
  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const run = (args: string[], env = {}) =>
    runCli(folder, ["import", "counter", ...args, "--map", "map.json", "--json"], env);
  const ask = (customer: string, args: string[]) =>
    run([`${server.url}/sushi`, ...args], { ...ACCOUNT, CONSORTIA_COUNTER_CUSTOMER: customer });

  function data({ json, stderr }: Ended): Printed {
    if (json === undefined) throw new Error(stderr);
    return json;
  }

  it("reads a folder, writes records, exceptions and the book, and names what it refused", async () => {
    await mkdir(join(folder, "reports"));
    const put = (name: string, text: string) => writeFile(join(folder, "reports", name), text);
    const exceptions = [{ Code: 3031, Message: "Not ready", Data: "2026-03" }];
    await put(
      "a.json",
      JSON.stringify(report51({ exceptions, counts: requests({ "2026-01": 4, "2026-02": 6 }) })),
    );
    await put("b.tsv", table51(["Total_Item_Requests\t9\t4\t6\t-1"]));
    const ended = await run(["reports"]);
    expect(ended.code, ended.stderr).to.equal(0);
    const found = data(ended);
    expect(found).to.deep.include({ records: 2, months: ["2026-01", "2026-02"], restated: [], noUsage: [] });
    expect(found["notReady"]).to.deep.equal([{ institution: "ISIL:XA-1", report: "PR", month: "2026-03" }]);
    expect(found["reasons"]).to.deep.equal({ CounterCountInvalid: 1, "not-ready": 1 });
    expect(found["refused"]).to.have.length(1);
    const drafts = JSON.parse(
      await readFile(join(folder, found["files"].drafts as string), "utf8"),
    ) as Printed;
    expect(drafts["drafts"]).to.have.length(2);
  });

  it("finds restated months by the book of the run before", async () => {
    const report = report51({
      created: "2026-05-01T00:00:00Z",
      counts: requests({ "2026-01": 5, "2026-02": 6, "2026-03": 1 }),
    });
    await writeFile(join(folder, "again.json"), JSON.stringify(report));
    const found = data(await run(["again.json"]));
    expect(found["restated"]).to.deep.equal([
      {
        platform: "Sample Platform",
        institution: "ISIL:XA-1",
        report: "PR",
        month: "2026-01",
        metric: "Total_Item_Requests",
        from: 4,
        to: 5,
      },
    ]);
    expect(found["notReady"]).to.deep.equal([]);
  });

  it("ends with an error where the only file is no report", async () => {
    const ended = await run(["map.json"]);
    expect(ended.code).not.to.equal(0);
    expect(ended.stdout + ended.stderr).to.include("CounterNotReport");
  });

  it("asks a service for the best report that it offers", async () => {
    const ended = await ask("plain", ["--from", "2026-01", "--to", "2026-02", "--usage", "asked.json"]);
    expect(data(ended), ended.stderr).to.deep.include({ records: 2, months: ["2026-01", "2026-02"] });
    expect(ended.stdout + ended.stderr).not.to.match(/key-1|req-1/);
  });

  it("asks for each member of a consortium and goes on where one is refused", async () => {
    const ended = await ask("plain", [
      "--from",
      "2026-01",
      "--to",
      "2026-01",
      "--members",
      "--usage",
      "members.json",
    ]);
    const found = data(ended);
    expect(found["records"]).to.equal(1);
    expect(found["refused"]).to.have.length(1);
    expect(found["refused"][0]).to.include({ file: "member 2 of 3", code: "CounterRefused" });
    expect(found["noUsage"]).to.deep.equal([{ report: "PR", month: "2026-01" }]);
    expect(ended.stdout + ended.stderr).not.to.match(/key-1|req-1|jane/);
  });

  it("sends no key to an address that others on the way can read", async () => {
    const span = ["--from", "2026-01", "--to", "2026-01"];
    const ended = await run(["http://sushi.example/api", ...span], {
      ...ACCOUNT,
      CONSORTIA_COUNTER_CUSTOMER: "1",
    });
    expect(data(ended)["error"]).to.include({ code: "AddressInsecure" });
    expect(JSON.stringify(ended.json) + ended.stderr).not.to.include("key-1");
  });

  it("says which account it needs, and why it was refused", async () => {
    const months = ["--from", "2026-01", "--to", "2026-01", "--report", "pr"];
    const [account, refused] = await Promise.all([
      run([`${server.url}/sushi`, ...months, "--usage", "none.json"]),
      ask("refused", [...months, "--usage", "none.json"]),
    ]);
    expect(account.stdout + account.stderr).to.include("CONSORTIA_COUNTER_CUSTOMER");
    expect(refused.stdout + refused.stderr)
      .to.include("2010")
      .and.not.to.match(/key-1|req-1|jane/);
    expect([account.code, refused.code]).not.to.include(0);
  });
});
