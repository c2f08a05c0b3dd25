import { expect } from "chai";
import { addMonths, periodStart } from "../../../src/core/period.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { LICENCE, book } from "../../support/works.ts";
import { useWorld } from "../../support/world.ts";

describe("Resources.license", () => {
  const world = useWorld();

  /** Waits until so many months after October. */
  const wait = (months: number) => world().time.increaseTo(periodStart(addMonths(OCTOBER, months)));

  it("refuses an unknown work, whoever does not hold it, and no licence", async () => {
    const w = world();
    const resource = await book(w);
    await expect(w.ada.as.contracts.resources.license(resource + 1, LICENCE.BY))
      .to.be.revertedWithCustomError(w.resources, "ResourceUnknown")
      .withArgs(resource + 1);
    await expect(w.bob.as.contracts.resources.license(resource, LICENCE.BY))
      .to.be.revertedWithCustomError(w.resources, "ResourceRightMissing")
      .withArgs(w.ada.id, w.bob.key.address);
    await expect(w.ada.as.contracts.resources.license(resource, LICENCE.None)).to.be.revertedWithCustomError(
      w.resources,
      "ResourceLicenceInvalid",
    );
  });

  it("refuses another within four months of the last, to the second", async () => {
    const w = world();
    const resource = await book(w);
    const mine = w.ada.as.contracts.resources;
    await expect(mine.license(resource, LICENCE.BY))
      .to.be.revertedWithCustomError(w.resources, "ResourceTooSoon")
      .withArgs(resource, OCTOBER + 4);
    await w.time.setNextBlockTimestamp(periodStart(addMonths(OCTOBER, 3)) - 1);
    await expect(mine.license(resource, LICENCE.BY)).to.be.revertedWithCustomError(
      w.resources,
      "ResourceTooSoon",
    );
    await w.time.setNextBlockTimestamp(periodStart(addMonths(OCTOBER, 3)));
    await expect(mine.license(resource, LICENCE.BY))
      .to.emit(w.resources, "ResourceLicensed")
      .withArgs(resource, LICENCE.BY, OCTOBER + 4);
    await expect(mine.license(resource, LICENCE.CC0))
      .to.be.revertedWithCustomError(w.resources, "ResourceTooSoon")
      .withArgs(resource, OCTOBER + 8);
  });

  it("changes no month that can still be posted and has begun (invariant 7)", async () => {
    const w = world();
    const resource = await book(w);
    const licences = (...months: number[]) =>
      Promise.all(months.map((month) => w.resources.licenceIn(resource, OCTOBER + month)));
    const { BY, CC0, Reserved } = LICENCE;
    await wait(3);
    await w.ada.as.contracts.resources.license(resource, BY);
    expect(await licences(0, 1, 2, 3, 4)).to.deep.equal([Reserved, Reserved, Reserved, Reserved, BY]);
    await wait(7);
    await w.ada.as.contracts.resources.license(resource, CC0);
    expect(await licences(4, 5, 6, 7, 8)).to.deep.equal([BY, BY, BY, BY, CC0]);
  });

  it("may become stricter", async () => {
    const w = world();
    const resource = await book(w, LICENCE.CC0);
    await wait(3);
    await w.ada.as.contracts.resources.license(resource, LICENCE.Reserved);
    expect(await w.resources.licenceIn(resource, OCTOBER + 4)).to.equal(LICENCE.Reserved);
  });
});

