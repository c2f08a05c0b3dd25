import { expect } from "chai";
import { zeroPadValue, toBeHex } from "ethers";
import type { ChainNode } from "../../../../src/auditor/chain/node.ts";
import { compareWithChain } from "../../../../src/auditor/verify/chain.ts";
import { encodeCall, type View } from "../../../../src/auditor/verify/compare.ts";
import { deskViews } from "../../../../src/auditor/verify/desks.ts";
import { fundViews } from "../../../../src/auditor/verify/funds.ts";
import { officeViews } from "../../../../src/auditor/verify/offices.ts";
import { priceViews } from "../../../../src/auditor/verify/prices.ts";
import { ledgerViews } from "../../../../src/auditor/verify/views.ts";
import { ConsortiaError } from "../../../../src/core/error.ts";
import { toAssetUnits } from "../../../../src/core/money.ts";
import {
  ADA,
  BOB,
  digestOf,
  foundedLedger,
  MadeLedger,
  madeStatement,
  openedEvents,
  postedEvent,
  signedBy,
  SITE,
  TERMS,
} from "../../../support/made-ledger.ts";
import { GROSS } from "../../../support/statements.ts";
import { statementNumber } from "../../../../src/core/ids.ts";

const word = (value: bigint) => zeroPadValue(toBeHex(value < 0n ? value + (1n << 256n) : value), 32).slice(2);
const keyOf = ({ to, signature, args }: Pick<View, "to" | "signature" | "args">) =>
  `${to} ${encodeCall(signature, args)}`;

/** A node that answers what a made ledger comes to, but for the answers that a test puts in. */
function nodeOf(made: MadeLedger, lies: Readonly<Record<string, string>> = {}, held = 0n) {
  const { state, fold } = made;
  const views = [
    ...ledgerViews(state, fold.cashier, made.now),
    ...officeViews(state, made.now),
    ...priceViews(fold, made.now),
    ...deskViews(state, fold.claims),
    ...fundViews(fold),
  ];
  const answers = new Map(
    views.map((view) => [keyOf(view), `0x${view.figures.map(([, value]) => word(value)).join("")}`]),
  );
  const node = {
    name: "a made node",
    calls: (calls: readonly { to: string; data: string }[]) =>
      Promise.resolve(
        calls.map(({ to, data }) => lies[`${to} ${data}`] ?? answers.get(`${to} ${data}`) ?? "0x"),
      ),
    call: () =>
      Promise.resolve(`0x${word(toAssetUnits(made.state.book.backing, TERMS.assetDecimals) + held)}`),
  } as unknown as ChainNode;
  return { node, figures: views.reduce((sum, { figures }) => sum + figures.length, 0) };
}
const compare = (made: MadeLedger, ...nodes: ChainNode[]) =>
  compareWithChain(nodes, 7, made.now, made.fold, made.findings);
const BALANCE = encodeCall("balanceOf(address)", []);
const ACCOUNT = { to: SITE.ledger, signature: "account(uint32)", args: [BigInt(BOB)] };

describe("compareWithChain", () => {
  async function busy(): Promise<MadeLedger> {
    const made = foundedLedger().tell(postedEvent([await signedBy("bob", madeStatement())]));
    const digest = digestOf(madeStatement());
    made.tell(["GivenBack", ADA, BOB, GROSS], ["RecordsRefunded", digest, ADA, BOB, [0], GROSS]);
    return made.tell(...openedEvents(madeStatement({ number: statementNumber(2) })));
  }

  it("agrees with a node that says what the logs come to, figure by figure, and with each of two", async () => {
    for (const made of [new MadeLedger(), foundedLedger(), await busy()]) {
      const { node, figures } = nodeOf(made);
      expect(figures).to.be.greaterThan(25);
      expect(await compare(made, node)).to.equal(figures);
      expect(await compare(made, node, node)).to.equal(2 * figures);
      expect(await made.codes()).to.deep.equal([]);
    }
  });

  it("names each figure that differs, with what it should be and whose it is", async () => {
    const made = await busy();
    const honest = nodeOf(made);
    const [truth] = await honest.node.calls(
      [{ to: ACCOUNT.to, data: encodeCall(ACCOUNT.signature, ACCOUNT.args) }],
      7,
    );
    const cash = `0x${truth!.slice(2, 66)}${word(1n)}${truth!.slice(130)}`;
    const { node } = nodeOf(made, { [keyOf(ACCOUNT)]: cash });
    expect(await compare(made, node)).to.equal(honest.figures - 1);
    const [found, ...others] = made.findings.list("wrong");
    expect(others).to.deep.equal([]);
    expect(found).to.include({
      code: "ViewDiffers",
      member: BOB,
      block: 7,
      expected: "1000.00",
      found: "0.000001",
    });
    expect(found?.message).to.include("cash of account(4)");
  });

  it("names a view that answers nothing, or too little", async () => {
    for (const answer of ["0x", `0x${word(0n)}`]) {
      const made = foundedLedger();
      await compare(made, nodeOf(made, { [keyOf(ACCOUNT)]: answer }).node);
      const found = made.findings.list("wrong").map((one) => one.found);
      expect(found).to.include("nothing");
      expect(new Set(await made.codes())).to.deep.equal(new Set(["ViewDiffers"]));
    }
  });

  it("names a view that reverts, and compares the others all the same", async () => {
    const made = foundedLedger();
    const { node, figures } = nodeOf(made);
    const reverted = () => Promise.reject(new ConsortiaError("CallReverted", "It reverted."));
    const account = encodeCall(ACCOUNT.signature, ACCOUNT.args);
    const call: ChainNode["call"] = (to, data, block) =>
      to === SITE.asset && data.startsWith(BALANCE)
        ? node.call(to, data, block)
        : data === account
          ? reverted()
          : node.calls([{ to, data }], block).then(([answer]) => answer ?? "0x");
    expect(await compare(made, { ...node, calls: reverted, call })).to.equal(figures - 9);
    expect(new Set(await made.codes())).to.deep.equal(new Set(["ViewDiffers"]));
  });

  it("names an asset that is short, and lets a stray transfer pass", async () => {
    const made = foundedLedger();
    await compare(made, nodeOf(made, {}, 1n).node);
    expect(await made.codes()).to.deep.equal([]);
    await compare(made, nodeOf(made, {}, -1n).node);
    expect(await made.codes()).to.deep.equal(["AssetShort"]);
  });

  it("cannot tell where a node has no state of the block", async () => {
    const made = foundedLedger();
    const silent = () => Promise.reject(new ConsortiaError("HistoryMissing", "It forgot."));
    const node = { name: "forgetful", calls: silent, call: silent } as unknown as ChainNode;
    expect(await compare(made, node)).to.equal(0);
    expect(await made.codes()).to.deep.equal(["ViewUnavailable", "ViewUnavailable"]);
  });

  it("passes on what is no answer of a node", async () => {
    const made = foundedLedger();
    const broken = () => Promise.reject(new TypeError("a fault of ours"));
    const node = { name: "broken", calls: broken, call: broken } as unknown as ChainNode;
    const error = await compare(made, node).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(TypeError);
  });
});
