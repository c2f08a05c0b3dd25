import { expect } from "chai";
import { ZeroAddress, concat } from "ethers";
import { batchRoot } from "../../../src/core/batch.ts";
import { OUTCOME, TERMS, acceptance, claim, claimIn, kindedContract } from "../../support/claims.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { no } from "../../support/desk-records.ts";
import { expectSound } from "../../support/soundness.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

describe("Claims.accept", () => {
  const world = useWorld();

  for (const stage of ["open", "disputed"] as const) {
    it(`charges a claim that is ${stage} whole, whoever brings the signature, and returns the bond`, async () => {
      const w = world();
      const { id, statement } = await claimIn(w, stage);
      const signature = await acceptance(w, statement);
      const root = batchRoot([
        { digest: id, gross: c("24"), fee: c("0.52"), acknowledged: c("0"), relieved: c("0") },
      ]);
      const sent = w.strange.claims.accept(id, signature);
      await expect(sent).to.emit(w.claims, "ClaimAccepted").withArgs(id, signature);
      await expect(sent).to.emit(w.ledger, "BondReleased").withArgs(w.ada.id, TERMS.bond);
      await expect(sent)
        .to.emit(w.ledger, "ClaimCharged")
        .withArgs(w.ada.id, w.bob.id, root, c("24"), c("0.52"));
      await expect(sent)
        .to.emit(w.claims, "ClaimEnded")
        .withArgs(id, OUTCOME.accepted, c("24"), c("0.52"), 0);
      const { supplier, period, postedAt } = await w.ledger.batchOf(root);
      expect([supplier, period]).to.deep.equal([BigInt(w.ada.id), BigInt(OCTOBER)]);
      expect(postedAt).to.equal(BigInt(await w.time.latest()));
      const [ada, bob, commons] = await Promise.all([w.ada.id, w.bob.id, 1].map((m) => w.ledger.account(m)));
      expect([ada!.position, ada!.supplied, ada!.cash]).to.deep.equal([c("24"), c("24"), c("100")]);
      expect([bob!.position, commons!.position]).to.deep.equal([-c("24.52"), c("0.52")]);
      await expectSound(w);
    });
  }

  it("works after the window and after the lapse, as long as nobody has settled it", async () => {
    const w = world();
    const { id, statement } = await claimIn(w, "disputed");
    const signature = await acceptance(w, statement);
    for (let month = 0; month < 8; month++) await w.closeMonth();
    await expect(w.claims.accept(id, signature)).to.emit(w.claims, "ClaimAccepted");
  });

  it("leaves what finds no room as acknowledged debts, and says how much", async () => {
    const w = world();
    const { id, statement } = await claim(w, { consumer: w.eve.id });
    await w.fund(w.eve.id, c("20"));
    await expect(w.claims.accept(id, await acceptance(w, statement, w.eve.key)))
      .to.emit(w.claims, "ClaimEnded")
      .withArgs(id, OUTCOME.accepted, c("24"), c("0.52"), c("4.52"));
    expect(await w.ledger.debtOf(w.eve.id, w.ada.id)).to.equal(c("4"));
    expect(await w.ledger.debtOf(w.eve.id, 1)).to.equal(c("0.52"));
  });

  it("refuses every other signature, and says whose it is", async () => {
    const w = world();
    const { id, statement } = await claim(w);
    const { statement: other } = await claim(w, { number: no(2) });
    const good = await acceptance(w, statement);
    const refused = async (signature: string, signer?: string) => {
      const call = w.claims.accept(id, signature);
      const matcher = expect(call).to.be.revertedWithCustomError(w.claims, "ClaimUnsigned");
      await (signer === undefined ? matcher : matcher.withArgs(w.bob.id, signer));
    };
    await refused(await acceptance(w, statement, w.stranger), w.stranger.address);
    await refused(await acceptance(w, statement, w.ada.key), w.ada.key.address);
    await refused(await acceptance(w, other)); // some other address is recovered
    await refused("0x", ZeroAddress);
    await refused("0x00", ZeroAddress);
    await refused(good.slice(0, -2), ZeroAddress);
    await refused(concat([good, "0x00"]), ZeroAddress);
    await refused(`0x02${good.slice(4)}`, ZeroAddress);
    await refused(kindedContract(w.bob.key.address), w.bob.key.address);
    await w.claims.accept(id, good);
  });

  it("takes a key with the right to countersign that lives now", async () => {
    const w = world();
    const { id, statement } = await claim(w);
    const signature = await acceptance(w, statement, w.stranger);
    const { register } = w.bob.as.contracts;
    for (const rights of [61, 0]) {
      await register.setKey(w.bob.id, w.stranger, rights);
      await expect(w.claims.accept(id, signature))
        .to.be.revertedWithCustomError(w.claims, "ClaimUnsigned")
        .withArgs(w.bob.id, w.stranger.address);
    }
    await register.setKey(w.bob.id, w.stranger, 2);
    await w.claims.accept(id, signature);
  });

  it("takes an enrolled wallet's owner's signature", async () => {
    const w = world();
    const { id } = await claim(w);
    const wallet = await (await w.ethers.deployContract("OwnedWallet", [w.stranger.address])).getAddress();
    await w.bob.as.contracts.register.setKey(w.bob.id, wallet, 2);
    const wrong = kindedContract(wallet, w.eve.key.signingKey.sign(id).serialized);
    await expect(w.claims.accept(id, wrong))
      .to.be.revertedWithCustomError(w.claims, "ClaimUnsigned")
      .withArgs(w.bob.id, wallet);
    await w.claims.accept(id, kindedContract(wallet, w.stranger.signingKey.sign(id).serialized));
  });

  it("waits for the end of a pause", async () => {
    const w = world();
    const { id, statement } = await claim(w);
    await w.ledger.pausePosting(60);
    await expect(w.claims.accept(id, await acceptance(w, statement))).to.be.revertedWithCustomError(
      w.ledger,
      "LedgerPaused",
    );
  });
});
