import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { useGovernance } from "../../support/governance.ts";

describe("Delegates", () => {
  const world = useGovernance();

  it("numbers people from one on, whoever enrols them; a key may stand behind several", async () => {
    const g = world();
    const last = await g.people.lastDelegate();
    await expect(g.people.connect(g.stranger).enrol(g.persons[0]!.key))
      .to.emit(g.people, "DelegateEnrolled")
      .withArgs(last + 1n, g.persons[0]!.key.address);
    expect(await g.people.keyOf(last + 1n)).to.deep.equal([
      ...[g.persons[0]!.key.address, BigInt(await g.now())],
      0n,
    ]);
    expect(await g.people.keyOf(0)).to.deep.equal([ZeroAddress, 0n, 0n]);
    await expect(g.people.enrol(ZeroAddress)).to.be.revertedWithCustomError(g.people, "DelegateKeyZero");
  });

  it("answers for the key of a delegate and for no other, nor for nobody", async () => {
    const g = world();
    const [one, two] = [g.persons[0]!, g.persons[1]!];
    expect(await g.people.mayVote(one.id, one.key)).to.deep.equal([true, 0n]);
    expect(await g.people.mayVote(one.id, two.key)).to.deep.equal([false, 0n]);
    expect(await g.people.mayVote(0, ZeroAddress)).to.deep.equal([false, 0n]);
    expect(await g.people.mayVote(99, ZeroAddress)).to.deep.equal([false, 0n]);
    expect(await g.council.seats.mayVote(one.id, one.key)).to.deep.equal([true, 0n]);
    expect(await g.council.seats.keys()).to.equal(await g.people.getAddress());
    expect(await g.voice.keys()).to.equal(await g.register.getAddress());
  });

  it("hands a delegate to another key, by its key alone, and voids what the old one signed", async () => {
    const g = world();
    const [{ id, key }, other] = [g.persons[0]!, g.persons[1]!.key];
    await expect(g.people.connect(other).rotate(id, other))
      .to.be.revertedWithCustomError(g.people, "DelegateKeyWrong")
      .withArgs(id, other.address);
    await expect(g.people.connect(key).rotate(id, ZeroAddress)).to.be.revertedWithCustomError(
      g.people,
      "DelegateKeyZero",
    );
    await expect(g.people.connect(key).rotate(id, other))
      .to.emit(g.people, "DelegateKeyRotated")
      .withArgs(id, other.address, 1);
    expect(await g.people.mayVote(id, key)).to.deep.equal([false, 1n]);
    expect(await g.people.mayVote(id, other)).to.deep.equal([true, 1n]);
    await g.people.connect(other).rotate(id, key);
    expect(await g.people.mayVote(id, key), "what came back finds its nonce risen").to.deep.equal([true, 2n]);
  });

  it("voids ballots for the key alone", async () => {
    const g = world();
    const { id, key } = g.persons[0]!;
    await expect(g.people.voidBallots(id)).to.be.revertedWithCustomError(g.people, "DelegateKeyWrong");
    await expect(g.people.connect(key).voidBallots(id))
      .to.emit(g.people, "DelegateBallotsVoided")
      .withArgs(id, 1);
    expect(await g.people.mayVote(id, key)).to.deep.equal([true, 1n]);
    await expect(g.people.connect(key).voidBallots(0)).to.be.revertedWithCustomError(
      g.people,
      "DelegateKeyWrong",
    );
  });
});

describe("Register.voidBallots", () => {
  const world = useGovernance();

  it("raises the nonce of the calling key alone, of a member that it lives for", async () => {
    const g = world();
    const { register, north, stranger } = g;
    const { id, key } = north[0]!;
    await register.connect(key).setKey(id, stranger, 4);
    await expect(register.connect(key).voidBallots(id))
      .to.emit(register, "BallotsVoided")
      .withArgs(id, key.address, 1);
    expect(await register.mayVote(id, key)).to.deep.equal([true, 1n]);
    expect(await g.voice.mayVote(id, stranger)).to.deep.equal([true, 0n]);
    await expect(register.connect(key).voidBallots(north[1]!.id))
      .to.be.revertedWithCustomError(register, "RegisterRightMissing")
      .withArgs(north[1]!.id, key.address, 0);
  });

  it("rises by itself when a key loses its vote, and not when it loses another right", async () => {
    const g = world();
    const { register, north, stranger } = g;
    const { id, key } = north[0]!;
    const as = register.connect(key);
    for (const [rights, answer] of [
      [5, [true, 0n]],
      [4, [true, 0n]],
      [1, [false, 1n]],
      [4, [true, 1n]],
      [0, [false, 2n]],
      [63, [true, 2n]],
    ] as const) {
      await as.setKey(id, stranger, rights);
      expect(await register.mayVote(id, stranger), `${rights}`).to.deep.equal(answer);
    }
    await as.rotateKey(id, north[1]!.key);
    expect(await register.mayVote(id, key)).to.deep.equal([false, 1n]);
    expect(await register.mayVote(id, north[1]!.key)).to.deep.equal([true, 0n]);
  });
});
