import { expect } from "chai";
import { solidityPackedKeccak256 } from "ethers";
import { hash } from "../../../src/core/ids.ts";
import { recordLeaf, treeDomain } from "../../../src/core/leaf.ts";
import { credits } from "../../../src/core/money.ts";
import { verifyRecords } from "../../../src/core/proof.ts";
import { buildTree, createTreeBuilder } from "../../../src/core/tree.ts";
import { oracleTree } from "../../parity/tree-oracle.ts";
import { codeOf, DOMAIN, LEDGER, record, records, UINT64 } from "../../support/records.ts";

describe("buildTree", () => {
  it("refuses no records", () => {
    expect(codeOf(() => buildTree(DOMAIN, []))).to.equal("TreeEmpty");
  });

  it("seals a single leaf with sum and count", () => {
    const leaf = recordLeaf(DOMAIN, record(7));
    const tree = buildTree(DOMAIN, [record(7)]);
    const types = ["bytes1", "bytes32", "bytes32", "uint64", "uint32"];
    expect(tree.root).to.equal(solidityPackedKeccak256(types, ["0x02", DOMAIN, leaf, 7_000_000n, 1]));
    expect(tree.prove(0)).to.deep.equal({ count: 1, indices: [0], siblings: [] });
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
        expect(verifyRecords(DOMAIN, tree.root, [each], proof)).to.equal(true);
        expect(proof.siblings.length).to.be.at.most(Math.ceil(Math.log2(count)));
      }
    }
  });

  it("refuses to prove what is not there", () => {
    const tree = buildTree(DOMAIN, records(3));
    for (const index of [-1, 3, 0.5, Number.NaN]) {
      expect(codeOf(() => tree.prove(index))).to.equal("TreeIndexInvalid");
    }
    for (const indices of [[], [1, 0], [1, 1], [0, 3]]) {
      expect(codeOf(() => tree.proveMany(indices))).to.equal("TreeIndexInvalid");
    }
  });

  it("proves every set of records of every size up to 7, with the siblings that the oracle names", () => {
    for (let count = 1; count <= 7; count++) {
      const all = records(count);
      const tree = buildTree(DOMAIN, all);
      const twin = oracleTree(DOMAIN, all);
      for (let set = 1; set < 2 ** count; set++) {
        const places = all.map((_, place) => place).filter((place) => ((set >> place) & 1) === 1);
        const proof = tree.proveMany(places);
        expect(proof).to.deep.equal(twin.prove(places));
        const shown = places.map((place) => all[place]!);
        expect(verifyRecords(DOMAIN, tree.root, shown, proof)).to.equal(true);
      }
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

  it("refuses a record beyond 2^32 − 1, and takes the last one", () => {
    const node = { hash: recordLeaf(DOMAIN, record(1)), sum: credits(0n) };
    const builder = createTreeBuilder(DOMAIN);
    for (let height = 31; height >= 0; height--) builder.pushSubtree({ node, height });
    expect(builder.root().count).to.equal(0xffff_ffff);
    expect(codeOf(() => builder.push(record(1)))).to.equal("TreeFull");
  });

  it("continues from subtrees that other builders worked out", () => {
    const all = records(21);
    for (const width of [1, 2, 4, 8, 16, 32]) {
      const whole = createTreeBuilder(DOMAIN);
      for (let from = 0; from < all.length; from += width) {
        const part = createTreeBuilder(DOMAIN);
        for (const each of all.slice(from, from + width)) part.push(each);
        for (const subtree of part.subtrees()) whole.pushSubtree(subtree);
      }
      const { root, sum, count } = buildTree(DOMAIN, all);
      expect(whole.root()).to.deep.equal({ root, sum, count });
    }
  });

  it("refuses subtrees where they cannot stand, and ones that are none", () => {
    const builder = createTreeBuilder(DOMAIN);
    for (const each of records(2)) builder.push(each);
    const before = builder.root();
    const [subtree] = builder.subtrees();
    for (const height of [2, 32, -1, 0.5, Number.NaN]) {
      expect(codeOf(() => builder.pushSubtree({ ...subtree!, height }))).to.equal("TreeSubtreeInvalid");
    }
    for (const node of [
      { hash: hash(`0x${"0".repeat(64)}`), sum: credits(UINT64 + 1n) },
      { hash: "0x12" as never, sum: credits(0n) },
    ]) {
      expect(codeOf(() => builder.pushSubtree({ node, height: 1 }))).to.equal("TreeSubtreeInvalid");
    }
    const heavy = { ...subtree!.node, sum: credits(UINT64) };
    expect(codeOf(() => builder.pushSubtree({ node: heavy, height: 1 }))).to.equal("TreeSumOverflow");
    expect(builder.root()).to.deep.equal(before);
  });
});
