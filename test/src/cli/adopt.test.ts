import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { expect } from "chai";
import { startEmbeddedChain, type EmbeddedChain } from "../../../src/cli/network/chain.ts";
import { runCli } from "../../support/cli.ts";

const PRESETS = resolve(import.meta.dirname, "../../../deploy/parameters");

describe("network adopt", function () {
  this.timeout(120_000);

  let chain: EmbeddedChain;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "consortia-adopt-"));
    chain = await startEmbeddedChain({ timestamp: Date.UTC(2026, 10, 2) / 1000, accounts: 3 });
  });
  after(async () => {
    await chain.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function consortia(...words: string[]) {
    const env = { CONSORTIA_RPC_URL: chain.url, CONSORTIA_KEY: chain.accounts[0]!.privateKey };
    return runCli(folder, [...words, "--json"], env);
  }

  it("puts in force what a preset says of money, from next month on", async () => {
    const experts = chain.accounts[2]!.address;
    expect((await consortia("network", "deploy", "--preset", "calis")).code).to.equal(0);
    const unread = await consortia("network", "adopt", "--preset", "calis", "--attestor", "Expert committee");
    expect(unread.code).to.equal(2);
    const strange = await consortia(
      "network",
      "adopt",
      "--preset",
      "calis",
      "--attestor",
      `Office=${experts}`,
    );
    expect(strange.stdout).to.contain("AttestorUnknown").and.to.contain("Expert committee");
    const { json } = await consortia(
      ...["network", "adopt", "--preset", "calis", "--attestor", `Expert committee=${experts}`],
    );
    expect(json).to.deep.include({ version: 1, from: "2026-12", reliefs: [1, 2], grants: [] });
  });

  it("takes nothing over where a number stands for another service", async () => {
    const { code, json } = await consortia("network", "adopt", "--preset", "nstl");
    expect([code, json?.["error"].code]).to.deep.equal([1, "AdoptElsewhere"]);
    expect(json?.["error"].message).to.contain('calls service 2 "loan", but here service 2 is called "rush"');
    expect((await consortia("schedule", "show", "--month", "2026-12")).json?.["version"]).to.equal(1);
  });

  it("takes over the services that are new, by their codes", async () => {
    const source = JSON.parse(await readFile(join(PRESETS, "calis.json"), "utf8")) as Record<string, unknown>;
    const services = [{ id: 6, code: "scan", prices: { 1: "3.00" }, fee: "0.00" }];
    const file = join(folder, "scans.json");
    const charter = relative(folder, join(PRESETS, "charter/calis.md"));
    const aid = { reliefs: undefined, attestors: undefined };
    await writeFile(file, JSON.stringify({ ...source, ...aid, charter, services }));
    const adopted = await consortia("network", "adopt", "--preset", file, "--from", "2027-01");
    expect(adopted.code, adopted.stdout).to.equal(0);
    const { json } = await consortia("schedule", "show", "--month", "2027-01");
    expect(json?.["prices"]).to.deep.equal([
      { code: "scan", service: 6, tier: 1, price: "3.00", fee: "0.00" },
    ]);
    const show = (await consortia("network", "show")).json as { services: { code: string }[] };
    expect(show.services.map(({ code }) => code)).to.deep.equal([
      ...["copy", "rush", "search", "record", "record-use", "scan"],
    ]);
  });
});
