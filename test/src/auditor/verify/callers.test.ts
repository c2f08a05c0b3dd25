import { Transaction, Wallet } from "ethers";
import { expect } from "chai";
import type { ChainNode } from "../../../../src/auditor/chain/node.ts";
import { proveSender } from "../../../../src/auditor/chain/transaction.ts";
import { FindingList } from "../../../../src/auditor/finding.ts";
import type { OwnWord } from "../../../../src/auditor/fold/governance/acts.ts";
import { askCallers, askWords } from "../../../../src/auditor/verify/callers.ts";
import { ConsortiaError } from "../../../../src/core/error.ts";
import { foundedGovernance, HOUSES } from "../../../support/made-governance.ts";
import { addressOf, keyOf } from "../../../support/made-ledger.ts";

const place = { block: 7, tx: `0x${"77".repeat(32)}`, logIndex: 0 };
const by = (name: string, to: string = HOUSES.elections) =>
  ({ name: "a made node", sender: async () => ({ from: addressOf(name), to }) }) as unknown as ChainNode;
const silent = {
  name: "a made node",
  sender: () => Promise.reject(new ConsortiaError("MethodMissing", "It has no such method.")),
} as unknown as ChainNode;
const unproven = { name: "a made node", sender: async () => undefined } as unknown as ChainNode;

describe("askCallers", () => {
  /** A recall that ada signed by calling, as a node tells of it. */
  async function codes(nodes: readonly ChainNode[], counted = 1n) {
    const made = foundedGovernance().pass(91);
    made.tell(["RecallSigned", 1, 0, 1, counted, `0x000000030000000002`]);
    await made.state.signatures.settle();
    await askCallers(nodes, made.state.signatures, made.findings);
    return made.codes();
  }

  it("takes the transaction's sender for the caller where it went straight to the contract", async () => {
    expect(await codes([by("ada")])).to.deep.equal([]);
    expect(await codes([by("bob")])).to.deep.equal(["BallotForged"]);
    expect(await codes([by("ada")], 0n)).to.deep.equal(["BallotLeftOut"]);
    expect(await codes([by("bob")], 0n)).to.deep.equal([]);
  });

  it("cannot tell who called through another contract, or where no node proves it", async () => {
    for (const nodes of [[by("ada", HOUSES.board)], [unproven], [silent], []]) {
      expect(await codes(nodes)).to.deep.equal(["CallerUnknown"]);
      expect(await codes(nodes, 0n)).to.deep.equal([]);
    }
  });
});

describe("askWords", () => {
  const word: OwnWord = {
    ...{ place, what: "Somebody left", target: HOUSES.elections },
    fits: ({ from }) => from === addressOf("ada"),
  };
  async function codes(node: ChainNode) {
    const findings = new FindingList();
    await askWords([node], [word], findings);
    return [...findings.list("wrong"), ...findings.list("unverifiable")].map(({ code }) => code);
  }

  it("believes whose word it is, names whose it is not, and cannot tell where nobody proves it", async () => {
    expect(await codes(by("ada"))).to.deep.equal([]);
    expect(await codes(by("bob"))).to.deep.equal(["ActUnlawful"]);
    expect(await codes(unproven)).to.deep.equal(["CallerUnknown"]);
  });
});

describe("proveSender", () => {
  const key = new Wallet(keyOf("ada").privateKey);
  const fields = {
    nonce: 3,
    gasLimit: 90_000n,
    to: HOUSES.elections,
    value: 0n,
    data: "0x1234",
    chainId: 31_337n,
  };
  /** A transaction as a node tells it. */
  async function told(kind: object) {
    const signed = Transaction.from(await key.signTransaction({ ...fields, ...kind }));
    const { signature, hash, type } = signed;
    const hex = (value: bigint | number | null) => (value === null ? undefined : `0x${value.toString(16)}`);
    const json = {
      ...{ hash, type: hex(type ?? 0), nonce: hex(signed.nonce), gas: hex(signed.gasLimit), to: signed.to },
      ...{ value: hex(signed.value), input: signed.data, chainId: hex(signed.chainId) },
      ...{ gasPrice: hex(signed.gasPrice), maxFeePerGas: hex(signed.maxFeePerGas) },
      ...{
        maxPriorityFeePerGas: hex(signed.maxPriorityFeePerGas),
        accessList: signed.accessList ?? undefined,
      },
      ...{ r: signature?.r, s: signature?.s, yParity: hex(signature?.yParity ?? 0) },
      v: hex(type === 0 ? (signature?.networkV ?? 0n) : (signature?.yParity ?? 0)),
    };
    return { hash: hash ?? "", json };
  }
  const KINDS = [
    { type: 0, gasPrice: 7n },
    { type: 1, gasPrice: 7n, accessList: [] },
    { type: 2, maxFeePerGas: 9n, maxPriorityFeePerGas: 1n },
  ];

  it("tells who signed a transaction of each kind, and to whom it went", async () => {
    for (const kind of KINDS) {
      const { hash, json } = await told(kind);
      const [from, to] = [addressOf("ada"), HOUSES.elections];
      expect(proveSender(hash, json)).to.deep.equal({ from, to, data: "0x1234" });
    }
  });

  it("proves nothing of one that hashes to something else, or is of no known kind", async () => {
    const { hash, json } = await told(KINDS[2]!);
    expect(proveSender(hash, { ...json, input: "0x1235" })).to.equal(undefined);
    expect(proveSender(hash, { ...json, from: addressOf("eve"), nonce: "0x4" })).to.equal(undefined);
    expect(proveSender(hash, { ...json, type: "0x7e" })).to.equal(undefined);
    expect(proveSender(hash, { hash })).to.equal(undefined);
  });
});
