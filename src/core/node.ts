import { getBig, putBig, putHash, putHex, putUint, WORD } from "./abi.ts";
import { ConsortiaError } from "./error.ts";
import type { Hash } from "./ids.ts";
import { keccak256, toHash } from "./keccak.ts";
import { credits, type Credits } from "./money.ts";

/** A node of a record tree: its hash, and the sum of the amounts below it. */
export interface TreeNode {
  readonly hash: Hash;
  readonly sum: Credits;
}

export interface TreeRoot {
  readonly root: Hash;
  readonly sum: Credits;
  readonly count: number;
}

/** A node in memory takes so many bytes: its hash and its sum, just as they enter the node above. */
export const NODE = WORD + 8;

/** The most records that a tree holds. */
export const MAX_COUNT = 0xffff_ffff;

const UINT64 = (1n << 64n) - 1n;
const pair = new Uint8Array(1 + 2 * NODE);
pair[0] = 0x01;

/**
 * Writes at `target[to]` the node over the ones at `left[from]` and `right[other]`, which may be the same place.
 * @throws `TreeSumOverflow`, with the target as it was
 */
export function join(
  left: Uint8Array,
  from: number,
  right: Uint8Array,
  other: number,
  target: Uint8Array,
  to: number,
): void {
  for (let i = 0; i < NODE; i++) {
    pair[1 + i] = left[from + i]!;
    pair[1 + NODE + i] = right[other + i]!;
  }
  let carry = 0;
  for (let i = NODE; i > WORD; i--) carry = (pair[i]! + pair[NODE + i]! + carry) >> 8;
  if (carry !== 0) throw overflow(sumAt(left, from) + sumAt(right, other));
  target.set(keccak256(pair), to);
  for (let i = NODE; i > WORD; i--) {
    const digit = pair[i]! + pair[NODE + i]! + carry;
    target[to + i - 1] = digit;
    carry = digit >> 8;
  }
}

/** The root over a tree's topmost node. @throws `TreeEmpty` */
export function seal(domain: Hash, top: Uint8Array, count: number): TreeRoot {
  if (count === 0) {
    throw new ConsortiaError(
      "TreeEmpty",
      "A statement without records has no tree. Add at least one record.",
    );
  }
  const preimage = new Uint8Array(1 + WORD + NODE + 4);
  preimage[0] = 0x02;
  putHex(preimage, 1, WORD, domain);
  preimage.set(top.subarray(0, NODE), 1 + WORD);
  putUint(preimage, 1 + WORD + NODE, 4, count);
  return { root: toHash(keccak256(preimage)), sum: sumAt(top, 0), count };
}

/** Reads the node at `offset`. */
export function nodeAt(source: Uint8Array, offset: number): TreeNode {
  return { hash: toHash(source, offset), sum: sumAt(source, offset) };
}

/** Writes a node at `offset`; false where its hash or its sum is none. */
export function putNode(target: Uint8Array, offset: number, { hash, sum }: TreeNode): boolean {
  if (sum < 0n || sum > UINT64 || !putHash(target, offset, hash)) return false;
  putBig(target, offset + WORD, 8, sum);
  return true;
}

/** Whether amounts, none of them negative, sum to what a tree can hold. */
export function sumFits(amounts: readonly bigint[]): boolean {
  return amounts.reduce((sum, amount) => sum + amount, 0n) <= UINT64;
}

function sumAt(source: Uint8Array, offset: number): Credits {
  return credits(getBig(source, offset + WORD, 8));
}

function overflow(sum: bigint): ConsortiaError {
  return new ConsortiaError(
    "TreeSumOverflow",
    `The records' amounts sum to ${sum}, more than ${UINT64}. Split the statement.`,
    { values: { sum } },
  );
}
