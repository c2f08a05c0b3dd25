import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { startEmbeddedChain, type EmbeddedChain } from "../../../src/cli/network/chain.ts";
import { runCli } from "../../support/cli.ts";

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
});
