import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { useWorld } from "../../support/world.ts";

describe("Register.appoint", () => {
  const world = useWorld();

  for (const member of [0, 3, 99]) {
    it(`refuses account ${member}: members keep their own keys`, async () => {
      const { register, stranger } = world();
      await expect(register.appoint(member, stranger.address, 63, stranger.address))
        .to.be.revertedWithCustomError(register, "RegisterNotReserved")
        .withArgs(member);
    });
  }

  it("refuses rights that are none, no key and no payee", async () => {
    const { register, stranger } = world();
    await expect(register.appoint(1, stranger.address, 64, stranger.address))
      .to.be.revertedWithCustomError(register, "RegisterRightsInvalid")
      .withArgs(64);
    await expect(register.appoint(1, ZeroAddress, 63, stranger.address)).to.be.revertedWithCustomError(
      register,
      "RegisterZeroAddress",
    );
    await expect(register.appoint(1, stranger.address, 63, ZeroAddress)).to.be.revertedWithCustomError(
      register,
      "RegisterZeroAddress",
    );
  });

  for (const [name, member] of [
    ["COMMONS", 1],
    ["RELIEF", 2],
  ] as const) {
    it(`appoints and dismisses a key of ${name}`, async () => {
      const { register, stranger, ada } = world();
      await expect(register.appoint(member, stranger.address, 9, ada.payee))
        .to.emit(register, "KeySet")
        .withArgs(member, stranger.address, 9)
        .and.to.emit(register, "PayeeSet")
        .withArgs(member, ada.payee);
      expect(await register.hasRight(member, stranger.address, 9)).to.equal(true);
      await register.appoint(member, stranger.address, 0, ada.payee);
      expect(await register.hasRight(member, stranger.address, 1)).to.equal(false);
    });
  }
});

describe("Register.bindLedger", () => {
  const world = useWorld();

  it("names the ledger that is told of every change", async () => {
    const { register, stranger, deployment } = world();
    expect(await register.ledger()).to.equal(deployment.ledger);
    await expect(register.bindLedger(stranger.address))
      .to.emit(register, "LedgerBound")
      .withArgs(stranger.address);
    expect(await register.ledger()).to.equal(stranger.address);
  });
});
