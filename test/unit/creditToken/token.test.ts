import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { useWorld } from "../../support/world.ts";

describe("CreditToken", () => {
  const world = useWorld();

  it("has six decimals, so that one unit is a millionth of a credit", async () => {
    expect(await world().asset.decimals()).to.equal(6n);
  });

  describe("issue", () => {
    it("refuses a stranger", async () => {
      const { asset, strange, stranger } = world();
      await expect(strange.asset.issue(stranger.address, 1n))
        .to.be.revertedWithCustomError(asset, "AccessManagedUnauthorized")
        .withArgs(stranger.address);
    });

    it("issues to whom the treasurer says", async () => {
      const { asset, stranger, ethers } = world();
      await expect(asset.issue(stranger.address, 5n))
        .to.emit(asset, "Transfer")
        .withArgs(ZeroAddress, stranger.address, 5n);
      await expect(asset.issue(stranger.address, 7n)).to.changeTokenBalance(ethers, asset, stranger, 7n);
    });
  });

  describe("redeem", () => {
    it("burns the caller's own credits", async () => {
      const { asset, strange, stranger } = world();
      await asset.issue(stranger.address, 5n);
      const before = await asset.totalSupply();
      await expect(strange.asset.redeem(2n))
        .to.emit(asset, "Transfer")
        .withArgs(stranger.address, ZeroAddress, 2n);
      expect(await asset.totalSupply()).to.equal(before - 2n);
    });

    it("burns no more than the caller holds", async () => {
      const { asset, strange, stranger } = world();
      await asset.issue(stranger.address, 5n);
      await expect(strange.asset.redeem(6n))
        .to.be.revertedWithCustomError(asset, "ERC20InsufficientBalance")
        .withArgs(stranger.address, 5n, 6n);
    });
  });
});
