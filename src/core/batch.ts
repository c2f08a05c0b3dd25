import { putBig, putHex, WORD } from "./abi.ts";
import { ConsortiaError } from "./error.ts";
import type { Hash } from "./ids.ts";
import { keccak256, toHash } from "./keccak.ts";
import type { Charge } from "./schedule.ts";
import type { Credits } from "./money.ts";

/** What a batch's root commits to: a statement and what it was really charged. */
export interface BatchLeaf extends Charge {
  /** EIP-712 digest of the statement. */
  readonly digest: Hash;
  /** The part of what the consumer was due that became an acknowledged debt. */
  readonly acknowledged: Credits;
  /** The part of the gross that others paid for the consumer. */
  readonly relieved: Credits;
}

/** The root of no statements. */
const EMPTY = toHash(new Uint8Array(WORD));

/**
 * The Merkle root of a batch's posted statements, in their order. Leaves are double-hashed, pairs are sorted, an
 * odd node moves up unchanged: proofs verify with OpenZeppelin's MerkleProof. Twin: contracts/libraries/BatchRoot.sol.
 */
export function batchRoot(leaves: readonly BatchLeaf[]): Hash {
  return levelsOf(leaves).at(-1)?.[0] ?? EMPTY;
}

/**
 * That a batch's root commits to one of its statements: the siblings on its way up, as OpenZeppelin's MerkleProof takes
 * them; none where the statement is alone.
 * @throws `BatchIndexInvalid`
 */
export function batchPath(leaves: readonly BatchLeaf[], index: number): Hash[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new ConsortiaError(
      "BatchIndexInvalid",
      `There is no statement at place ${index} of a batch that holds ${leaves.length}. Places begin with 0.`,
      { values: { index, count: leaves.length } },
    );
  }
  return levelsOf(leaves).flatMap((level, height) => level[(index >>> height) ^ 1] ?? []);
}

/** Every level of the tree, from the leaves to the root. */
function levelsOf(leaves: readonly BatchLeaf[]): Hash[][] {
  const levels = [leaves.map(hashBatchLeaf)];
  for (let level = levels[0]!; level.length > 1; levels.push(level)) {
    const below = level;
    level = [];
    for (let i = 0; i < below.length; i += 2) level.push(join(below[i]!, below[i + 1]));
  }
  return levels;
}

/** keccak256(keccak256(digest ‖ amounts)): gross, fee, acknowledged and relieved share a word, 8 bytes each. */
export function hashBatchLeaf({ digest, gross, fee, acknowledged, relieved }: BatchLeaf): Hash {
  const bytes = new Uint8Array(2 * WORD);
  putHex(bytes, 0, WORD, digest);
  [gross, fee, acknowledged, relieved].forEach((amount, index) => {
    putBig(bytes, WORD + 8 * index, 8, amount);
  });
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
