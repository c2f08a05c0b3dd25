import { expect } from "chai";
import { addMonths, periodStart } from "../../../src/core/period.ts";
import { COPY, LOAN, OCTOBER } from "../../support/consortium.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

const NOVEMBER = addMonths(OCTOBER, 1);
const DECEMBER = addMonths(OCTOBER, 2);
const JANUARY = addMonths(OCTOBER, 3);
const ANY = 2n ** 64n - 1n;

describe("Register.chooseOffer", () => {
  const world = useWorld();

  it("refuses a stranger and a key that may not post", async () => {
    const { register, ada, strange, stranger } = world();
    await ada.as.contracts.register.setKey(ada.id, stranger.address, 63 - 1);
    await expect(strange.register.chooseOffer(ada.id, LOAN, false))
      .to.be.revertedWithCustomError(register, "RegisterRightMissing")
      .withArgs(ada.id, stranger.address, 1);
  });

  it("switches a service off from next month on, and on again at once", async () => {
    const w = world();
    const mine = w.ada.as.contracts.register;
    await expect(mine.chooseOffer(w.ada.id, LOAN, false))
      .to.emit(w.register, "OfferChosen")
      .withArgs(w.ada.id, LOAN, false, NOVEMBER);
    const offers = (month: number) => w.register.offersIn(w.ada.id, LOAN, month);
    expect(await Promise.all([OCTOBER, NOVEMBER].map(offers))).to.deep.equal([true, false]);
    expect(await w.register.offersIn(w.ada.id, COPY, NOVEMBER)).to.equal(true);
    expect(await w.register.offersIn(w.bob.id, LOAN, NOVEMBER)).to.equal(true);
    await w.time.increaseTo(periodStart(DECEMBER));
    await expect(mine.chooseOffer(w.ada.id, LOAN, true))
      .to.emit(w.register, "OfferChosen")
      .withArgs(w.ada.id, LOAN, true, DECEMBER);
    expect(await Promise.all([OCTOBER, NOVEMBER, DECEMBER].map(offers))).to.deep.equal([true, false, true]);
  });

  it("can be taken back before it binds", async () => {
    const w = world();
    await w.ada.as.contracts.register.chooseOffer(w.ada.id, LOAN, false);
    await w.ada.as.contracts.register.chooseOffer(w.ada.id, LOAN, true);
    expect(await w.register.offersIn(w.ada.id, LOAN, NOVEMBER)).to.equal(true);
  });

  it("has the ledger told once, and nobody's account that held nothing back", async () => {
    const w = world();
    const mine = w.ada.as.contracts.register;
    await expect(mine.chooseOffer(w.ada.id, LOAN, true)).not.to.emit(w.ledger, "AccountSynced");
    expect((await w.register.membership(w.ada.id)).choosy).to.equal(false);
    await expect(mine.chooseOffer(w.ada.id, LOAN, false)).to.emit(w.ledger, "AccountSynced");
    expect((await w.register.membership(w.ada.id)).choosy).to.equal(true);
    await expect(mine.chooseOffer(w.ada.id, COPY, false)).not.to.emit(w.ledger, "AccountSynced");
  });
});

