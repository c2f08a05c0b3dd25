import { expect } from "chai";
import { statementNumber } from "../../../src/core/ids.ts";
import { asDesk } from "../../support/desks.ts";
import { expectSound } from "../../support/soundness.ts";
import { DUE, FEE, GROSS, bill, c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

const TERM = 90 * 86_400;

describe("Ledger.payDebt", () => {
  const world = useWorld();

  it("refuses where nothing is owed, and whom nobody knows", async () => {
    const { ledger, ada, bob } = world();
    await expect(ledger.payDebt(bob.id, ada.id))
      .to.be.revertedWithCustomError(ledger, "LedgerNothingToPay")
      .withArgs(bob.id, ada.id);
    await expect(ledger.payDebt(99, ada.id))
      .to.be.revertedWithCustomError(ledger, "LedgerMemberUnknown")
      .withArgs(99);
  });

  describe("given a debtor without anything", () => {
    it("refuses until there is something to pay with", async () => {
      const w = world();
      await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
      await expect(w.ledger.payDebt(w.eve.id, w.ada.id))
        .to.be.revertedWithCustomError(w.ledger, "LedgerNothingToPay")
        .withArgs(w.eve.id, w.ada.id);
    });
  });

  describe("given a debtor with less than it owes", () => {
    it("pays a part, whoever calls, and credits the creditor what is paid and no more", async () => {
      const w = world();
      await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
      await w.fund(w.eve.id, c("5"));
      await expect(w.strange.ledger.payDebt(w.eve.id, w.ada.id))
        .to.emit(w.ledger, "DebtPaid")
        .withArgs(w.eve.id, w.ada.id, c("5"));
      const ada = await w.ledger.account(w.ada.id);
      expect([ada.position, ada.supplied]).to.deep.equal([c("5"), c("5")]);
      const eve = await w.ledger.account(w.eve.id);
      expect([eve.position, eve.debts, eve.room]).to.deep.equal([-c("5"), c("7.26"), 0n]);
      expect(eve.indebtedSince).not.to.equal(0n);
    });
  });

  describe("given a debtor with enough", () => {
    it("pays all of it, and the last debt ends the indebtedness", async () => {
      const w = world();
      await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
      await w.fund(w.eve.id, c("20"));
      expect(await w.ledger.payDebt.staticCall(w.eve.id, w.ada.id)).to.equal(GROSS);
      await w.ledger.payDebt(w.eve.id, w.ada.id);
      await w.ledger.payDebt(w.eve.id, 1);
      const { debts, indebtedSince, room, free } = await w.ledger.account(w.eve.id);
      expect([debts, indebtedSince]).to.deep.equal([0n, 0n]);
      expect([room, free]).to.deep.equal([c("20") - DUE, c("20") - DUE]);
      const commons = await w.ledger.account(1);
      expect([commons.position, commons.supplied]).to.deep.equal([FEE, 0n]);
    });

    it("pays creditors in whatever order they are named", async () => {
      const w = world();
      await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
      await bill(w, { supplier: w.bob.id, consumer: w.eve.id }, { mode: "acknowledge" });
      await w.fund(w.eve.id, c("13"));
      await w.ledger.payDebt(w.eve.id, w.bob.id);
      await w.ledger.payDebt(w.eve.id, 1);
      await w.ledger.payDebt(w.eve.id, w.ada.id);
      expect(await w.ledger.debtOf(w.eve.id, w.bob.id)).to.equal(0n);
      expect(await w.ledger.debtOf(w.eve.id, 1)).to.equal(0n);
      expect(await w.ledger.debtOf(w.eve.id, w.ada.id)).to.equal(2n * GROSS + 2n * FEE - c("13"));
    });

    it("pays from what it earned this month", async () => {
      const w = world();
      await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
      await bill(w, { supplier: w.eve.id, number: statementNumber(1) });
      await w.ledger.payDebt(w.eve.id, w.ada.id);
      expect((await w.ledger.account(w.eve.id)).position).to.equal(0n);
    });
  });

  it("survives the close of months", async () => {
    const w = world();
    await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
    await w.closeMonth();
    await w.closeMonth();
    expect(await w.ledger.debtOf(w.eve.id, w.ada.id)).to.equal(GROSS);
    expect((await w.ledger.account(w.eve.id)).debts).to.equal(DUE);
  });
});

describe("Register.suspendDebtor", () => {
  const world = useWorld();

  it("refuses a member without debts", async () => {
    const { register, bob } = world();
    await expect(register.suspendDebtor(bob.id))
      .to.be.revertedWithCustomError(register, "RegisterNotOverdue")
      .withArgs(bob.id, TERM);
  });

  describe("given a debt", () => {
    it("refuses one second before its term is over, and suspends at that second", async () => {
      const w = world();
      await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
      const overdueAt = (await w.time.latest()) + TERM;
      await w.time.setNextBlockTimestamp(overdueAt - 1);
      await expect(w.strange.register.suspendDebtor(w.eve.id))
        .to.be.revertedWithCustomError(w.register, "RegisterNotOverdue")
        .withArgs(w.eve.id, overdueAt);
      await w.time.setNextBlockTimestamp(overdueAt);
      await expect(w.strange.register.suspendDebtor(w.eve.id))
        .to.emit(w.register, "MemberSuspended")
        .and.to.emit(w.ledger, "AccountSynced");
      expect((await w.register.membership(w.eve.id)).standing).to.equal(3n);
    });

    it("counts from the first debt, not from the latest", async () => {
      const w = world();
      await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
      const since = BigInt(await w.time.latest());
      await w.time.increase(86_400);
      await bill(w, { consumer: w.eve.id, number: statementNumber(2) }, { mode: "acknowledge" });
      expect((await w.ledger.account(w.eve.id)).indebtedSince).to.equal(since);
    });

    it("counts anew once all was paid", async () => {
      const w = world();
      await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
      await w.fund(w.eve.id, DUE);
      await w.ledger.payDebt(w.eve.id, w.ada.id);
      await w.ledger.payDebt(w.eve.id, 1);
      await bill(w, { consumer: w.eve.id, number: statementNumber(2) }, { mode: "acknowledge" });
      expect((await w.ledger.account(w.eve.id)).indebtedSince).to.equal(BigInt(await w.time.latest()));
    });

    it("does not suspend whom somebody has suspended, or who has left", async () => {
      const w = world();
      await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
      await w.time.increase(TERM);
      await w.register.suspendDebtor(w.eve.id);
      await expect(w.register.suspendDebtor(w.eve.id))
        .to.be.revertedWithCustomError(w.register, "RegisterStandingIs")
        .withArgs(w.eve.id, 3);
      await w.eve.as.contracts.register.leave(w.eve.id);
      await expect(w.register.suspendDebtor(w.eve.id))
        .to.be.revertedWithCustomError(w.register, "RegisterStandingIs")
        .withArgs(w.eve.id, 4);
    });

    it("lets the suspended pay and be reinstated", async () => {
      const w = world();
      await bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
      await w.time.increase(TERM);
      await w.register.suspendDebtor(w.eve.id);
      await w.fund(w.eve.id, DUE);
      await w.ledger.payDebt(w.eve.id, w.ada.id);
      await w.ledger.payDebt(w.eve.id, 1);
      await w.register.reinstate(w.eve.id);
      expect((await w.register.membership(w.eve.id)).standing).to.equal(2n);
    });
  });
});

describe("Ledger.payDebt: what is owed for services and what is owed back", () => {
  const world = useWorld();

  /** Eve owes ada 12 for a loan and 10 that she gives back, in this order or the other. */
  async function owing(w: World, backFirst: boolean) {
    const back = async () => (await asDesk(w, "reversals")).giveBack(w.eve.id, w.ada.id, c("10"));
    const loan = () => bill(w, { consumer: w.eve.id }, { mode: "acknowledge" });
    for (const step of backFirst ? [back, loan] : [loan, back]) await step();
    expect(await w.ledger.debtOf(w.eve.id, w.ada.id)).to.equal(c("22"));
  }

  for (const backFirst of [false, true]) {
    describe(`given that she owed ${backFirst ? "back" : "for the loan"} first`, () => {
      it("pays for services first, and only that counts as supplied", async () => {
        const w = world();
        await owing(w, backFirst);
        for (const [deposit, supplied] of [
          ["11.999999", "11.999999"],
          ["0.000001", "12"],
          ["0.000001", "12"],
          ["9.999999", "12"],
        ] as const) {
          await w.fund(w.eve.id, c(deposit));
          await expect(w.strange.ledger.payDebt(w.eve.id, w.ada.id))
            .to.emit(w.ledger, "DebtPaid")
            .withArgs(w.eve.id, w.ada.id, c(deposit));
          expect((await w.ledger.account(w.ada.id)).supplied).to.equal(c(supplied));
        }
        expect(await w.ledger.debtOf(w.eve.id, w.ada.id)).to.equal(0n);
        expect((await w.ledger.account(w.ada.id)).position).to.equal(c("22"));
        await expectSound(w);
      });

      it("splits one payment that reaches into both", async () => {
        const w = world();
        await owing(w, backFirst);
        await w.fund(w.eve.id, c("15"));
        await w.ledger.payDebt(w.eve.id, w.ada.id);
        const { position, supplied } = await w.ledger.account(w.ada.id);
        expect([position, supplied]).to.deep.equal([c("15"), c("12")]);
        expect(await w.ledger.debtOf(w.eve.id, w.ada.id)).to.equal(c("7"));
        // What is left is owed back: an own supply of ada's cancels it and is no supply any more.
        const reversals = await asDesk(w, "reversals");
        await reversals.giveBack(w.ada.id, w.eve.id, c("7"));
        const after = await w.ledger.account(w.ada.id);
        expect([after.position, after.supplied]).to.deep.equal([c("15"), c("5")]);
        await expectSound(w);
      });

      it("cancels for services first, which never were supplied, then what is owed back, which were", async () => {
        const w = world();
        await owing(w, backFirst);
        await bill(w, { number: statementNumber(2) });
        const reversals = await asDesk(w, "reversals");
        for (const [amount, cancelled, position, supplied] of [
          ["8", "8", "12", "12"],
          ["6", "6", "12", "10"],
          ["9", "8", "11", "1"],
        ] as const) {
          await expect(reversals.giveBack(w.ada.id, w.eve.id, c(amount)))
            .to.emit(w.ledger, "DebtCancelled")
            .withArgs(w.eve.id, w.ada.id, c(cancelled));
          const ada = await w.ledger.account(w.ada.id);
          expect([ada.position, ada.supplied]).to.deep.equal([c(position), c(supplied)]);
        }
        expect((await w.ledger.account(w.eve.id)).debts).to.equal(c("0.26"));
        expect((await w.ledger.account(w.eve.id)).position).to.equal(c("1"));
        await expectSound(w);
      });
    });
  }

  it("has a supplier suspended that owes back too long", async () => {
    const w = world();
    await (await asDesk(w, "reversals")).giveBack(w.eve.id, w.ada.id, c("10"));
    await w.time.increase(TERM);
    await expect(w.strange.register.suspendDebtor(w.eve.id)).to.emit(w.register, "MemberSuspended");
  });

  it("keeps pairs and directions apart", async () => {
    const w = world();
    const reversals = await asDesk(w, "reversals");
    await reversals.giveBack(w.eve.id, w.ada.id, c("10"));
    await reversals.giveBack(w.eve.id, w.bob.id, c("3"));
    expect(await w.ledger.debtOf(w.ada.id, w.eve.id)).to.equal(0n);
    await w.fund(w.eve.id, c("20"));
    await w.ledger.payDebt(w.eve.id, w.bob.id);
    expect(await w.ledger.debtOf(w.eve.id, w.ada.id)).to.equal(c("10"));
    await expect(w.ledger.payDebt(w.ada.id, w.eve.id))
      .to.be.revertedWithCustomError(w.ledger, "LedgerNothingToPay")
      .withArgs(w.ada.id, w.eve.id);
    await expectSound(w);
  });
});
