import { expect } from "chai";
import { concat, id, keccak256 } from "ethers";
import fc from "fast-check";
import { hash, type Hash } from "../../../src/core/ids.ts";
import { recordLeaf, treeDomain } from "../../../src/core/leaf.ts";
import { credits } from "../../../src/core/money.ts";
import { provenTree, verifyRecords, type RecordProof } from "../../../src/core/proof.ts";
import type { ServiceRecord } from "../../../src/core/record.ts";
import { buildTree } from "../../../src/core/tree.ts";
import { oracleTree } from "../../parity/tree-oracle.ts";
import { anyRecord, DOMAIN, LEDGER, record, records, UINT64 } from "../../support/records.ts";

const all = records(6);
const tree = buildTree(DOMAIN, all);
const third = all[2]!;
const proof = tree.prove(2);

function verify(
  r: ServiceRecord | ServiceRecord[],
  by: RecordProof = proof,
  root: Hash = tree.root,
): boolean {
  return verifyRecords(DOMAIN, root, Array.isArray(r) ? r : [r], by);
}

describe("provenTree", () => {
  it("answers the whole tree that a proof speaks for", () => {
    const { root, sum, count } = tree;
    expect(provenTree(DOMAIN, [third], proof)).to.deep.equal({ root, sum, count });
    expect(provenTree(DOMAIN, [all[0]!, all[5]!], tree.proveMany([0, 5]))).to.deep.equal({
      root,
      sum,
      count,
    });
  });

  it("answers undefined to a proof that fits no tree", () => {
    expect(provenTree(DOMAIN, [third], { ...proof, siblings: [] })).to.equal(undefined);
  });
});

