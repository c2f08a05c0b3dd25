import { expect } from "chai";
import { ZeroHash } from "ethers";
import { hashBatchLeaf } from "../../../../src/core/batch.ts";
import { recordLeaf } from "../../../../src/core/leaf.ts";
import { acceptRecorded, postAll, postRecorded, refund } from "../../../support/reversals.ts";
import {
  domainOf,
  loanRecord,
  loanRecords,
  no,
  proofStruct,
  recordStruct,
  recorded,
  shown,
} from "../../../support/desk-records.ts";
import { watchThirdParties } from "../../../support/soundness.ts";
import { c, loans } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";

describe("attack: forged charges", () => {
  const world = useWorld();

  it("an inner node of a batch is no leaf, and a batch's root no root of less", async () => {
    const w = world();
    const all = await postAll(
      w,
      [1, 2, 3, 4].map((n) => recorded(w, loanRecords(w, 1, n), { number: no(n) })),
    );
    const { charged, id } = all[0]!;
    const [sibling, uncle] = charged.path;
    const inner = hashBatchLeaf({
      digest: all[1]!.id,
      gross: c("12"),
      fee: c("0.26"),
      acknowledged: c("0"),
      relieved: c("0"),
    });
    expect(sibling).to.equal(inner);
    for (const path of [
      [uncle!],
      [sibling!],
      [],
      [ZeroHash],
      [sibling!, uncle!, ZeroHash],
      [uncle!, sibling!],
    ]) {
      await expect(w.ada.as.contracts.reversals.refundStatement({ ...charged, path }))
        .to.be.revertedWithCustomError(w.reversals, "ReversalStatementUnproven")
        .withArgs(id, charged.batchRoot);
    }
    // Nor do nodes stand as roots of their own.
    for (const batchRoot of [sibling!, uncle!, ZeroHash]) {
      await expect(w.ada.as.contracts.reversals.refundStatement({ ...charged, batchRoot, path: [] }))
        .to.be.revertedWithCustomError(w.reversals, "ReversalBatchUnknown")
        .withArgs(batchRoot);
    }
  });

  it("a claim's root proves that claim and nothing else", async () => {
    const w = world();
    const claimed = await acceptRecorded(w, loanRecords(w, 2), { number: no(1) });
    const posted = await postRecorded(w, loanRecords(w, 2, 5), { number: no(2) });
    for (const path of [[], [ZeroHash], [posted.charged.batchRoot], [claimed.charged.batchRoot]]) {
      const forged = { ...posted.charged, batchRoot: claimed.charged.batchRoot, path };
      await expect(w.ada.as.contracts.reversals.refundStatement(forged)).to.be.revertedWithCustomError(
        w.reversals,
        "ReversalStatementUnproven",
      );
    }
  });

  it("nobody gets more by saying that more was charged, or less acknowledged", async () => {
    const w = world();
    const made = await postRecorded(w, loanRecords(w, 1), { consumer: w.eve.id }, c("12.26"));
    for (const changes of [{ gross: c("24") }, { acknowledged: 0n }, { gross: c("12.26"), fee: 0n }]) {
      await expect(
        w.ada.as.contracts.reversals.refundStatement({ ...made.charged, ...changes }),
      ).to.be.revertedWithCustomError(w.reversals, "ReversalStatementUnproven");
    }
  });
});

describe("attack: forged records", () => {
  const world = useWorld();

  it("an inner node passes for no record: count and places fix the shape of the tree", async () => {
    const w = world();
    const made = await postRecorded(w, loanRecords(w, 4));
    const { records, proof } = shown(made, [0]);
    const [sibling, uncle] = proof.siblings;
    for (const forged of [
      { count: 2, indices: [0], siblings: [uncle!] },
      { count: 2, indices: [0], siblings: [sibling!] },
      { count: 3, indices: [0], siblings: [sibling!, uncle!] },
      { count: 1, indices: [0], siblings: [] },
      { count: 4, indices: [1], siblings: [sibling!, uncle!] },
      { count: 4, indices: [0], siblings: [uncle!, sibling!] },
      { count: 8, indices: [0], siblings: [sibling!, uncle!, uncle!] },
    ]) {
      await expect(
        w.ada.as.contracts.reversals.refund(made.charged, records, forged),
      ).to.be.revertedWithCustomError(w.reversals, "ReversalRecordsUnproven");
    }
  });

  it("a leaf with the details of another stands for no record", async () => {
    const w = world();
    const made = await postRecorded(w, loanRecords(w, 2));
    const { records, proof } = shown(made, [0]);
    const leaf = recordLeaf(domainOf(w), made.records[1]!);
    for (const changes of [{ details: leaf }, { request: leaf }, { amount: c("24") }, { quantity: 2 }]) {
      const forged = [{ ...records[0]!, ...changes }];
      await expect(
        w.ada.as.contracts.reversals.refund(made.charged, forged, proof),
      ).to.be.revertedWithCustomError(w.reversals, "ReversalRecordsUnproven");
    }
  });

  it("sums that overflow are refused, not wrapped", async () => {
    const w = world();
    const made = await postRecorded(w, loanRecords(w, 2));
    const { records, proof } = shown(made, [0]);
    const siblings = [{ ...proof.siblings[0]!, sum: (1n << 64n) - 1n }];
    await expect(
      w.ada.as.contracts.reversals.refund(made.charged, records, { ...proof, siblings }),
    ).to.be.revertedWithCustomError(w.reversals, "RecordProofInvalid");
  });

  it("amounts of 64 bits add up to no more than the charge, however many there are", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const huge = [1, 2].map((n) => loanRecord(w, n, { amount: ((1n << 63n) - 1n) as never }));
    const made = await postRecorded(w, huge, { lines: loans(1) });
    await refund(w, made, [0, 1]);
    expect(await w.reversals.givenBack(made.id)).to.deep.equal([c("12"), false]);
    await untouched();
  });
});

describe("attack: being given back twice", () => {
  const world = useWorld();

  it("whole and in part, in whatever order, comes to what was charged", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const parts = await postRecorded(w, loanRecords(w, 3), { number: no(1) });
    await refund(w, parts, [0]);
    await w.ada.as.contracts.reversals.refundStatement(parts.charged);
    for (const index of [0, 1, 2]) {
      await expect(refund(w, parts, [index]))
        .to.be.revertedWithCustomError(w.reversals, "ReversalDone")
        .withArgs(parts.id, index);
    }
    await expect(w.ada.as.contracts.reversals.refundStatement(parts.charged)).to.be.revertedWithCustomError(
      w.reversals,
      "ReversalStatementDone",
    );
    const { position } = await w.ledger.account(w.bob.id);
    expect(position).to.equal(-c("0.78"));
    await untouched();
  });

  it("one record named twice in a list is refused by its proof", async () => {
    const w = world();
    const made = await postRecorded(w, loanRecords(w, 2));
    const record = recordStruct(made.records[0]!);
    const proof = proofStruct(made.tree.prove(0));
    await expect(
      w.ada.as.contracts.reversals.refund(made.charged, [record, record], { ...proof, indices: [0, 0] }),
    ).to.be.revertedWithCustomError(w.reversals, "RecordProofInvalid");
  });
});
