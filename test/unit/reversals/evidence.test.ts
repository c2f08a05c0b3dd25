import { expect } from "chai";
import { ZeroHash } from "ethers";
import { statementDigest } from "../../../src/chain/signing.ts";
import { hash } from "../../../src/core/ids.ts";
import { credits } from "../../../src/core/money.ts";
import { loanRecords, no, packedAlone, recorded, shown } from "../../support/desk-records.ts";
import { acceptRecorded, postAll, postRecorded, refund } from "../../support/reversals.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

/** So many statements of two loans in one batch. */
const batchOf = (w: World, count: number) =>
  postAll(
    w,
    Array.from({ length: count }, (_, i) => recorded(w, loanRecords(w, 2, 1 + 2 * i), { number: no(i + 1) })),
  );

describe("Reversals: what proves that a statement was charged", () => {
  const world = useWorld();

  for (const count of [1, 2, 3, 5, 8]) {
    it(`finds each statement of a batch of ${count}`, async () => {
      const w = world();
      const all = await batchOf(w, count);
      for (const charged of all) await refund(w, charged, [1]);
      expect((await w.ledger.account(w.ada.id)).position).to.equal(BigInt(count) * c("12"));
    });
  }

  it("does not know a root that was never posted", async () => {
    const w = world();
    const { charged } = await postRecorded(w, loanRecords(w, 2));
    for (const batchRoot of [ZeroHash, `0x${"11".repeat(32)}`]) {
      await expect(w.ada.as.contracts.reversals.refundStatement({ ...charged, batchRoot }))
        .to.be.revertedWithCustomError(w.reversals, "ReversalBatchUnknown")
        .withArgs(batchRoot);
    }
  });

  it("takes every figure for what it was: gross, fee and what was acknowledged", async () => {
    const w = world();
    const { id, charged } = await postRecorded(w, loanRecords(w, 2));
    const { gross, fee } = charged;
    for (const changes of [
      { gross: credits(BigInt(gross) + 1n) },
      { gross: credits(BigInt(gross) - 1n), fee: credits(BigInt(fee) + 1n) },
      { fee: 0n },
      { acknowledged: 1n },
    ]) {
      await expect(w.ada.as.contracts.reversals.refundStatement({ ...charged, ...changes }))
        .to.be.revertedWithCustomError(w.reversals, "ReversalStatementUnproven")
        .withArgs(id, charged.batchRoot);
    }
  });

  it("takes every path for what it is: too short, too long, in another order, another statement's", async () => {
    const w = world();
    const [first, second] = await batchOf(w, 4);
    const { path, ...rest } = first!.charged;
    for (const wrong of [
      path.slice(1),
      path.slice(0, 1),
      [],
      [...path, path[0]!],
      [...path].reverse(),
      second!.charged.path,
    ]) {
      await expect(w.ada.as.contracts.reversals.refundStatement({ ...rest, path: wrong }))
        .to.be.revertedWithCustomError(w.reversals, "ReversalStatementUnproven")
        .withArgs(first!.id, rest.batchRoot);
    }
  });

  it("takes every field of the statement for what it was", async () => {
    const w = world();
    const { charged, statement } = await postRecorded(w, loanRecords(w, 2));
    for (const changes of [
      { consumer: w.eve.id },
      { number: no(2) },
      { maximum: credits(statement.maximum - 1n) },
      { root: hash(`0x${"cd".repeat(32)}`) },
      { lines: [] },
    ]) {
      const other = { ...statement, ...changes };
      await expect(
        w.ada.as.contracts.reversals.refundStatement({ ...charged, statement: packedAlone(other) }),
      )
        .to.be.revertedWithCustomError(w.reversals, "ReversalStatementUnproven")
        .withArgs(statementDigest(w.admin.domain, other), charged.batchRoot);
    }
  });

  it("takes the supplier from the batch: another's statement of the same words was never charged there", async () => {
    const w = world();
    const adas = await postRecorded(w, loanRecords(w, 2), { consumer: w.eve.id }, c("24.52"));
    await w.fund(w.eve.id, c("100"));
    const records = loanRecords(w, 2).map((record) => ({ ...record, supplier: w.bob.id }));
    const bobs = await postRecorded(w, records, {
      supplier: w.bob.id,
      consumer: w.eve.id,
      root: adas.tree.root,
    });
    const mixed = { ...adas.charged, batchRoot: bobs.charged.batchRoot };
    await expect(w.bob.as.contracts.reversals.refundStatement(mixed))
      .to.be.revertedWithCustomError(w.reversals, "ReversalStatementUnproven")
      .withArgs(bobs.id, bobs.charged.batchRoot);
  });

  it("finds a settled claim alone under its leaf, and no sibling beside it", async () => {
    const w = world();
    const claimed = await acceptRecorded(w, loanRecords(w, 2));
    const path = [`0x${"11".repeat(32)}`];
    await expect(
      w.ada.as.contracts.reversals.refundStatement({ ...claimed.charged, path }),
    ).to.be.revertedWithCustomError(w.reversals, "ReversalStatementUnproven");
    const { records, proof } = shown(claimed, [0, 1]);
    await w.ada.as.contracts.reversals.refund(claimed.charged, records, proof);
  });
});
