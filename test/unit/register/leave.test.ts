import { expect } from "chai";
import { periodEnd } from "../../../src/core/period.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { useWorld } from "../../support/world.ts";

describe("Register.leave", () => {
  const world = useWorld();

  describe("given a key without every right", () => {
    it("refuses a stranger", async () => {
      const { register, strange, stranger, ada } = world();
      await expect(strange.register.leave(ada.id))
        .to.be.revertedWithCustomError(register, "RegisterRightMissing")
        .withArgs(ada.id, stranger.address, 63);
    });

    it("refuses a key that lacks one", async () => {
      const { register, strange, stranger, ada } = world();
      await ada.as.contracts.register.setKey(ada.id, stranger.address, 62);
      await expect(strange.register.leave(ada.id))
        .to.be.revertedWithCustomError(register, "RegisterRightMissing")
        .withArgs(ada.id, stranger.address, 63);
    });

    it("refuses the registrar", async () => {
      const { register, ada } = world();
      await expect(register.leave(ada.id)).to.be.revertedWithCustomError(register, "RegisterRightMissing");
    });
  });

  describe("given a reserved account with a key of every right", () => {
    it("refuses: COMMONS cannot leave", async () => {
      const { register, strange, stranger } = world();
      await register.appoint(1, stranger.address, 63, stranger.address);
      await expect(strange.register.leave(1))
        .to.be.revertedWithCustomError(register, "RegisterMemberUnknown")
        .withArgs(1);
    });
  });

  describe("given a member", () => {
    it("ends with this month, frees the ISIL and tells the ledger", async () => {
      const { register, ledger, ada } = world();
      const { isil } = await register.membership(ada.id);
      await expect(ada.as.contracts.register.leave(ada.id))
        .to.emit(register, "MemberLeft")
        .withArgs(ada.id, OCTOBER)
        .and.to.emit(ledger, "AccountSynced")
        .withArgs(ada.id, OCTOBER, OCTOBER, OCTOBER, 1, 1, false);
      expect(await register.memberOf(isil)).to.equal(0n);
      expect((await register.membership(ada.id)).standing).to.equal(4n);
    });

    it("does not leave twice", async () => {
      const { register, ada } = world();
      await ada.as.contracts.register.leave(ada.id);
      await expect(ada.as.contracts.register.leave(ada.id))
        .to.be.revertedWithCustomError(register, "RegisterStandingIs")
        .withArgs(ada.id, 4);
    });

    it("keeps its keys, so that its cash stays withdrawable", async () => {
      const { register, ada } = world();
      await ada.as.contracts.register.leave(ada.id);
      expect(await register.hasRight(ada.id, ada.key.address, 63)).to.equal(true);
    });
  });

  describe("given a suspended member", () => {
    it("does not come back into the months of its suspension", async () => {
      const { register, ada, time } = world();
      await register.suspend(ada.id);
      await time.increaseTo(periodEnd(OCTOBER));
      await expect(ada.as.contracts.register.leave(ada.id))
        .to.emit(register, "MemberLeft")
        .withArgs(ada.id, OCTOBER);
    });
  });

  describe("given an applicant", () => {
    it("withdraws its application and frees nobody's ISIL", async () => {
      const { register, strange, stranger, ada } = world();
      const { isil } = await register.membership(ada.id);
      await strange.register.applyFor(isil, 1, 1, 1, 1, stranger.address);
      const applicant = await register.lastMember();
      await strange.register.leave(applicant);
      expect(await register.memberOf(isil)).to.equal(ada.id);
      await expect(register.admit(applicant))
        .to.be.revertedWithCustomError(register, "RegisterStandingIs")
        .withArgs(applicant, 4);
    });
  });
});
