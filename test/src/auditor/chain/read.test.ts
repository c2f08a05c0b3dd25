import { expect } from "chai";
import type { AuditBlock } from "../../../../src/auditor/chain/block.ts";
import { openNode } from "../../../../src/auditor/chain/node.ts";
import { readBlocks } from "../../../../src/auditor/chain/pages.ts";
import { createNetwork, type TestNetwork } from "../../../support/network.ts";

describe("readBlocks", () => {
  let network: TestNetwork;

  before(async () => {
    network = await createNetwork();
    await network.createMember("10");
  });
  after(() => network.chain.stop());

  it("tells every block that holds logs of the addresses, with its time and nothing else", async () => {
    const { chain, deployment } = network;
    const toBlock = await chain.provider.getBlockNumber();
    const addresses = [deployment.ledger, deployment.register];
    const blocks: AuditBlock[] = [];
    const options = { nodes: [openNode(chain.url)], addresses, fromBlock: 0, toBlock };
    for await (const block of readBlocks(options)) blocks.push(block);
    const expected = await chain.provider.getLogs({ address: addresses, fromBlock: 0, toBlock });
    expect(expected).to.not.be.empty;
    expect(
      blocks.flatMap(({ logs }) => logs.map(({ txHash, logIndex }) => [txHash, logIndex])),
    ).to.deep.equal(expected.map(({ transactionHash, index }) => [transactionHash, index]));
    for (const { number, hash, timestamp, logs } of blocks) {
      const block = await chain.provider.getBlock(number);
      expect([hash, timestamp]).to.deep.equal([block?.hash, block?.timestamp]);
      expect(new Set(logs.map(({ blockHash }) => blockHash))).to.deep.equal(new Set([hash]));
    }
  });
});
