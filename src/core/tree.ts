import { getBig, putBig, putHex, putUint, WORD } from "./abi.ts";
import { ConsortiaError } from "./error.ts";
import { hash, type Hash } from "./ids.ts";
import { keccak256, toHash } from "./keccak.ts";
import { createLeafHasher } from "./leaf.ts";
import { credits, type Credits } from "./money.ts";
import type { ServiceRecord } from "./record.ts";

/**
 * The Merkle sum tree over a statement's records. leaf.ts defines a leaf; its sum is the record's amount.
 *
 *     node(l, r) = keccak256(0x01 ‖ l.hash ‖ uint64 l.sum ‖ r.hash ‖ uint64 r.sum)    81 bytes
 *     node.sum   = l.sum + r.sum, which must fit uint64
 *     root       = keccak256(0x02 ‖ domain ‖ top.hash ‖ uint64 top.sum ‖ uint32 count)    77 bytes
 *
 * Levels pair from the left; an odd node at a level's end is promoted unchanged. The root commits to the
 * number of leaves, so index and count fix the path's shape: nothing but a leaf can stand at its foot. Every
 * record proves the whole sum: whoever hides an amount leaves a record that cannot be proven.
 */

export interface TreeRoot {
  readonly root: Hash;
  readonly sum: Credits;
  readonly count: number;
}

export interface TreeNode {
  readonly hash: Hash;
  readonly sum: Credits;
}

/** Siblings from the leaf upwards; a level at which the path's node is promoted has none. */
export interface RecordProof {
  readonly index: number;
  readonly count: number;
  readonly siblings: readonly TreeNode[];
}

export interface RecordTree extends TreeRoot {
  /** @throws `TreeIndexInvalid` */
  prove(index: number): RecordProof;
}

export interface TreeBuilder {
  /** @throws `RecordInvalid`, `TreeSumOverflow` */
  push(record: ServiceRecord): void;
  /** The root of the records pushed so far. @throws `TreeEmpty`, `TreeSumOverflow` */
  root(): TreeRoot;
}

const UINT64 = (1n << 64n) - 1n;
const MAX_COUNT = 0xffff_ffff;
/** A node in memory: its hash and its sum, just as they enter the node above. */
const NODE = WORD + 8;

/** The records' root with their inclusion proofs; keeps 80 bytes a record. @throws as {@link TreeBuilder} */
export function buildTree(domain: Hash, records: readonly ServiceRecord[]): RecordTree {
  const count = records.length;
  const levels = [hashLeaves(domain, records)];
  for (let level = levels[0]!; level.length > NODE; levels.push(level)) level = levelAbove(level);
  return {
    ...seal(domain, levels.at(-1)!, count),
    prove(index) {
      if (!Number.isInteger(index) || index < 0 || index >= count) {
        throw new ConsortiaError(
          "TreeIndexInvalid",
          `There is no record ${index}: the tree holds records 0 to ${count - 1}.`,
          { values: { index, count } },
        );
      }
      const siblings = path(index, count).flatMap(({ side, at }, height) => {
        if (side === "none") return [];
        const node = levels[height]!.subarray((side === "left" ? at - 1 : at + 1) * NODE);
        return [{ hash: toHash(node), sum: sumOf(node) }];
      });
      return { index, count, siblings };
    },
  };
}

/** The records' root alone, in memory that grows with the tree's height only. */
export function createTreeBuilder(domain: Hash): TreeBuilder {
  const leafOf = createLeafHasher(domain);
  // One node per set bit of the count, the widest first: whole subtrees, still to be paired.
  const peaks: Uint8Array[] = [];
  let count = 0;
  return {
    push(record) {
      if (count === MAX_COUNT) throw new ConsortiaError("TreeFull", `A tree holds ${MAX_COUNT} records.`);
      const paired = peaks.slice();
      let node = nodeOf(leafOf(record), record.amount);
      for (let rest = count; rest % 2 === 1; rest = Math.floor(rest / 2)) node = join(paired.pop()!, node);
      peaks.splice(paired.length, Infinity, node);
      count += 1;
    },
    root() {
      const top = peaks.reduceRight<Uint8Array | undefined>(
        (right, left) => (right === undefined ? left : join(left, right)),
        undefined,
      );
      return seal(domain, top ?? new Uint8Array(), count);
    },
  };
}

