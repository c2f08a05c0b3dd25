import { createMPT } from "@ethereumjs/mpt";
import { encodeRlp, getBytes, hexlify } from "ethers";
import { rlpNumber } from "./header.ts";

/** The root of a block's receipts, given as encoded, in their order (yellow paper, 4.3.3). */
export async function receiptsRoot(encoded: readonly string[]): Promise<string> {
  const trie = await createMPT();
  for (const [index, receipt] of encoded.entries()) {
    await trie.put(getBytes(encodeRlp(rlpNumber(BigInt(index)))), getBytes(receipt));
  }
  return hexlify(trie.root());
}
