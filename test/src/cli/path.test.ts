import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { startEmbeddedChain, type EmbeddedChain } from "../../../src/cli/network/chain.ts";
import { runCli, type Ended } from "../../support/cli.ts";

const MONTH = resolve(import.meta.dirname, "../../../examples/month/messages");
const SUPPLIER = "XA-NHU";
const CONSUMER = "XA-KEP";

/** One consortium, from its chain to its payout, by nothing but the command line. */
describe("the command line, from application to payout", () => {
  let chain: EmbeddedChain;
  let folder: string;

  /** Runs a command as the n-th account; fails the test where it does not end with `code`. */
  async function consortia(
    words: string,
    key = 0,
    code = 0,
    extra: Record<string, string> = {},
  ): Promise<Ended> {
    const env = { CONSORTIA_RPC_URL: chain.url, CONSORTIA_KEY: chain.accounts[key]!.privateKey, ...extra };
    const ended = await runCli(folder, [...words.split(" "), "--json"], env);
    expect(ended.code, `${words}\n${ended.stdout}${ended.stderr}`).to.equal(code);
    expect(ended.json, `${words} prints one JSON object`).to.be.an("object");
    return ended;
  }
  const answer = async (words: string, key = 0, code = 0) => (await consortia(words, key, code)).json!;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "consortia-cli-"));
    chain = await startEmbeddedChain({ timestamp: Date.UTC(2026, 8, 2) / 1000, accounts: 6 });
    await cp(join(MONTH, CONSUMER), join(folder, "messages"), { recursive: true });
    await writeFile(join(folder, "messages", "broken.xml"), "<ISO18626Message>");
  });
  after(async () => {
    await chain.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("deploys, publishes prices and opens October", async () => {
    expect(await answer("network deploy")).to.include({ chainId: 31337, file: ".consortia/31337.json" });
    expect(await answer("schedule draft")).to.include({ version: 1, prices: 9 });
    await answer("schedule publish 1 --from 2026-10");
    await answer("network time 2026-10-31");
    expect(await answer("period show")).to.include({ open: "2026-09", closeDue: true });
    expect(await answer("keeper run --once"))
      .to.have.property("done")
      .with.length(1);
    expect((await answer("schedule show"))["prices"]).to.have.length(9);
  });

  it("admits two members and lets one deposit", async () => {
    expect(await answer(`member apply ${SUPPLIER}`, 1)).to.include({ member: 3 });
    expect(await answer(`member apply ${CONSUMER} --tier 2`, 2)).to.include({ member: 4 });
    await answer("member admit 3", 1, 1);
    for (const member of [3, 4]) await answer(`member admit ${member}`);
    await answer(`account deposit ${CONSUMER} 300.00 --issue`);
    expect(await answer(`account show ${CONSUMER}`)).to.include({ cash: "300.00", room: "300.00" });
    expect((await answer("member list"))["members"].map((one: { isil: string }) => one.isil)).to.deep.equal([
      SUPPLIER,
      CONSUMER,
    ]);
  });

  it("imports messages, lists the broken one and leaves readers' data outside", async () => {
    const found = await answer("import iso18626 messages");
    expect(found["refused"]).to.have.length(1);
    expect(found["refused"][0]).to.include({ file: "broken.xml" });
    expect(found["drafts"]).to.be.greaterThan(5);
    expect(Number(found["drafts"]) + Number(found["exceptions"])).to.be.at.least(found["exchanges"]);
    const csv = await readFile(join(folder, ".consortia/exceptions.csv"), "utf8");
    expect(csv).to.contain("broken.xml");
  });

  it("builds statements, and builds none of it twice, though several files bring it", async () => {
    const built = await answer("statement build");
    const reasons = built["reasons"] as Record<string, number>;
    expect(built["statements"]).to.have.length(1);
    expect(built["statements"][0]).to.include({ supplier: 3, consumer: 4, number: 1, period: "2026-10" });
    expect(reasons).to.have.property("unknown-agency");
    const again = await answer("statement build .consortia/drafts.json .consortia/drafts.json");
    expect(again["statements"]).to.deep.equal([]);
    expect(again["reasons"]["already-billed"]).to.equal(2 * built["statements"][0].records);
  });

  it("has it countersigned by the consumer alone, after recomputing it", async () => {
    expect(await answer("statement verify")).to.include({ ok: true, signed: false });
    const refused = await answer("statement countersign .consortia/statements/3-1.json", 1, 1);
    expect(refused["error"].code).to.equal("RightMissing");
    expect(await answer("statement countersign", 2)).to.include({ signed: 1 });
    expect(await answer("statement verify")).to.include({ ok: true, signed: true });
  });

  it("does not sign or pass a statement that was tampered with", async () => {
    const file = join(folder, "tampered.json");
    const text = await readFile(join(folder, ".consortia/statements/3-1.json"), "utf8");
    await writeFile(
      file,
      text.replace(/"quantity": (\d+)/, (_, count) => `"quantity": ${Number(count) + 1}`),
    );
    expect(await answer("statement verify tampered.json", 0, 1)).to.include({ ok: false });
    expect((await answer("statement countersign tampered.json", 2, 1))["statements"][0].outcome).to.equal(
      "refused",
    );
    await writeFile(file, text.slice(0, 80));
    expect((await answer("statement verify tampered.json", 0, 1))["error"].code).to.equal("FileNotJson");
    await writeFile(file, text.replace(/"root": "0x../, '"root": "0x'));
    expect((await answer("statement verify tampered.json", 0, 1))["error"].code).to.equal(
      "StatementFileInvalid",
    );
  });

  it("posts it through a relayer with the supplier's order, and only once", async () => {
    const relayer = { CONSORTIA_RELAYER_KEY: chain.accounts[5]!.privateKey };
    const wrong = await consortia("statement post --relay", 2, 1, relayer);
    expect(wrong.json?.["error"].code).to.equal("LedgerBatchUnsigned");
    const { json } = await consortia("statement post --relay", 1, 0, relayer);
    expect(json?.["posted"]).to.have.length(1);
    expect((await answer("statement post", 1))["postedBefore"]).to.have.length(1);
    const account = await answer("account show 3");
    expect(Number(account["position"])).to.be.greaterThan(0);
    expect(account["free"]).to.equal("0.00");
  });

  it("closes the month and pays out what was earned, after its notice", async () => {
    const early = await answer("period close", 3, 3);
    expect(early["error"]).to.include({ code: "LedgerPeriodOpen", retryable: true });
    await answer("network time 2026-11-02");
    expect(await answer("period close", 3)).to.include({ closed: "2026-10" });
    const { cash } = await answer("account show 3");
    await answer(`account announce 3 ${cash}`, 2, 1);
    await answer(`account announce 3 ${cash}`, 1);
    expect((await answer("account withdraw 3", 3, 3))["error"].code).to.equal("LedgerTooEarly");
    await answer("network time 2026-11-10");
    await answer("account withdraw 3", 3);
    expect(await answer("account show 3")).to.include({ cash: "0.00" });
  });

  it("reports the month from the chain's log and the bundles", async () => {
    expect((await answer("report month 2026-11", 0, 3))["error"].code).to.equal("MonthNotClosed");
    const report = await answer("report month 2026-10");
    expect(report).to.include({
      statements: 1,
      invariants: "held",
      deposits: "300.00",
      acknowledged: "0.00",
    });
    expect(report["paid"]).to.equal(report["gross"]);
    expect(await readFile(join(folder, "out/index.html"), "utf8")).to.contain(SUPPLIER);
  });
});
