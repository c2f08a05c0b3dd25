import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { concat, id, keccak256, solidityPackedKeccak256 } from "ethers";
import fc from "fast-check";
import { hash, type Hash } from "../../../src/core/ids.ts";
import { recordLeaf, treeDomain } from "../../../src/core/leaf.ts";
import { credits } from "../../../src/core/money.ts";
import type { ServiceRecord } from "../../../src/core/record.ts";
import { buildTree, createTreeBuilder, provenTree, verifyRecord } from "../../../src/core/tree.ts";
import { oracleTree } from "../../parity/tree-oracle.ts";
import { treeVectors } from "../../parity/tree-vectors.ts";
import { anyRecord, codeOf, DOMAIN, LEDGER, record, records, UINT64 } from "../../support/records.ts";

describe("buildTree", () => {
  it("refuses no records", () => {
    expect(codeOf(() => buildTree(DOMAIN, []))).to.equal("TreeEmpty");
  });

  it("seals a single leaf with sum and count", () => {
    const leaf = recordLeaf(DOMAIN, record(7));
    const tree = buildTree(DOMAIN, [record(7)]);
    const types = ["bytes1", "bytes32", "bytes32", "uint64", "uint32"];
    expect(tree.root).to.equal(solidityPackedKeccak256(types, ["0x02", DOMAIN, leaf, 7_000_000n, 1]));
    expect(tree.prove(0)).to.deep.equal({ index: 0, count: 1, siblings: [] });
  });

  it("promotes an odd node unchanged", () => {
    const [a, b, c] = records(3).map((r) => recordLeaf(DOMAIN, r));
    const node = ["bytes1", "bytes32", "uint64", "bytes32", "uint64"];
    const ab = solidityPackedKeccak256(node, ["0x01", a, 1_000_000n, b, 2_000_000n]);
    const top = solidityPackedKeccak256(node, ["0x01", ab, 3_000_000n, c, 3_000_000n]);
    expect(buildTree(DOMAIN, records(3)).root).to.equal(
      solidityPackedKeccak256(
        ["bytes1", "bytes32", "bytes32", "uint64", "uint32"],
        ["0x02", DOMAIN, top, 6_000_000n, 3],
      ),
    );
  });

  it("proves every record of every size up to 33, and no sibling more than needed", () => {
    for (let count = 1; count <= 33; count++) {
      const all = records(count);
      const tree = buildTree(DOMAIN, all);
      expect(tree).to.include({ sum: BigInt((count * (count + 1)) / 2) * 1_000_000n, count });
      for (const [index, each] of all.entries()) {
        const proof = tree.prove(index);
        expect(verifyRecord(DOMAIN, tree.root, each, proof)).to.equal(true);
        expect(proof.siblings.length).to.be.at.most(Math.ceil(Math.log2(count)));
      }
    }
  });

  it("refuses to prove what is not there", () => {
    const tree = buildTree(DOMAIN, records(3));
    for (const index of [-1, 3, 0.5, Number.NaN]) {
      expect(codeOf(() => tree.prove(index))).to.equal("TreeIndexInvalid");
    }
  });

  it("takes a sum of 2^64 − 1 and refuses one unit more", () => {
    expect(buildTree(DOMAIN, [record(1, UINT64 - 1n), record(2, 1n)]).sum).to.equal(UINT64);
    expect(codeOf(() => buildTree(DOMAIN, [record(1, UINT64), record(2, 1n)]))).to.equal("TreeSumOverflow");
    const late = [record(1, UINT64), record(2, 0n), record(3, 1n)];
    expect(codeOf(() => buildTree(DOMAIN, late))).to.equal("TreeSumOverflow");
  });

  it("gives another root for swapped, repeated or missing records and for another domain", () => {
    const [a, b, c] = [record(1), record(2), record(3)];
    const roots = [
      [a, b, c],
      [b, a, c],
      [a, b, b],
      [a, b],
      [a, b, c, c],
    ].map((r) => buildTree(DOMAIN, r).root);
    roots.push(buildTree(treeDomain(1n, LEDGER), [a, b, c]).root);
    expect(new Set(roots).size).to.equal(roots.length);
  });
});

