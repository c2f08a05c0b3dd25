import { expect } from "chai";
import { MaxUint256, Contract } from "ethers";
import { c } from "../../../support/statements.ts";
import { NO_DESKS } from "../../../support/consortium.ts";
import { useWorld } from "../../../support/world.ts";
import type { World } from "../../../support/world.ts";

const terms = { withdrawalNotice: 60, withdrawalWindow: 60, debtTerm: 86_400 };
const SCALE = 10n ** 12n;

/** A ledger that settles in a token of the test's, and a deployer rich in it. */
async function settledIn(w: World, name: string, args: readonly unknown[]) {
  const { charter, register } = w.deployment;
  const token = await w.ethers.deployContract(name, [...args]);
  const asset = await token.getAddress();
  const ledger = await w.ethers.deployContract("Ledger", [charter, register, asset, NO_DESKS, terms]);
  const [deployer] = await w.ethers.getSigners();
  await token.getFunction("mint")(deployer?.address, 10n ** 30n);
  await token.getFunction("approve")(ledger, MaxUint256);
  for (const id of [1, w.ada.id, w.bob.id]) await ledger.getFunction("sync")(id);
  /** The same ledger by ada's key. */
  const ada = new Contract(await ledger.getAddress(), w.ledger.interface, w.ada.key);
  return { token, ledger: ada, deposit: (amount: bigint) => ledger.getFunction("deposit")(w.ada.id, amount) };
}

async function withdrawing(w: World, ledger: Contract, amount: bigint) {
  await ledger.getFunction("announceWithdrawal")(w.ada.id, amount);
  await w.time.increase(60);
  return ledger.getFunction("withdraw")(w.ada.id);
}

describe("attack: assets that are not plain", () => {
  const world = useWorld();

  for (const decimals of [0, 5, 19, 255]) {
    it(`refuses an asset of ${decimals} decimals`, async () => {
      const w = world();
      await expect(settledIn(w, "PlainToken", [decimals]))
        .to.be.revertedWithCustomError(w.ledger, "LedgerAssetDecimals")
        .withArgs(decimals);
    });
  }

  for (const decimals of [6, 8, 18]) {
    it(`settles exactly in one of ${decimals}`, async () => {
      const w = world();
      const { token, ledger, deposit } = await settledIn(w, "PlainToken", [decimals]);
      await deposit(1n);
      await deposit(c("5"));
      await withdrawing(w, ledger, c("5"));
      const unit = 10n ** BigInt(decimals - 6);
      expect(await token.getFunction("balanceOf")(w.ada.payee)).to.equal(c("5") * unit);
      expect(await token.getFunction("balanceOf")(ledger)).to.equal(unit);
      expect(await ledger.getFunction("backing")()).to.equal(1n);
    });
  }

  it("settles in one that returns nothing, like the first stablecoins", async () => {
    const w = world();
    const { token, ledger, deposit } = await settledIn(w, "SilentToken", [6]);
    await deposit(c("5"));
    await withdrawing(w, ledger, c("5"));
    expect(await token.getFunction("balanceOf")(w.ada.payee)).to.equal(c("5"));
  });

  describe("given one that takes a fee", () => {
    it("refuses the deposit and books nothing", async () => {
      const w = world();
      const { ledger, deposit } = await settledIn(w, "FeeOnTransferToken", [18, 100]);
      await expect(deposit(c("100")))
        .to.be.revertedWithCustomError(w.ledger, "LedgerAssetNotExact")
        .withArgs(c("100") * SCALE, c("99") * SCALE);
      expect(await ledger.getFunction("backing")()).to.equal(0n);
    });

    it("charges the fee to the payee, never to the book, where it begins later", async () => {
      const w = world();
      const { token, ledger, deposit } = await settledIn(w, "FeeOnTransferToken", [6, 0]);
      await deposit(c("100"));
      await token.getFunction("setFee")(100);
      await withdrawing(w, ledger, c("10"));
      expect(await token.getFunction("balanceOf")(w.ada.payee)).to.equal(c("9.9"));
      expect(await token.getFunction("balanceOf")(ledger)).to.equal(await ledger.getFunction("backing")());
    });
  });

  describe("given one that rebases", () => {
    it("refuses deposits once it has shrunk below the book, and pays while there is any", async () => {
      const w = world();
      const { token, ledger, deposit } = await settledIn(w, "RebasingToken", [6]);
      await deposit(c("100"));
      await token.getFunction("rebase")(1, 2);
      await expect(deposit(c("1")))
        .to.be.revertedWithCustomError(w.ledger, "LedgerAssetShort")
        .withArgs(c("50"), c("100"));
      await withdrawing(w, ledger, c("10"));
      expect(await token.getFunction("balanceOf")(w.ada.payee)).to.equal(c("10"));
    });

    it("gives nobody what it grew by", async () => {
      const w = world();
      const { token, ledger, deposit } = await settledIn(w, "RebasingToken", [6]);
      await deposit(c("100"));
      await token.getFunction("rebase")(2, 1);
      await deposit(c("1"));
      expect((await ledger.getFunction("account")(w.ada.id)).cash).to.equal(c("101"));
    });
  });

  describe("given one that says false", () => {
    for (const moves of [true, false]) {
      it(`refuses the deposit where it ${moves ? "moves all the same" : "moves nothing"}`, async () => {
        const w = world();
        const { token, ledger, deposit } = await settledIn(w, "FalseReturningToken", [6]);
        await token.getFunction("behave")(moves, false);
        await expect(deposit(c("1")))
          .to.be.revertedWithCustomError(w.ledger, "SafeERC20FailedOperation")
          .withArgs(token);
        expect(await ledger.getFunction("backing")()).to.equal(0n);
      });
    }

    it("refuses the deposit where it says true and moves nothing", async () => {
      const w = world();
      const { token, deposit } = await settledIn(w, "FalseReturningToken", [6]);
      await token.getFunction("behave")(false, true);
      await expect(deposit(c("1")))
        .to.be.revertedWithCustomError(w.ledger, "LedgerAssetNotExact")
        .withArgs(c("1"), 0n);
    });

    it("undoes the withdrawal, so that it can be tried again", async () => {
      const w = world();
      const { token, ledger, deposit } = await settledIn(w, "FalseReturningToken", [6]);
      await token.getFunction("behave")(true, true);
      await deposit(c("5"));
      await token.getFunction("behave")(false, false);
      await expect(withdrawing(w, ledger, c("5"))).to.be.revertedWithCustomError(
        w.ledger,
        "SafeERC20FailedOperation",
      );
      await token.getFunction("behave")(true, true);
      await ledger.getFunction("withdraw")(w.ada.id);
      expect(await token.getFunction("balanceOf")(w.ada.payee)).to.equal(c("5"));
    });
  });

  describe("given one whose issuer halts it", () => {
    it("keeps the announcement until it moves again, and hurts nobody else", async () => {
      const w = world();
      const { token, ledger, deposit } = await settledIn(w, "PausingToken", [6]);
      await deposit(c("5"));
      await token.getFunction("setBlocked")(w.ada.payee, true);
      await expect(withdrawing(w, ledger, c("5"))).to.be.revertedWithCustomError(token, "PausingTokenHalted");
      await deposit(c("1"));
      await token.getFunction("setBlocked")(w.ada.payee, false);
      await ledger.getFunction("withdraw")(w.ada.id);
      expect((await ledger.getFunction("account")(w.ada.id)).cash).to.equal(c("1"));
    });
  });
});
