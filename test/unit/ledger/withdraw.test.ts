import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { bill, c, loans } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

const [WEEK, WINDOW] = [7 * 86_400, 7 * 86_400];

describe("Ledger.announceWithdrawal", () => {
  const world = useWorld();

  it("refuses a stranger and a key without cash", async () => {
    const { ledger, ada, strange, stranger } = world();
    await ada.as.contracts.register.setKey(ada.id, stranger.address, 63 - 8);
    await expect(strange.ledger.announceWithdrawal(ada.id, 1))
      .to.be.revertedWithCustomError(ledger, "LedgerRightMissing")
      .withArgs(ada.id, stranger.address, 8);
  });

  it("fixes amount, notice and payee", async () => {
    const { ledger, ada, time } = world();
    const at = (await time.latest()) + 10;
    await time.setNextBlockTimestamp(at);
    await expect(ada.as.contracts.ledger.announceWithdrawal(ada.id, c("5")))
      .to.emit(ledger, "WithdrawalAnnounced")
      .withArgs(ada.id, c("5"), at + WEEK, ada.payee);
    expect(await ledger.withdrawalOf(ada.id)).to.deep.equal([c("5"), BigInt(at + WEEK), ada.payee]);
  });

  it("freezes nothing: what is announced may still be spent", async () => {
    const w = world();
    await w.bob.as.contracts.ledger.announceWithdrawal(w.bob.id, c("1000"));
    await bill(w);
    expect((await w.ledger.account(w.bob.id)).position).to.equal(-c("12.26"));
  });

  it("replaces an earlier one, whose notice is lost", async () => {
    const { ledger, ada, time } = world();
    await ada.as.contracts.ledger.announceWithdrawal(ada.id, c("5"));
    await time.increase(WEEK);
    await ada.as.contracts.ledger.announceWithdrawal(ada.id, c("6"));
    await expect(ledger.withdraw(ada.id))
      .to.be.revertedWithCustomError(ledger, "LedgerTooEarly")
      .withArgs(ada.id, (await time.latest()) + WEEK);
  });

  it("is cancelled by zero", async () => {
    const { ledger, ada } = world();
    await ada.as.contracts.ledger.announceWithdrawal(ada.id, c("5"));
    await ada.as.contracts.ledger.announceWithdrawal(ada.id, 0);
    expect(await ledger.withdrawalOf(ada.id)).to.deep.equal([0n, 0n, ZeroAddress]);
    await expect(ledger.withdraw(ada.id))
      .to.be.revertedWithCustomError(ledger, "LedgerNothingAnnounced")
      .withArgs(ada.id);
  });
});

