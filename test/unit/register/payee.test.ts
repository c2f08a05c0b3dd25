import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { useWorld } from "../../support/world.ts";

const DAYS_14 = 14 * 86_400;

describe("Register.announcePayee", () => {
  const world = useWorld();

  it("refuses a stranger, the registrar and a key without cash", async () => {
    const { register, ada, strange, stranger } = world();
    await ada.as.contracts.register.setKey(ada.id, stranger.address, 63 - 8);
    await expect(strange.register.announcePayee(ada.id, stranger.address))
      .to.be.revertedWithCustomError(register, "RegisterRightMissing")
      .withArgs(ada.id, stranger.address, 8);
    await expect(register.announcePayee(ada.id, stranger.address)).to.be.revertedWithCustomError(
      register,
      "RegisterRightMissing",
    );
  });

  it("refuses no payee", async () => {
    const { register, ada } = world();
    await expect(ada.as.contracts.register.announcePayee(ada.id, ZeroAddress)).to.be.revertedWithCustomError(
      register,
      "RegisterZeroAddress",
    );
  });

  it("waits fourteen days and changes nothing yet", async () => {
    const { register, ada, stranger, time } = world();
    const at = (await time.latest()) + 100;
    await time.setNextBlockTimestamp(at);
    await expect(ada.as.contracts.register.announcePayee(ada.id, stranger.address))
      .to.emit(register, "PayeeAnnounced")
      .withArgs(ada.id, stranger.address, at + DAYS_14);
    expect(await register.pendingPayee(ada.id)).to.deep.equal([stranger.address, BigInt(at + DAYS_14)]);
    expect(await register.payeeOf(ada.id)).to.equal(ada.payee);
  });
});

describe("Register.cancelPayee", () => {
  const world = useWorld();

  it("refuses a stranger", async () => {
    const { register, ada, strange, stranger } = world();
    await ada.as.contracts.register.announcePayee(ada.id, stranger.address);
    await expect(strange.register.cancelPayee(ada.id))
      .to.be.revertedWithCustomError(register, "RegisterRightMissing")
      .withArgs(ada.id, stranger.address, 0);
  });

  it("refuses where nothing waits", async () => {
    const { register, ada } = world();
    await expect(ada.as.contracts.register.cancelPayee(ada.id))
      .to.be.revertedWithCustomError(register, "RegisterNothingPending")
      .withArgs(ada.id);
  });

  it("lets any living key object", async () => {
    const { register, ada, strange, stranger, time } = world();
    await ada.as.contracts.register.setKey(ada.id, stranger.address, 32);
    await ada.as.contracts.register.announcePayee(ada.id, stranger.address);
    await expect(strange.register.cancelPayee(ada.id))
      .to.emit(register, "PayeeAnnounced")
      .withArgs(ada.id, ZeroAddress, 0);
    await time.increase(DAYS_14);
    await expect(register.applyPayee(ada.id)).to.be.revertedWithCustomError(
      register,
      "RegisterNothingPending",
    );
  });
});

describe("Register.applyPayee", () => {
  const world = useWorld();

  it("refuses where nothing waits", async () => {
    const { register, ada } = world();
    await expect(register.applyPayee(ada.id))
      .to.be.revertedWithCustomError(register, "RegisterNothingPending")
      .withArgs(ada.id);
  });

  it("refuses one second before fourteen days are over, and works at that second", async () => {
    const { register, strange, ada, stranger, time } = world();
    await ada.as.contracts.register.announcePayee(ada.id, stranger.address);
    const readyAt = (await time.latest()) + DAYS_14;
    await time.setNextBlockTimestamp(readyAt - 1);
    await expect(strange.register.applyPayee(ada.id))
      .to.be.revertedWithCustomError(register, "RegisterTooEarly")
      .withArgs(ada.id, readyAt);
    await time.setNextBlockTimestamp(readyAt);
    await expect(strange.register.applyPayee(ada.id))
      .to.emit(register, "PayeeSet")
      .withArgs(ada.id, stranger.address);
    expect(await register.payeeOf(ada.id)).to.equal(stranger.address);
    expect(await register.pendingPayee(ada.id)).to.deep.equal([ZeroAddress, 0n]);
  });
});
