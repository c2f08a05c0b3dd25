import { expect } from "chai";
import { useWorld } from "../../support/world.ts";

describe("Register.members", () => {
  const world = useWorld();

  it("counts the admitted and the suspended, and neither applicants nor who left", async () => {
    const w = world();
    expect(await w.register.members()).to.equal(3n);
    await w.strange.register.applyFor(`0x58412d5a${"00".repeat(12)}`, 1, 1, 1, 1, w.stranger.address);
    expect(await w.register.members()).to.equal(3n);
    await w.strange.register.leave(6);
    expect(await w.register.members()).to.equal(3n);
    await w.register.suspend(w.bob.id);
    expect(await w.register.members()).to.equal(3n);
    await w.bob.as.contracts.register.leave(w.bob.id);
    await w.ada.as.contracts.register.leave(w.ada.id);
    expect(await w.register.members()).to.equal(1n);
  });
});
