import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { useWorld } from "../../support/world.ts";

const DAYS_14 = 14 * 86_400;

describe("Register.announceRekey", () => {
  const world = useWorld();

  for (const member of [1, 2, 99]) {
    it(`refuses account ${member}`, async () => {
      const { register, stranger } = world();
      await expect(register.announceRekey(member, stranger.address))
        .to.be.revertedWithCustomError(register, "RegisterMemberUnknown")
        .withArgs(member);
    });
  }

  it("refuses no key", async () => {
    const { register, ada } = world();
    await expect(register.announceRekey(ada.id, ZeroAddress)).to.be.revertedWithCustomError(
      register,
      "RegisterZeroAddress",
    );
  });

  it("waits fourteen days and says until when", async () => {
    const { register, ada, stranger, time } = world();
    const at = (await time.latest()) + 100;
    await time.setNextBlockTimestamp(at);
    await expect(register.announceRekey(ada.id, stranger.address))
      .to.emit(register, "RekeyAnnounced")
      .withArgs(ada.id, stranger.address, at + DAYS_14);
    expect(await register.pendingKey(ada.id)).to.deep.equal([stranger.address, BigInt(at + DAYS_14)]);
  });
});

describe("Register.cancelRekey", () => {
  const world = useWorld();

  it("refuses a stranger, and the registrar", async () => {
    const { register, ada, strange, stranger } = world();
    await register.announceRekey(ada.id, stranger.address);
    await expect(strange.register.cancelRekey(ada.id))
      .to.be.revertedWithCustomError(register, "RegisterRightMissing")
      .withArgs(ada.id, stranger.address, 0);
    await expect(register.cancelRekey(ada.id)).to.be.revertedWithCustomError(
      register,
      "RegisterRightMissing",
    );
  });

  it("refuses where nothing waits", async () => {
    const { register, ada } = world();
    await expect(ada.as.contracts.register.cancelRekey(ada.id))
      .to.be.revertedWithCustomError(register, "RegisterNothingPending")
      .withArgs(ada.id);
  });

  it("lets any living key object", async () => {
    const { register, ada, bob, strange, stranger } = world();
    await ada.as.contracts.register.setKey(ada.id, stranger.address, 32);
    await register.announceRekey(ada.id, bob.key.address);
    await expect(strange.register.cancelRekey(ada.id))
      .to.emit(register, "RekeyAnnounced")
      .withArgs(ada.id, ZeroAddress, 0);
    await expect(register.rekey(ada.id))
      .to.be.revertedWithCustomError(register, "RegisterNothingPending")
      .withArgs(ada.id);
  });
});

describe("Register.rekey", () => {
  const world = useWorld();

  it("refuses where nothing waits", async () => {
    const { register, ada } = world();
    await expect(register.rekey(ada.id))
      .to.be.revertedWithCustomError(register, "RegisterNothingPending")
      .withArgs(ada.id);
  });

  describe("given an announced key", () => {
    it("refuses one second before fourteen days are over, and works at that second", async () => {
      const { register, strange, ada, stranger, time } = world();
      await register.announceRekey(ada.id, stranger.address);
      const readyAt = (await time.latest()) + DAYS_14;
      await time.setNextBlockTimestamp(readyAt - 1);
      await expect(strange.register.rekey(ada.id))
        .to.be.revertedWithCustomError(register, "RegisterTooEarly")
        .withArgs(ada.id, readyAt);
      await time.setNextBlockTimestamp(readyAt);
      await expect(strange.register.rekey(ada.id))
        .to.emit(register, "KeySet")
        .withArgs(ada.id, stranger.address, 63);
      expect(await register.hasRight(ada.id, stranger.address, 63)).to.equal(true);
    });

    it("works once", async () => {
      const { register, ada, stranger, time } = world();
      await register.announceRekey(ada.id, stranger.address);
      await time.increase(DAYS_14);
      await register.rekey(ada.id);
      await expect(register.rekey(ada.id)).to.be.revertedWithCustomError(register, "RegisterNothingPending");
    });

    it("waits anew where another key is announced", async () => {
      const { register, ada, bob, stranger, time } = world();
      await register.announceRekey(ada.id, stranger.address);
      await time.increase(DAYS_14);
      await register.announceRekey(ada.id, bob.key.address);
      await expect(register.rekey(ada.id)).to.be.revertedWithCustomError(register, "RegisterTooEarly");
    });
  });
});
