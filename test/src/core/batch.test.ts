import { expect } from "chai";
import { concat, id, keccak256, toBeHex } from "ethers";
import { batchPath, batchRoot, hashBatchLeaf, type BatchLeaf } from "../../../src/core/batch.ts";
import { hash } from "../../../src/core/ids.ts";
import { credits, ZERO, type Credits } from "../../../src/core/money.ts";
import { codeOf } from "../../support/records.ts";

const leaves = (count: number): BatchLeaf[] =>
  Array.from({ length: count }, (_, n) => ({
    digest: hash(id(`statement ${n}`)),
    gross: credits(BigInt(n) * 12_000_000n),
    fee: credits(260_000n),
    acknowledged: ZERO,
    relieved: credits(BigInt(n)),
  }));

/** As OpenZeppelin's MerkleProof goes up: pairs sorted, by ethers' hashing. */
const climb = (leaf: string, path: readonly string[]): string =>
  path.reduce((at, sibling) => keccak256(at < sibling ? concat([at, sibling]) : concat([sibling, at])), leaf);

describe("batchPath", () => {
  it("leads from every statement to the root, whatever the batch's size", () => {
    for (let count = 1; count <= 18; count++) {
      const batch = leaves(count);
      for (const [index, leaf] of batch.entries()) {
        expect(climb(hashBatchLeaf(leaf), batchPath(batch, index)), `${index} of ${count}`).to.equal(
          batchRoot(batch),
        );
      }
    }
  });
  it("is empty where the statement is alone, as a settled claim is", () => {
    expect(batchPath(leaves(1), 0)).to.deep.equal([]);
    expect(batchRoot(leaves(1))).to.equal(hashBatchLeaf(leaves(1)[0]!));
  });
  it("proves no other charge of the same statement", () => {
    const batch = leaves(5);
    for (const field of ["gross", "fee", "relieved"] as const) {
      const other = { ...batch[3]!, [field]: ZERO };
      expect(climb(hashBatchLeaf(other), batchPath(batch, 3)), field).to.not.equal(batchRoot(batch));
    }
  });
  it("commits to a digest and four amounts in one word", () => {
    const [digest, amounts] = [hash(id("statement")), [4n, 3n, 2n, 1n] as const];
    const [gross, fee, acknowledged, relieved] = amounts.map(credits) as [Credits, Credits, Credits, Credits];
    const word = toBeHex((4n << 192n) | (3n << 128n) | (2n << 64n) | 1n, 32);
    expect(hashBatchLeaf({ digest, gross, fee, acknowledged, relieved })).to.equal(
      keccak256(keccak256(concat([digest, word]))),
    );
  });
  it("refuses places that the batch does not have", () => {
    for (const index of [-1, 5, 0.5, NaN]) {
      expect(codeOf(() => batchPath(leaves(5), index))).to.equal("BatchIndexInvalid");
    }
  });
});
