import { expect } from "chai";
import { periodEnd } from "../../../src/core/period.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { useWorld } from "../../support/world.ts";

describe("Register.suspend", () => {
  const world = useWorld();

  for (const member of [0, 1, 2, 99]) {
    it(`refuses account ${member}, which is no member`, async () => {
      const { register } = world();
      await expect(register.suspend(member))
        .to.be.revertedWithCustomError(register, "RegisterMemberUnknown")
        .withArgs(member);
    });
  }

  describe("given a member", () => {
    it("stops it with this month and tells the ledger", async () => {
      const { register, ledger, ada } = world();
      await expect(register.suspend(ada.id))
        .to.emit(register, "MemberSuspended")
        .withArgs(ada.id, OCTOBER)
        .and.to.emit(ledger, "AccountSynced")
        .withArgs(ada.id, OCTOBER, OCTOBER, OCTOBER, 1, 1, false);
      const { standing, until } = await register.membership(ada.id);
      expect([standing, until]).to.deep.equal([3n, BigInt(OCTOBER)]);
    });

    it("keeps its ISIL", async () => {
      const { register, ada } = world();
      await register.suspend(ada.id);
      expect(await register.memberOf((await register.membership(ada.id)).isil)).to.equal(ada.id);
    });

    it("does not suspend it twice", async () => {
      const { register, ada } = world();
      await register.suspend(ada.id);
      await expect(register.suspend(ada.id))
        .to.be.revertedWithCustomError(register, "RegisterStandingIs")
        .withArgs(ada.id, 3);
    });
  });
});

describe("Register.reinstate", () => {
  const world = useWorld();

  it("refuses a member that is not suspended", async () => {
    const { register, ada } = world();
    await expect(register.reinstate(ada.id))
      .to.be.revertedWithCustomError(register, "RegisterStandingIs")
      .withArgs(ada.id, 2);
  });

  it("refuses whom nobody knows", async () => {
    const { register } = world();
    await expect(register.reinstate(99))
      .to.be.revertedWithCustomError(register, "RegisterMemberUnknown")
      .withArgs(99);
  });

  describe("given a suspended member", () => {
    it("lets it go on without end and tells the ledger", async () => {
      const { register, ledger, ada, time } = world();
      await register.suspend(ada.id);
      await time.increaseTo(periodEnd(OCTOBER));
      await expect(register.reinstate(ada.id))
        .to.emit(register, "MemberReinstated")
        .withArgs(ada.id)
        .and.to.emit(ledger, "AccountSynced")
        .withArgs(ada.id, OCTOBER, 0, OCTOBER, 1, 1, false);
      const { standing, until } = await register.membership(ada.id);
      expect([standing, until]).to.deep.equal([2n, 0n]);
    });

    it("does not reinstate one that left meanwhile", async () => {
      const { register, ada } = world();
      await register.suspend(ada.id);
      await ada.as.contracts.register.leave(ada.id);
      await expect(register.reinstate(ada.id))
        .to.be.revertedWithCustomError(register, "RegisterStandingIs")
        .withArgs(ada.id, 4);
    });
  });
});
