import { expect } from "chai";
import { encodeBytes32String } from "ethers";
import { OCTOBER } from "../../support/consortium.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

const ISIL = encodeBytes32String("DE-1").slice(0, 34);

async function applied({ register, strange, stranger }: World): Promise<bigint> {
  await strange.register.applyFor(ISIL, 1, 2, 1, 1, stranger.address);
  return register.lastMember();
}

describe("Register.admit", () => {
  const world = useWorld();

  for (const member of [0, 1, 2, 99]) {
    it(`refuses member ${member}, whom nobody applied for`, async () => {
      const { register } = world();
      await expect(register.admit(member))
        .to.be.revertedWithCustomError(register, "RegisterMemberUnknown")
        .withArgs(member);
    });
  }

  describe("given a member that is admitted already", () => {
    it("refuses", async () => {
      const { register, ada } = world();
      await expect(register.admit(ada.id))
        .to.be.revertedWithCustomError(register, "RegisterStandingIs")
        .withArgs(ada.id, 2);
    });
  });

  describe("given two applications for one ISIL", () => {
    it("admits one and refuses the other", async () => {
      const { register } = world();
      const first = await applied(world());
      const second = await applied(world());
      await register.admit(second);
      expect(await register.memberOf(ISIL)).to.equal(second);
      await expect(register.admit(first))
        .to.be.revertedWithCustomError(register, "RegisterIsilTaken")
        .withArgs(ISIL, second);
    });

    it("admits the other once the first has left", async () => {
      const { register, strange } = world();
      const first = await applied(world());
      const second = await applied(world());
      await register.admit(first);
      await strange.register.leave(first);
      await register.admit(second);
      expect(await register.memberOf(ISIL)).to.equal(second);
    });
  });

  describe("given an application", () => {
    it("admits from this month on and tells the ledger", async () => {
      const { register, ledger } = world();
      const member = await applied(world());
      await expect(register.admit(member))
        .to.emit(register, "MemberAdmitted")
        .withArgs(member, OCTOBER)
        .and.to.emit(ledger, "AccountSynced")
        .withArgs(member, OCTOBER, 0, OCTOBER, 2, 2, false);
      const membership = await register.membership(member);
      expect(membership.standing).to.equal(2n);
      expect(membership.since).to.equal(OCTOBER);
      expect(membership.tierSince).to.equal(OCTOBER);
      await ledger.touch(member);
    });

    it("admits without a ledger too", async () => {
      const { register } = world();
      const member = await applied(world());
      await register.bindLedger(`0x${"00".repeat(20)}`);
      await register.admit(member);
      expect((await register.membership(member)).standing).to.equal(2n);
    });
  });
});