describe("Ledger.withdraw", () => {
  const world = useWorld();

  /** Announces ada's withdrawal and returns from when it can be executed. */
  async function announced(amount: bigint): Promise<number> {
    const { ada, time } = world();
    await ada.as.contracts.ledger.announceWithdrawal(ada.id, amount);
    return (await time.latest()) + WEEK;
  }

  it("refuses where nothing is announced", async () => {
    const { ledger, ada } = world();
    await expect(ledger.withdraw(ada.id))
      .to.be.revertedWithCustomError(ledger, "LedgerNothingAnnounced")
      .withArgs(ada.id);
  });

  describe("given an announcement", () => {
    it("refuses one second before its notice is over", async () => {
      const { ledger, ada, time } = world();
      const readyAt = await announced(c("5"));
      await time.setNextBlockTimestamp(readyAt - 1);
      await expect(ledger.withdraw(ada.id))
        .to.be.revertedWithCustomError(ledger, "LedgerTooEarly")
        .withArgs(ada.id, readyAt);
    });

    it("refuses one second after its window", async () => {
      const { ledger, ada, time } = world();
      const expiresAt = (await announced(c("5"))) + WINDOW;
      await time.setNextBlockTimestamp(expiresAt + 1);
      await expect(ledger.withdraw(ada.id))
        .to.be.revertedWithCustomError(ledger, "LedgerTooLate")
        .withArgs(ada.id, expiresAt);
    });

    for (const [when, shift] of [
      ["the first second", 0],
      ["the last second", WINDOW],
    ] as const) {
      it(`pays at ${when}, whoever executes it, and once (invariant 9)`, async () => {
        const { ledger, asset, ada, time, strange, ethers } = world();
        const backing = await ledger.backing();
        const readyAt = await announced(c("5"));
        await time.setNextBlockTimestamp(readyAt + shift);
        const sent = await strange.ledger.withdraw(ada.id);
        await expect(sent).to.emit(ledger, "Withdrawn").withArgs(ada.id, ada.payee, c("5"));
        await expect(sent).to.changeTokenBalances(ethers, asset, [ledger, ada.payee], [-c("5"), c("5")]);
        expect((await ledger.account(ada.id)).cash).to.equal(c("95"));
        expect(await ledger.backing()).to.equal(backing - c("5"));
        await expect(ledger.withdraw(ada.id)).to.be.revertedWithCustomError(ledger, "LedgerNothingAnnounced");
      });
    }
  });

  describe("given less free than announced", () => {
    it("refuses a stranger and leaves the announcement alone", async () => {
      const { ledger, ada, time, strange } = world();
      await announced(c("150"));
      await time.increase(WEEK);
      await expect(strange.ledger.withdraw(ada.id))
        .to.be.revertedWithCustomError(ledger, "LedgerNotFree")
        .withArgs(ada.id, c("150"), c("100"));
      expect((await ledger.withdrawalOf(ada.id)).amount).to.equal(c("150"));
    });

    it("pays a cash key what is free and uses the announcement up", async () => {
      const { ledger, ada, time } = world();
      await announced(c("150"));
      await time.increase(WEEK);
      await expect(ada.as.contracts.ledger.withdraw(ada.id))
        .to.emit(ledger, "Withdrawn")
        .withArgs(ada.id, ada.payee, c("100"));
      expect((await ledger.withdrawalOf(ada.id)).amount).to.equal(0n);
    });

    it("refuses even a cash key where nothing is free", async () => {
      const { ledger, eve, time } = world();
      await eve.as.contracts.ledger.announceWithdrawal(eve.id, 1);
      await time.increase(WEEK);
      await expect(eve.as.contracts.ledger.withdraw(eve.id))
        .to.be.revertedWithCustomError(ledger, "LedgerNotFree")
        .withArgs(eve.id, 1n, 0n);
    });
  });

  describe("given an open month", () => {
    it("keeps back what it debited, and pays what it credited only after its close", async () => {
      const w = world();
      await w.time.increase(3 * 86_400); // so that the month ends within the window
      await bill(w, { lines: loans(10) });
      await w.ada.as.contracts.ledger.announceWithdrawal(w.ada.id, c("220"));
      await w.bob.as.contracts.ledger.announceWithdrawal(w.bob.id, c("1000"));
      await w.time.increase(WEEK);
      expect((await w.ledger.account(w.bob.id)).free).to.equal(c("877.4"));
      await expect(w.ledger.withdraw(w.ada.id))
        .to.be.revertedWithCustomError(w.ledger, "LedgerNotFree")
        .withArgs(w.ada.id, c("220"), c("100"));
      await w.closeMonth();
      await w.ledger.withdraw(w.ada.id);
      expect((await w.ledger.account(w.ada.id)).cash).to.equal(0n);
    });
  });

  it("pays from COMMONS by its treasurer's key", async () => {
    const { ledger, register, asset, strange, stranger, fund, time } = world();
    await fund(1 as never, c("9"));
    await register.appoint(1, stranger.address, 8, stranger.address);
    await strange.ledger.announceWithdrawal(1, c("9"));
    await time.increase(WEEK);
    await ledger.withdraw(1);
    expect(await asset.balanceOf(stranger.address)).to.equal(c("9"));
  });
});