/**
 * The only tree in which `proof` can place `record`, or undefined where the proof fits none. Comparing its
 * root with a trusted one proves the record, the sum and the count at once.
 * @throws `RecordInvalid`
 */
export function provenTree(domain: Hash, record: ServiceRecord, proof: RecordProof): TreeRoot | undefined {
  const { index, count, siblings } = proof;
  if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT) return undefined;
  if (!Number.isInteger(index) || index < 0 || index >= count) return undefined;
  const steps = path(index, count).filter(({ side }) => side !== "none");
  if (siblings.length !== steps.length) return undefined;
  let node = nodeOf(createLeafHasher(domain)(record), record.amount);
  for (const [step, { side }] of steps.entries()) {
    const given = siblings[step]!;
    if (!/^0x[0-9a-fA-F]{64}$/.test(given.hash)) return undefined;
    if (given.sum < 0n || given.sum + sumOf(node) > UINT64) return undefined;
    const sibling = new Uint8Array(NODE);
    putHex(sibling, 0, WORD, given.hash);
    putBig(sibling, WORD, 8, given.sum);
    node = side === "left" ? join(sibling, node) : join(node, sibling);
  }
  return seal(domain, node, count);
}

/** Whether `record` is in the tree of `root`. @throws `RecordInvalid` */
export function verifyRecord(domain: Hash, root: Hash, record: ServiceRecord, proof: RecordProof): boolean {
  return provenTree(domain, record, proof)?.root === hash(root);
}

interface Step {
  readonly at: number;
  readonly side: "left" | "right" | "none";
}

/** The way up from a leaf: the path's place at each level, and where its sibling stands. */
function path(index: number, count: number): Step[] {
  const steps: Step[] = [];
  for (let at = index, width = count; width > 1; at = Math.floor(at / 2), width = Math.ceil(width / 2)) {
    steps.push({ at, side: at % 2 === 1 ? "left" : at + 1 < width ? "right" : "none" });
  }
  return steps;
}

function hashLeaves(domain: Hash, records: readonly ServiceRecord[]): Uint8Array {
  const leafOf = createLeafHasher(domain);
  const level = new Uint8Array(records.length * NODE);
  for (const [index, record] of records.entries()) {
    level.set(leafOf(record), index * NODE);
    putBig(level, index * NODE + WORD, 8, record.amount);
  }
  return level;
}

function levelAbove(level: Uint8Array): Uint8Array {
  const above = new Uint8Array(Math.ceil(level.length / NODE / 2) * NODE);
  for (let from = 0, to = 0; from < level.length; from += 2 * NODE, to += NODE) {
    const left = level.subarray(from, from + NODE);
    const right = level.subarray(from + NODE, from + 2 * NODE);
    above.set(right.length === 0 ? left : join(left, right), to);
  }
  return above;
}

function join(left: Uint8Array, right: Uint8Array): Uint8Array {
  const sum = sumOf(left) + sumOf(right);
  if (sum > UINT64) {
    throw new ConsortiaError("TreeSumOverflow", `The records' amounts sum to ${sum}, more than ${UINT64}.`, {
      values: { sum },
    });
  }
  const preimage = new Uint8Array(1 + 2 * NODE);
  preimage[0] = 0x01;
  preimage.set(left, 1);
  preimage.set(right, 1 + NODE);
  return nodeOf(keccak256(preimage), sum);
}

function seal(domain: Hash, top: Uint8Array, count: number): TreeRoot {
  if (count === 0) {
    throw new ConsortiaError(
      "TreeEmpty",
      "A statement without records has no tree. Add at least one record.",
    );
  }
  const preimage = new Uint8Array(1 + WORD + NODE + 4);
  preimage[0] = 0x02;
  putHex(preimage, 1, WORD, domain);
  preimage.set(top, 1 + WORD);
  putUint(preimage, 1 + WORD + NODE, 4, count);
  return { root: toHash(keccak256(preimage)), sum: sumOf(top), count };
}

function nodeOf(hash: Uint8Array, sum: bigint): Uint8Array {
  const node = new Uint8Array(NODE);
  node.set(hash);
  putBig(node, WORD, 8, sum);
  return node;
}

function sumOf(node: Uint8Array): Credits {
  return credits(getBig(node, WORD, 8));
}