describe("Resources.transfer and reassign", () => {
  const world = useWorld();

  it("refuse an unknown work, who has no say, and one that is no member", async () => {
    const w = world();
    const resource = await book(w);
    await expect(w.ada.as.contracts.resources.transfer(resource + 1, w.bob.id))
      .to.be.revertedWithCustomError(w.resources, "ResourceUnknown")
      .withArgs(resource + 1);
    await expect(w.resources.reassign(resource + 1, w.bob.id)).to.be.revertedWithCustomError(
      w.resources,
      "ResourceUnknown",
    );
    await expect(w.bob.as.contracts.resources.transfer(resource, w.bob.id))
      .to.be.revertedWithCustomError(w.resources, "ResourceRightMissing")
      .withArgs(w.ada.id, w.bob.key.address);
    await expect(w.ada.as.contracts.resources.reassign(resource, w.bob.id))
      .to.be.revertedWithCustomError(w.resources, "AccessManagedUnauthorized")
      .withArgs(w.ada.key.address);
    for (const nobody of [0, 2, 99]) {
      await expect(w.ada.as.contracts.resources.transfer(resource, nobody))
        .to.be.revertedWithCustomError(w.resources, "RegisterMemberUnknown")
        .withArgs(nobody);
      await expect(w.resources.reassign(resource, nobody))
        .to.be.revertedWithCustomError(w.resources, "RegisterMemberUnknown")
        .withArgs(nobody);
    }
  });

  it("hand the work over, and the old holder has no say any longer", async () => {
    const w = world();
    const resource = await book(w);
    await expect(w.ada.as.contracts.resources.transfer(resource, w.bob.id))
      .to.emit(w.resources, "ResourceTransferred")
      .withArgs(resource, w.bob.id);
    expect(await w.resources.holderOf(resource)).to.equal(BigInt(w.bob.id));
    await expect(w.ada.as.contracts.resources.transfer(resource, w.ada.id))
      .to.be.revertedWithCustomError(w.resources, "ResourceRightMissing")
      .withArgs(w.bob.id, w.ada.key.address);
    await w.bob.as.contracts.resources.permit(resource, 7, true, 1n);
  });

  it("give the uses away from the next month on, and can be handed on until then; then not within four months", async () => {
    const w = world();
    const resource = await book(w);
    const holders = () =>
      Promise.all(
        [0, 1, 4, 5].map(async (months) => {
          const { holder } = await w.resources.useOf(resource, 7, 1, 0, OCTOBER + months);
          return Number(holder);
        }),
      );
    await w.ada.as.contracts.resources.transfer(resource, w.eve.id);
    await w.eve.as.contracts.resources.transfer(resource, w.bob.id);
    expect(await holders()).to.deep.equal([w.ada.id, w.bob.id, w.bob.id, w.bob.id]);
    for (const month of [1, 3]) {
      await w.time.increaseTo(periodStart(addMonths(OCTOBER, month)));
      for (const send of [
        () => w.bob.as.contracts.resources.transfer(resource, w.eve.id),
        () => w.resources.reassign(resource, w.eve.id),
      ]) {
        await expect(send())
          .to.be.revertedWithCustomError(w.resources, "ResourceTooSoon")
          .withArgs(resource, OCTOBER + 5);
      }
    }
    await w.time.increaseTo(periodStart(addMonths(OCTOBER, 4)));
    // A squatter that hands the work on is no faster than the registrar.
    await w.bob.as.contracts.resources.transfer(resource, w.eve.id);
    await w.resources.reassign(resource, w.ada.id);
    expect(await holders()).to.deep.equal([w.bob.id, w.bob.id, w.bob.id, w.ada.id]);
    await expect(w.eve.as.contracts.resources.transfer(resource, w.eve.id)).to.be.revertedWithCustomError(
      w.resources,
      "ResourceRightMissing",
    );
  });

  it("take a squatter's work away, and keep its number and licence", async () => {
    const w = world();
    const resource = await book(w, LICENCE.BY);
    await expect(w.resources.reassign(resource, w.bob.id))
      .to.emit(w.resources, "ResourceTransferred")
      .withArgs(resource, w.bob.id);
    expect(await w.resources.holderOf(resource)).to.equal(BigInt(w.bob.id));
    expect(await w.resources.licenceIn(resource, OCTOBER)).to.equal(LICENCE.BY);
    await w.bob.as.contracts.resources.transfer(resource, 1);
    expect(await w.resources.holderOf(resource)).to.equal(1n);
  });
});