describe("verifyRecords", () => {
  it("refuses another record, place, count, root or domain", () => {
    expect(verify(third)).to.equal(true);
    expect(verify(all[3]!)).to.equal(false);
    expect(verify({ ...third, amount: credits(third.amount + 1n) })).to.equal(false);
    expect(verify(third, { ...proof, indices: [3] })).to.equal(false);
    expect(verify(third, { ...proof, count: 5 })).to.equal(false);
    expect(verify(third, { ...proof, count: 8 })).to.equal(false);
    expect(verify(third, proof, hash(id("another root")))).to.equal(false);
    expect(verifyRecords(treeDomain(1n, LEDGER), tree.root, [third], proof)).to.equal(false);
  });

  it("refuses siblings too few, too many or out of order", () => {
    const extra = [...proof.siblings, proof.siblings[0]!];
    expect(verify(third, { ...proof, siblings: proof.siblings.slice(1) })).to.equal(false);
    expect(verify(third, { ...proof, siblings: extra })).to.equal(false);
    expect(verify(third, { ...proof, siblings: [...proof.siblings].reverse() })).to.equal(false);
  });

  it("refuses siblings that pad a proof of all records", () => {
    const whole = tree.proveMany([0, 1, 2, 3, 4, 5]);
    expect(whole.siblings).to.deep.equal([]);
    expect(verify(all, whole)).to.equal(true);
    expect(verify(all, { ...whole, siblings: [{ hash: hash(id("padding")), sum: credits(0n) }] })).to.equal(
      false,
    );
  });

  it("refuses numbers that are no place in a tree", () => {
    for (const [index, count] of [
      [-1, 6],
      [6, 6],
      [0, 0],
      [0.5, 6],
      [2, 2 ** 32],
      [2, 6.5],
      [Number.NaN, 6],
    ] as const) {
      expect(verify(third, { ...proof, indices: [index], count })).to.equal(false);
    }
  });

  it("refuses places that do not ascend, repeat, or are not as many as the records", () => {
    const two = tree.proveMany([2, 3]);
    const [c, d] = [all[2]!, all[3]!];
    expect(verify([c, d], two)).to.equal(true);
    expect(verify([d, c], { ...two, indices: [3, 2] })).to.equal(false);
    expect(verify([d, c], two)).to.equal(false);
    expect(verify([c, c], { ...proof, indices: [2, 2] })).to.equal(false);
    expect(verify([c, c], proof)).to.equal(false);
    expect(verify([c], two)).to.equal(false);
    expect(verify([], { ...proof, indices: [] })).to.equal(false);
    expect(verify([], { count: 0, indices: [], siblings: [] })).to.equal(false);
  });

  it("refuses a sibling whose sum lies, is negative or overflows", () => {
    for (const sum of [0n, proof.siblings[0]!.sum + 1n, -1n, UINT64, UINT64 + 1n]) {
      const siblings = [{ ...proof.siblings[0]!, sum: credits(sum) }, ...proof.siblings.slice(1)];
      expect(verify(third, { ...proof, siblings })).to.equal(false);
    }
  });

  it("cannot move an amount between siblings and keep the total", () => {
    const [first, second, ...rest] = proof.siblings;
    const siblings = [
      { ...first!, sum: credits(first!.sum - 1n) },
      { ...second!, sum: credits(second!.sum + 1n) },
      ...rest,
    ];
    expect(verify(third, { ...proof, siblings })).to.equal(false);
  });

  it("refuses children swapped", () => {
    const [a, b] = [record(1), record(2)];
    const pair = buildTree(DOMAIN, [a, b]);
    const swapped = { count: 2, indices: [1], siblings: pair.prove(0).siblings };
    expect(verifyRecords(DOMAIN, pair.root, [a], pair.prove(0))).to.equal(true);
    expect(verifyRecords(DOMAIN, pair.root, [a], swapped)).to.equal(false);
    expect(verifyRecords(DOMAIN, pair.root, [b, a], pair.proveMany([0, 1]))).to.equal(false);
  });

  it("refuses a hash that is none", () => {
    const siblings = [{ ...proof.siblings[0]!, hash: "0x12" as Hash }, ...proof.siblings.slice(1)];
    expect(verify(third, { ...proof, siblings })).to.equal(false);
  });

  it("never takes an inner node for a leaf", () => {
    // Three records, of which the first two are hidden below an inner node shown as "the" first leaf of two.
    const three = buildTree(DOMAIN, records(3));
    const inner = three.prove(2).siblings[0]!;
    const posing = { ...record(1), request: inner.hash, amount: inner.sum };
    for (const count of [2, 3]) {
      const siblings = [{ hash: recordLeaf(DOMAIN, record(3)), sum: record(3).amount }];
      expect(verifyRecords(DOMAIN, three.root, [posing], { indices: [0], count, siblings })).to.equal(false);
    }
  });

  it("never takes the tree of another count, though its nodes be the same", () => {
    // Of two records and of four of which the last pair is promoted under a false count.
    const three = buildTree(DOMAIN, records(3));
    const last = { count: 3, indices: [2], siblings: three.prove(2).siblings };
    expect(verifyRecords(DOMAIN, three.root, [record(3)], last)).to.equal(true);
    expect(verifyRecords(DOMAIN, three.root, [record(3)], { ...last, count: 2, indices: [1] })).to.equal(
      false,
    );
  });

  it("shares no preimage between leaf, node and plain pair", () => {
    const [a, b] = [recordLeaf(DOMAIN, record(1)), recordLeaf(DOMAIN, record(2))];
    const plain = keccak256(concat([a, b]));
    const pair = buildTree(DOMAIN, records(2));
    expect(pair.root).to.not.equal(plain);
    expect(pair.prove(0).siblings[0]!.hash).to.equal(b);
    expect(recordLeaf(DOMAIN, { ...record(1), request: a, details: b })).to.not.equal(plain);
  });

  it("holds for the right records in their places, and for nothing else", () => {
    const some = fc.array(anyRecord, { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(some, fc.nat(), fc.nat(), (list, set, other) => {
        const built = buildTree(DOMAIN, list);
        const places = list.map((_, i) => i).filter((i) => ((set >> i) & 1) === 1 || i === set % list.length);
        const shown = places.map((place) => list[place]!);
        const many = built.proveMany(places);
        const twin = oracleTree(DOMAIN, list);
        expect(built.root).to.equal(twin.root);
        expect(many).to.deep.equal(twin.prove(places));
        expect(verifyRecords(DOMAIN, built.root, shown, many)).to.equal(true);
        const at = other % shown.length;
        const changed = shown.with(at, { ...shown[at]!, charge: shown[at]!.charge ^ 1 });
        expect(verifyRecords(DOMAIN, built.root, changed, many)).to.equal(false);
        const moved = places.with(at, places[at]! ^ 1);
        expect(verifyRecords(DOMAIN, built.root, shown, { ...many, indices: moved })).to.equal(false);
      }),
      { numRuns: 60 },
    );
  });
});
