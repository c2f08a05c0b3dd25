import { expect } from "chai";
import { toBeHex } from "ethers";
import { bloomBits, bloomHas } from "../../../../src/auditor/chain/bloom.ts";
import { parseHeader } from "../../../../src/auditor/chain/header.ts";
import { openNode } from "../../../../src/auditor/chain/node.ts";
import { receiptsRoot } from "../../../../src/auditor/chain/receipts-root.ts";
import { startAnvil } from "../../../../src/cli/network/anvil.ts";
import { connect } from "../../../../src/cli/network/provider.ts";

const EMPTY_ROOT = "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421";
const NO_UNCLES = "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347";
const word = (digits = "") => `0x${digits.padStart(64, "0")}`;

/** The first block of Ethereum's main chain, in the words of its nodes. */
const GENESIS = {
  number: "0x0",
  hash: "0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3",
  parentHash: word(),
  nonce: "0x0000000000000042",
  mixHash: word(),
  sha3Uncles: NO_UNCLES,
  logsBloom: `0x${"00".repeat(256)}`,
  stateRoot: "0xd7f8974fb5ac78d9ac099b9ad5018bedc2ce0a72dad1827a1709da30580f0544",
  miner: `0x${"00".repeat(20)}`,
  difficulty: "0x400000000",
  totalDifficulty: "0x400000000",
  extraData: "0x11bbe8db4e347b4e8c937c1c8370e4b5ed33adb3db69cbdb7a38e1e50b1b82fa",
  size: "0x21c",
  gasLimit: "0x1388",
  gasUsed: "0x0",
  timestamp: "0x0",
  transactionsRoot: EMPTY_ROOT,
  receiptsRoot: EMPTY_ROOT,
  transactions: [],
  uncles: [],
};

describe("parseHeader", () => {
  it("hashes the first block of Ethereum's main chain to its hash", () => {
    const { computedHash, unknownFields } = parseHeader(GENESIS);
    expect(computedHash).to.equal(GENESIS.hash);
    expect(unknownFields).to.deep.equal([]);
  });

  it("hashes every field of a header", () => {
    const told = { ...GENESIS, baseFeePerGas: "0x7", withdrawalsRoot: word("1") };
    const { computedHash } = parseHeader(told);
    const others: Record<string, unknown> = { number: "0x1", miner: `0x${"01".repeat(20)}`, extraData: "0x" };
    const beside = ["hash", "totalDifficulty", "size", "transactions", "uncles"];
    for (const [name, value] of Object.entries(told)) {
      if (beside.includes(name) || typeof value !== "string") continue;
      const other = others[name] ?? `${value.slice(0, -1)}${value.endsWith("1") ? "2" : "1"}`;
      expect(parseHeader({ ...told, [name]: other }).computedHash, name).to.not.equal(computedHash);
    }
  });

  it("names the fields it does not know", () => {
    expect(parseHeader({ ...GENESIS, sealFields: [] }).unknownFields).to.deep.equal(["sealFields"]);
  });

  it("refuses what is no block", () => {
    for (const wrong of [
      undefined,
      "0x",
      [],
      {},
      { ...GENESIS, hash: "0x12" },
      { ...GENESIS, number: "1" },
    ]) {
      expect(() => parseHeader(wrong), JSON.stringify(wrong)).to.throw();
    }
  });

  for (const fork of ["istanbul", "berlin", "london", "paris", "shanghai", "cancun", "prague", "osaka"]) {
    it(`hashes blocks of ${fork} to their hashes, and their receipts to their roots`, async () => {
      const anvil = await startAnvil(["--port", "0", "--hardfork", fork]);
      const url = `http://127.0.0.1:${anvil.port}`;
      const provider = await connect(url);
      try {
        const [from] = (await provider.send("eth_accounts", [])) as [string];
        await provider.send("evm_setAutomine", [false]);
        // Each logs one empty event under topic 0; there are enough for a trie of some depth.
        const transaction = { from, data: "0x600060006000a1", gas: "0x20000", gasPrice: "0x77359400" };
        for (let i = 0; i < 20; i++) await provider.send("eth_sendTransaction", [transaction]);
        await provider.send("evm_mine", []);
        const node = openNode(url);
        const header = await node.getBlock(1);
        expect(header.computedHash).to.equal(header.hash);
        const receipts = await node.receipts(header);
        expect(receipts).to.have.length(20);
        expect(await receiptsRoot(receipts!.map(({ encoded }) => encoded))).to.equal(header.receiptsRoot);
        const { address, topics } = receipts![0]!.logs[0]!;
        for (const value of [address, ...topics])
          expect(bloomHas(header.logsBloom, bloomBits(value))).to.equal(true);
        const strange = Array.from({ length: 50 }, (_, i) => toBeHex(i, 32));
        expect(strange.some((value) => !bloomHas(header.logsBloom, bloomBits(value)))).to.equal(true);
      } finally {
        provider.destroy();
        await anvil.stop();
      }
    });
  }

  it("gives no receipts the empty root", async () => {
    expect(await receiptsRoot([])).to.equal(EMPTY_ROOT);
  });
});
