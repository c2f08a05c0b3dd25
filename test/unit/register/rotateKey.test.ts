import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { useWorld } from "../../support/world.ts";

describe("Register.rotateKey", () => {
  const world = useWorld();

  it("refuses a stranger and a revoked key", async () => {
    const { register, ada, strange, stranger, bob } = world();
    await expect(strange.register.rotateKey(ada.id, bob.key.address))
      .to.be.revertedWithCustomError(register, "RegisterRightMissing")
      .withArgs(ada.id, stranger.address, 0);
    await ada.as.contracts.register.setKey(ada.id, stranger.address, 1);
    await ada.as.contracts.register.setKey(ada.id, stranger.address, 0);
    await expect(strange.register.rotateKey(ada.id, bob.key.address)).to.be.revertedWithCustomError(
      register,
      "RegisterRightMissing",
    );
  });

  it("refuses no key", async () => {
    const { register, ada } = world();
    await expect(ada.as.contracts.register.rotateKey(ada.id, ZeroAddress)).to.be.revertedWithCustomError(
      register,
      "RegisterZeroAddress",
    );
  });

  it("hands every right to the new key and revokes the caller", async () => {
    const { register, ada, stranger } = world();
    await expect(ada.as.contracts.register.rotateKey(ada.id, stranger.address))
      .to.emit(register, "KeySet")
      .withArgs(ada.id, ada.key.address, 0)
      .and.to.emit(register, "KeySet")
      .withArgs(ada.id, stranger.address, 63);
    expect(await register.hasRight(ada.id, ada.key.address, 1)).to.equal(false);
    expect(await register.hasRight(ada.id, stranger.address, 63)).to.equal(true);
  });

  it("hands on what the caller has and no more", async () => {
    const { register, ada, bob, strange, stranger } = world();
    await ada.as.contracts.register.setKey(ada.id, stranger.address, 1);
    await strange.register.rotateKey(ada.id, bob.key.address);
    expect((await register.keyOf(ada.id, bob.key.address)).rights).to.equal(1n);
  });

  it("adds to what the new key has already", async () => {
    const { register, ada, bob, strange, stranger } = world();
    await ada.as.contracts.register.setKey(ada.id, stranger.address, 1);
    await ada.as.contracts.register.setKey(ada.id, bob.key.address, 8);
    await strange.register.rotateKey(ada.id, bob.key.address);
    expect((await register.keyOf(ada.id, bob.key.address)).rights).to.equal(9n);
  });

  it("leaves a key that rotates to itself what it had", async () => {
    const { register, ada } = world();
    await ada.as.contracts.register.rotateKey(ada.id, ada.key.address);
    expect(await register.hasRight(ada.id, ada.key.address, 63)).to.equal(true);
  });
});
