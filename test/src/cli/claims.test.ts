import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { createProgram } from "../../../src/cli/program.ts";
import { runCli } from "../../support/cli.ts";
import { createLibraries, type Libraries } from "../../support/libraries.ts";

const DAY = 86_400;

/** What two libraries that disagree do by nothing but the command line and their own files. */
describe("the command line, where a consumer does not countersign", () => {
  let libraries: Libraries;
  before(async () => (libraries = await createLibraries()));
  after(() => libraries.close());

  const supplier = (words: string, code = 0) => libraries.run(words, libraries.supplier, code);
  const consumer = (words: string, code = 0) => libraries.run(words, libraries.consumer, code);
  const office = (words: string, code = 0) => libraries.run(words, undefined, code);
  const claim = async (number: number, ...requests: string[]) => {
    await libraries.write(number, requests);
    return (await supplier(`claim open 3-${number}`))["claims"][0] as Record<string, string>;
  };
  const wait = async (days: number) => {
    const { chain } = libraries.network;
    await chain.setTime((await chain.now()) + days * DAY);
  };

  it("finds claim, dispute, award, refund and duplicate prove in its help", () => {
    const help = (...words: string[]) =>
      words
        .reduce((one, word) => one.commands.find((sub) => sub.name() === word)!, createProgram())
        .helpInformation();
    for (const noun of ["claim", "dispute", "award", "refund", "duplicate"]) expect(help()).to.contain(noun);
    expect(help("claim")).to.match(/^ {2}dispute /m);
    expect(help("duplicate")).to.match(/^ {2}prove /m);
  });

  it("claims, lists and shows", async () => {
    const opened = await claim(1, "REQ-1", "REQ-2");
    expect(opened).to.include({ statement: "3-1", consumer: 4, records: 2, gross: "24.00", fee: "0.52" });
    const { claims } = await office(`claim list --consumer ${libraries.consumer.isil}`);
    expect(claims).to.have.length(1);
    expect(claims[0]).to.include({ statement: "3-1", stage: "open", claim: opened["claim"] });
    expect(claims[0].secondsLeft).to.be.within(44 * DAY, 45 * DAY);
    expect((await office("claim list --consumer 3"))["claims"]).to.deep.equal([]);
    const shown = await office(`claim show ${opened["claim"]}`);
    expect(shown).to.deep.include({ stage: "open", claimed: { gross: "24.00", fee: "0.52" } });
    expect((await supplier("claim open 3-1", 1))["error"].code).to.equal("StatementNumberUsed");
  });

  it("claims and settles the others where one is refused, and says why", async () => {
    await libraries.write(10, ["REQ-20"]);
    const { claims } = await supplier("claim open 3-1 3-10", 1);
    expect(claims.map(({ outcome }: { outcome: string }) => outcome)).to.deep.equal(["refused", "claimed"]);
    expect(claims[0]).to.include({ statement: "3-1", code: "StatementNumberUsed" });
    const { settled } = await office("claim settle 3-1 3-10", 1);
    expect(settled.map(({ code }: { code: string }) => code)).to.deep.equal(["ClaimNotDue", "ClaimNotDue"]);
    await supplier("claim withdraw 3-10");
  });

  it("has a dispute relayed, awarded, appealed, ruled on and settled by anyone", async () => {
    const relayer = { CONSORTIA_RELAYER_KEY: libraries.network.nextKey().privateKey };
    const path = "claim dispute 3-1 --relay";
    const forged = await libraries.run(path, libraries.supplier, 1, relayer);
    expect(forged["error"].code).to.equal("ClaimUnsigned");
    const { claims } = await libraries.run(path, libraries.consumer, 0, relayer);
    expect(claims[0]).to.include({ statement: "3-1", disputed: true });
    expect((await supplier("award give 3-1 --gross 12 --fee 0.26", 1))["error"].code).to.equal(
      "AccessManagedUnauthorized",
    );
    expect((await office("award give 3-1 --gross 25 --fee 0.26", 1))["error"].code).to.equal(
      "ClaimAwardAbove",
    );
    const awarded = await office("award give 3-1 --gross 12 --fee 0.26");
    expect(awarded).to.include({
      stage: "awarded",
      unanswered: "is charged as awarded in 14 days",
    });
    expect((await office("claim appeal 3-1", 1))["error"].code).to.equal("RightMissing");
    expect(await consumer("claim appeal 3-1")).to.include({ party: 4 });
    expect((await office("claim settle 3-1", 3))["error"]).to.include({
      ...{ code: "ClaimNotDue", retryable: true },
    });
    await office("award rule 3-1 --gross 6 --fee 0.13");
    const { settled } = await libraries.run("claim settle", libraries.network.nextKey().privateKey);
    expect(settled).to.have.length(1);
    expect(settled[0]).to.include({ outcome: "awarded", gross: "6.00", fee: "0.13", acknowledged: "0.00" });
    const shown = await office("claim show 3-1");
    expect(shown).to.include({ stage: "ended", outcome: "awarded" });
    expect(shown["steps"].map(({ step }: { step: string }) => step)).to.deep.equal([
      ...["claimed", "disputed", "awarded", "appealed", "ruled", "ended: awarded"],
    ]);
    expect((await consumer("claim dispute 3-1", 1))["error"].code).to.equal("ClaimNothingDisputed");
  });

  it("proves what the consumer signed receipts for, from the files alone", async () => {
    await claim(2, "REQ-3", "REQ-4", "REQ-5");
    await consumer("claim dispute 3-2");
    expect((await supplier("claim prove 3-2", 1))["error"].code).to.equal("ReceiptsMissing");
    expect((await consumer("receipt sign 3-2", 2))["error"].code).to.equal("RecordsUnnamed");
    expect((await consumer("receipt sign 3-2 --records 3", 1))["error"].code).to.equal("RecordUnknown");
    expect((await supplier("receipt sign 3-2 --all", 1))["error"].code).to.equal("RightMissing");
    const { receipts } = await consumer("receipt sign 3-2 --records 2 --requests REQ-3");
    expect(receipts.map(({ place }: { place: number }) => place)).to.deep.equal([0, 2]);
    const { records } = await supplier("receipt list 3-2");
    expect(records.map(({ receipt }: { receipt: boolean }) => receipt)).to.deep.equal([true, false, true]);
    expect(await supplier("claim prove 3-2")).to.include({ outcome: "proven", gross: "24.00", proven: 2 });
  });

  it("refuses receipts that were tampered with or signed by somebody else, and says which", async () => {
    await claim(3, "REQ-6", "REQ-7");
    await consumer("receipt sign 3-3 --records 0");
    const folder = join(libraries.folder, ".consortia/receipts");
    const { receipts } = await consumer("receipt sign 3-3 --records 1 --receipts elsewhere");
    const signed = await supplier("receipt list 3-3");
    expect(signed["records"][1].receipt).to.equal(false);
    const [name = ""] = await readdir(join(libraries.folder, "elsewhere"));
    const honest = JSON.parse(await readFile(join(libraries.folder, receipts[0].file), "utf8")) as Record<
      string,
      string
    >;
    await writeFile(join(folder, name), JSON.stringify({ ...honest, signature: `0x00${"11".repeat(64)}` }));
    expect((await supplier("claim prove 3-3", 1))["error"].code).to.equal("ReceiptUnsigned");
    await writeFile(join(folder, name), JSON.stringify({ ...honest, signature: "0x00" }));
    expect((await supplier("claim prove 3-3", 1))["error"].code).to.equal("ReceiptFileInvalid");
    await rm(join(folder, name));
    expect(await supplier("claim prove 3-3")).to.include({ outcome: "proven", gross: "12.00" });
  });

  it("takes a countersignature that comes late", async () => {
    await claim(4, "REQ-8");
    expect((await supplier("claim accept 3-4", 1))["error"].code).to.equal("ClaimUnsigned");
    expect(await consumer("claim accept 3-4")).to.include({ outcome: "accepted", gross: "12.00" });
    await claim(5, "REQ-9");
    await libraries.write(6, ["REQ-9"], { signed: true });
    expect((await supplier("claim open 3-6", 1))["error"].code).to.equal("ClaimCountersigned");
  });

  it("withdraws, and the consumer cannot", async () => {
    expect((await consumer("claim withdraw 3-5", 1))["error"].code).to.equal("DeskRightMissing");
    expect(await supplier("claim withdraw 3-5")).to.include({ outcome: "withdrawn", gross: "0.00" });
  });

  it("says in words what it does not find", async () => {
    expect((await office("claim show 3-99", 1))["error"].code).to.equal("ClaimUnknown");
    expect((await office("refund show 3-5", 1))["error"].code).to.equal("ChargeUnknown");
    expect((await supplier("claim open 3-77", 1))["error"].code).to.equal("FileUnreadable");
    await libraries.write(7, ["REQ-10"]);
    expect((await supplier("claim open 3-7 --store nowhere", 1))["error"].code).to.equal("BundleMissing");
    expect((await office("award give 3-1 --gross 1", 2))["error"].code).to.contain("commander");
  });

  it("leaves nothing open: what nobody disputed is charged when its window is over", async () => {
    await supplier("claim open 3-7");
    await wait(46);
    for (let month = 0; month < 2; month++) await office("keeper run --once");
    expect((await office("claim list"))["claims"]).to.deep.equal([]);
    expect(await office("claim show 3-7")).to.include({ stage: "ended", outcome: "unchallenged" });
  });

  it("tells people in tables and sentences", async () => {
    const { chain, nextKey } = libraries.network;
    const env = { CONSORTIA_RPC_URL: chain.url, CONSORTIA_KEY: nextKey().privateKey };
    const words = "claim show 3-1 --deployment deployment.json".split(" ");
    const { stdout } = await runCli(libraries.folder, words, env);
    expect(stdout).to.match(/^stage +ended$/m);
    expect(stdout).to.match(/^step +by +gross +fee/m);
    const none = await runCli(libraries.folder, "claim list --deployment deployment.json".split(" "), env);
    expect(none.stdout).to.equal("No claim is open.\n\nclaims  none\n");
  });
});
