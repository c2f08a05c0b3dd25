import { expect } from "chai";
import { ZeroAddress } from "ethers";
import type { CreditToken } from "../../../src/chain/types/index.ts";
import { DOCUMENT, figures, newToken } from "../../support/credits.ts";
import { useWorld } from "../../support/world.ts";

/** Expects a call to be refused: so much would be out, and no more is behind it. */
const expectUnbacked = (token: CreditToken, call: Promise<unknown>, out: bigint, behind: bigint) =>
  expect(call).to.be.revertedWithCustomError(token, "CreditUnbacked").withArgs(out, behind);

describe("CreditToken", () => {
  const world = useWorld();

  it("has six decimals, so that one unit is a millionth of a credit", async () => {
    expect(await world().asset.decimals()).to.equal(6n);
  });

  it("lets the treasurer alone commit, release, confirm and issue", async () => {
    const { asset, strange, stranger } = world();
    for (const send of [
      () => strange.asset.commit(3, 1, DOCUMENT),
      () => strange.asset.release(3, 1),
      () => strange.asset.confirmPayment(3, 1, DOCUMENT),
      () => strange.asset.issue(stranger.address, 1),
      () => strange.asset.confirmRedemption(1, DOCUMENT),
    ]) {
      await expect(send())
        .to.be.revertedWithCustomError(asset, "AccessManagedUnauthorized")
        .withArgs(stranger.address);
    }
  });

  describe("commit", () => {
    it("raises what a member promised, and what all did", async () => {
      const w = world();
      const { token } = await newToken(w);
      await expect(token.commit(w.ada.id, 30n, DOCUMENT))
        .to.emit(token, "CreditCommitted")
        .withArgs(w.ada.id, 30n, DOCUMENT);
      await token.commit(w.ada.id, 5n, DOCUMENT);
      await token.commit(w.eve.id, 1n, DOCUMENT);
      expect(await token.commitmentOf(w.ada.id)).to.equal(35n);
      expect(await token.commitmentOf(w.eve.id)).to.equal(1n);
      expect(await figures(token)).to.deep.equal([0n, 0n, 36n, 0n]);
    });
  });

  describe("issue", () => {
    it("issues to whom the treasurer says", async () => {
      const w = world();
      const { token } = await newToken(w);
      await token.commit(w.ada.id, 12n, DOCUMENT);
      await expect(token.issue(w.stranger.address, 5n))
        .to.emit(token, "Transfer")
        .withArgs(ZeroAddress, w.stranger.address, 5n);
      await expect(token.issue(w.stranger.address, 7n)).to.changeTokenBalance(
        w.ethers,
        token,
        w.stranger,
        7n,
      );
    });

    it("issues nothing against nothing", async () => {
      const w = world();
      const { token } = await newToken(w);
      await expectUnbacked(token, token.issue(w.stranger.address, 1n), 1n, 0n);
    });

    it("issues what is committed or received, and not a unit more", async () => {
      const w = world();
      const { token } = await newToken(w);
      await token.commit(w.ada.id, 8n, DOCUMENT);
      await token.confirmPayment(w.bob.id, 2n, DOCUMENT);
      await expectUnbacked(token, token.issue(w.stranger.address, 11n), 11n, 10n);
      await token.issue(w.stranger.address, 10n);
      await expectUnbacked(token, token.issue(w.stranger.address, 1n), 11n, 10n);
    });

    it("issues no number so large that it comes round again", async () => {
      const w = world();
      const { token } = await newToken(w);
      await token.commit(w.ada.id, 8n, DOCUMENT);
      await token.issue(w.stranger.address, 8n);
      await expect(token.issue(w.stranger.address, (1n << 256n) - 8n)).to.be.revertedWithPanic(0x11);
    });
  });

  describe("release", () => {
    it("lets a member off as far as no credit hangs on it", async () => {
      const w = world();
      const { token } = await newToken(w);
      await token.commit(w.ada.id, 20n, DOCUMENT);
      await token.issue(w.stranger.address, 12n);
      await expectUnbacked(token, token.release(w.ada.id, 9n), 12n, 11n);
      await expect(token.release(w.ada.id, 8n)).to.emit(token, "CommitmentReleased").withArgs(w.ada.id, 8n);
      expect(await token.commitmentOf(w.ada.id)).to.equal(12n);
      expect(await figures(token)).to.deep.equal([12n, 0n, 12n, 0n]);
    });

    it("takes from nobody what another promised", async () => {
      const w = world();
      const { token } = await newToken(w);
      await token.commit(w.ada.id, 20n, DOCUMENT);
      await token.commit(w.eve.id, 5n, DOCUMENT);
      await expect(token.release(w.eve.id, 6n))
        .to.be.revertedWithCustomError(token, "CreditCommitmentExceeded")
        .withArgs(w.eve.id, 6n, 5n);
    });
  });
});
