import { expect } from "chai";
import { hash } from "../../../src/core/ids.ts";
import { loanRecords, no } from "../../support/desk-records.ts";
import { TERMS, claim, claimIn, evidence, pass } from "../../support/claims.ts";
import { acceptRecorded, postRecorded, refund, settledClaim } from "../../support/reversals.ts";
import { expectSound } from "../../support/soundness.ts";
import { c, loans } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

describe("Reversals.refundStatement", () => {
  const world = useWorld();

  it("gives back all of it but the fee, and says so", async () => {
    const w = world();
    const { id, charged } = await postRecorded(w, loanRecords(w, 3));
    const { reversals } = w.ada.as.contracts;
    expect(await reversals.refundStatement.staticCall(charged)).to.equal(c("36"));
    const sent = reversals.refundStatement(charged);
    await expect(sent).to.emit(w.reversals, "StatementRefunded").withArgs(id, w.ada.id, w.bob.id, c("36"));
    await expect(sent).to.emit(w.ledger, "GivenBack").withArgs(w.ada.id, w.bob.id, c("36"));
    const [ada, bob] = [await w.ledger.account(w.ada.id), await w.ledger.account(w.bob.id)];
    expect([ada.position, ada.supplied, bob.position]).to.deep.equal([0n, 0n, -c("0.78")]);
    await expectSound(w);
  });

  it("counts every record as given back, whatever place it is asked for", async () => {
    const w = world();
    const { id, charged } = await postRecorded(w, loanRecords(w, 3));
    await w.ada.as.contracts.reversals.refundStatement(charged);
    expect(await w.reversals.givenBack(id)).to.deep.equal([c("36"), true]);
    for (const index of [0, 2, 3, 0xffff_ffff]) {
      expect(await w.reversals.isGivenBack(id, index)).to.equal(true);
    }
  });

  it("is had once, and leaves no record to refund", async () => {
    const w = world();
    const made = await postRecorded(w, loanRecords(w, 3));
    const { reversals } = w.ada.as.contracts;
    await reversals.refundStatement(made.charged);
    await expect(reversals.refundStatement(made.charged))
      .to.be.revertedWithCustomError(w.reversals, "ReversalStatementDone")
      .withArgs(made.id);
    await expect(refund(w, made, [0]))
      .to.be.revertedWithCustomError(w.reversals, "ReversalDone")
      .withArgs(made.id, 0);
  });

  it("gives back what records have left of it", async () => {
    const w = world();
    const made = await postRecorded(w, loanRecords(w, 3));
    await refund(w, made, [1]);
    await expect(w.ada.as.contracts.reversals.refundStatement(made.charged))
      .to.emit(w.reversals, "StatementRefunded")
      .withArgs(made.id, w.ada.id, w.bob.id, c("24"));
    expect(await w.reversals.givenBack(made.id)).to.deep.equal([c("36"), true]);
    await expectSound(w);
  });

  it("gives back nothing where nothing is left, and closes the statement", async () => {
    const w = world();
    const made = await postRecorded(w, loanRecords(w, 2));
    await refund(w, made, [0, 1]);
    await expect(w.ada.as.contracts.reversals.refundStatement(made.charged))
      .to.emit(w.ledger, "GivenBack")
      .withArgs(w.ada.id, w.bob.id, 0);
    expect((await w.ledger.account(w.bob.id)).position).to.equal(-c("0.52"));
  });

  it("needs no record at all: a statement whose tree nobody has is refunded whole", async () => {
    const w = world();
    const made = await postRecorded(w, loanRecords(w, 1), { root: hash(`0x${"cd".repeat(32)}`) });
    await w.ada.as.contracts.reversals.refundStatement(made.charged);
    expect((await w.ledger.account(w.ada.id)).position).to.equal(0n);
  });

  it("gives back all that was charged where the tree says less, or more", async () => {
    const w = world();
    for (const [number, quantity] of [[1, 5] as const, [2, 1] as const]) {
      const changes = { number: no(number), lines: loans(quantity) };
      const made = await postRecorded(w, loanRecords(w, 3), changes);
      await w.ada.as.contracts.reversals.refundStatement(made.charged);
      expect((await w.ledger.account(w.ada.id)).position).to.equal(0n);
    }
  });

  it("gives back what an award came to, not what was claimed", async () => {
    const w = world();
    const claimed = await claimIn(w, "awarded");
    await pass(w, TERMS.appealWindow);
    await w.claims.settle(claimed.id);
    const { charged } = settledClaim(claimed, c("12"), c("0.26"));
    await expect(w.ada.as.contracts.reversals.refundStatement(charged))
      .to.emit(w.reversals, "StatementRefunded")
      .withArgs(claimed.id, w.ada.id, w.bob.id, c("12"));
  });

  it("gives back what receipts proved", async () => {
    const w = world();
    const claimed = await claim(w);
    await w.ada.as.contracts.claims.prove(...(await evidence(w, claimed, [1])));
    const made = settledClaim(claimed, c("12"), c("0.26"));
    await w.ada.as.contracts.reversals.refundStatement(made.charged);
    expect((await w.ledger.account(w.bob.id)).position).to.equal(-c("0.26"));
    await expectSound(w);
  });

  it("takes the supplier's keys with the right to countersign", async () => {
    const w = world();
    const { charged } = await acceptRecorded(w, loanRecords(w, 2));
    await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger, 61);
    await expect(w.strange.reversals.refundStatement(charged))
      .to.be.revertedWithCustomError(w.reversals, "DeskRightMissing")
      .withArgs(w.ada.id, w.stranger.address, 2);
    await expect(w.bob.as.contracts.reversals.refundStatement(charged))
      .to.be.revertedWithCustomError(w.reversals, "DeskRightMissing")
      .withArgs(w.ada.id, w.bob.key.address, 2);
    await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger, 2);
    await w.strange.reversals.refundStatement(charged);
  });

  it("waits for the end of a pause", async () => {
    const w = world();
    const { charged } = await postRecorded(w, loanRecords(w, 2));
    await w.ledger.pausePosting(60);
    await expect(w.ada.as.contracts.reversals.refundStatement(charged)).to.be.revertedWithCustomError(
      w.ledger,
      "LedgerPaused",
    );
  });
});
