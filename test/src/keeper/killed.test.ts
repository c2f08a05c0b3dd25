import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { addMonths, periodEnd, type PeriodId } from "../../../src/core/period.ts";
import { checkBook } from "../../../src/cli/audit/check.ts";
import { readPeriod } from "../../../src/sdk/periods.ts";
import { runCli, startCli } from "../../support/cli.ts";
import { createNetwork, NETWORK_OCTOBER, type TestNetwork } from "../../support/network.ts";

const MONTHS = 24;

describe("a keeper that is killed", () => {
  let network: TestNetwork;
  let folder: string;
  const env = (account: number) => ({
    CONSORTIA_RPC_URL: network.chain.url,
    CONSORTIA_KEY: network.chain.accounts[account]!.privateKey,
  });
  const args = ["keeper", "run", "--interval", "1", "--deployment", "deployment.json", "--json"];
  const open = async (): Promise<PeriodId> => (await readPeriod(network.admin)).open;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "consortia-keeper-"));
    network = await createNetwork();
    await network.createMember("100");
    const plain = { ...network.deployment, chainId: Number(network.deployment.chainId) };
    await writeFile(join(folder, "deployment.json"), JSON.stringify(plain));
    await network.chain.setTime(periodEnd(addMonths(NETWORK_OCTOBER, MONTHS - 1)) + 1);
  });
  after(async () => {
    await network.chain.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("leaves nothing half done, and another one closes the rest, each month once", async () => {
    const killed = startCli(folder, args, env(30));
    await firstAct(killed);
    killed.kill("SIGKILL");
    await new Promise((done) => killed.once("close", done));
    const reached = await open();
    expect(reached).to.be.greaterThan(NETWORK_OCTOBER).and.lessThan(addMonths(NETWORK_OCTOBER, MONTHS));

    const again = await runCli(folder, [...args, "--once"], env(30));
    expect(again.code, again.stderr).to.equal(0);
    expect(await open()).to.equal(addMonths(NETWORK_OCTOBER, MONTHS));
    const { ledger } = network.admin.contracts;
    const closed = await ledger.queryFilter(ledger.filters.PeriodClosed(), 0);
    expect(closed.map(({ args: { period } }) => Number(period))).to.deep.equal(
      Array.from({ length: MONTHS + 1 }, (_, at) => NETWORK_OCTOBER - 1 + at),
    );
    expect(await checkBook(network.admin)).to.deep.equal([]);
  });

  it("ends by itself on a signal, with what it did", async () => {
    const child = startCli(folder, args, env(31));
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    await network.passMonth();
    await firstAct(child);
    child.kill("SIGTERM");
    expect(await new Promise((done) => child.once("close", done))).to.equal(0);
    expect((JSON.parse(said) as { done: unknown[] }).done).to.have.length(1);
  });
});

/** Resolves once a keeper says that it has done something. */
function firstAct(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    child.stderr?.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes('"done"')) done();
    });
    child.once("close", (code) => fail(new Error(`the keeper ended with ${code}`)));
  });
}
