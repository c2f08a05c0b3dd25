import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Progress, ReadOptions } from "../../../../src/auditor/chain/pages.ts";
import { readBlocks } from "../../../../src/auditor/chain/pages.ts";
import { isConsortiaError } from "../../../../src/core/error.ts";
import { createAudited, type Audited } from "../../../support/audited.ts";

describe("readBlocks, with a cache", () => {
  let audited: Audited;
  let cache: string;
  before(async () => {
    audited = await createAudited();
  });
  after(() => audited.stop());
  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), "consortia-chain-"));
    audited.liar.lies = { maxBlocks: 16 };
  });
  afterEach(() => rm(cache, { recursive: true, force: true }));

  /** Reads everything, by pages of at most 16 blocks, and gives what was found and how. */
  async function read(options: Partial<ReadOptions> = {}) {
    const pages: Progress[] = [];
    const blocks = await audited.read({ cache, onProgress: (page) => pages.push(page), ...options });
    return { logs: blocks.flatMap(({ logs }) => logs), pages };
  }
  const files = async () => (await readdir(cache)).filter((name) => name.endsWith(".jsonl")).sort();
  const asked = () => audited.liar.asked.get("eth_getLogs") ?? 0;

  /** How many pages were read anew. */
  const fresh = (pages: readonly Progress[]) => pages.filter(({ kept }) => !kept).length;

  it("reads the logs once and keeps them", async () => {
    const first = await read();
    expect(first.logs).to.deep.equal(audited.logs);
    expect(fresh(first.pages))
      .to.equal((await files()).length)
      .and.to.be.above(3);
    const before = asked();
    const again = await read();
    expect(again.logs).to.deep.equal(audited.logs);
    expect(fresh(again.pages)).to.equal(0);
    expect(asked()).to.equal(before);
  });

  it("goes on after a reader who stopped half-way, and reads further as the chain grows", async () => {
    const options = { nodes: [audited.doubtful()], addresses: audited.addresses, fromBlock: 0, cache };
    let seen = 0;
    for await (const { logs } of readBlocks({ ...options, toBlock: audited.toBlock })) {
      seen += logs.length;
      if (seen > audited.logs.length / 2) break;
    }
    const kept = (await files()).length;
    const { logs, pages } = await read();
    expect(logs).to.deep.equal(audited.logs);
    expect(pages.filter((page) => page.kept)).to.have.length(kept).and.to.not.be.empty;
  });

  it("tells nothing but the range asked for, whatever its pages hold", async () => {
    await read();
    const [fromBlock, toBlock] = [audited.paired.blockNumber + 1, audited.lone.blockNumber];
    const { logs, pages } = await read({ fromBlock, toBlock });
    expect(logs).to.deep.equal(
      audited.logs.filter(({ blockNumber }) => blockNumber >= fromBlock && blockNumber <= toBlock),
    );
    expect(fresh(pages)).to.equal(0);
  });

  const damages: readonly [what: string, damage: (path: string) => Promise<void>][] = [
    ["cut short", async (path) => writeFile(path, (await readFile(path, "utf8")).slice(0, -40))],
    ["emptied", (path) => writeFile(path, "")],
    ["longer than it was", (path) => appendFile(path, "\n{}")],
    [
      "edited",
      async (path) => writeFile(path, (await readFile(path, "utf8")).replace(/"data":"0x0/, '"data":"0x1')),
    ],
    [
      "checked less than it says",
      async (path) =>
        writeFile(path, (await readFile(path, "utf8")).replace('"headers":"logs"', '"headers":"all"')),
    ],
    ["gone", (path) => rm(path)],
  ];
  for (const [what, damage] of damages) {
    it(`reads a page again that is ${what}, and no other`, async () => {
      await read();
      const whole = await files();
      const path = join(cache, whole[0]!);
      const text = await readFile(path, "utf8");
      await damage(path);
      const { logs, pages } = await read();
      expect(logs).to.deep.equal(audited.logs);
      expect(fresh(pages)).to.equal(1);
      expect(await files()).to.deep.equal(whole);
      expect(await readFile(path, "utf8")).to.equal(text);
    });
  }

  it("takes no other page under a page's name", async () => {
    await read();
    const [first, second] = await files();
    await writeFile(join(cache, first!), await readFile(join(cache, second!)));
    const { logs, pages } = await read();
    expect(logs).to.deep.equal(audited.logs);
    expect(fresh(pages)).to.equal(1);
  });

  it("reads again what was checked less than is wanted now, and not what was checked more", async () => {
    await read({ headers: "logs" });
    expect(fresh((await read({ headers: "all" })).pages)).to.be.above(0);
    expect(fresh((await read({ headers: "logs" })).pages)).to.equal(0);
  });

  it("reads again what another node has not been asked for", async () => {
    const nodes = [audited.doubtful(), audited.honest];
    await read();
    expect(fresh((await read({ nodes })).pages)).to.be.above(0);
    expect(fresh((await read()).pages)).to.equal(0);
  });

  it("keeps nothing of a page that a node lied about", async () => {
    const { blockNumber, logIndex } = audited.paired;
    const lies = { maxBlocks: 16, skip: { block: blockNumber, index: logIndex } };
    expect(await audited.caught(lies, { cache })).to.be.an("error");
    expect(await files()).to.deep.equal([]);
  });

  const foreign: readonly [what: string, options: () => Promise<Partial<ReadOptions>>][] = [
    ["other contracts", async () => ({ addresses: audited.addresses.slice(1) })],
    [
      "another chain",
      async () => {
        audited.liar.lies = { edit: ({ method }, result) => (method === "eth_chainId" ? "0x1" : result) };
        return {};
      },
    ],
    [
      "something else",
      async () => {
        await rm(join(cache, "cache.json"));
        return {};
      },
    ],
  ];
  for (const [what, change] of foreign) {
    it(`refuses a directory that belongs to ${what}`, async () => {
      await read();
      const kept = await files();
      const error = await read(await change()).catch((caught: unknown) => caught);
      expect(isConsortiaError(error, "CacheForeign"), String(error)).to.equal(true);
      expect(await files()).to.deep.equal(kept);
    });
  }

  describe("when the chain takes blocks back", () => {
    let snapshot: unknown;
    const send = (method: string, ...params: unknown[]) =>
      audited.network.chain.provider.send(method, params);
    beforeEach(async () => {
      snapshot = await send("evm_snapshot");
      await audited.network.createMember("5");
      await send("anvil_mine", "0x28");
    });
    afterEach(() => send("evm_revert", snapshot));

    /** Takes back all since the test began, and goes another way. */
    async function reorganise(): Promise<void> {
      await send("evm_revert", snapshot);
      snapshot = await send("evm_snapshot");
      await audited.network.chain.setTime((await audited.network.chain.now()) + 3_600);
      await send("anvil_mine", "0x40");
    }

    it("reads again what is no longer so, and only that", async () => {
      const toBlock = audited.toBlock + 40;
      const before = await read({ toBlock });
      expect(before.logs.length).to.be.above(audited.logs.length);
      await reorganise();
      const { logs, pages } = await read({ toBlock });
      expect(logs).to.deep.equal(audited.logs);
      for (const { kept, block } of pages) expect(kept, String(block)).to.equal(block <= audited.toBlock);
    });

    it("stops where a page does not follow the one before, and reads rightly the next time", async () => {
      const toBlock = audited.toBlock + 40;
      const nodes = [audited.doubtful()];
      let reorganised = false;
      const reading = (async () => {
        const options = { nodes, addresses: audited.addresses, fromBlock: 0, toBlock, cache };
        for await (const { number } of readBlocks(options)) {
          if (number <= audited.toBlock || reorganised) continue;
          await reorganise();
          reorganised = true;
        }
      })();
      const error = await reading.catch((caught: unknown) => caught);
      expect(isConsortiaError(error, "ChainReorganised") && error.retryable, String(error)).to.equal(true);
      expect((await read({ toBlock })).logs).to.deep.equal(audited.logs);
    });
  });
});
