import { expect } from "chai";
import { TERMS, acceptance, claim, claimIn, evidence, pass } from "../../support/claims.ts";
import type { Claimed, StageName } from "../../support/claims.ts";
import { no } from "../../support/desk-records.ts";
import { expectSound } from "../../support/soundness.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

type Holder = "supplier" | "COMMONS";
type Way = readonly [string, StageName, number, (w: World, claimed: Claimed) => Promise<unknown>, Holder];

const settle = (w: World, { id }: Claimed) => w.strange.claims.settle(id);
const withdraw = (w: World, { id }: Claimed) => w.ada.as.contracts.claims.withdrawClaim(id);
const accept = async (w: World, { id, statement }: Claimed) =>
  w.claims.accept(id, await acceptance(w, statement));
const prove = async (w: World, claimed: Claimed) =>
  w.ada.as.contracts.claims.prove(...(await evidence(w, claimed, [1])));
const awardOf = (gross: string, fee: string) => async (w: World, claimed: Claimed) => {
  await w.claims.award(claimed.id, c(gross), c(fee));
  await pass(w, TERMS.appealWindow);
  await settle(w, claimed);
};
const ruleOf = (gross: string, fee: string) => async (w: World, claimed: Claimed) => {
  await w.claims.rule(claimed.id, c(gross), c(fee));
  await settle(w, claimed);
};

/** Every way a claim can end, after so many seconds in its stage, and who gets the bond. */
const WAYS: readonly Way[] = [
  ["nobody disputed it", "open", TERMS.challengeWindow, settle, "supplier"],
  ["the consumer accepted it", "open", 0, accept, "supplier"],
  ["the consumer accepted it after its dispute", "disputed", 0, accept, "supplier"],
  ["receipts proved a part of it", "open", 0, prove, "supplier"],
  ["receipts proved a part of it after its dispute", "disputed", 0, prove, "supplier"],
  ["the supplier withdrew it undisputed", "open", 0, withdraw, "supplier"],
  ["the supplier withdrew it late, but undisputed", "open", TERMS.challengeWindow, withdraw, "supplier"],
  ["the supplier withdrew it disputed", "disputed", 0, withdraw, "COMMONS"],
  ["the supplier withdrew it lapsed", "disputed", TERMS.awardTerm, withdraw, "COMMONS"],
  ["nobody judged it", "disputed", TERMS.awardTerm, settle, "supplier"],
  ["all was awarded", "disputed", 0, awardOf("24", "0.52"), "supplier"],
  ["a millionth was awarded", "disputed", 0, awardOf("0.000001", "0"), "supplier"],
  ["only a fee was awarded", "disputed", 0, awardOf("0", "0.000001"), "supplier"],
  ["nothing was awarded", "disputed", 0, awardOf("0", "0"), "COMMONS"],
  ["an appeal was never ruled on", "appealed", TERMS.appealTerm, settle, "supplier"],
  ["a ruling left something", "appealed", 0, ruleOf("1", "0"), "supplier"],
  ["a ruling left nothing of an award", "appealed", 0, ruleOf("0", "0"), "COMMONS"],
];

describe("Claims: what becomes of the bond", () => {
  const world = useWorld();

  for (const [given, stage, wait, end, holder] of WAYS) {
    it(`goes to ${holder === "supplier" ? "its supplier" : holder} where ${given}`, async () => {
      const w = world();
      const claimed = await claimIn(w, stage);
      await expectSound(w);
      expect(await w.ledger.bonds()).to.equal(TERMS.bond);
      await pass(w, wait + 1);
      const backing = await w.ledger.backing();
      await end(w, claimed);
      const of = { supplier: w.ada.id, COMMONS: 1 }[holder];
      const [event, ...more] = await w.ledger.queryFilter(w.ledger.filters.BondReleased());
      expect([event?.args.member, event?.args.amount, more.length]).to.deep.equal([
        BigInt(of),
        TERMS.bond,
        0,
      ]);
      expect(await w.ledger.bonds()).to.equal(0n);
      expect(await w.ledger.backing()).to.equal(backing);
      await expectSound(w);
    });
  }

  it("is settled cash in COMMONS and can be withdrawn there at once", async () => {
    const w = world();
    const { id } = await claimIn(w, "disputed");
    await w.ada.as.contracts.claims.withdrawClaim(id);
    const { cash, position, free } = await w.ledger.account(1);
    expect([cash, position, free]).to.deep.equal([TERMS.bond, 0n, TERMS.bond]);
  });

  it("outlives the close of months and counts in the backing meanwhile", async () => {
    const w = world();
    for (let n = 1; n <= 4; n++) await claim(w, { number: no(n) });
    await w.closeMonth();
    await w.closeMonth();
    await expectSound(w);
    expect(await w.ledger.bonds()).to.equal(4n * TERMS.bond);
    expect(await w.ledger.backing()).to.equal(c("1100"));
  });

  it("cannot be withdrawn, advanced or spent while it is locked", async () => {
    const w = world();
    for (let n = 1; n <= 4; n++) await claim(w, { number: no(n) });
    const { free, room, cash } = await w.ledger.account(w.ada.id);
    expect([free, room, cash]).to.deep.equal([c("80"), c("80"), c("80")]);
    await w.ada.as.contracts.ledger.announceWithdrawal(w.ada.id, c("100"));
    await w.time.increase(7 * 86_400);
    await w.ada.as.contracts.ledger.withdraw(w.ada.id);
    expect((await w.ledger.account(w.ada.id)).cash).to.equal(0n);
    expect(await w.asset.balanceOf(w.ada.payee)).to.equal(c("80"));
    await expectSound(w);
  });
});
