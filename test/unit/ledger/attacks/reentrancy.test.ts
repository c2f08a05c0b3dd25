import { expect } from "chai";
import { Contract, MaxUint256 } from "ethers";
import type { ContractTransaction } from "ethers";
import { c } from "../../../support/statements.ts";
import { NO_DESKS } from "../../../support/consortium.ts";
import { useWorld } from "../../../support/world.ts";
import type { World } from "../../../support/world.ts";

const terms = { withdrawalNotice: 60, withdrawalWindow: 60, debtTerm: 86_400 };

/** A ledger in an asset with hooks, and a party that is ada's cash key, payer and payee at once. */
async function hooked(w: World) {
  const { charter, register } = w.deployment;
  const token = await w.ethers.deployContract("HookedToken", [6]);
  const desk = await w.ethers.deployContract("Advances", [charter, register]);
  const created = await w.ethers.deployContract("Ledger", [
    charter,
    register,
    token,
    { ...NO_DESKS, advances: desk },
    terms,
  ]);
  await desk.getFunction("bindLedger")(created);
  const ledger = new Contract(await created.getAddress(), w.ledger.interface, w.stranger);
  const party = await w.ethers.deployContract("ReentrantParty");
  await token.getFunction("mint")(party, c("1000"));
  await w.ada.as.contracts.register.setKey(w.ada.id, party, 63);
  await w.ada.as.contracts.register.announcePayee(w.ada.id, party);
  await w.time.increase(14 * 86_400);
  await w.register.applyPayee(w.ada.id);
  for (const id of [w.ada.id, w.bob.id]) await ledger.getFunction("sync")(id);
  const act = async ({ to, data }: ContractTransaction) => party.getFunction("execute")(to, data);
  const call = (name: string, ...args: unknown[]) => ledger.getFunction(name).populateTransaction(...args);
  await act(await token.getFunction("approve").populateTransaction(ledger, MaxUint256));
  await token.getFunction("setHooks")(party, party);
  const arm = async (sending: boolean, { to, data }: ContractTransaction, bubble = false) =>
    party.getFunction("arm")(sending, to, data, bubble);
  const cash = async (): Promise<bigint> => (await ledger.getFunction("account")(w.ada.id)).cash as bigint;
  return { token, ledger, desk, party, act, call, arm, cash };
}

describe("attack: assets with hooks that re-enter", () => {
  const world = useWorld();

  for (const [verb, args] of [
    ["deposit", (w: World) => [w.ada.id, c("5")]],
    ["withdraw", (w: World) => [w.ada.id]],
  ] as const) {
    it(`cannot enter ${verb} from within a deposit`, async () => {
      const w = world();
      const { ledger, act, call, arm, cash, party } = await hooked(w);
      await arm(true, await call(verb, ...args(w)));
      await act(await call("deposit", w.ada.id, c("10")));
      expect(await party.getFunction("attempts")()).to.equal(1n);
      expect(await party.getFunction("successes")()).to.equal(0n);
      expect(await cash()).to.equal(c("10"));
      expect(await ledger.getFunction("backing")()).to.equal(c("10"));
    });

    it(`cannot enter ${verb} from within a withdrawal`, async () => {
      const w = world();
      const { ledger, act, call, arm, cash, party, token } = await hooked(w);
      await act(await call("deposit", w.ada.id, c("10")));
      await act(await call("announceWithdrawal", w.ada.id, c("4")));
      await w.time.increase(60);
      await arm(false, await call(verb, ...args(w)));
      await act(await call("withdraw", w.ada.id));
      expect(await party.getFunction("successes")()).to.equal(0n);
      expect(await cash()).to.equal(c("6"));
      expect(await token.getFunction("balanceOf")(ledger)).to.equal(c("6"));
    });
  }

  it("spends a deposit once, though an advance of it is made before it is paid", async () => {
    const w = world();
    const { ledger, desk, act, call, arm, cash, token } = await hooked(w);
    const lending = await desk.getFunction("advance").populateTransaction(w.ada.id, w.bob.id, c("10"));
    await arm(true, lending, true);
    await act(await call("deposit", w.ada.id, c("10")));
    expect(await cash()).to.equal(0n);
    expect(await desk.getFunction("advanceOf")(w.ada.id, w.bob.id)).to.equal(c("10"));
    expect(await token.getFunction("balanceOf")(ledger)).to.equal(await ledger.getFunction("backing")());
  });

  it("cannot make a deposit of what it sends along by itself", async () => {
    const w = world();
    const { ledger, act, call, arm, token, party } = await hooked(w);
    // From within the deposit's transfer more comes straight to the ledger: both arrive, one was announced.
    await arm(true, await token.getFunction("mint").populateTransaction(ledger, c("1")), true);
    await expect(act(await call("deposit", w.ada.id, c("10")))).to.be.revertedWithCustomError(
      party,
      "ReentrantPartyFailed",
    );
    expect(await ledger.getFunction("backing")()).to.equal(0n);
  });

  it("announces anew from within a withdrawal, and waits again", async () => {
    const w = world();
    const { ledger, act, call, arm } = await hooked(w);
    await act(await call("deposit", w.ada.id, c("10")));
    await act(await call("announceWithdrawal", w.ada.id, c("10")));
    await w.time.increase(60);
    await arm(false, await call("announceWithdrawal", w.ada.id, c("10")), true);
    await act(await call("withdraw", w.ada.id));
    expect((await ledger.getFunction("withdrawalOf")(w.ada.id)).amount).to.equal(c("10"));
    await w.time.increase(60);
    await expect(ledger.getFunction("withdraw")(w.ada.id))
      .to.be.revertedWithCustomError(ledger, "LedgerNotFree")
      .withArgs(w.ada.id, c("10"), 0n);
  });
});
