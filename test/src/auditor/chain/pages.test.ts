import { expect } from "chai";
import type { Progress } from "../../../../src/auditor/chain/pages.ts";
import { lastBlock, readLogs } from "../../../../src/auditor/chain/pages.ts";
import type { ChainNote } from "../../../../src/auditor/chain/proof.ts";
import { openNode } from "../../../../src/auditor/chain/node.ts";
import { isConsortiaError } from "../../../../src/core/error.ts";
import { createAudited, type Audited } from "../../../support/audited.ts";
import type { Lies } from "../../../support/lying-node.ts";

describe("readBlocks", () => {
  let audited: Audited;
  before(async () => {
    audited = await createAudited();
  });
  after(() => audited.stop());
  beforeEach(() => {
    audited.liar.lies = {};
    audited.liar.asked.clear();
  });

  const asked = (method: string) => audited.liar.asked.get(method) ?? 0;

  for (const headers of ["none", "logs", "all"] as const) {
    it(`tells every block that holds logs, with its time and nothing else, from headers: ${headers}`, async () => {
      const { provider } = audited.network.chain;
      const blocks = await audited.read({ headers });
      const expected = await provider.getLogs({
        address: [...audited.addresses],
        fromBlock: 0,
        toBlock: audited.toBlock,
      });
      expect(expected).to.not.be.empty;
      const found = blocks.flatMap(({ logs }) => logs);
      expect(found.map(({ txHash, logIndex, data }) => [txHash, logIndex, data])).to.deep.equal(
        expected.map(({ transactionHash, index, data }) => [transactionHash, index, data]),
      );
      for (const { number, hash, timestamp, logs } of blocks) {
        const block = await provider.getBlock(number);
        expect([hash, timestamp]).to.deep.equal([block?.hash, block?.timestamp]);
        expect(new Set(logs.map(({ blockHash }) => blockHash))).to.deep.equal(new Set([hash]));
      }
    });
  }

  it("tells the same log by log", async () => {
    const { addresses, toBlock, honest } = audited;
    const logs = [];
    for await (const log of readLogs({ nodes: [honest], addresses, fromBlock: 0, toBlock })) logs.push(log);
    expect(logs).to.deep.equal(audited.logs);
  });

  it("tells a single block, both ends of the range in it", async () => {
    const { blockNumber } = audited.lone;
    const blocks = await audited.read({ fromBlock: blockNumber, toBlock: blockNumber, headers: "all" });
    expect(blocks.map(({ number }) => number)).to.deep.equal([blockNumber]);
  });

  it("tells nothing of a range without logs, and nothing of an empty one", async () => {
    const { number } = audited.quiet;
    expect(await audited.read({ fromBlock: number, toBlock: number })).to.deep.equal([]);
    expect(await audited.read({ fromBlock: 5, toBlock: 4 })).to.deep.equal([]);
  });

  it("takes addresses in any spelling, once each", async () => {
    const addresses = [...audited.addresses, ...audited.addresses.map((address) => address.toLowerCase())];
    expect((await audited.read({ addresses })).flatMap(({ logs }) => logs)).to.deep.equal(audited.logs);
  });

  it("asks for headers only where there are logs, and in few requests", async () => {
    await audited.read({ headers: "logs" });
    const holding = new Set(audited.logs.map(({ blockNumber }) => blockNumber)).size;
    expect(asked("eth_getBlockByNumber")).to.be.at.most(holding + 3);
    expect(asked("eth_getBlockReceipts")).to.equal(holding);
    expect(asked("eth_getLogs")).to.equal(1);
  });

  it("says how far it is, to the end", async () => {
    audited.liar.lies = { maxBlocks: 10 };
    const pages: Progress[] = [];
    await audited.read({ onProgress: (page) => pages.push(page) });
    expect(pages.length).to.be.above(3);
    expect(pages.map(({ block }) => block)).to.deep.equal(
      pages.map(({ block }) => block).sort((a, b) => a - b),
    );
    const { block, logs } = pages.at(-1)!;
    expect({ block, logs }).to.deep.equal({ block: audited.toBlock, logs: audited.logs.length });
  });

  /** @param fullest how many logs the fullest block holds: who bears fewer can tell nothing of it */
  const hard: readonly [what: string, lies: (fullest: number) => Lies][] = [
    ["refuses wide ranges", () => ({ maxBlocks: 7 })],
    ["refuses all but single blocks", () => ({ maxBlocks: 1 })],
    ["refuses many logs", (fullest) => ({ maxLogs: fullest })],
    ["takes no batches", () => ({ noBatches: true })],
    ["fails now and then", () => ({ failEvery: 3 })],
    ["asks for patience now and then", () => ({ busyEvery: 3 })],
    ["has no receipts of whole blocks", () => ({ lacks: ["eth_getBlockReceipts"] })],
    [
      "has all these faults",
      (fullest) => ({ maxBlocks: 30, maxLogs: fullest, noBatches: true, failEvery: 5, busyEvery: 7 }),
    ],
  ];
  for (const [what, lies] of hard) {
    it(`reads all from a node that ${what}`, async () => {
      const numbers = audited.logs.map(({ blockNumber }) => blockNumber);
      const fullest = Math.max(...numbers.map((one) => numbers.filter((other) => other === one).length));
      expect(fullest).to.be.below(audited.logs.length / 2);
      audited.liar.lies = lies(fullest);
      const node = openNode(audited.liar.url, { pause: 1 });
      const blocks = await audited.read({ nodes: [node], headers: "logs" });
      expect(blocks.flatMap(({ logs }) => logs)).to.deep.equal(audited.logs);
    });
  }

  it("asks for smaller pages of a node that labours over large ones without a word", async () => {
    const slow: Lies = {
      edit: async ({ method, params }, result) => {
        const { fromBlock, toBlock } = (params[0] ?? {}) as { fromBlock?: string; toBlock?: string };
        if (method === "eth_getLogs" && Number(toBlock) - Number(fromBlock) > 20)
          await new Promise(() => undefined);
        return result;
      },
    };
    audited.liar.lies = slow;
    const node = openNode(audited.liar.url, { timeout: 300 });
    const blocks = await audited.read({ nodes: [node], headers: "none" });
    expect(blocks.flatMap(({ logs }) => logs)).to.deep.equal(audited.logs);
  });

  const hopeless: readonly [what: string, lies: Lies, code: string, retryable: boolean][] = [
    ["is silent", { hang: ["eth_getLogs"] }, "NodeSilent", true],
    ["is silent from the start", { hang: ["eth_chainId"] }, "NodeSilent", true],
    ["always fails", { failEvery: 1 }, "NodeFailing", true],
    ["is always busy", { busyEvery: 1 }, "NodeBusy", true],
    ["refuses even single blocks", { maxBlocks: 0 }, "RangeTooLarge", false],
    ["knows no logs", { lacks: ["eth_getLogs"] }, "MethodMissing", false],
    ["has not the last block yet", { behind: 2 }, "BlockMissing", true],
    ["answers something else", { edit: () => "0x" }, "NodeAnswerInvalid", false],
  ];
  for (const [what, lies, code, retryable] of hopeless) {
    it(`gives up on a node that ${what}`, async () => {
      const error = await audited.caught(lies);
      if (!isConsortiaError(error)) throw error;
      expect([error.code, error.retryable], error.message).to.deep.equal([code, retryable]);
      expect(error.message).to.contain(audited.liar.url);
    });
  }

  it("gives up on an address where nobody answers, or that is none", async () => {
    const nobody = openNode("http://127.0.0.1:9", { attempts: 2, pause: 1 });
    const error = await audited.read({ nodes: [nobody] }).catch((caught: unknown) => caught);
    expect(isConsortiaError(error, "NetworkUnreachable"), String(error)).to.equal(true);
    expect(() => openNode("ftp://127.0.0.1"))
      .to.throw()
      .with.property("code", "AddressInvalid");
  });

  const secrets = [
    ["a protocol that is none of ours", "ws://auditor:s3cret@node.example/v3/s3cret", "ws://node.example "],
    ["no protocol", "auditor:s3cret@node.example", "What was given "],
    ["nothing that could be read", "https://auditor:s3cret@:x/", "What was given "],
  ] as const;
  for (const [what, address, shown] of secrets) {
    it(`repeats no password and no key of an address with ${what}`, () => {
      try {
        openNode(address);
      } catch (error) {
        if (!isConsortiaError(error, "AddressInvalid")) throw error;
        expect(error.message.startsWith(shown), error.message).to.equal(true);
        expect(error.message + JSON.stringify(error.values)).not.to.contain("s3cret");
        return;
      }
      expect.fail("taken for an address");
    });
  }

  describe("what could not be checked", () => {
    async function notes(lies: Lies): Promise<ChainNote[]> {
      const found: ChainNote[] = [];
      audited.liar.lies = lies;
      await audited.read({ onNote: (note) => found.push(note) });
      return found;
    }

    it("is nothing on a chain of Ethereum's own kind", async () => {
      expect(await notes({})).to.deep.equal([]);
    });

    it("is said once, of receipts that cannot be had", async () => {
      const found = await notes({ lacks: ["eth_getBlockReceipts", "eth_getTransactionReceipt"] });
      expect(found.map(({ code }) => code)).to.deep.equal(["ReceiptsUnavailable"]);
    });

    it("is said once, of headers with fields unknown here", async () => {
      const edit: Lies["edit"] = ({ method }, result) =>
        method === "eth_getBlockByNumber"
          ? { ...(result as object), gasLimit: "0x1", newField: "0x1" }
          : result;
      expect((await notes({ edit })).map(({ code }) => code)).to.deep.equal(["HeaderUnverifiable"]);
    });

    it("is said once, of receipts of a type unknown here", async () => {
      const edit: Lies["edit"] = ({ method }, result) =>
        method === "eth_getBlockReceipts"
          ? (result as object[]).map((receipt) => ({ ...receipt, type: "0x6a" }))
          : result;
      expect((await notes({ edit })).map(({ code }) => code)).to.deep.equal(["ReceiptsUnverifiable"]);
    });
  });

  describe("lastBlock", () => {
    it("is the last that every node has", async () => {
      audited.liar.lies = { behind: 3 };
      const head = await lastBlock([audited.honest]);
      expect(await lastBlock([audited.honest, audited.doubtful()])).to.equal(head - 3);
      expect(await lastBlock([audited.honest], "finalized")).to.be.below(head);
    });
  });
});
