import { expect } from "chai";
import { ZeroAddress, encodeBytes32String } from "ethers";
import { useWorld } from "../../support/world.ts";

const isil = (text: string) => encodeBytes32String(text).slice(0, 34);

describe("Register.applyFor", () => {
  const world = useWorld();

  describe("given an ISIL that is none", () => {
    for (const text of ["", "DE", "DE-", "-1", "ABCDE-1", "DE-123456789012", "DE_1", "D1-1", "DE-ä"]) {
      it(`refuses "${text}"`, async () => {
        const { register, strange, stranger } = world();
        await expect(strange.register.applyFor(isil(text), 1, 1, 1, 1, stranger.address))
          .to.be.revertedWithCustomError(register, "RegisterIsilInvalid")
          .withArgs(isil(text));
      });
    }
  });

  describe("given no payee", () => {
    it("refuses", async () => {
      const { register, strange } = world();
      await expect(
        strange.register.applyFor(isil("DE-1"), 1, 1, 1, 1, ZeroAddress),
      ).to.be.revertedWithCustomError(register, "RegisterZeroAddress");
    });
  });

  describe("given an institution and its payee", () => {
    it("gives the next number, the payee and one key with every right", async () => {
      const { register, strange, stranger, ada } = world();
      const next = (await register.lastMember()) + 1n;
      await expect(strange.register.applyFor(isil("DE-1"), 4, 2, 7, 9, ada.payee))
        .to.emit(register, "MemberApplied")
        .withArgs(next, isil("DE-1"), 4, 2, 7, 9, ada.payee)
        .and.to.emit(register, "PayeeSet")
        .withArgs(next, ada.payee)
        .and.to.emit(register, "KeySet")
        .withArgs(next, stranger.address, 63);
      expect(await register.lastMember()).to.equal(next);
      const membership = [isil("DE-1"), 1n, 4n, 2n, 2n, 0n, 0n, 0n, 7n, 9n, false];
      expect(await register.membership(next)).to.deep.equal(membership);
      expect(await register.payeeOf(next)).to.equal(ada.payee);
      expect(await register.hasRight(next, stranger.address, 63)).to.equal(true);
    });

    it("reserves no ISIL: another may apply for it too", async () => {
      const { register, strange, stranger } = world();
      await strange.register.applyFor(isil("DE-1"), 1, 1, 1, 1, stranger.address);
      await register.applyFor(isil("DE-1"), 1, 1, 1, 1, stranger.address);
      expect(await register.memberOf(isil("DE-1"))).to.equal(0n);
    });

    it("opens no account before admission", async () => {
      const { register, ledger, strange, stranger } = world();
      await strange.register.applyFor(isil("DE-1"), 1, 1, 1, 1, stranger.address);
      const member = await register.lastMember();
      await expect(ledger.touch(member))
        .to.be.revertedWithCustomError(ledger, "LedgerMemberUnknown")
        .withArgs(member);
    });
  });
});
