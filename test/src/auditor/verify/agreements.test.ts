import { expect } from "chai";
import { hexlify, ZeroHash, type BaseWallet } from "ethers";
import { agreementDigest, signAgreement } from "../../../../src/chain/signing.ts";
import { Register__factory } from "../../../../src/chain/types/index.ts";
import type { ChainNode } from "../../../../src/auditor/chain/node.ts";
import { askAgreements } from "../../../../src/auditor/verify/agreements.ts";
import type { Agreement } from "../../../../src/core/agreements.ts";
import { ConsortiaError } from "../../../../src/core/error.ts";
import { hash } from "../../../../src/core/ids.ts";
import { encodeAlone } from "../../../../src/core/statement.ts";
import { LOAN, OCTOBER } from "../../../support/consortium.ts";
import {
  ADA,
  addressOf,
  BOB,
  DOMAIN,
  foundedLedger,
  keyOf,
  SITE,
  type MadeEvent,
  type MadeLedger,
} from "../../../support/made-ledger.ts";
import { NOVEMBER } from "../../../support/made-prices.ts";
import { c } from "../../../support/statements.ts";

const REGISTER = Register__factory.createInterface();
const terms: Agreement = {
  ...{ members: [ADA, BOB], from: NOVEMBER, until: 0, document: hash(ZeroHash) },
  prices: [{ service: LOAN, price: c("5"), back: c("4") }],
};
const choosy = (member: number): MadeEvent => ["AccountSynced", member, OCTOBER, 0, OCTOBER, 1, 1, true];
const signed = async (key: BaseWallet, under = terms) =>
  hexlify(encodeAlone(await signAgreement(key, DOMAIN, under)));

/** A node that tells a transaction which made the agreement with these signatures, as somebody told it. */
function nodeOf(signatures: readonly string[], { to = SITE.register, call = "agree" } = {}): ChainNode {
  const asked = { ...terms, members: [...terms.members], prices: [...terms.prices] };
  const data = call === "agree" ? REGISTER.encodeFunctionData("agree", [asked, [...signatures]]) : call;
  return {
    name: "a made node",
    sender: () =>
      Promise.resolve({ from: addressOf("anybody"), to: to.toLowerCase(), data: data.toLowerCase() }),
  } as unknown as ChainNode;
}

/** What is found where a ledger's one agreement is asked about. */
async function codes(node: ChainNode | undefined, before: (m: MadeLedger) => unknown = () => undefined) {
  const made = foundedLedger();
  before(made);
  made.tell(["AgreementMade", 1, terms], choosy(ADA), choosy(BOB));
  await askAgreements(node === undefined ? [] : [node], made.state, made.findings);
  return made.codes();
}

describe("askAgreements", () => {
  let [ada, bob] = ["", ""];
  before(async () => {
    [ada, bob] = [await signed(keyOf("ada")), await signed(keyOf("bob"))];
  });

  it("believes what every member signed, in the order of the members", async () => {
    expect(agreementDigest(DOMAIN, terms)).to.match(/^0x[0-9a-f]{64}$/);
    expect(await codes(nodeOf([ada, bob]))).to.deep.equal([]);
    expect(await codes(nodeOf([bob, ada]))).to.deep.equal(["AgreementUnsigned", "AgreementUnsigned"]);
  });

  it("names a signature that is missing, none, under other terms, or of a key without the rights", async () => {
    expect(await codes(nodeOf([ada]))).to.deep.equal(["AgreementUnsigned"]);
    expect(await codes(nodeOf([ada, "0x07"]))).to.deep.equal(["AgreementUnsigned"]);
    const other = await signed(keyOf("bob"), { ...terms, until: NOVEMBER });
    expect(await codes(nodeOf([ada, other]))).to.deep.equal(["AgreementUnsigned"]);
    for (const rights of [1, 2, 0]) {
      const weak = (m: MadeLedger) => m.tell(["KeySet", BOB, addressOf("bob"), rights]);
      expect(await codes(nodeOf([ada, bob]), weak)).to.deep.equal(["AgreementUnsigned"]);
    }
  });

  it("cannot tell where nobody shows the transaction, or it says nothing", async () => {
    const mute = { name: "a made node", sender: () => Promise.resolve(undefined) } as unknown as ChainNode;
    const refusing = {
      name: "a made node",
      sender: () => Promise.reject(new ConsortiaError("MethodMissing", "It has no such method.")),
    } as unknown as ChainNode;
    const elsewhere = nodeOf([ada, bob], { to: SITE.ledger });
    for (const node of [undefined, mute, refusing, elsewhere, nodeOf([], { call: "0x12345678" })]) {
      expect(await codes(node)).to.deep.equal(["AgreementUnproven"]);
    }
  });
});
