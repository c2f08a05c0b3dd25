import { expect } from "chai";
import { ZeroHash } from "ethers";
import { ROLES } from "../../../deploy/modules/roles.ts";
import { LOAN, OCTOBER } from "../../support/consortium.ts";
import { NOVEMBER, asAuthority, openGrant, quoteOf, some, termsOf } from "../../support/pricing.ts";
import { useWorld } from "../../support/world.ts";

describe("Pricing.openGrant", () => {
  const world = useWorld();
  const terms = termsOf({ until: NOVEMBER });

  it("refuses who is not the authority, the scheduler too", async () => {
    const { pricing, charter, stranger } = world();
    await charter.grantRole(ROLES.scheduler, stranger.address, 0);
    await expect(pricing.connect(stranger).openGrant(terms, [], ZeroHash))
      .to.be.revertedWithCustomError(pricing, "AccessManagedUnauthorized")
      .withArgs(stranger.address);
  });

  it("refuses a grant without end, and one of a month that has begun", async () => {
    const { pricing } = world();
    const authority = await asAuthority(world());
    await expect(authority.openGrant(termsOf(), [], ZeroHash)).to.be.revertedWithCustomError(
      pricing,
      "ReliefTermsInvalid",
    );
    await expect(authority.openGrant({ ...terms, from: OCTOBER }, [], ZeroHash))
      .to.be.revertedWithCustomError(pricing, "ReliefTooLate")
      .withArgs(OCTOBER, NOVEMBER);
  });

  it("refuses members out of order, twice, reserved or unknown, and more than 256", async () => {
    const { pricing, register } = world();
    const authority = await asAuthority(world());
    const last = Number(await register.lastMember());
    for (const members of [
      [4, 3],
      [3, 3],
      [1, 3],
      [2],
      [0],
      [3, last + 1],
      Array.from({ length: 257 }, (_, index) => index + 3),
    ]) {
      await expect(authority.openGrant(terms, members, ZeroHash)).to.be.revertedWithCustomError(
        pricing,
        "GrantMembersInvalid",
      );
    }
  });

  it("says for whom it is and stands in the list of its service", async () => {
    const { pricing, ada, eve } = world();
    const authority = await asAuthority(world());
    const document = `0x${"d0".repeat(32)}`;
    await expect(authority.openGrant(terms, [ada.id, eve.id], document))
      .to.emit(pricing, "GrantOpened")
      .withArgs(1, Object.values(terms), [ada.id, eve.id], document);
    expect((await pricing.reliefOf(1)).grant).to.equal(true);
    expect(await pricing.reliefsOf(LOAN)).to.deep.equal([1n]);
    expect([...(await pricing.grantOf(1))]).to.deep.equal([0n, 0n]);
  });

  it("relieves nobody before somebody gives", async () => {
    const w = world();
    await openGrant(w);
    expect((await quoteOf(w, [some(1)])).relieved).to.equal(0n);
  });
});
