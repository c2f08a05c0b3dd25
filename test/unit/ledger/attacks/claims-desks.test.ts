import { expect } from "chai";
import { Contract } from "ethers";
import { claim, claimable, pass, TERMS } from "../../../support/claims.ts";
import { asDesk } from "../../../support/desks.ts";
import { loanRecords } from "../../../support/desk-records.ts";
import { postRecorded, settledClaim } from "../../../support/reversals.ts";
import { watchThirdParties } from "../../../support/soundness.ts";
import { c, packed } from "../../../support/statements.ts";
import { useWorld } from "../../../support/world.ts";
import type { World } from "../../../support/world.ts";

/** A second ledger of the same consortium with the same desks, ada and bob in it with 50 credits each. */
async function secondLedger(w: World) {
  const { charter, register, asset, claims, reversals, advances, pricing, compensation } = w.deployment;
  const terms = { withdrawalNotice: 60, withdrawalWindow: 60, debtTerm: 86_400 };
  const desks = { claims, reversals, advances, pricing, compensation };
  const created = await w.ethers.deployContract("Ledger", [charter, register, asset, desks, terms]);
  const ledger = new Contract(await created.getAddress(), w.ledger.interface, w.admin.signer);
  await w.asset.issue((await w.admin.signer?.getAddress()) ?? "", c("100"));
  await w.asset.approve(ledger, c("100"));
  for (const { id } of [w.ada, w.bob]) {
    await ledger.getFunction("sync")(id);
    await ledger.getFunction("deposit")(id, c("50"));
  }
  return ledger;
}

describe("attack: going behind a desk's back", () => {
  const world = useWorld();

  it("nobody but a desk moves anything by its verbs, and each desk only by its own", async () => {
    const w = world();
    const untouched = await watchThirdParties(w);
    const callers = [w.strange, w.ada.as.contracts, w.bob.as.contracts, w.admin.contracts];
    for (const { ledger } of callers) {
      for (const attempt of [
        ledger.lockBond(w.bob.id, 1, c("5")),
        ledger.releaseBond(w.ada.id, 1),
        ledger.charge(w.ada.id, w.bob.id, `0x${"11".repeat(32)}`, c("1"), 0),
        ledger.giveBack(w.ada.id, w.bob.id, c("1")),
        ledger.lend(w.ada.id, w.bob.id, c("1")),
        ledger.takeBack(w.ada.id, w.bob.id, 0),
      ]) {
        await expect(attempt).to.be.revertedWithCustomError(w.ledger, "LedgerDeskOnly");
      }
    }
    for (const [desk, verbs] of [
      ["claims", ["giveBack", "lend", "takeBack"]],
      ["reversals", ["lockBond", "releaseBond", "charge", "lend", "takeBack"]],
      ["advances", ["lockBond", "releaseBond", "charge", "giveBack"]],
    ] as const) {
      const ledger = await asDesk(w, desk);
      const calls = {
        giveBack: () => ledger.giveBack(w.ada.id, w.bob.id, 1),
        lockBond: () => ledger.lockBond(w.ada.id, 1, 1),
        releaseBond: () => ledger.releaseBond(w.ada.id, 0),
        charge: () => ledger.charge(w.ada.id, w.bob.id, `0x${"11".repeat(32)}`, 1, 0),
        lend: () => ledger.lend(w.ada.id, w.bob.id, 1),
        takeBack: () => ledger.takeBack(w.ada.id, w.bob.id, 0),
      };
      for (const name of verbs) {
        await expect(calls[name]())
          .to.be.revertedWithCustomError(w.ledger, "LedgerDeskOnly")
          .withArgs(w.deployment[desk]);
      }
    }
    await untouched();
  });

  it("a desk is bound once: no administrator turns it to a ledger of his own", async () => {
    const w = world();
    const other = await secondLedger(w);
    for (const desk of ["claims", "reversals", "advances"] as const) {
      await expect(w[desk].bindLedger(other))
        .to.be.revertedWithCustomError(w[desk], "DeskBound")
        .withArgs(w.deployment.ledger);
    }
  });

  it("a second ledger with the same desks is worked on by neither", async () => {
    const w = world();
    const other = await secondLedger(w);
    const before = await other.getFunction("account")(w.bob.id);
    const claimed = await claim(w);
    await pass(w, TERMS.challengeWindow);
    await w.claims.settle(claimed.id);
    await w.ada.as.contracts.reversals.refundStatement(settledClaim(claimed, c("24"), c("0.52")).charged);
    expect(await other.getFunction("account")(w.bob.id)).to.deep.equal(before);
    expect(await other.getFunction("bonds")()).to.equal(0n);
    expect(await other.getFunction("numberUsed")(w.ada.id, 1)).to.equal(false);
  });

  it("what a second ledger charged is not given back out of the first", async () => {
    const w = world();
    const other = await secondLedger(w);
    const domain = { ...w.admin.domain, verifyingContract: await other.getAddress() };
    const there = { ...w, admin: { ...w.admin, domain } };
    const { statement, packed: bytes, tree } = claimable(w);
    const batch = await packed(there, statement);
    const byAda = new Contract(await other.getAddress(), w.ledger.interface, w.ada.key);
    const sent = await byAda.getFunction("post")(w.ada.id, 0, batch);
    await sent.wait();
    const [event] = await other.queryFilter(other.filters.StatementsPosted!());
    const root = (event as unknown as { args: { batchRoot: string } }).args.batchRoot;
    const charged = {
      statement: bytes,
      gross: c("24"),
      fee: c("0.52"),
      acknowledged: 0,
      relieved: 0,
      batchRoot: root,
      path: [],
    };
    await expect(w.ada.as.contracts.reversals.refundStatement(charged))
      .to.be.revertedWithCustomError(w.reversals, "ReversalBatchUnknown")
      .withArgs(root);
    // Nor where the first ledger charged the same words: its digest is another.
    const here = await postRecorded(w, loanRecords(w, 2));
    expect(here.charged.batchRoot).not.to.equal(root);
    expect(here.tree.root).to.equal(tree.root);
  });
});
