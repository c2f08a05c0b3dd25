import { expect } from "chai";
import { credits } from "../../../src/core/money.ts";
import { periodEnd } from "../../../src/core/period.ts";
import { TERMS, claimIn, pass } from "../../support/claims.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { loanRecord, loanRecords, no, recorded, shown } from "../../support/desk-records.ts";
import { acceptRecorded, postAll, postRecorded, refund, settledClaim } from "../../support/reversals.ts";
import { expectSound } from "../../support/soundness.ts";
import { c, loans } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

describe("Reversals.refund", () => {
  const world = useWorld();

  it("gives back one record and says which; the fee stays", async () => {
    const w = world();
    const charged = await postRecorded(w, loanRecords(w, 3));
    const { records, proof } = shown(charged, [1]);
    const { reversals } = w.ada.as.contracts;
    expect(await reversals.refund.staticCall(charged.charged, records, proof)).to.equal(c("12"));
    const sent = refund(w, charged, [1]);
    await expect(sent)
      .to.emit(w.reversals, "RecordsRefunded")
      .withArgs(charged.id, w.ada.id, w.bob.id, [1], c("12"));
    await expect(sent).to.emit(w.ledger, "GivenBack").withArgs(w.ada.id, w.bob.id, c("12"));
    await expect(sent).not.to.emit(w.ledger, "DebtCancelled");
    const [ada, bob, commons] = await Promise.all([w.ada.id, w.bob.id, 1].map((m) => w.ledger.account(m)));
    expect([ada!.position, ada!.supplied]).to.deep.equal([c("24"), c("24")]);
    expect([bob!.position, commons!.position]).to.deep.equal([-c("24.78"), c("0.78")]);
    expect(await w.reversals.givenBack(charged.id)).to.deep.equal([c("12"), false]);
    const marks = await Promise.all([0, 1, 2].map((i) => w.reversals.isGivenBack(charged.id, i)));
    expect(marks).to.deep.equal([false, true, false]);
    await expectSound(w);
  });

  for (const indices of [[0], [10], [0, 10], [3, 4, 5], [0, 2, 4, 6, 8, 10], [...Array(11).keys()]]) {
    it(`gives back the records ${indices.join(", ")} of eleven by one proof`, async () => {
      const w = world();
      const charged = await postRecorded(w, loanRecords(w, 11));
      await refund(w, charged, indices);
      const [amount] = await w.reversals.givenBack(charged.id);
      expect(amount).to.equal(BigInt(indices.length) * c("12"));
      for (let i = 0; i < 11; i++) {
        expect(await w.reversals.isGivenBack(charged.id, i)).to.equal(indices.includes(i));
      }
    });
  }

  it("gives back what each record cost, not what they cost on average", async () => {
    const w = world();
    const records = [
      loanRecord(w, 1, { quantity: 3, amount: c("36") }),
      loanRecord(w, 2),
      loanRecord(w, 3, { amount: credits(0n), quantity: 0 }),
    ];
    const charged = await postRecorded(w, records, { lines: loans(4) });
    await expect(refund(w, charged, [0]))
      .to.emit(w.ledger, "GivenBack")
      .withArgs(w.ada.id, w.bob.id, c("36"));
    expect((await w.ledger.account(w.ada.id)).position).to.equal(c("12"));
  });

  it("marks a free record and gives nothing back for it", async () => {
    const w = world();
    const free = loanRecord(w, 1, { amount: credits(0n), quantity: 0 });
    const charged = await postRecorded(w, [free, loanRecord(w, 2)], { lines: loans(1) });
    await expect(refund(w, charged, [0]))
      .to.emit(w.reversals, "RecordsRefunded")
      .withArgs(charged.id, w.ada.id, w.bob.id, [0], 0);
    expect(await w.reversals.isGivenBack(charged.id, 0)).to.equal(true);
    await expect(refund(w, charged, [0]))
      .to.be.revertedWithCustomError(w.reversals, "ReversalDone")
      .withArgs(charged.id, 0);
  });

  it("gives a record back once, and refuses all of a list for one of them", async () => {
    const w = world();
    const charged = await postRecorded(w, loanRecords(w, 5));
    await refund(w, charged, [1, 3]);
    for (const [indices, at] of [
      [[1], 1],
      [[0, 2, 3, 4], 3],
      [[0, 1, 3], 1],
    ] as const) {
      await expect(refund(w, charged, indices))
        .to.be.revertedWithCustomError(w.reversals, "ReversalDone")
        .withArgs(charged.id, at);
    }
    expect(await w.reversals.isGivenBack(charged.id, 0)).to.equal(false);
    await refund(w, charged, [0, 2, 4]);
    expect((await w.ledger.account(w.ada.id)).position).to.equal(0n);
    await expectSound(w);
  });

  it("never gives back more than was charged, though the tree says more", async () => {
    const w = world();
    const charged = await postRecorded(w, loanRecords(w, 3), { lines: loans(1) });
    await refund(w, charged, [0, 1]);
    expect(await w.reversals.givenBack(charged.id)).to.deep.equal([c("12"), false]);
    await expect(refund(w, charged, [2]))
      .to.emit(w.reversals, "RecordsRefunded")
      .withArgs(charged.id, w.ada.id, w.bob.id, [2], 0);
    expect((await w.ledger.account(w.bob.id)).position).to.equal(-c("0.26"));
    await expectSound(w);
  });

  it("takes the supplier's keys with the right to countersign, and nobody else's", async () => {
    const w = world();
    const charged = await postRecorded(w, loanRecords(w, 2));
    const { records, proof } = shown(charged, [0]);
    await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger, 61);
    for (const [{ reversals }, key] of [
      [w.strange, w.stranger.address],
      [w.bob.as.contracts, w.bob.key.address],
    ] as const) {
      await expect(reversals.refund(charged.charged, records, proof))
        .to.be.revertedWithCustomError(w.reversals, "DeskRightMissing")
        .withArgs(w.ada.id, key, 2);
    }
    await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger, 2);
    await w.strange.reversals.refund(charged.charged, records, proof);
  });

  it("refuses records of another tree, and names both roots", async () => {
    const w = world();
    const [first, second] = [
      await postRecorded(w, loanRecords(w, 2), { number: no(1) }),
      await postRecorded(w, loanRecords(w, 2, 3), { number: no(2) }),
    ];
    const { records, proof } = shown(second, [0]);
    await expect(w.ada.as.contracts.reversals.refund(first.charged, records, proof))
      .to.be.revertedWithCustomError(w.reversals, "ReversalRecordsUnproven")
      .withArgs(first.id, second.tree.root, first.tree.root);
  });

  it("refuses a record whose amount was changed, and a proof that fits no tree", async () => {
    const w = world();
    const charged = await postRecorded(w, loanRecords(w, 4));
    const { records, proof } = shown(charged, [1, 2]);
    const { reversals } = w.ada.as.contracts;
    const dearer = [records[0]!, { ...records[1]!, amount: c("13") }];
    await expect(reversals.refund(charged.charged, dearer, proof)).to.be.revertedWithCustomError(
      w.reversals,
      "ReversalRecordsUnproven",
    );
    for (const changed of [
      { ...proof, indices: [2, 1] },
      { ...proof, indices: [1, 1] },
      { ...proof, indices: [1, 4] },
      { ...proof, siblings: proof.siblings.slice(1) },
      { ...proof, indices: [1] },
    ]) {
      await expect(reversals.refund(charged.charged, records, changed)).to.be.revertedWithCustomError(
        w.reversals,
        "RecordProofInvalid",
      );
    }
    const none = { count: 4, indices: [], siblings: [] };
    await expect(reversals.refund(charged.charged, [], none)).to.be.revertedWithCustomError(
      w.reversals,
      "RecordProofInvalid",
    );
  });

  it("refunds what was claimed just as what was posted", async () => {
    const w = world();
    const charged = await acceptRecorded(w, loanRecords(w, 2));
    await refund(w, charged, [1]);
    expect((await w.ledger.account(w.bob.id)).position).to.equal(-c("12.52"));
  });

  it("gives back no more than an award, whichever records are named", async () => {
    const w = world();
    const claimed = await claimIn(w, "awarded");
    await pass(w, TERMS.appealWindow);
    await w.claims.settle(claimed.id);
    const made = settledClaim(claimed, c("12"), c("0.26"));
    await refund(w, made, [1]);
    await expect(refund(w, made, [0]))
      .to.emit(w.ledger, "GivenBack")
      .withArgs(w.ada.id, w.bob.id, 0);
    expect(await w.reversals.givenBack(made.id)).to.deep.equal([c("12"), false]);
    await expectSound(w);
  });

  it("gives back a part of an award where a record cost less, and the rest with the whole", async () => {
    const w = world();
    const claimed = await claimIn(w, "disputed");
    await w.claims.award(claimed.id, c("18"), 0);
    await pass(w, TERMS.appealWindow);
    await w.claims.settle(claimed.id);
    const made = settledClaim(claimed, c("18"), c("0"));
    await refund(w, made, [0]);
    expect(await w.reversals.givenBack(made.id)).to.deep.equal([c("12"), false]);
    await w.ada.as.contracts.reversals.refundStatement(made.charged);
    expect(await w.reversals.givenBack(made.id)).to.deep.equal([c("18"), true]);
  });

  it("tells statements of one batch apart, and refunds members that have left", async () => {
    const w = world();
    const all = await postAll(
      w,
      [1, 2, 3].map((n) => recorded(w, loanRecords(w, 2, 2 * n), { number: no(n) })),
    );
    await w.bob.as.contracts.register.leave(w.bob.id);
    await w.ada.as.contracts.register.leave(w.ada.id);
    await refund(w, all[1]!, [0]);
    await refund(w, all[2]!, [0]);
    expect(await w.reversals.isGivenBack(all[0]!.id, 0)).to.equal(false);
    expect((await w.ledger.account(w.ada.id)).position).to.equal(c("48"));
  });

  it("waits for the end of a pause and for a close that is due", async () => {
    const w = world();
    const charged = await postRecorded(w, loanRecords(w, 2));
    await w.ledger.pausePosting(60);
    await expect(refund(w, charged, [0])).to.be.revertedWithCustomError(w.ledger, "LedgerPaused");
    await w.time.increaseTo(periodEnd(OCTOBER));
    await expect(refund(w, charged, [0]))
      .to.be.revertedWithCustomError(w.ledger, "LedgerCloseDue")
      .withArgs(OCTOBER);
    expect(await w.reversals.isGivenBack(charged.id, 0)).to.equal(false);
    await w.ledger.closePeriod();
    await refund(w, charged, [0]);
  });

  it("takes no longer for each record, the more there are", async () => {
    const w = world();
    const charged = await postRecorded(w, loanRecords(w, 128), { lines: loans(80) });
    const gas = async (count: number, first: number) => {
      const indices = Array.from({ length: count }, (_, i) => first + i);
      const receipt = await (await refund(w, charged, indices)).wait();
      return Number(receipt?.gasUsed) / count;
    };
    const [one, ten, hundred] = [await gas(1, 0), await gas(10, 1), await gas(100, 11)];
    expect(ten).to.be.lessThan(one);
    expect(hundred).to.be.lessThan(ten);
  });
});
