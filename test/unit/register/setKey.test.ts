import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { useWorld } from "../../support/world.ts";

const [POST, COUNTERSIGN, CASH, ALL] = [1, 2, 8, 63];

describe("Register.setKey", () => {
  const world = useWorld();

  describe("given rights that are none", () => {
    it("refuses", async () => {
      const { register, ada, stranger } = world();
      await expect(ada.as.contracts.register.setKey(ada.id, stranger.address, 64))
        .to.be.revertedWithCustomError(register, "RegisterRightsInvalid")
        .withArgs(64);
    });
  });

  describe("given no key", () => {
    it("refuses", async () => {
      const { register, ada } = world();
      await expect(ada.as.contracts.register.setKey(ada.id, ZeroAddress, POST)).to.be.revertedWithCustomError(
        register,
        "RegisterZeroAddress",
      );
    });
  });

  describe("given a caller who lacks a right that is touched", () => {
    it("refuses a stranger, and another member's key", async () => {
      const { register, ada, bob, strange, stranger } = world();
      await expect(strange.register.setKey(ada.id, stranger.address, POST))
        .to.be.revertedWithCustomError(register, "RegisterRightMissing")
        .withArgs(ada.id, stranger.address, POST);
      await expect(bob.as.contracts.register.setKey(ada.id, bob.key.address, POST))
        .to.be.revertedWithCustomError(register, "RegisterRightMissing")
        .withArgs(ada.id, bob.key.address, POST);
    });

    it("hands on only what the caller holds", async () => {
      const { register, ada, bob, strange, stranger } = world();
      await ada.as.contracts.register.setKey(ada.id, stranger.address, POST | COUNTERSIGN);
      await strange.register.setKey(ada.id, bob.key.address, POST);
      await expect(strange.register.setKey(ada.id, bob.key.address, POST | CASH))
        .to.be.revertedWithCustomError(register, "RegisterRightMissing")
        .withArgs(ada.id, stranger.address, POST | CASH);
    });

    it("takes back only what the caller holds", async () => {
      const { register, ada, strange, stranger } = world();
      await ada.as.contracts.register.setKey(ada.id, stranger.address, POST);
      await expect(strange.register.setKey(ada.id, ada.key.address, 0))
        .to.be.revertedWithCustomError(register, "RegisterRightMissing")
        .withArgs(ada.id, stranger.address, ALL);
    });

    it("revokes nothing that never was", async () => {
      const { register, ada, bob, strange, stranger } = world();
      await expect(strange.register.setKey(ada.id, stranger.address, 0))
        .to.be.revertedWithCustomError(register, "RegisterRightMissing")
        .withArgs(ada.id, stranger.address, 0);
      await expect(ada.as.contracts.register.setKey(ada.id, bob.key.address, 0))
        .to.be.revertedWithCustomError(register, "RegisterRightMissing")
        .withArgs(ada.id, ada.key.address, 0);
    });
  });

  describe("given a key of every right", () => {
    it("enrols, changes and revokes another", async () => {
      const { register, ada, stranger, time } = world();
      const { register: mine } = ada.as.contracts;
      await expect(mine.setKey(ada.id, stranger.address, POST))
        .to.emit(register, "KeySet")
        .withArgs(ada.id, stranger.address, POST);
      const since = BigInt(await time.latest());
      await mine.setKey(ada.id, stranger.address, CASH);
      expect(await register.keyOf(ada.id, stranger.address)).to.deep.equal([BigInt(CASH), since, 0n, 0n]);
      await expect(mine.setKey(ada.id, stranger.address, 0))
        .to.emit(register, "KeySet")
        .withArgs(ada.id, stranger.address, 0);
      expect(await register.keyOf(ada.id, stranger.address)).to.deep.equal([
        0n,
        since,
        BigInt(await time.latest()),
        0n,
      ]);
    });

    it("gives one key its own rights with each member", async () => {
      const { register, ada, bob, stranger } = world();
      await ada.as.contracts.register.setKey(ada.id, stranger.address, POST);
      await bob.as.contracts.register.setKey(bob.id, stranger.address, CASH);
      expect(await register.hasRight(ada.id, stranger.address, POST)).to.equal(true);
      expect(await register.hasRight(ada.id, stranger.address, CASH)).to.equal(false);
      expect(await register.hasRight(bob.id, stranger.address, CASH)).to.equal(true);
      expect(await register.hasRight(bob.id, stranger.address, POST)).to.equal(false);
    });
  });

  describe("given any key", () => {
    it("may resign", async () => {
      const { register, ada, strange, stranger } = world();
      await ada.as.contracts.register.setKey(ada.id, stranger.address, POST);
      await strange.register.setKey(ada.id, stranger.address, 0);
      expect(await register.hasRight(ada.id, stranger.address, POST)).to.equal(false);
    });
  });
});

describe("Register.hasRight", () => {
  const world = useWorld();

  it("says no to no right at all", async () => {
    const { register, ada } = world();
    expect(await register.hasRight(ada.id, ada.key.address, 0)).to.equal(false);
  });

  it("wants every right that is asked for", async () => {
    const { register, ada, stranger } = world();
    await ada.as.contracts.register.setKey(ada.id, stranger.address, POST | CASH);
    expect(await register.hasRight(ada.id, stranger.address, POST | CASH)).to.equal(true);
    expect(await register.hasRight(ada.id, stranger.address, POST | COUNTERSIGN)).to.equal(false);
  });
});
