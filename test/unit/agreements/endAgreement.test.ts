import { expect } from "chai";
import { addMonths, periodStart } from "../../../src/core/period.ts";
import { NOVEMBER, agree, both } from "../../support/agreements.ts";
import { LOAN, OCTOBER } from "../../support/consortium.ts";
import { useWorld } from "../../support/world.ts";

const DECEMBER = NOVEMBER + 1;

describe("Register.endAgreement", () => {
  const world = useWorld();

  const months = async (agreement: number) =>
    [...(await world().register.agreementOf(agreement))].map(Number);
  const held = async (month: number) =>
    (await world().register.agreedPrice(world().ada.id, world().bob.id, month, LOAN)).agreed;

  it("refuses what was never made", async () => {
    const { register, ada } = world();
    for (const agreement of [0, 1]) {
      await expect(ada.as.contracts.register.endAgreement(agreement, ada.id))
        .to.be.revertedWithCustomError(register, "AgreementUnknown")
        .withArgs(agreement);
    }
  });

  it("refuses whoever is no party, and nobody's number", async () => {
    const w = world();
    await agree(w);
    await agree(w, { prices: [both(LOAN, 1n)] }, [w.ada, w.bob, w.eve]);
    const other = await w.createMember();
    await expect(w.eve.as.contracts.register.endAgreement(1, w.eve.id))
      .to.be.revertedWithCustomError(w.register, "AgreementNotParty")
      .withArgs(1, w.eve.id);
    await expect(other.as.contracts.register.endAgreement(2, other.id))
      .to.be.revertedWithCustomError(w.register, "AgreementNotParty")
      .withArgs(2, other.id);
    await expect(w.register.endAgreement(2, 0))
      .to.be.revertedWithCustomError(w.register, "AgreementNotParty")
      .withArgs(2, 0);
  });

  it("refuses a stranger, another party's key, and a key with one of the two rights alone", async () => {
    const w = world();
    await agree(w);
    await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger.address, 1);
    for (const [register, key] of [
      [w.strange.register, w.stranger.address],
      [w.bob.as.contracts.register, w.bob.key.address],
    ] as const) {
      await expect(register.endAgreement(1, w.ada.id))
        .to.be.revertedWithCustomError(w.register, "RegisterRightMissing")
        .withArgs(w.ada.id, key, 3);
    }
  });

  it("ends it with the current month, for any party, and changes no month that has begun (invariant 7)", async () => {
    const w = world();
    await agree(w);
    await agree(w, { prices: [both(LOAN, 1n)] }, [w.ada, w.bob, w.eve]);
    await w.time.increaseTo(periodStart(addMonths(OCTOBER, 2)));
    for (const [agreement, { as, id }] of [
      [1, w.bob],
      [2, w.eve],
    ] as const) {
      await expect(as.contracts.register.endAgreement(agreement, id))
        .to.emit(w.register, "AgreementEnded")
        .withArgs(agreement, id, DECEMBER);
      expect(await months(agreement)).to.deep.equal([NOVEMBER, DECEMBER]);
    }
    expect(await Promise.all([NOVEMBER, DECEMBER, DECEMBER + 1].map(held))).to.deep.equal([
      true,
      true,
      false,
    ]);
  });

  it("has one that has not begun never hold", async () => {
    const w = world();
    await agree(w, { from: DECEMBER });
    await expect(w.ada.as.contracts.register.endAgreement(1, w.ada.id))
      .to.emit(w.register, "AgreementEnded")
      .withArgs(1, w.ada.id, OCTOBER);
    const later = Array.from({ length: 6 }, (_, ahead) => OCTOBER - 1 + ahead);
    expect(await Promise.all(later.map(held))).to.deep.equal(later.map(() => false));
  });

  it("lets what stood before it hold again", async () => {
    const w = world();
    await agree(w, { prices: [both(LOAN, 1n)] });
    await agree(w, { prices: [both(LOAN, 2n)] });
    await w.ada.as.contracts.register.endAgreement(2, w.ada.id);
    const found = await w.register.agreedPrice(w.ada.id, w.bob.id, NOVEMBER, LOAN);
    expect([...found]).to.deep.equal([true, 1n]);
  });

  it("never makes it longer, and says when it really ended", async () => {
    const w = world();
    await agree(w, { until: NOVEMBER });
    await w.time.increaseTo(periodStart(addMonths(OCTOBER, 3)));
    for (const { as, id } of [w.ada, w.bob]) {
      await expect(as.contracts.register.endAgreement(1, id))
        .to.emit(w.register, "AgreementEnded")
        .withArgs(1, id, NOVEMBER);
    }
    expect(await months(1)).to.deep.equal([NOVEMBER, NOVEMBER]);
  });
});
