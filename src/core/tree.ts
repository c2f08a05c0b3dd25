import { ConsortiaError } from "./error.ts";
import type { Hash } from "./ids.ts";
import { createLeafHasher } from "./leaf.ts";
import { join, MAX_COUNT, NODE, nodeAt, putNode, seal, type TreeNode, type TreeRoot } from "./node.ts";
import { climb, hashLeaves, placesFit, type RecordProof } from "./proof.ts";
import type { ServiceRecord } from "./record.ts";

/**
 * The Merkle sum tree over a statement's records. leaf.ts defines a leaf; its sum is the record's amount.
 *
 *     node(l, r) = keccak256(0x01 ‖ l.hash ‖ uint64 l.sum ‖ r.hash ‖ uint64 r.sum)    81 bytes
 *     node.sum   = l.sum + r.sum, which must fit uint64
 *     root       = keccak256(0x02 ‖ domain ‖ top.hash ‖ uint64 top.sum ‖ uint32 count)    77 bytes
 *
 * Levels pair from the left; an odd node at a level's end is promoted unchanged. The root commits to the
 * number of leaves, so indices and count fix the paths' shape: nothing but a leaf can stand at their foot. Every
 * record proves the whole sum: whoever hides an amount leaves a record that cannot be proven.
 */

export interface RecordTree extends TreeRoot {
  /** Hash of the node right below the root: with sum and count it is all that the root commits to. */
  readonly top: Hash;
  /** Proves one record. @throws `TreeIndexInvalid` */
  prove(index: number): RecordProof;
  /** Proves some records together, with siblings shared. @throws `TreeIndexInvalid` where places do not ascend. */
  proveMany(indices: readonly number[]): RecordProof;
}

export interface TreeBuilder {
  /** Takes the next record. @throws `RecordInvalid`, `TreeSumOverflow`, `TreeFull`; the builder stays as it was. */
  push(record: ServiceRecord): void;
  /**
   * Takes the next 2^height records as the node over them, which another builder worked out.
   * @throws `TreeSubtreeInvalid` where the records so far are no multiple of 2^height; as {@link push}
   */
  pushSubtree(subtree: Subtree): void;
  /** The records so far as whole subtrees, the widest first, for another builder to take in this order. */
  subtrees(): Subtree[];
  /** The root of the records so far. @throws `TreeEmpty`, `TreeSumOverflow` */
  root(): TreeRoot;
}

/** The node over 2^height records that begin at a multiple of 2^height. */
export interface Subtree {
  readonly node: TreeNode;
  readonly height: number;
}

/** The records' root with their inclusion proofs; keeps 80 bytes a record. @throws as {@link TreeBuilder} */
export function buildTree(domain: Hash, records: readonly ServiceRecord[]): RecordTree {
  const count = records.length;
  const levels = [hashLeaves(domain, records)];
  for (let level = levels[0]!; level.length > NODE; levels.push(level)) level = levelAbove(level);
  const proveMany = (indices: readonly number[]): RecordProof => {
    if (!placesFit(indices, count)) throw noSuchPlace(indices, count);
    const siblings = climb(indices, count).flatMap((level, height) =>
      level.flatMap(({ place, left, right }) => {
        if (left === "known" && right !== "given") return [];
        return [nodeAt(levels[height]!, (2 * place + (left === "given" ? 0 : 1)) * NODE)];
      }),
    );
    return { count, indices: [...indices], siblings };
  };
  const { hash: top } = nodeAt(levels.at(-1)!, 0);
  return { ...seal(domain, levels.at(-1)!, count), top, proveMany, prove: (index) => proveMany([index]) };
}

function levelAbove(level: Uint8Array): Uint8Array {
  const width = level.length / NODE;
  const above = new Uint8Array(Math.ceil(width / 2) * NODE);
  for (let place = 0; place + 1 < width; place += 2) {
    join(level, place * NODE, level, (place + 1) * NODE, above, (place / 2) * NODE);
  }
  if (width % 2 === 1) above.set(level.subarray(-NODE), above.length - NODE);
  return above;
}

/** The records' root alone, in memory that grows with the tree's height only. */
export function createTreeBuilder(domain: Hash): TreeBuilder {
  const putLeaf = createLeafHasher(domain);
  // One node per set bit of the count, by its height: whole subtrees, still to be paired.
  const peaks = new Uint8Array(32 * NODE);
  const rising = new Uint8Array(NODE);
  let count = 0;
  const isPeak = (height: number): boolean => height < 32 && ((count >>> height) & 1) === 1;

  /** Takes the subtree in `rising` and pairs it with its equals; peaks below the last are stale, not cleared. */
  function raise(height: number): void {
    if (count + 2 ** height > MAX_COUNT)
      throw new ConsortiaError("TreeFull", `A tree holds ${MAX_COUNT} records.`);
    let at = height;
    for (; isPeak(at); at++) join(peaks, at * NODE, rising, 0, rising, 0);
    peaks.set(rising, at * NODE);
    count += 2 ** height;
  }

  return {
    push(record) {
      putLeaf(record, rising, 0);
      raise(0);
    },
    pushSubtree({ node, height }) {
      const whole = Number.isInteger(height) && height >= 0 && height < 32 && count % 2 ** height === 0;
      if (!whole || !putNode(rising, 0, node)) throw misplaced(height, count);
      raise(height);
    },
    subtrees() {
      const heights = Array.from({ length: 32 }, (_, i) => 31 - i).filter(isPeak);
      return heights.map((height) => ({ node: nodeAt(peaks, height * NODE), height }));
    },
    root() {
      let found = false;
      for (let height = 0; height < 32; height++) {
        if (!isPeak(height)) continue;
        if (found) join(peaks, height * NODE, rising, 0, rising, 0);
        else rising.set(peaks.subarray(height * NODE, (height + 1) * NODE));
        found = true;
      }
      return seal(domain, rising, count);
    },
  };
}

function noSuchPlace(indices: readonly number[], count: number): ConsortiaError {
  return new ConsortiaError(
    "TreeIndexInvalid",
    `Records ${indices.join(", ")} cannot be proven: the tree holds records 0 to ${count - 1}, ` +
      "and places are given in ascending order, each once.",
    { values: { indices, count } },
  );
}

function misplaced(height: number, count: number): ConsortiaError {
  return new ConsortiaError(
    "TreeSubtreeInvalid",
    `This subtree of height ${height} cannot follow ${count} records. It needs a hash, a sum of 64 bits, and as many ` +
      "records before it as are a multiple of its own.",
    { values: { height, count } },
  );
}
