import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { Hash } from "../../src/core/ids.ts";
import { recordLeaf, treeDomain } from "../../src/core/leaf.ts";
import { credits } from "../../src/core/money.ts";
import { provenTree } from "../../src/core/proof.ts";
import type { ServiceRecord } from "../../src/core/record.ts";
import { buildTree } from "../../src/core/tree.ts";
import { useWorld } from "../support/world.ts";
import { treeVectors } from "./tree-vectors.ts";

interface Vector {
  name: string;
  chainId: string;
  ledger: string;
  domain: Hash;
  records: (Omit<ServiceRecord, "amount"> & { amount: string; leaf: Hash })[];
  root: Hash;
  sum: string;
  proofs: { count: number; indices: number[]; siblings: { hash: Hash; sum: string }[] }[];
}

const text = readFileSync(new URL("./vectors/tree.json", import.meta.url), "utf8");
const { vectors } = JSON.parse(text) as { vectors: Vector[] };

describe("test/parity/vectors/tree.json", () => {
  it("is what the oracle says", () => {
    expect(text === treeVectors()).to.equal(true);
  });
});

describe("parity of the record tree", () => {
  const world = useWorld();

  for (const vector of vectors) {
    it(vector.name, async () => {
      const sol = await world().ethers.deployContract("RecordTreeHarness");
      const domain = treeDomain(BigInt(vector.chainId), vector.ledger);
      expect(domain).to.equal(vector.domain);
      expect(await sol.getFunction("domain")(vector.chainId, vector.ledger)).to.equal(domain);
      const list: ServiceRecord[] = vector.records.map((r) => ({ ...r, amount: credits(BigInt(r.amount)) }));
      const tree = buildTree(domain, list);
      expect([tree.root, tree.sum, tree.count]).to.deep.equal([vector.root, BigInt(vector.sum), list.length]);
      for (const [i, record] of list.entries()) {
        const { supplier, consumer } = record;
        expect(recordLeaf(domain, record)).to.equal(vector.records[i]?.leaf);
        expect(await sol.getFunction("leaf")(domain, supplier, consumer, record)).to.equal(
          vector.records[i]?.leaf,
        );
      }
      for (const proof of vector.proofs) {
        const siblings = proof.siblings.map(({ hash, sum }) => ({ hash, sum: credits(BigInt(sum)) }));
        expect(tree.proveMany(proof.indices)).to.deep.equal({ ...proof, siblings });
        const shown = proof.indices.map((index) => list[index]!);
        expect(provenTree(domain, shown, { ...proof, siblings })?.root).to.equal(vector.root);
        const { supplier, consumer } = list[0]!;
        expect(await sol.getFunction("prove")(domain, supplier, consumer, shown, proof)).to.deep.equal([
          vector.root,
          BigInt(vector.sum),
        ]);
      }
    });
  }
});
