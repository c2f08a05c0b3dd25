import { expect } from "chai";
import { pass } from "../../../support/claims.ts";
import { loanRecord, loanRecords, no } from "../../../support/desk-records.ts";
import { chargedRecord, postRecorded } from "../../../support/reversals.ts";
import { watchThirdParties } from "../../../support/soundness.ts";
import { c } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";
import type { World } from "../../../support/world.ts";

const DAY = 86_400;
const TERM = 90 * DAY;

/** Ada bills ten loans twice, waits for the month to close and takes all she has out of the ledger. */
async function fled(w: World) {
  const first = await postRecorded(w, loanRecords(w, 10), { number: no(1) });
  const second = await postRecorded(w, loanRecords(w, 10), { number: no(2) });
  await w.closeMonth();
  const { free } = await w.ledger.account(w.ada.id);
  await w.ada.as.contracts.ledger.announceWithdrawal(w.ada.id, free);
  await w.time.increase(7 * DAY);
  await w.ledger.withdraw(w.ada.id);
  expect((await w.ledger.account(w.ada.id)).cash).to.equal(0n);
  const reverse = (index: number) =>
    w.strange.reversals.reverseDuplicate(chargedRecord(first, index), chargedRecord(second, index));
  return { first, second, reverse };
}

describe("attack: a supplier that empties its account before it is found out (invariants 2 and 9)", () => {
  const world = useWorld();

  it("owes what it cannot give back, and nobody but its own consumer waits for it", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const { second, reverse } = await fled(w);
    const bob = await w.ledger.account(w.bob.id);
    for (let i = 0; i < 10; i++) await reverse(i);
    expect(await w.ledger.debtOf(w.ada.id, w.bob.id)).to.equal(c("120"));
    expect(await w.reversals.givenBack(second.id)).to.deep.equal([c("120"), false]);
    const after = await w.ledger.account(w.bob.id);
    expect(after.position + after.cash).to.equal(bob.position + bob.cash);
    await untouched();
  });

  it("pays with whatever it earns or deposits next, by anyone's call", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const { reverse } = await fled(w);
    for (let i = 0; i < 5; i++) await reverse(i);
    const { position, cash } = await w.ledger.account(w.bob.id);
    await postRecorded(w, [loanRecord(w, 77)], { number: no(3) });
    await w.strange.ledger.payDebt(w.ada.id, w.bob.id);
    await w.fund(w.ada.id, c("100"));
    await w.strange.ledger.payDebt(w.ada.id, w.bob.id);
    const [ada, bob] = [await w.ledger.account(w.ada.id), await w.ledger.account(w.bob.id)];
    expect([ada.debts, ada.free]).to.deep.equal([0n, c("52")]);
    expect(bob.position + bob.cash).to.equal(position + cash - c("12.26") + c("60"));
    expect(bob.supplied).to.equal(0n);
    await untouched();
  });

  it("withdraws, lends and claims nothing more while it owes, and is suspended in the end", async () => {
    const w = world();
    const { reverse } = await fled(w);
    await w.fund(w.ada.id, c("10"));
    await w.ada.as.contracts.ledger.announceWithdrawal(w.ada.id, c("10"));
    for (let i = 0; i < 3; i++) await reverse(i);
    const { free, room, debts } = await w.ledger.account(w.ada.id);
    expect([free, room, debts]).to.deep.equal([0n, 0n, c("26")]);
    await expect(w.ada.as.contracts.advances.advance(w.ada.id, w.eve.id, 1))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
      .withArgs(w.ada.id, 1, 0);
    await w.time.increase(7 * DAY);
    await expect(w.strange.ledger.withdraw(w.ada.id)).to.be.revertedWithCustomError(
      w.ledger,
      "LedgerNotFree",
    );
    await pass(w, TERM);
    await expect(w.strange.register.suspendDebtor(w.ada.id)).to.emit(w.register, "MemberSuspended");
  });

  it("cannot take an announced withdrawal ahead of a reversal that came first", async () => {
    const w = world();
    const first = await postRecorded(w, loanRecords(w, 4), { number: no(1) });
    const second = await postRecorded(w, loanRecords(w, 4), { number: no(2) });
    await w.closeMonth();
    const { free } = await w.ledger.account(w.ada.id);
    expect(free).to.equal(c("196"));
    await w.ada.as.contracts.ledger.announceWithdrawal(w.ada.id, free);
    await w.time.increase(7 * DAY);
    for (let i = 0; i < 4; i++) {
      await w.strange.reversals.reverseDuplicate(chargedRecord(first, i), chargedRecord(second, i));
    }
    await w.ada.as.contracts.ledger.withdraw(w.ada.id);
    expect(await w.asset.balanceOf(w.ada.payee)).to.equal(c("148"));
    const bob = await w.ledger.account(w.bob.id);
    expect(bob.position).to.equal(c("48"));
  });

  it("gives back a consumer that was never paid for its debt only the debt", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    await w.bob.as.contracts.ledger.announceWithdrawal(w.bob.id, c("1000"));
    await w.time.increase(7 * DAY);
    await w.ledger.withdraw(w.bob.id);
    const first = await postRecorded(w, loanRecords(w, 1), { number: no(1) }, c("12.26"));
    const second = await postRecorded(w, loanRecords(w, 1), { number: no(2) }, c("12.26"));
    await w.strange.reversals.reverseDuplicate(chargedRecord(first, 0), chargedRecord(second, 0));
    expect(await w.ledger.debtOf(w.bob.id, w.ada.id)).to.equal(c("12"));
    const { position, cash } = await w.ledger.account(w.ada.id);
    expect(position + cash).to.equal(c("100"));
    await untouched();
  });
});
