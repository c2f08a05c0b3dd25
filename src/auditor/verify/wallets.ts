import { Interface } from "ethers";
import { isConsortiaError } from "../../core/error.ts";
import type { ChainNode } from "../chain/node.ts";
import type { Findings } from "../finding.ts";
import type { ContractSignature, Signatures } from "../fold/signatures.ts";

const WALLET = new Interface([
  "function isValidSignature(bytes32 digest, bytes signature) view returns (bytes4)",
]);
const MAGIC = "0x1626ba7e";
/** What the ledger lets a contract spend on its answer; see contracts/libraries/Signers.sol. */
const CONTRACT_GAS = 120_000;
/** A node says so where a call fails, each in its own words. */
const NO = new Set(["CallReverted", "NodeRefused"]);

/**
 * Asks contracts whether they signed (ERC-1271), each at the end of the block in which its signature counted, and at
 * the end of the one before: it may have changed its mind in between.
 */
export async function askWallets(
  nodes: readonly ChainNode[],
  signatures: Signatures,
  findings: Findings,
): Promise<void> {
  const [node] = nodes;
  for (const wanted of signatures.contracts) {
    const answer = node === undefined ? "no node was named" : await approves(node, wanted);
    if (typeof answer === "boolean") {
      signatures.judge(wanted.asked, wanted.signer, answer);
      continue;
    }
    const { asked, signer } = wanted;
    const message = `${asked.what()} is signed by the contract ${signer}, which could not be asked: ${answer}`;
    findings.add("ContractSignatureUnasked", message, {
      ...asked.place,
      ...asked.details,
      found: signer,
    });
  }
}

async function approves(
  node: ChainNode,
  { signer, digest, bytes, asked: { place } }: ContractSignature,
): Promise<boolean | string> {
  const question = WALLET.encodeFunctionData("isValidSignature", [digest, bytes]);
  for (const block of [place.block, place.block - 1]) {
    try {
      const answer = await node.call(signer, question, block, CONTRACT_GAS + costOf(question));
      if (answer.length >= 66 && answer.slice(0, 66) === MAGIC.padEnd(66, "0")) return true;
    } catch (error) {
      if (!isConsortiaError(error)) throw error;
      if (!NO.has(error.code)) return error.message;
    }
  }
  return false;
}

/** What a transaction costs before the contract is asked: 21,000, and 16 for each byte that is not zero, 4 for others. */
function costOf(data: string): number {
  return Buffer.from(data.slice(2), "hex").reduce((sum, byte) => sum + (byte === 0 ? 4 : 16), 21_000);
}
