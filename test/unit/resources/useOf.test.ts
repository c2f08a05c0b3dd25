import { expect } from "chai";
import { addMonths, periodStart } from "../../../src/core/period.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { ACT, BUSINESS, LIBRARY, LICENCE, book, copyOf } from "../../support/works.ts";
import { useWorld } from "../../support/world.ts";

const NOVEMBER = OCTOBER + 1;
const DECEMBER = OCTOBER + 2;

describe("Resources.useOf", () => {
  const world = useWorld();

  // Reproduce, Distribute and Adapt, by a library and in business; lending is always allowed.
  for (const [licence, library, business] of [
    ["CC0", "yes yes yes", "yes yes yes"],
    ["PublicDomainMark", "yes yes yes", "yes yes yes"],
    ["BY", "yes yes yes", "yes yes yes"],
    ["BY_SA", "yes yes yes", "yes yes yes"],
    ["BY_NC", "yes yes yes", "no no no"],
    ["BY_ND", "yes yes no", "yes yes no"],
    ["BY_NC_SA", "yes yes yes", "no no no"],
    ["BY_NC_ND", "yes yes no", "no no no"],
    ["Reserved", "no no no", "no no no"],
  ] as const) {
    it(`allows what ${licence} allows, at no royalty`, async () => {
      const w = world();
      const resource = await book(w, LICENCE[licence]);
      await w.resources.setCommercial(BUSINESS, true);
      for (const [kind, words] of [
        [LIBRARY, library],
        [BUSINESS, business],
      ] as const) {
        const acts = Object.values(ACT);
        const found = await Promise.all(acts.map((act) => copyOf(w, resource, NOVEMBER, { kind, act })));
        const expected = `yes ${words}`.split(" ").map((word) => [word === "yes", 0n]);
        expect(found, `kind ${kind}`).to.deep.equal(expected);
      }
    });
  }

  it("names the holder, whether allowed or not, and nobody of an unknown work", async () => {
    const w = world();
    const resource = await book(w);
    const holder = async (number: number) =>
      (await w.resources.useOf(number, 7, ACT.Reproduce, LIBRARY, OCTOBER)).holder;
    expect(await holder(resource)).to.equal(BigInt(w.ada.id));
    expect(await holder(resource + 1)).to.equal(0n);
    expect(await holder(0)).to.equal(0n);
  });

  it("allows nothing but lending in months before the work was registered", async () => {
    const w = world();
    const resource = await book(w, LICENCE.CC0);
    expect(await copyOf(w, resource, OCTOBER - 1)).to.deep.equal([false, 0n]);
    expect(await copyOf(w, resource, OCTOBER)).to.deep.equal([true, 0n]);
  });
});

describe("Resources.setCommercial", () => {
  const world = useWorld();

  const may = async (resource: number, month: number) =>
    (await copyOf(world(), resource, month, { kind: BUSINESS }))[0];

  it("refuses whoever is no registrar", async () => {
    const { strange, stranger, resources } = world();
    await expect(strange.resources.setCommercial(BUSINESS, true))
      .to.be.revertedWithCustomError(resources, "AccessManagedUnauthorized")
      .withArgs(stranger.address);
  });

  it("binds from the next month on: what was served stays allowed (invariant 7)", async () => {
    const w = world();
    const resource = await book(w, LICENCE.BY_NC);
    await expect(w.resources.setCommercial(BUSINESS, true))
      .to.emit(w.resources, "KindCommercial")
      .withArgs(BUSINESS, true, NOVEMBER);
    expect(await w.resources.isCommercial(BUSINESS)).to.equal(false);
    expect([await may(resource, OCTOBER), await may(resource, NOVEMBER)]).to.deep.equal([true, false]);
    await w.time.increaseTo(periodStart(addMonths(OCTOBER, 1)));
    expect(await w.resources.isCommercial(BUSINESS)).to.equal(true);
    expect(await w.resources.isCommercial(LIBRARY)).to.equal(false);
  });

  it("can be said again until it binds, and then not within four months", async () => {
    const w = world();
    const resource = await book(w, LICENCE.BY_NC);
    for (const commercial of [true, false, true]) await w.resources.setCommercial(BUSINESS, commercial);
    expect([await may(resource, OCTOBER), await may(resource, NOVEMBER)]).to.deep.equal([true, false]);
    for (const month of [1, 3]) {
      await w.time.increaseTo(periodStart(addMonths(OCTOBER, month)));
      await expect(w.resources.setCommercial(BUSINESS, false))
        .to.be.revertedWithCustomError(w.resources, "ResourceTooSoon")
        .withArgs(0, NOVEMBER + 4);
    }
    await w.time.increaseTo(periodStart(addMonths(OCTOBER, 4)));
    await w.resources.setCommercial(BUSINESS, false);
    const found = await Promise.all([1, 2, 3, 4, 5].map((month) => may(resource, OCTOBER + month)));
    expect(found).to.deep.equal([false, false, false, false, true]);
    expect(await may(resource, DECEMBER)).to.equal(false);
  });
});
