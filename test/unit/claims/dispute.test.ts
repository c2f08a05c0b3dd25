import { expect } from "chai";
import { ZeroHash } from "ethers";
import { DAY, STAGE, TERMS, claim, claimIn, disputeOrder, kindedContract } from "../../support/claims.ts";
import { no } from "../../support/desk-records.ts";
import { useWorld } from "../../support/world.ts";

describe("Claims.dispute", () => {
  const world = useWorld();

  it("disputes one and says so; the stage begins now", async () => {
    const w = world();
    const { id } = await claim(w);
    await w.time.increase(DAY);
    await expect(w.bob.as.contracts.claims.dispute(w.bob.id, [id]))
      .to.emit(w.claims, "ClaimDisputed")
      .withArgs(id);
    const { stage, since, gross, fee } = await w.claims.claimOf(id);
    expect([stage, since]).to.deep.equal([STAGE.disputed, await w.claims.clock(STAGE.disputed)]);
    expect(gross + fee).to.equal(24_520_000n);
  });

  it("disputes many at once and answers how many", async () => {
    const w = world();
    const ids = [];
    for (let n = 1; n <= 4; n++) ids.push((await claim(w, { number: no(n) })).id);
    const { claims } = w.bob.as.contracts;
    expect(await claims.dispute.staticCall(w.bob.id, ids)).to.equal(4n);
    await claims.dispute(w.bob.id, ids);
    for (const id of ids) expect((await w.claims.claimOf(id)).stage).to.equal(STAGE.disputed);
  });

  it("passes over what cannot be disputed: unknown, another's, disputed, named twice, ended", async () => {
    const w = world();
    const open = await claim(w, { number: no(1) });
    const disputed = await claimIn(w, "disputed", { number: no(2) });
    const eves = await claim(w, { number: no(3), consumer: w.eve.id });
    const ended = await claim(w, { number: no(4) });
    await w.ada.as.contracts.claims.withdrawClaim(ended.id);
    const list = [ZeroHash, eves.id, disputed.id, open.id, open.id, ended.id];
    const { claims } = w.bob.as.contracts;
    expect(await claims.dispute.staticCall(w.bob.id, list)).to.equal(1n);
    await claims.dispute(w.bob.id, list);
    expect((await w.claims.claimOf(open.id)).stage).to.equal(STAGE.disputed);
    expect((await w.claims.claimOf(eves.id)).stage).to.equal(STAGE.open);
  });

  it("refuses a list of nothing to dispute, and no list", async () => {
    const w = world();
    const { id } = await claim(w, { consumer: w.eve.id });
    for (const list of [[], [ZeroHash], [id]]) {
      await expect(w.bob.as.contracts.claims.dispute(w.bob.id, list))
        .to.be.revertedWithCustomError(w.claims, "ClaimNothingDisputed")
        .withArgs(w.bob.id);
    }
  });

  it("takes only the consumer's keys with the right to countersign", async () => {
    const w = world();
    const { id } = await claim(w);
    await w.bob.as.contracts.register.setKey(w.bob.id, w.stranger, 61);
    for (const [{ claims }, address] of [
      [w.strange, w.stranger.address],
      [w.ada.as.contracts, w.ada.key.address],
    ] as const) {
      await expect(claims.dispute(w.bob.id, [id]))
        .to.be.revertedWithCustomError(w.claims, "DeskRightMissing")
        .withArgs(w.bob.id, address, 2);
    }
    await w.bob.as.contracts.register.setKey(w.bob.id, w.stranger, 2);
    await expect(w.strange.claims.dispute(w.bob.id, [id])).to.emit(w.claims, "ClaimDisputed");
  });

  it("can be had to the last second of the window, and not a second later", async () => {
    const w = world();
    const [first, second] = [await claim(w, { number: no(1) }), await claim(w, { number: no(2) })];
    const end = (await w.time.latest()) + TERMS.challengeWindow;
    // The first was claimed a second before the second.
    await w.time.setNextBlockTimestamp(end - 1);
    await w.bob.as.contracts.claims.dispute(w.bob.id, [first.id, second.id]);
    expect((await w.claims.claimOf(first.id)).stage).to.equal(STAGE.open);
    expect((await w.claims.claimOf(second.id)).stage).to.equal(STAGE.disputed);
  });

  it("works while posting is paused and while a close is due", async () => {
    const w = world();
    const [first, second] = [await claim(w, { number: no(1) }), await claim(w, { number: no(2) })];
    await w.ledger.pausePosting(DAY);
    await w.bob.as.contracts.claims.dispute(w.bob.id, [first.id]);
    await w.time.increase(20 * DAY);
    await w.bob.as.contracts.claims.dispute(w.bob.id, [second.id]);
    expect((await w.claims.claimOf(second.id)).stage).to.equal(STAGE.disputed);
  });
});

