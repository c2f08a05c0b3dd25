import { expect } from "chai";
import { statementNumber } from "../../../../src/core/ids.ts";
import { DUE, FAULT, bill, c, loans } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";

const WEEK = 7 * 86_400;

describe("attack: taking an advance out", () => {
  const world = useWorld();

  it("cannot be withdrawn", async () => {
    const w = world();
    await w.bob.as.contracts.advances.advance(w.bob.id, w.eve.id, c("100"));
    await w.eve.as.contracts.ledger.announceWithdrawal(w.eve.id, c("100"));
    await w.time.increase(WEEK);
    await expect(w.eve.as.contracts.ledger.withdraw(w.eve.id))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
      .withArgs(w.eve.id, c("100"), 0n);
  });

  it("cannot be moved on to an accomplice as another advance", async () => {
    const w = world();
    await w.bob.as.contracts.advances.advance(w.bob.id, w.eve.id, c("100"));
    await expect(w.eve.as.contracts.advances.advance(w.eve.id, w.ada.id, 1))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
      .withArgs(w.eve.id, 1n, 0n);
  });

  it("cannot be repaid to another sponsor than its own", async () => {
    const w = world();
    await w.bob.as.contracts.advances.advance(w.bob.id, w.eve.id, c("100"));
    await expect(w.eve.as.contracts.advances.repayAdvance(w.eve.id, w.ada.id, 1))
      .to.be.revertedWithCustomError(w.advances, "AdvanceExceeded")
      .withArgs(w.ada.id, w.eve.id, 1n, 0n);
  });

  it("leaves the member its own cash, and no more, to withdraw", async () => {
    const w = world();
    await w.fund(w.eve.id, c("30"));
    await w.bob.as.contracts.advances.advance(w.bob.id, w.eve.id, c("100"));
    await bill(w, { consumer: w.eve.id });
    expect((await w.ledger.account(w.eve.id)).free).to.equal(c("30") - DUE);
  });

  it("is not recalled twice, nor beyond what is unspent", async () => {
    const w = world();
    const mine = w.bob.as.contracts.advances;
    await mine.advance(w.bob.id, w.eve.id, c("20"));
    await bill(w, { consumer: w.eve.id });
    await mine.recallAdvance(w.bob.id, w.eve.id, c("20") - DUE);
    await expect(mine.recallAdvance(w.bob.id, w.eve.id, 1))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
      .withArgs(w.eve.id, 1n, 0n);
    expect(await w.advances.advanceOf(w.bob.id, w.eve.id)).to.equal(DUE);
    await w.fund(w.eve.id, c("100"));
    await mine.recallAdvance(w.bob.id, w.eve.id, DUE);
    expect((await w.ledger.account(w.bob.id)).cash).to.equal(c("1000"));
  });
});

describe("attack: escaping an acknowledged debt", () => {
  const world = useWorld();

  it("freezes withdrawal and further advances at once", async () => {
    const w = world();
    await w.fund(w.eve.id, c("10"));
    await w.eve.as.contracts.ledger.announceWithdrawal(w.eve.id, c("10"));
    await w.time.increase(WEEK);
    await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
    await w.fund(w.eve.id, c("2"));
    await expect(w.eve.as.contracts.ledger.withdraw(w.eve.id))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
      .withArgs(w.eve.id, c("10"), 0n);
    await expect(w.eve.as.contracts.advances.advance(w.eve.id, w.bob.id, 1)).to.be.revertedWithCustomError(
      w.ledger,
      "LedgerNotFree",
    );
  });

  it("keeps its room from being spent on others first", async () => {
    const w = world();
    await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
    await w.fund(w.eve.id, c("20"));
    await expect(bill(w, { supplier: w.bob.id, consumer: w.eve.id }))
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(w.bob.id, 1, FAULT.NoRoom, DUE, c("20") - DUE);
  });

  it("follows the member out of the consortium", async () => {
    const w = world();
    await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
    await w.eve.as.contracts.register.leave(w.eve.id);
    await w.fund(w.eve.id, c("12"));
    await w.strange.ledger.payDebt(w.eve.id, w.ada.id);
    expect((await w.ledger.account(w.ada.id)).position).to.equal(c("12"));
  });

  it("cannot be paid with other people's money, nor twice", async () => {
    const w = world();
    await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
    await w.fund(w.eve.id, c("100"));
    await w.ledger.payDebt(w.eve.id, w.ada.id);
    await expect(w.ledger.payDebt(w.eve.id, w.ada.id))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNothingToPay")
      .withArgs(w.eve.id, w.ada.id);
    expect((await w.ledger.account(w.ada.id)).position).to.equal(c("12"));
  });

  it("adds up without limit of the debtor's, and without paying anybody before it is paid (invariant 2)", async () => {
    const w = world();
    for (let i = 1; i <= 5; i++) {
      await bill(
        w,
        { consumer: w.eve.id, number: statementNumber(i), lines: loans(1000) },
        { mode: "acknowledge" },
      );
    }
    const [ada, eve] = [await w.ledger.account(w.ada.id), await w.ledger.account(w.eve.id)];
    expect([ada.position, ada.room]).to.deep.equal([0n, c("100")]);
    expect(eve.debts).to.equal(5000n * DUE);
    expect([eve.position, eve.room, eve.free]).to.deep.equal([0n, 0n, 0n]);
  });

  it("cannot be charged to a consumer in all-or-nothing mode", async () => {
    const w = world();
    await expect(bill(w, { consumer: w.eve.id }))
      .to.be.revertedWithCustomError(w.ledger, "LedgerStatementFault")
      .withArgs(w.ada.id, 1, FAULT.NoRoom, DUE, 0n);
  });
});
