import { expect } from "chai";
import { buildTree } from "../../../../src/core/tree.ts";
import { treeDomain } from "../../../../src/core/leaf.ts";
import { loanRecord, no, recordStruct, proofStruct } from "../../../support/desk-records.ts";
import { chargedRecord, postRecorded } from "../../../support/reversals.ts";
import { watchThirdParties } from "../../../support/soundness.ts";
import { c } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";

describe("attack: records of somebody else's (invariant 5)", () => {
  const world = useWorld();

  it("another pair's request in one's own statement spoils no charge of that pair", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    await w.fund(w.bob.id, c("1000"));
    // Ada bills bob for a request first; then bob bills ada for one of the same number.
    const poisoned = await postRecorded(w, [loanRecord(w, 1)], { number: no(1) });
    const parties = { supplier: w.bob.id, consumer: w.ada.id };
    const honest = await postRecorded(w, [loanRecord(w, 1, parties)], { ...parties, number: no(1) });
    for (const [a, b] of [
      [poisoned, honest],
      [honest, poisoned],
    ] as const) {
      await expect(
        w.strange.reversals.reverseDuplicate(chargedRecord(a, 0), chargedRecord(b, 0)),
      ).to.be.revertedWithCustomError(w.reversals, "ReversalPairsDiffer");
    }
    expect(await w.reversals.isGivenBack(honest.id, 0)).to.equal(false);
    await untouched();
  });

  it("a record whose leaf names other parties is in no statement of one's own", async () => {
    const w = world();
    for (const [n, parties] of [
      [1, { supplier: w.eve.id }],
      [2, { consumer: w.eve.id }],
      [3, { supplier: w.bob.id, consumer: w.ada.id }],
    ] as const) {
      const foreign = loanRecord(w, 1, parties);
      const tree = buildTree(treeDomain(w.deployment.chainId, w.deployment.ledger), [foreign]);
      const made = await postRecorded(w, [loanRecord(w, 1)], { number: no(n), root: tree.root });
      const proof = proofStruct(tree.prove(0));
      await expect(
        w.ada.as.contracts.reversals.refund(made.charged, [recordStruct(foreign)], proof),
      ).to.be.revertedWithCustomError(w.reversals, "ReversalRecordsUnproven");
    }
  });

  it("a record of another ledger or another chain is in no statement of this one", async () => {
    const w = world();
    const { chainId, ledger, claims } = w.deployment;
    const record = loanRecord(w, 1);
    for (const [n, domain] of [
      [1, treeDomain(chainId + 1n, ledger)],
      [2, treeDomain(chainId, claims)],
    ] as const) {
      const tree = buildTree(domain, [record]);
      const made = await postRecorded(w, [record], { number: no(n), root: tree.root });
      const proof = proofStruct(tree.prove(0));
      await expect(
        w.ada.as.contracts.reversals.refund(made.charged, [recordStruct(record)], proof),
      ).to.be.revertedWithCustomError(w.reversals, "ReversalRecordsUnproven");
      // The supplier can still give back the whole, which asks about no record.
      await w.ada.as.contracts.reversals.refundStatement(made.charged);
    }
  });

  it("a stranger's look-alike proves nothing: what is shown must have been charged", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const honest = await postRecorded(w, [loanRecord(w, 1)], { number: no(2) });
    const fabricated = { ...honest.charged, gross: c("24") };
    await expect(
      w.strange.reversals.reverseDuplicate(
        { ...chargedRecord(honest, 0), charged: fabricated },
        chargedRecord(honest, 0),
      ),
    ).to.be.revertedWithCustomError(w.reversals, "ReversalStatementUnproven");
    await untouched();
  });

  it("an earlier charge that was given back spoils no later one", async () => {
    const w = world();
    const poisoned = await postRecorded(w, [loanRecord(w, 1)], { number: no(1) });
    await w.ada.as.contracts.reversals.refundStatement(poisoned.charged);
    const honest = await postRecorded(w, [loanRecord(w, 1)], { number: no(2) });
    await expect(w.strange.reversals.reverseDuplicate(chargedRecord(poisoned, 0), chargedRecord(honest, 0)))
      .to.be.revertedWithCustomError(w.reversals, "ReversalDone")
      .withArgs(poisoned.id, 0);
  });
});
