import { expect } from "chai";
import { ZeroAddress, ZeroHash, id } from "ethers";
import { DOCUMENT, figures, newToken } from "../../support/credits.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

const ACCOUNT = id("an account at the bank");
const [PAYMENT, PAYOUT] = [id("paid in"), id("paid out")];

/** A stranger holds ten credits that ada committed to and, unless told otherwise, has paid. */
async function holding(w: World, paid = 10n) {
  const made = await newToken(w);
  await made.token.commit(w.ada.id, 10n, DOCUMENT);
  if (paid > 0n) await made.token.confirmPayment(w.ada.id, paid, PAYMENT);
  await made.token.issue(w.stranger.address, 10n);
  return made;
}

describe("CreditToken.confirmPayment", () => {
  const world = useWorld();

  it("moves what was paid from what was promised to what is there", async () => {
    const w = world();
    const { token } = await holding(w, 0n);
    await expect(token.confirmPayment(w.ada.id, 4n, PAYMENT))
      .to.emit(token, "PaymentConfirmed")
      .withArgs(w.ada.id, 4n, PAYMENT);
    expect(await token.commitmentOf(w.ada.id)).to.equal(6n);
    expect(await figures(token)).to.deep.equal([10n, 0n, 6n, 4n]);
  });

  it("takes what was never promised: it backs credits as well", async () => {
    const w = world();
    const { token } = await newToken(w);
    await token.commit(w.eve.id, 3n, DOCUMENT);
    await token.commit(w.ada.id, 7n, DOCUMENT);
    await token.confirmPayment(w.eve.id, 5n, PAYMENT);
    expect(await token.commitmentOf(w.eve.id)).to.equal(0n);
    expect(await figures(token)).to.deep.equal([0n, 0n, 7n, 5n]);
  });

  it("counts a payment once, whoever it is said to come from, and none without a reference", async () => {
    const w = world();
    const { token } = await newToken(w);
    await token.confirmPayment(w.ada.id, 4n, PAYMENT);
    for (const [member, payment] of [
      [w.ada.id, PAYMENT],
      [w.eve.id, PAYMENT],
      [w.ada.id, ZeroHash],
    ] as const) {
      await expect(token.confirmPayment(member, 4n, payment))
        .to.be.revertedWithCustomError(token, "CreditPaymentInvalid")
        .withArgs(payment);
    }
    expect(await token.received()).to.equal(4n);
  });
});

describe("CreditToken.redeem", () => {
  const world = useWorld();

  it("burns the caller's own credits and tells the bank where to pay", async () => {
    const w = world();
    const { token, strange } = await holding(w);
    const sent = await strange.redeem(2n, ACCOUNT);
    await expect(sent).to.emit(token, "Transfer").withArgs(w.stranger.address, ZeroAddress, 2n);
    await expect(sent).to.emit(token, "RedemptionOpened").withArgs(1, w.stranger.address, 2n, ACCOUNT);
    await expect(strange.redeem(3n, ACCOUNT))
      .to.emit(token, "RedemptionOpened")
      .withArgs(2, w.stranger.address, 3n, ACCOUNT);
    expect(await token.redemptionOf(1)).to.deep.equal([w.stranger.address, 2n, ACCOUNT]);
    expect(await figures(token)).to.deep.equal([5n, 5n, 0n, 10n]);
  });

  it("burns no more than the caller holds, and not nothing", async () => {
    const w = world();
    const { token, strange } = await holding(w);
    await expect(strange.redeem(11n, ACCOUNT))
      .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
      .withArgs(w.stranger.address, 10n, 11n);
    await expect(strange.redeem(0n, ACCOUNT)).to.be.revertedWithCustomError(token, "CreditAmountZero");
  });

  it("frees nothing to issue or to release: before the bank has paid, the money is waited for; then it is gone", async () => {
    const w = world();
    const { token, strange } = await holding(w, 6n);
    await strange.redeem(6n, ACCOUNT);
    const refused = async (owed: bigint, backing: bigint) => {
      await expect(token.issue(w.stranger.address, 1n))
        .to.be.revertedWithCustomError(token, "CreditUnbacked")
        .withArgs(owed + 1n, backing);
      await expect(token.release(w.ada.id, 1n))
        .to.be.revertedWithCustomError(token, "CreditUnbacked")
        .withArgs(owed, backing - 1n);
    };
    await refused(10n, 10n);
    await token.confirmRedemption(1, PAYOUT);
    await refused(4n, 4n);
  });
});

describe("CreditToken.confirmRedemption", () => {
  const world = useWorld();

  it("ends a redemption that the bank has paid out, once", async () => {
    const { token, strange } = await holding(world());
    await strange.redeem(4n, ACCOUNT);
    await expect(token.confirmRedemption(1, PAYOUT))
      .to.emit(token, "RedemptionConfirmed")
      .withArgs(1, 4n, PAYOUT);
    expect(await figures(token)).to.deep.equal([6n, 0n, 0n, 6n]);
    expect(await token.redemptionOf(1)).to.deep.equal([ZeroAddress, 0n, ZeroHash]);
    for (const redemption of [0, 1, 2]) {
      await expect(token.confirmRedemption(redemption, id("again")))
        .to.be.revertedWithCustomError(token, "CreditRedemptionUnknown")
        .withArgs(redemption);
    }
  });

  it("waits for money that is only promised", async () => {
    const w = world();
    const { token, strange } = await holding(w, 9n);
    await strange.redeem(10n, ACCOUNT);
    await expect(token.confirmRedemption(1, PAYOUT))
      .to.be.revertedWithCustomError(token, "CreditNotReceived")
      .withArgs(10n, 9n);
    await token.confirmPayment(w.ada.id, 1n, id("the rest"));
    await token.confirmRedemption(1, PAYOUT);
    expect(await figures(token)).to.deep.equal([0n, 0n, 0n, 0n]);
  });

  it("counts one transfer of the bank for one thing", async () => {
    const { token, strange } = await holding(world());
    await strange.redeem(1n, ACCOUNT);
    await strange.redeem(1n, ACCOUNT);
    await token.confirmRedemption(1, PAYOUT);
    for (const payment of [PAYOUT, PAYMENT, ZeroHash]) {
      await expect(token.confirmRedemption(2, payment))
        .to.be.revertedWithCustomError(token, "CreditPaymentInvalid")
        .withArgs(payment);
    }
  });
});
