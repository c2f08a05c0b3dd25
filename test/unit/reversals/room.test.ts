import { expect } from "chai";
import { loanRecords, no } from "../../support/desk-records.ts";
import { postRecorded, refund } from "../../support/reversals.ts";
import { expectSound } from "../../support/soundness.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

/** Ten loans from eve, who has nothing, to bob; then she spends all she earned on ada's. */
async function spent(w: World) {
  const records = loanRecords(w, 10).map((record) => ({ ...record, supplier: w.eve.id }));
  const charged = await postRecorded(w, records, { supplier: w.eve.id });
  const drawn = loanRecords(w, 9, 50).map((record) => ({ ...record, consumer: w.eve.id }));
  await postRecorded(w, drawn, { consumer: w.eve.id });
  // 120 earned, 110.34 spent: 9.66 are left.
  return charged;
}

describe("Reversals: what a supplier has no room for", () => {
  const world = useWorld();

  it("gives back what is there and owes the rest, which credits nobody before it is paid", async () => {
    const w = world();
    const charged = await spent(w);
    const sent = refund(w, charged, [0, 1], w.eve);
    await expect(sent).to.emit(w.ledger, "GivenBack").withArgs(w.eve.id, w.bob.id, c("24"));
    await expect(sent).to.emit(w.ledger, "DebtAcknowledged").withArgs(w.eve.id, w.bob.id, c("14.34"));
    const [eve, bob] = [await w.ledger.account(w.eve.id), await w.ledger.account(w.bob.id)];
    expect([eve.room, eve.debts, eve.supplied]).to.deep.equal([0n, c("14.34"), c("96")]);
    expect(eve.indebtedSince).to.equal(BigInt(await w.time.latest()));
    expect(bob.position).to.equal(-c("122.6") + c("9.66"));
    expect(await w.ledger.debtOf(w.eve.id, w.bob.id)).to.equal(c("14.34"));
    await expectSound(w);
  });

  it("pays later by anyone's call, in parts, and the consumer has supplied nothing by it", async () => {
    const w = world();
    const charged = await spent(w);
    await refund(w, charged, [0, 1], w.eve);
    await w.fund(w.eve.id, c("4"));
    await expect(w.strange.ledger.payDebt(w.eve.id, w.bob.id))
      .to.emit(w.ledger, "DebtPaid")
      .withArgs(w.eve.id, w.bob.id, c("4"));
    await w.fund(w.eve.id, c("100"));
    await expect(w.strange.ledger.payDebt(w.eve.id, w.bob.id))
      .to.emit(w.ledger, "DebtPaid")
      .withArgs(w.eve.id, w.bob.id, c("10.34"));
    const [eve, bob] = [await w.ledger.account(w.eve.id), await w.ledger.account(w.bob.id)];
    expect([bob.position, bob.supplied]).to.deep.equal([-c("98.6"), 0n]);
    expect([eve.debts, eve.indebtedSince, eve.supplied]).to.deep.equal([0n, 0n, c("96")]);
    await expectSound(w);
  });

  it("owes a supplier that is in debt already all of it", async () => {
    const w = world();
    const charged = await spent(w);
    await refund(w, charged, [0], w.eve);
    await refund(w, charged, [1, 2, 3], w.eve);
    expect(await w.ledger.debtOf(w.eve.id, w.bob.id)).to.equal(c("48") - c("9.66"));
    expect((await w.ledger.account(w.eve.id)).supplied).to.equal(c("72"));
    await expectSound(w);
  });
});

describe("Reversals: what a consumer still owes", () => {
  const world = useWorld();

  /** Two loans from ada to eve, who pays 10 of the 24.52. */
  async function owing(w: World) {
    await w.fund(w.eve.id, c("10"));
    const records = loanRecords(w, 2).map((record) => ({ ...record, consumer: w.eve.id }));
    return postRecorded(w, records, { consumer: w.eve.id }, c("14.52"));
  }

  it("is cancelled first, and only the rest is given back", async () => {
    const w = world();
    const charged = await owing(w);
    const sent = refund(w, charged, [0]);
    await expect(sent).to.emit(w.ledger, "DebtCancelled").withArgs(w.eve.id, w.ada.id, c("12"));
    await expect(sent).to.emit(w.ledger, "GivenBack").withArgs(w.ada.id, w.eve.id, c("12"));
    let [ada, eve] = [await w.ledger.account(w.ada.id), await w.ledger.account(w.eve.id)];
    expect([ada.position, ada.supplied]).to.deep.equal([c("10"), c("10")]);
    expect([eve.position, eve.debts]).to.deep.equal([-c("10"), c("2.52")]);
    await expect(refund(w, charged, [1]))
      .to.emit(w.ledger, "DebtCancelled")
      .withArgs(w.eve.id, w.ada.id, c("2"));
    [ada, eve] = [await w.ledger.account(w.ada.id), await w.ledger.account(w.eve.id)];
    expect([ada.position, ada.supplied]).to.deep.equal([0n, 0n]);
    expect([eve.position, eve.debts]).to.deep.equal([0n, c("0.52")]);
    expect(await w.ledger.debtOf(w.eve.id, 1)).to.equal(c("0.52"));
    await expectSound(w);
  });

  it("ends the indebtedness with its last debt", async () => {
    const w = world();
    const charged = await owing(w);
    await refund(w, charged, [0, 1]);
    await w.fund(w.eve.id, c("1"));
    await w.ledger.payDebt(w.eve.id, 1);
    const { debts, indebtedSince, room } = await w.ledger.account(w.eve.id);
    expect([debts, indebtedSince, room]).to.deep.equal([0n, 0n, c("10.48")]);
  });

  it("is cancelled whatever statement it came from, but never what is owed to others", async () => {
    const w = world();
    const records = loanRecords(w, 2).map((record) => ({ ...record, consumer: w.eve.id }));
    await w.fund(w.eve.id, c("24.52"));
    const paid = await postRecorded(w, records, { consumer: w.eve.id, number: no(1) });
    const later = records.map((record) => ({ ...record, charge: 1 }));
    await postRecorded(w, later, { consumer: w.eve.id, number: no(2) }, c("24.52"));
    const bobs = records.map((record) => ({ ...record, supplier: w.bob.id }));
    await postRecorded(w, bobs, { consumer: w.eve.id, supplier: w.bob.id }, c("24.52"));
    await refund(w, paid, [0, 1]);
    expect(await w.ledger.debtOf(w.eve.id, w.ada.id)).to.equal(0n);
    expect(await w.ledger.debtOf(w.eve.id, w.bob.id)).to.equal(c("24"));
    const ada = await w.ledger.account(w.ada.id);
    expect([ada.position, ada.supplied]).to.deep.equal([c("24"), c("24")]);
    await expectSound(w);
  });
});

describe("Reversals: what counts as supplied", () => {
  const world = useWorld();

  it("goes down in the month of the refund, but not below nothing, and closed months keep their standing", async () => {
    const w = world();
    const charged = await postRecorded(w, loanRecords(w, 3), { number: no(1) });
    await w.closeMonth();
    await postRecorded(w, loanRecords(w, 1, 9), { number: no(2) });
    const { standing } = await w.ledger.account(w.ada.id);
    await refund(w, charged, [0]);
    expect((await w.ledger.account(w.ada.id)).supplied).to.equal(0n);
    await refund(w, charged, [1, 2]);
    const after = await w.ledger.account(w.ada.id);
    expect([after.supplied, after.standing]).to.deep.equal([0n, standing]);
    expect(after.position + after.cash).to.equal(c("112"));
    await expectSound(w);
  });
});