describe("Claims.disputeFor", () => {
  const world = useWorld();

  it("disputes for a consumer that signed the list, whoever sends it", async () => {
    const w = world();
    const ids = [(await claim(w, { number: no(1) })).id, (await claim(w, { number: no(2) })).id];
    const deadline = (await w.time.latest()) + 60;
    const signature = await disputeOrder(w, ids, deadline);
    expect(await w.strange.claims.disputeFor.staticCall(w.bob.id, ids, deadline, signature)).to.equal(2n);
    const sent = w.strange.claims.disputeFor(w.bob.id, ids, deadline, signature);
    await expect(sent).to.emit(w.claims, "ClaimDisputed").withArgs(ids[0]);
    await expect(sent).to.emit(w.claims, "ClaimDisputed").withArgs(ids[1]);
  });

  it("counts to the deadline's second, and not a second longer", async () => {
    const w = world();
    const { id } = await claim(w);
    const deadline = (await w.time.latest()) + 100;
    const signature = await disputeOrder(w, [id], deadline);
    await w.time.setNextBlockTimestamp(deadline + 1);
    await expect(w.claims.disputeFor(w.bob.id, [id], deadline, signature))
      .to.be.revertedWithCustomError(w.claims, "ClaimOrderExpired")
      .withArgs(deadline);
    const later = deadline + 100;
    const renewed = await disputeOrder(w, [id], later);
    await w.time.setNextBlockTimestamp(later);
    await expect(w.claims.disputeFor(w.bob.id, [id], later, renewed)).to.emit(w.claims, "ClaimDisputed");
  });

  it("takes only a key with the right to countersign that lives now", async () => {
    const w = world();
    const { id } = await claim(w);
    const deadline = (await w.time.latest()) + 1_000;
    const signature = await disputeOrder(w, [id], deadline, { signer: w.stranger });
    const refused = async () =>
      expect(w.claims.disputeFor(w.bob.id, [id], deadline, signature))
        .to.be.revertedWithCustomError(w.claims, "ClaimUnsigned")
        .withArgs(w.bob.id, w.stranger.address);
    const { register } = w.bob.as.contracts;
    await refused();
    await register.setKey(w.bob.id, w.stranger, 61);
    await refused();
    await register.setKey(w.bob.id, w.stranger, 2);
    await register.setKey(w.bob.id, w.stranger, 0);
    await refused();
    await register.setKey(w.bob.id, w.stranger, 2);
    await w.claims.disputeFor(w.bob.id, [id], deadline, signature);
  });

  it("takes a contract's word where it is enrolled", async () => {
    const w = world();
    const { id } = await claim(w);
    const wallet = await (await w.ethers.deployContract("AcceptingWallet")).getAddress();
    const signature = kindedContract(wallet);
    await expect(w.claims.disputeFor(w.bob.id, [id], 2 ** 39, signature))
      .to.be.revertedWithCustomError(w.claims, "ClaimUnsigned")
      .withArgs(w.bob.id, wallet);
    await w.bob.as.contracts.register.setKey(w.bob.id, wallet, 2);
    await w.claims.disputeFor(w.bob.id, [id], 2 ** 39, signature);
  });

  it("refuses a list of nothing to dispute, signed or not", async () => {
    const w = world();
    const deadline = 2 ** 39;
    await expect(w.claims.disputeFor(w.bob.id, [], deadline, await disputeOrder(w, [], deadline)))
      .to.be.revertedWithCustomError(w.claims, "ClaimNothingDisputed")
      .withArgs(w.bob.id);
  });
});
