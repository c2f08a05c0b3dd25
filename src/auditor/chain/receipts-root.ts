import { keccak256, toHash } from "../../core/keccak.ts";
import { encodeRlp, rlpNumber } from "./rlp.ts";

/** The root of a block's receipts, given as encoded, in their order (yellow paper, 4.3.3). */
export async function receiptsRoot(encoded: readonly Uint8Array[]): Promise<string> {
  // Opened when a block is checked: every other command would wait for it.
  const { createMPT } = await import("@ethereumjs/mpt");
  // The option's name speaks of keys; the trie hashes its nodes with it, and keys only where told to.
  const trie = await createMPT({ useKeyHashingFunction: keccak256 });
  for (const [index, receipt] of encoded.entries()) {
    await trie.put(encodeRlp(rlpNumber(BigInt(index))), receipt);
  }
  return toHash(trie.root());
}