describe("createTreeBuilder", () => {
  it("agrees with buildTree and with ethers at every size", () => {
    const builder = createTreeBuilder(DOMAIN);
    expect(codeOf(() => builder.root())).to.equal("TreeEmpty");
    for (let count = 1; count <= 40; count++) {
      builder.push(record(count));
      const { root, sum } = buildTree(DOMAIN, records(count));
      expect(builder.root()).to.deep.equal({ root, sum, count });
      expect(root).to.equal(oracleTree(DOMAIN, records(count)).root);
    }
  });

  it("stays as it was when a record is refused", () => {
    const builder = createTreeBuilder(DOMAIN);
    builder.push(record(1, UINT64));
    const before = builder.root();
    expect(codeOf(() => builder.push(record(2, 1n)))).to.equal("TreeSumOverflow");
    expect(codeOf(() => builder.push({ ...record(2), charge: -1 }))).to.equal("RecordInvalid");
    expect(builder.root()).to.deep.equal(before);
  });
});

describe("verifyRecord", () => {
  const all = records(6);
  const tree = buildTree(DOMAIN, all);
  const verify = (r: ServiceRecord, proof = tree.prove(2), root: Hash = tree.root, domain = DOMAIN) =>
    verifyRecord(domain, root, r, proof);
  const third = all[2]!;

  it("refuses another record, place, count, root or domain", () => {
    expect(verify(third)).to.equal(true);
    expect(verify(all[3]!)).to.equal(false);
    expect(verify({ ...third, amount: credits(third.amount + 1n) })).to.equal(false);
    expect(verify(third, { ...tree.prove(2), index: 3 })).to.equal(false);
    expect(verify(third, { ...tree.prove(2), count: 5 })).to.equal(false);
    expect(verify(third, { ...tree.prove(2), count: 8 })).to.equal(false);
    expect(verify(third, tree.prove(2), hash(id("another root")))).to.equal(false);
    expect(verify(third, tree.prove(2), tree.root, treeDomain(1n, LEDGER))).to.equal(false);
  });

  it("refuses a proof that is too short, too long or out of order", () => {
    const proof = tree.prove(2);
    const extra = [...proof.siblings, proof.siblings[0]!];
    expect(verify(third, { ...proof, siblings: proof.siblings.slice(1) })).to.equal(false);
    expect(verify(third, { ...proof, siblings: extra })).to.equal(false);
    expect(verify(third, { ...proof, siblings: [...proof.siblings].reverse() })).to.equal(false);
  });

  it("refuses numbers that are no place in a tree", () => {
    for (const [index, count] of [
      [-1, 6],
      [6, 6],
      [0, 0],
      [0.5, 6],
      [2, 2 ** 32],
      [Number.NaN, 6],
    ] as const) {
      expect(verify(third, { ...tree.prove(2), index, count })).to.equal(false);
    }
  });

  it("refuses a sibling whose sum lies, is negative or overflows", () => {
    const proof = tree.prove(2);
    for (const sum of [0n, proof.siblings[0]!.sum + 1n, -1n, UINT64, UINT64 + 1n]) {
      const siblings = [{ ...proof.siblings[0]!, sum: credits(sum) }, ...proof.siblings.slice(1)];
      expect(verify(third, { ...proof, siblings })).to.equal(false);
    }
  });

  it("cannot move an amount between siblings and keep the total", () => {
    const proof = tree.prove(2);
    const [first, second, ...rest] = proof.siblings;
    const siblings = [
      { ...first!, sum: credits(first!.sum - 1n) },
      { ...second!, sum: credits(second!.sum + 1n) },
      ...rest,
    ];
    expect(verify(third, { ...proof, siblings })).to.equal(false);
  });

  it("refuses a hash that is none", () => {
    const proof = tree.prove(2);
    const siblings = [{ ...proof.siblings[0]!, hash: "0x12" as Hash }, ...proof.siblings.slice(1)];
    expect(verify(third, { ...proof, siblings })).to.equal(false);
  });

  it("never takes an inner node for a leaf", () => {
    // Three records, of which the first two are hidden below an inner node shown as "the" first leaf of two.
    const two = buildTree(DOMAIN, records(3));
    const inner = two.prove(2).siblings[0]!;
    const posing = { ...record(1), request: inner.hash, amount: inner.sum };
    for (const count of [2, 3]) {
      const siblings = [{ hash: recordLeaf(DOMAIN, record(3)), sum: record(3).amount }];
      expect(verifyRecord(DOMAIN, two.root, posing, { index: 0, count, siblings })).to.equal(false);
    }
  });

  it("shares no preimage length between leaf, node and root", () => {
    // An attacker who chooses 64 or 81 bytes freely still cannot make them a leaf's 32 or a record's 320.
    const [a, b] = [recordLeaf(DOMAIN, record(1)), recordLeaf(DOMAIN, record(2))];
    const plain = keccak256(concat([a, b]));
    const pair = buildTree(DOMAIN, records(2));
    expect(pair.root).to.not.equal(plain);
    expect(pair.prove(0).siblings[0]!.hash).to.equal(b);
    expect(recordLeaf(DOMAIN, { ...record(1), request: a, details: b })).to.not.equal(plain);
  });

  it("answers the whole tree that a proof speaks for", () => {
    const { root, sum, count } = tree;
    expect(provenTree(DOMAIN, third, tree.prove(2))).to.deep.equal({ root, sum, count });
  });

  it("holds for the right record in its place, and for nothing else", () => {
    const some = fc.array(anyRecord, { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(some, fc.nat(), fc.nat(), (list, pick, other) => {
        const built = buildTree(DOMAIN, list);
        const [index, wrong] = [pick % list.length, other % list.length];
        const proof = built.prove(index);
        expect(built.root).to.equal(oracleTree(DOMAIN, list).root);
        expect(verifyRecord(DOMAIN, built.root, list[index]!, proof)).to.equal(true);
        if (wrong === index) return;
        expect(verifyRecord(DOMAIN, built.root, list[index]!, { ...proof, index: wrong })).to.equal(false);
      }),
      { numRuns: 60 },
    );
  });
});

describe("test/parity/vectors/tree.json", () => {
  interface Vector {
    name: string;
    chainId: string;
    ledger: string;
    domain: Hash;
    records: (Omit<ServiceRecord, "amount"> & { amount: string; leaf: Hash })[];
    root: Hash;
    sum: string;
    proofs: { index: number; count: number; siblings: { hash: Hash; sum: string }[] }[];
  }
  const file = new URL("../../parity/vectors/tree.json", import.meta.url);
  // `UPDATE_VECTORS=1` writes the file anew: a change of the tree's definition, for every twin.
  if (process.env.UPDATE_VECTORS === "1") writeFileSync(file, treeVectors());
  const text = readFileSync(file, "utf8");
  const { vectors } = JSON.parse(text) as { vectors: Vector[] };

  it("is what the oracle writes", () => {
    expect(text).to.equal(treeVectors());
  });

  for (const vector of vectors) {
    it(vector.name, () => {
      const domain = treeDomain(BigInt(vector.chainId), vector.ledger);
      expect(domain).to.equal(vector.domain);
      const list = vector.records.map(({ leaf, ...r }) => {
        const typed: ServiceRecord = { ...r, amount: credits(BigInt(r.amount)) };
        expect(recordLeaf(domain, typed)).to.equal(leaf);
        return typed;
      });
      const tree = buildTree(domain, list);
      expect([tree.root, tree.sum, tree.count]).to.deep.equal([vector.root, BigInt(vector.sum), list.length]);
      for (const proof of vector.proofs) {
        const siblings = proof.siblings.map(({ hash, sum }) => ({ hash, sum: credits(BigInt(sum)) }));
        expect(tree.prove(proof.index)).to.deep.equal({ ...proof, siblings });
      }
    });
  }
});