describe("Register.chooseUse", () => {
  const world = useWorld();

  it("refuses a stranger and a key that may not countersign", async () => {
    const { register, ada, strange, stranger } = world();
    await ada.as.contracts.register.setKey(ada.id, stranger.address, 63 - 2);
    await expect(strange.register.chooseUse(ada.id, LOAN, false, 0))
      .to.be.revertedWithCustomError(register, "RegisterRightMissing")
      .withArgs(ada.id, stranger.address, 2);
  });

  it("lowers a ceiling from next month on, and raises it at once", async () => {
    const w = world();
    const mine = w.bob.as.contracts.register;
    const uses = async (month: number) => [...(await w.register.usesIn(w.bob.id, LOAN, month))];
    await expect(mine.chooseUse(w.bob.id, LOAN, true, c("10")))
      .to.emit(w.register, "UseChosen")
      .withArgs(w.bob.id, LOAN, true, c("10"), NOVEMBER);
    expect(await uses(OCTOBER)).to.deep.equal([true, ANY]);
    expect(await uses(NOVEMBER)).to.deep.equal([true, c("10")]);
    await w.time.increaseTo(periodStart(NOVEMBER));
    await mine.chooseUse(w.bob.id, LOAN, false, 0);
    expect(await uses(NOVEMBER)).to.deep.equal([true, c("10")]);
    expect(await uses(DECEMBER)).to.deep.equal([false, 0n]);
    await w.time.increaseTo(periodStart(DECEMBER));
    await mine.chooseUse(w.bob.id, LOAN, true, c("15"));
    expect(await uses(NOVEMBER)).to.deep.equal([true, c("10")]);
    expect(await uses(DECEMBER)).to.deep.equal([true, c("15")]);
  });

  it("keeps the current month exact however often it changes", async () => {
    const w = world();
    const mine = w.bob.as.contracts.register;
    const ceilings = ["40", "30", "20", "10"];
    for (const [i, ceiling] of ceilings.entries()) {
      await w.time.increaseTo(periodStart(addMonths(NOVEMBER, i)));
      await mine.chooseUse(w.bob.id, LOAN, true, c(ceiling));
      const now = i === 0 ? ANY : c(ceilings[i - 1]!);
      expect((await w.register.usesIn(w.bob.id, LOAN, addMonths(NOVEMBER, i))).ceiling).to.equal(now);
    }
    // Of the months that are over the laxest stands for what is no longer remembered.
    expect((await w.register.usesIn(w.bob.id, LOAN, JANUARY)).ceiling).to.equal(ANY);
    expect((await w.register.usesIn(w.bob.id, LOAN, addMonths(NOVEMBER, 4))).ceiling).to.equal(c("10"));
  });

  it("tells a ceiling of nothing from a service not used, and the highest from none", async () => {
    const w = world();
    const mine = w.bob.as.contracts.register;
    for (const [ceiling, read] of [
      [0n, 0n],
      [1n, 1n],
      [ANY - 2n, ANY - 2n],
      [ANY - 1n, ANY],
      [ANY, ANY],
    ] as const) {
      await mine.chooseUse(w.bob.id, LOAN, true, ceiling);
      expect([...(await w.register.usesIn(w.bob.id, LOAN, NOVEMBER))]).to.deep.equal([true, read]);
    }
  });
});

describe("Register.chooseRegard", () => {
  const world = useWorld();

  it("refuses a stranger, oneself, and whom nobody knows", async () => {
    const { register, ada, strange, stranger } = world();
    await expect(strange.register.chooseRegard(ada.id, 4, 2))
      .to.be.revertedWithCustomError(register, "RegisterRightMissing")
      .withArgs(ada.id, stranger.address, 2);
    const mine = ada.as.contracts.register;
    await expect(mine.chooseRegard(ada.id, ada.id, 2))
      .to.be.revertedWithCustomError(register, "ChoicePartnerSelf")
      .withArgs(ada.id);
    for (const nobody of [0, 1, 2, 99]) {
      await expect(mine.chooseRegard(ada.id, nobody, 2))
        .to.be.revertedWithCustomError(register, "RegisterMemberUnknown")
        .withArgs(nobody);
    }
  });

  it("refuses a partner from next month on, and prefers it without the ledger's asking", async () => {
    const w = world();
    const mine = w.ada.as.contracts.register;
    const regard = (month: number) => w.register.regardOf(w.ada.id, w.bob.id, month);
    await mine.chooseRegard(w.ada.id, w.bob.id, 1);
    expect((await w.register.membership(w.ada.id)).choosy).to.equal(false);
    await expect(mine.chooseRegard(w.ada.id, w.bob.id, 2))
      .to.emit(w.register, "RegardChosen")
      .withArgs(w.ada.id, w.bob.id, 2, NOVEMBER);
    expect(await Promise.all([OCTOBER, NOVEMBER].map(regard))).to.deep.equal([0n, 2n]);
    expect(await w.register.regardOf(w.bob.id, w.ada.id, NOVEMBER)).to.equal(0n);
  });
});
