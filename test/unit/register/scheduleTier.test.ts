import { expect } from "chai";
import { addMonths, periodStart } from "../../../src/core/period.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { useWorld } from "../../support/world.ts";

const FEBRUARY = addMonths(OCTOBER, 4);

describe("Register.scheduleTier", () => {
  const world = useWorld();

  it("refuses whom nobody knows", async () => {
    const { register } = world();
    await expect(register.scheduleTier(99, 2))
      .to.be.revertedWithCustomError(register, "RegisterMemberUnknown")
      .withArgs(99);
  });

  it("refuses a member that is not admitted", async () => {
    const { register, ada } = world();
    await register.suspend(ada.id);
    await expect(register.scheduleTier(ada.id, 2))
      .to.be.revertedWithCustomError(register, "RegisterStandingIs")
      .withArgs(ada.id, 3);
  });

  describe("given a tier that began less than four months before the next month", () => {
    it("refuses one second before the earliest change (invariant 7)", async () => {
      const { register, ada, time } = world();
      // In January the next month is February: October, the tier's first, is then no longer open to posting.
      await time.setNextBlockTimestamp(periodStart(addMonths(FEBRUARY, -1)) - 1);
      await expect(register.scheduleTier(ada.id, 2))
        .to.be.revertedWithCustomError(register, "RegisterTierTooSoon")
        .withArgs(ada.id, FEBRUARY);
    });
  });

  describe("given a tier that has stood long enough", () => {
    it("changes it from the next month on and tells the ledger", async () => {
      const { register, ledger, ada, time } = world();
      await time.setNextBlockTimestamp(periodStart(addMonths(FEBRUARY, -1)));
      await expect(register.scheduleTier(ada.id, 3))
        .to.emit(register, "TierScheduled")
        .withArgs(ada.id, 3, FEBRUARY)
        .and.to.emit(ledger, "AccountSynced")
        .withArgs(ada.id, OCTOBER, 0, FEBRUARY, 3, 1, false);
      const { tier, priorTier, tierSince } = await register.membership(ada.id);
      expect([tier, priorTier, tierSince]).to.deep.equal([3n, 1n, BigInt(FEBRUARY)]);
    });

    it("lets nobody change what is scheduled before it has stood", async () => {
      const { register, ada, time } = world();
      await time.increaseTo(periodStart(addMonths(FEBRUARY, -1)));
      await register.scheduleTier(ada.id, 3);
      await expect(register.scheduleTier(ada.id, 1))
        .to.be.revertedWithCustomError(register, "RegisterTierTooSoon")
        .withArgs(ada.id, addMonths(FEBRUARY, 4));
    });
  });
});

describe("Register.classify", () => {
  const world = useWorld();

  for (const member of [0, 1, 2, 99]) {
    it(`refuses account ${member}`, async () => {
      const { register } = world();
      await expect(register.classify(member, 1, 1))
        .to.be.revertedWithCustomError(register, "RegisterMemberUnknown")
        .withArgs(member);
    });
  }

  it("moves a member to another constituency and region", async () => {
    const { register, ada } = world();
    await expect(register.classify(ada.id, 5, 6))
      .to.emit(register, "MemberClassified")
      .withArgs(ada.id, 5, 6);
    const { constituency, region } = await register.membership(ada.id);
    expect([constituency, region]).to.deep.equal([5n, 6n]);
  });
});
