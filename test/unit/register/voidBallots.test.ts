import { expect } from "chai";
import { useWorld } from "../../support/world.ts";

const VOTE = 4;

describe("Register.voidBallots", () => {
  const world = useWorld();

  it("refuses a stranger and a revoked key", async () => {
    const { register, ada, strange, stranger } = world();
    await expect(strange.register.voidBallots(ada.id))
      .to.be.revertedWithCustomError(register, "RegisterRightMissing")
      .withArgs(ada.id, stranger.address, 0);
    await ada.as.contracts.register.setKey(ada.id, stranger.address, VOTE);
    await ada.as.contracts.register.setKey(ada.id, stranger.address, 0);
    await expect(strange.register.voidBallots(ada.id)).to.be.revertedWithCustomError(
      register,
      "RegisterRightMissing",
    );
  });

  it("raises the nonce of the caller's key and of no other", async () => {
    const { register, ada, strange, stranger } = world();
    await ada.as.contracts.register.setKey(ada.id, stranger.address, VOTE);
    await expect(strange.register.voidBallots(ada.id))
      .to.emit(register, "BallotsVoided")
      .withArgs(ada.id, stranger.address, 1);
    expect([...(await register.mayVote(ada.id, stranger.address))]).to.deep.equal([true, 1n]);
    expect([...(await register.mayVote(ada.id, ada.key.address))]).to.deep.equal([true, 0n]);
  });

  it("lets no ballot come back with a key that votes again", async () => {
    const { register, ada, stranger } = world();
    const mine = ada.as.contracts.register;
    for (const rights of [VOTE, 63 - VOTE, VOTE, 0, VOTE])
      await mine.setKey(ada.id, stranger.address, rights);
    expect([...(await register.mayVote(ada.id, stranger.address))]).to.deep.equal([true, 2n]);
  });

  it("leaves the nonce alone where the right to vote stays", async () => {
    const { register, ada, stranger } = world();
    const mine = ada.as.contracts.register;
    for (const rights of [VOTE, VOTE | 1, VOTE]) await mine.setKey(ada.id, stranger.address, rights);
    expect((await register.keyOf(ada.id, stranger.address)).ballots).to.equal(0n);
  });
});

describe("Register.mayVote", () => {
  const world = useWorld();

  it("says no of strangers, of keys without the right and of other members' keys", async () => {
    const { register, ada, bob, stranger } = world();
    await ada.as.contracts.register.setKey(ada.id, stranger.address, 63 - VOTE);
    for (const key of [stranger.address, bob.key.address]) {
      expect((await register.mayVote(ada.id, key)).may).to.equal(false);
    }
  });
});
