import { expect } from "chai";
import { claim, claimable, pass, TERMS } from "../../../support/claims.ts";
import { loanRecord, loanRecords, no } from "../../../support/desk-records.ts";
import { chargedRecord, postRecorded, refund, settledClaim } from "../../../support/reversals.ts";
import { watchThirdParties } from "../../../support/soundness.ts";
import { c, loans } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";
import type { World } from "../../../support/world.ts";

/** What ada and bob own together, whatever they do between them. */
async function together(w: World) {
  const accounts = await Promise.all([w.ada.id, w.bob.id].map((member) => w.ledger.account(member)));
  return accounts.reduce((sum, { position, cash }) => sum + position + cash, 0n);
}

describe("attack: a pair that works together against the rest (invariants 1 and 2)", () => {
  const world = useWorld();

  it("wins nothing by trees that say more than was charged", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const before = await together(w);
    const rich = loanRecords(w, 3).map((record) => ({ ...record, amount: c("1000000") }));
    const made = await postRecorded(w, rich, { lines: loans(1) });
    await refund(w, made, [0]);
    await refund(w, made, [1, 2]);
    await w.ada.as.contracts.reversals.refundStatement(made.charged);
    expect(await w.reversals.givenBack(made.id)).to.deep.equal([c("12"), true]);
    expect(await together(w)).to.equal(before - c("0.26"));
    await untouched();
  });

  it("wins nothing by duplicates of records that they made up: the same comes and goes, and fees stay", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const before = await together(w);
    const first = await postRecorded(w, [loanRecord(w, 1)], { number: no(1) });
    for (let n = 2; n <= 6; n++) {
      const again = await postRecorded(w, [loanRecord(w, 1)], { number: no(n) });
      await w.reversals.reverseDuplicate(chargedRecord(first, 0), chargedRecord(again, 0));
    }
    expect(await together(w)).to.equal(before - 6n * c("0.26"));
    expect((await w.ledger.account(w.ada.id)).supplied).to.equal(c("12"));
    await untouched();
  });

  it("wins nothing by sending one sum to and fro", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const before = await together(w);
    for (let n = 1; n <= 5; n++) {
      const made = await postRecorded(w, loanRecords(w, 4, 10 * n), { number: no(n) });
      await refund(w, made, [0, 1]);
      await w.ada.as.contracts.reversals.refundStatement(made.charged);
    }
    expect(await together(w)).to.equal(before - 20n * c("0.26"));
    const { position, supplied, debts } = await w.ledger.account(w.ada.id);
    expect([position, supplied, debts]).to.deep.equal([0n, 0n, 0n]);
    await untouched();
  });

  it("buys standing at the price of its fees, refunded or not, and from nobody else", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const before = await together(w);
    const made = await postRecorded(w, loanRecords(w, 50));
    await w.closeMonth();
    await w.ada.as.contracts.reversals.refundStatement(made.charged);
    await w.closeMonth();
    // Just what lending in both directions would have bought: 13 for 600.
    expect((await w.ledger.account(w.ada.id)).standing).to.equal((c("600") * 11n) / 12n);
    expect((await w.ledger.account(w.bob.id)).standing).to.equal(0n);
    expect(await together(w)).to.equal(before - 50n * c("0.26"));
    await untouched();
  });

  it("keeps no supply in the open month by netting what each owes the other back", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    // Both have nothing left; each supplied the other 24 and gives it back.
    for (const { id, as } of [w.ada, w.bob]) {
      const { free } = await w.ledger.account(id);
      await as.contracts.ledger.announceWithdrawal(id, free);
    }
    await w.time.increase(7 * 86_400);
    for (const { id } of [w.ada, w.bob]) await w.ledger.withdraw(id);
    await w.fund(w.bob.id, c("24.52"));
    const adas = await postRecorded(w, loanRecords(w, 2), { number: no(1) });
    const bobs = await postRecorded(
      w,
      loanRecords(w, 2),
      { supplier: w.bob.id, consumer: w.ada.id, number: no(1) },
      c("0.52"),
    );
    await postRecorded(w, loanRecords(w, 1, 9), { number: no(2) });
    await refund(w, bobs, [0, 1], w.bob);
    expect((await w.ledger.account(w.bob.id)).debts).to.equal(c("12.26"));
    await w.ada.as.contracts.reversals.refundStatement(adas.charged);
    const [ada, bob] = [await w.ledger.account(w.ada.id), await w.ledger.account(w.bob.id)];
    expect([ada.supplied, bob.supplied]).to.deep.equal([c("12"), 0n]);
    await untouched();
  });

  it("wins nothing by claims against each other: undisputed, given back, claimed again", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const before = await together(w);
    const claimed = await claim(w);
    await pass(w, TERMS.challengeWindow);
    await w.claims.settle(claimed.id);
    const made = settledClaim(claimed, c("24"), c("0.52"));
    await w.ada.as.contracts.reversals.refundStatement(made.charged);
    const again = claimable(w, { number: no(2) }, claimed.records);
    await w.ada.as.contracts.claims.claim(w.ada.id, again.packed, again.tree.top, again.tree.count);
    await w.ada.as.contracts.claims.withdrawClaim(again.id);
    expect(await together(w)).to.equal(before - c("0.52"));
    await untouched();
  });

  it("makes no cash of debts: what a consumer owes is cancelled, not paid out", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    await w.bob.as.contracts.ledger.announceWithdrawal(w.bob.id, c("1000"));
    await w.time.increase(7 * 86_400);
    await w.ledger.withdraw(w.bob.id);
    const made = await postRecorded(w, loanRecords(w, 200), {}, c("2452"));
    await refund(w, made, [...Array(100).keys()]);
    await w.ada.as.contracts.reversals.refundStatement(made.charged);
    const [ada, bob] = [await w.ledger.account(w.ada.id), await w.ledger.account(w.bob.id)];
    expect([ada.position, ada.cash, ada.supplied]).to.deep.equal([0n, c("100"), 0n]);
    expect([bob.position, bob.cash, bob.debts]).to.deep.equal([0n, 0n, c("52")]);
    await untouched();
  });
});
