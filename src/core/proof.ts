import { hash, type Hash } from "./ids.ts";
import { createLeafHasher } from "./leaf.ts";
import { join, MAX_COUNT, NODE, putNode, seal, sumFits, type TreeNode, type TreeRoot } from "./node.ts";
import type { ServiceRecord } from "./record.ts";

/**
 * That some records, one or many, stand in a tree. Each is proven with all others; nobody learns more of the rest than
 * the siblings' hashes and sums.
 *
 * Siblings are the nodes that cannot be worked out: level by level from the leaves, within a level from left to
 * right. An odd node at a level's end is promoted and has none.
 */
export interface RecordProof {
  /** How many records the tree holds. */
  readonly count: number;
  /** Places of the proven records: ascending and distinct, from 0. */
  readonly indices: readonly number[];
  readonly siblings: readonly TreeNode[];
}

/** A node above known ones: its place in its level, and which of its children have to be given. */
export interface Parent {
  readonly place: number;
  readonly left: "known" | "given";
  readonly right: "known" | "given" | "none";
}

/** Whether these can be places in a tree of `count`: some, whole, ascending and distinct. */
export function placesFit(indices: readonly number[], count: number): boolean {
  if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT || indices.length === 0) return false;
  return indices.every(
    (place, i) => Number.isInteger(place) && place > (indices[i - 1] ?? -1) && place < count,
  );
}

/** The way up from some places to the top: the parents level by level, at most 32 levels. */
export function climb(indices: readonly number[], count: number): Parent[][] {
  const levels: Parent[][] = [];
  let known = indices;
  for (let width = count; width > 1; width = Math.ceil(width / 2)) {
    const level = parents(known, width);
    levels.push(level);
    known = level.map(({ place }) => place);
  }
  return levels;
}

function parents(known: readonly number[], width: number): Parent[] {
  const level: Parent[] = [];
  for (let i = 0; i < known.length; i++) {
    const at = known[i]!;
    const place = Math.floor(at / 2);
    if (at % 2 === 1) level.push({ place, left: "given", right: "known" });
    else if (at + 1 === width) level.push({ place, left: "known", right: "none" });
    else if (known[i + 1] !== at + 1) level.push({ place, left: "known", right: "given" });
    else {
      level.push({ place, left: "known", right: "known" });
      i += 1;
    }
  }
  return level;
}

/**
 * The only tree in which `proof` can place `records`, given in the order of its indices; undefined where it fits none.
 * Comparing the root with a trusted one proves the records, the sum and the count at once.
 * Twin: contracts/libraries/RecordTree.sol.
 * @throws `RecordInvalid`
 */
export function provenTree(
  domain: Hash,
  records: readonly ServiceRecord[],
  proof: RecordProof,
): TreeRoot | undefined {
  const { count, indices, siblings } = proof;
  if (records.length !== indices.length || !placesFit(indices, count)) return undefined;
  const nodes = hashLeaves(domain, records);
  const given = new Uint8Array(siblings.length * NODE);
  if (!siblings.every((sibling, i) => putNode(given, i * NODE, sibling))) return undefined;
  // Together they are the whole tree, so that no sum on the way up can overflow where theirs does not.
  if (!sumFits([...records.map(({ amount }) => amount), ...siblings.map(({ sum }) => sum)])) return undefined;
  const levels = climb(indices, count);
  const needed = levels.flat().filter(({ left, right }) => left === "given" || right === "given").length;
  if (needed !== siblings.length) return undefined;
  let used = 0;
  for (const level of levels) {
    let from = 0;
    for (const [to, { left, right }] of level.entries()) {
      // A parent is written no further than its level was read.
      if (right === "none") nodes.copyWithin(to * NODE, from * NODE, ++from * NODE);
      else if (left === "given") join(given, used++ * NODE, nodes, from++ * NODE, nodes, to * NODE);
      else if (right === "given") join(nodes, from++ * NODE, given, used++ * NODE, nodes, to * NODE);
      else join(nodes, from++ * NODE, nodes, from++ * NODE, nodes, to * NODE);
    }
  }
  return seal(domain, nodes, count);
}

/** Whether `records` are in the tree of `root` where the proof says. @throws `RecordInvalid` */
export function verifyRecords(
  domain: Hash,
  root: Hash,
  records: readonly ServiceRecord[],
  proof: RecordProof,
): boolean {
  return provenTree(domain, records, proof)?.root === hash(root);
}

/** The records' leaves as nodes, one after another. @throws `RecordInvalid` */
export function hashLeaves(domain: Hash, records: readonly ServiceRecord[]): Uint8Array {
  const putLeaf = createLeafHasher(domain);
  const nodes = new Uint8Array(records.length * NODE);
  for (let i = 0; i < records.length; i++) putLeaf(records[i]!, nodes, i * NODE);
  return nodes;
}
