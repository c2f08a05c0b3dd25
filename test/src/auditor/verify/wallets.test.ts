import { expect } from "chai";
import type { ChainNode } from "../../../../src/auditor/chain/node.ts";
import { askWallets } from "../../../../src/auditor/verify/wallets.ts";
import { contractSignature } from "../../../../src/chain/signing.ts";
import { ConsortiaError } from "../../../../src/core/error.ts";
import { addressOf, BOB, foundedLedger, madeStatement, postedEvent } from "../../../support/made-ledger.ts";

const YES = `0x1626ba7e${"0".repeat(56)}`;
const wallet = addressOf("wallet");

describe("askWallets", () => {
  /** A statement that a contract signed, posted in the founded ledger's next block; the contract holds a key's rights. */
  function signed(rights = 63) {
    const made = foundedLedger().tell(["KeySet", BOB, wallet, rights]);
    const countersignature = contractSignature(wallet, "0x1234");
    return made.tell(postedEvent([{ statement: madeStatement(), countersignature }]));
  }
  const answering = (answer: (block: number) => string | Error) => {
    const asked: number[] = [];
    const call = (to: string, _data: string, block: number) => {
      expect(to).to.equal(wallet);
      asked.push(block);
      const said = answer(block);
      return said instanceof Error ? Promise.reject(said) : Promise.resolve(said);
    };
    return { asked, node: { name: "a made node", call } as unknown as ChainNode };
  };
  async function codes(answer: (block: number) => string | Error, made = signed()) {
    const { node, asked } = answering(answer);
    await made.state.signatures.settle();
    await askWallets([node], made.state.signatures, made.findings);
    return { codes: await made.codes(), asked };
  }

  it("believes a contract that says yes at the end of the block, and one that changed its mind in it", async () => {
    const { codes: none, asked } = await codes(() => YES);
    expect([none, asked.length]).to.deep.equal([[], 1]);
    const [last] = asked;
    expect((await codes((block) => (block === last ? "0x" : YES))).codes).to.deep.equal([]);
  });

  it("names one that says no, says anything else, or fails", async () => {
    const answers = ["0x", `0xffffffff${"0".repeat(56)}`, `0x1626ba7e${"1".repeat(56)}`];
    for (const answer of answers)
      expect((await codes(() => answer)).codes).to.deep.equal(["NotCountersigned"]);
    const reverted = new ConsortiaError("CallReverted", "It reverted.");
    expect((await codes(() => reverted)).codes).to.deep.equal(["NotCountersigned"]);
  });

  it("does not ask one that had no right to countersign", async () => {
    const { codes: found, asked } = await codes(() => YES, signed(1));
    expect([found, asked]).to.deep.equal([["NotCountersigned"], []]);
  });

  it("cannot tell where no node is asked, or none has the state of the block", async () => {
    const gone = new ConsortiaError("HistoryMissing", "It forgot.");
    expect((await codes(() => gone)).codes).to.deep.equal(["ContractSignatureUnasked"]);
    const made = signed();
    await made.state.signatures.settle();
    await askWallets([], made.state.signatures, made.findings);
    expect(await made.codes()).to.deep.equal(["ContractSignatureUnasked"]);
  });
});
