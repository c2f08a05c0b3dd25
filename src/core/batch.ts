import { putBig, putHex, WORD } from "./abi.ts";
import type { Hash } from "./ids.ts";
import { keccak256, toHash } from "./keccak.ts";
import type { Charge } from "./schedule.ts";
import type { Credits } from "./money.ts";

/** What a batch's root commits to: a statement and what it was really charged. */
export interface BatchLeaf extends Charge {
  /** EIP-712 digest of the statement. */
  readonly digest: Hash;
  /** The part of gross and fee that became an acknowledged debt. */
  readonly acknowledged: Credits;
}

/** The root of no statements. */
const EMPTY = toHash(new Uint8Array(WORD));

/**
 * The Merkle root of a batch's posted statements, in their order. Leaves are double-hashed, pairs are sorted, an
 * odd node moves up unchanged: proofs verify with OpenZeppelin's MerkleProof. Twin: contracts/libraries/BatchRoot.sol.
 */
export function batchRoot(leaves: readonly BatchLeaf[]): Hash {
  let level = leaves.map(hashBatchLeaf);
  while (level.length > 1) {
    const above: Hash[] = [];
    for (let i = 0; i < level.length; i += 2) above.push(join(level[i]!, level[i + 1]));
    level = above;
  }
  return level[0] ?? EMPTY;
}

/** keccak256(keccak256(digest ‖ gross ‖ fee ‖ acknowledged)), each a word. */
export function hashBatchLeaf({ digest, gross, fee, acknowledged }: BatchLeaf): Hash {
  const bytes = new Uint8Array(4 * WORD);
  putHex(bytes, 0, WORD, digest);
  putBig(bytes, WORD, WORD, gross);
  putBig(bytes, 2 * WORD, WORD, fee);
  putBig(bytes, 3 * WORD, WORD, acknowledged);
  return toHash(keccak256(keccak256(bytes)));
}

/** Hashes are lower-case hexadecimal, so their texts sort as their numbers do. */
function join(a: Hash, b: Hash | undefined): Hash {
  if (b === undefined) return a;
  const bytes = new Uint8Array(2 * WORD);
  putHex(bytes, 0, WORD, a < b ? a : b);
  putHex(bytes, WORD, WORD, a < b ? b : a);
  return toHash(keccak256(bytes));
}
