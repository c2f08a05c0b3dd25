import { expect } from "chai";
import { Contract, MaxUint256, ZeroHash } from "ethers";
import type { ContractTransaction } from "ethers";
import { NO_DESKS, OCTOBER } from "../../support/consortium.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

const terms = { withdrawalNotice: 60, withdrawalWindow: 60, debtTerm: 86_400 };

/** A ledger in a token of the test's, bob's invoice to eve over 30, and a rich payer that can have hooks. */
async function settledIn(w: World, name: string, args: readonly unknown[]) {
  const { charter, register, pricing } = w.deployment;
  const token = await w.ethers.deployContract(name, [...args]);
  const made = await w.ethers.deployContract("Advances", [charter, register]);
  const desks = { ...NO_DESKS, pricing, advances: made };
  const ledger = await w.ethers.deployContract("Ledger", [charter, register, token, desks, terms]);
  await made.getFunction("bindLedger")(ledger);
  for (const member of [w.bob.id, w.eve.id]) await ledger.getFunction("sync")(member);
  const desk = new Contract(await made.getAddress(), w.advances.interface, w.bob.key);
  await desk.getFunction("raiseInvoice")(w.bob.id, w.eve.id, OCTOBER, c("30"), ZeroHash);
  const party = await w.ethers.deployContract("ReentrantParty");
  await token.getFunction("mint")(party, 10n ** 30n);
  const act = async ({ to, data }: ContractTransaction) => party.getFunction("execute")(to, data);
  await act(await token.getFunction("approve").populateTransaction(desk, MaxUint256));
  const paying = (amount: bigint) => desk.getFunction("payInvoice").populateTransaction(1, amount, ZeroHash);
  const cash = async () => (await ledger.getFunction("account")(w.eve.id)).cash;
  const paid = async () => (await desk.getFunction("invoiceOf")(1)).paid as bigint;
  return { token, ledger, desk, party, act, paying, cash, paid };
}

describe("Advances.payInvoice: with whatever asset", () => {
  const world = useWorld();

  for (const decimals of [6, 8, 18]) {
    it(`takes what is due in units of ${decimals} decimals`, async () => {
      const w = world();
      const { token, act, paying, cash, ledger } = await settledIn(w, "PlainToken", [decimals]);
      await act(await paying(c("12.000001")));
      expect(await cash()).to.equal(c("12.000001"));
      const units = c("12.000001") * 10n ** BigInt(decimals - 6);
      expect(await token.getFunction("balanceOf")(ledger)).to.equal(units);
    });
  }

  it("takes one that answers nothing, as the first stablecoins did", async () => {
    const w = world();
    const { act, paying, cash } = await settledIn(w, "SilentToken", [6]);
    await act(await paying(c("30")));
    expect(await cash()).to.equal(c("30"));
  });

  it("refuses one that keeps a share, even where the desk holds enough to make up for it", async () => {
    const w = world();
    const { token, desk, party, act, paying, paid } = await settledIn(w, "FeeOnTransferToken", [6, 100]);
    await token.getFunction("mint")(desk, c("1000"));
    const answer = w.advances.interface.encodeErrorResult("AssetsNotExact", [c("30"), c("29.7")]);
    const payment = await paying(c("30"));
    await expect(act(payment)).to.be.revertedWithCustomError(party, "ReentrantPartyFailed").withArgs(answer);
    expect(await paid()).to.equal(0n);
    expect(await token.getFunction("balanceOf")(desk)).to.equal(c("1000"));
  });

  it("is not paid twice by a payer that pays again before its assets have moved", async () => {
    const w = world();
    const { token, party, act, paying, cash, paid } = await settledIn(w, "HookedToken", [6]);
    await token.getFunction("setHooks")(party, party);
    const again = await paying(c("20"));
    await party.getFunction("arm")(true, again.to, again.data, false);
    await act(await paying(c("20")));
    expect(await party.getFunction("attempts")()).to.equal(1n);
    expect(await party.getFunction("successes")()).to.equal(0n);
    expect([await cash(), await paid()]).to.deep.equal([c("20"), c("20")]);
  });

  it("counts what such a payer pays in between, and nothing more", async () => {
    const w = world();
    const { token, ledger, party, act, paying, cash, paid } = await settledIn(w, "HookedToken", [6]);
    await token.getFunction("setHooks")(party, party);
    const between = await paying(c("4"));
    await party.getFunction("arm")(true, between.to, between.data, false);
    // The hook fires for every payment: 6 and, within it, 4 that begin a third of 4, and so on until 30 are reached.
    await act(await paying(c("6")));
    expect([await cash(), await paid()]).to.deep.equal([c("30"), c("30")]);
    expect(await token.getFunction("balanceOf")(ledger)).to.equal(c("30"));
  });
});
