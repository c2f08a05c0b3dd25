import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";
import { Delegates__factory } from "../../../src/chain/types/index.ts";

describe("Delegates", () => {
  const world = useWorld();

  async function enrolled(w: World) {
    const created = await w.ethers.deployContract("Delegates");
    const delegates = Delegates__factory.connect(await created.getAddress(), w.stranger);
    await delegates.enrol();
    return delegates;
  }

  it("numbers whoever enrols from 1 on, once for each call", async () => {
    const w = world();
    const delegates = await enrolled(w);
    expect(await delegates.lastDelegate()).to.equal(1n);
    await expect(delegates.connect(w.ada.key).enrol())
      .to.emit(delegates, "DelegateEnrolled")
      .withArgs(2, w.ada.key.address);
    const [key, since, ballots] = await delegates.keyOf(2);
    expect([key, since, ballots]).to.deep.equal([w.ada.key.address, BigInt(await w.time.latest()), 0n]);
    expect([...(await delegates.keyOf(3))]).to.deep.equal([ZeroAddress, 0n, 0n]);
  });

  it("rotates to another key, and leaves the old one nothing", async () => {
    const w = world();
    const delegates = await enrolled(w);
    await expect(delegates.rotate(1, w.bob.key.address))
      .to.emit(delegates, "DelegateKeyRotated")
      .withArgs(1, w.bob.key.address, 1);
    await expect(delegates.rotate(1, w.stranger.address))
      .to.be.revertedWithCustomError(delegates, "DelegateKeyWrong")
      .withArgs(1, w.stranger.address);
    expect((await delegates.keyOf(1)).since).to.equal(BigInt(await w.time.latest()));
  });

  it("lets no ballot come back with a key that comes back", async () => {
    const w = world();
    const delegates = await enrolled(w);
    await delegates.rotate(1, w.bob.key.address);
    await delegates.connect(w.bob.key).rotate(1, w.stranger.address);
    expect((await delegates.keyOf(1)).ballots).to.equal(2n);
    await expect(delegates.voidBallots(1)).to.emit(delegates, "DelegateBallotsVoided").withArgs(1, 3);
  });

  it("refuses others' keys, no key, and whom nobody knows", async () => {
    const w = world();
    const delegates = await enrolled(w);
    const others = delegates.connect(w.ada.key);
    await expect(others.voidBallots(1)).to.be.revertedWithCustomError(delegates, "DelegateKeyWrong");
    await expect(others.rotate(1, w.ada.key.address)).to.be.revertedWithCustomError(
      delegates,
      "DelegateKeyWrong",
    );
    await expect(delegates.rotate(9, w.ada.key.address)).to.be.revertedWithCustomError(
      delegates,
      "DelegateKeyWrong",
    );
    await expect(delegates.rotate(1, ZeroAddress)).to.be.revertedWithCustomError(
      delegates,
      "DelegateKeyZero",
    );
  });
});
