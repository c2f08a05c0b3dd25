import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { startEmbeddedChain, type EmbeddedChain } from "../../../src/cli/network/chain.ts";
import { addMonths } from "../../../src/core/period.ts";
import { createKeeper, type KeeperNote } from "../../../src/keeper/keeper.ts";
import { actAs } from "../../../src/sdk/consortium.ts";
import { createNetwork, NETWORK_OCTOBER, type TestNetwork } from "../../support/network.ts";

describe("a keeper whose node goes silent", () => {
  let network: TestNetwork;
  let again: EmbeddedChain | undefined;
  let stateDir: string;

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), "consortia-chain-"));
    network = await createNetwork({ stateDir });
  });
  after(async () => {
    await network.chain.stop();
    await again?.stop();
    await rm(stateDir, { recursive: true, force: true });
  });

  it("asks again until the node is back with its state, and closes what fell due meanwhile", async () => {
    const heard: KeeperNote["event"][] = [];
    const stop = new AbortController();
    let [silent, done] = [() => {}, () => {}];
    const silence = new Promise<void>((resolve) => (silent = resolve));
    const closing = new Promise<void>((resolve) => (done = resolve));
    const keeper = createKeeper({
      consortium: actAs(network.admin, network.nextKey()),
      log: (note) => {
        heard.push(note.event);
        if (note.event === "waiting") silent();
        if (note.event === "done") done();
      },
    });
    const port = Number(new URL(network.chain.url).port);
    const before = await network.chain.provider.getBlockNumber();
    const time = await network.chain.now();
    // Its own connection stays: only the node goes away.
    network.chain.provider.destroy = () => {};
    const running = keeper.run({ intervalMs: 20, signal: stop.signal });
    try {
      await network.chain.stop();
      await silence;
      again = await startEmbeddedChain({ stateDir, port, accounts: 40 });
      expect(await again.provider.getBlockNumber()).to.equal(before);
      expect(await again.now()).to.equal(time);
      await network.passMonth();
      await closing;
    } finally {
      stop.abort();
      await running;
    }
    expect(heard.filter((event) => event !== "waiting")).to.deep.equal(["done"]);
    expect(Number(await network.admin.contracts.ledger.openPeriod())).to.equal(addMonths(NETWORK_OCTOBER, 1));
  });
});
