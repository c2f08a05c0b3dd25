import { expect } from "chai";
import { addMonths, periodStart } from "../../../src/core/period.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { ACT, LICENCE, book, copyOf } from "../../support/works.ts";
import { useWorld } from "../../support/world.ts";

const NOVEMBER = OCTOBER + 1;
const MOST = 2n ** 64n - 1n;
const NO = [false, 0n];

describe("Resources.permit", () => {
  const world = useWorld();

  const wait = (months: number) => world().time.increaseTo(periodStart(addMonths(OCTOBER, months)));

  it("refuses an unknown work, and whoever does not hold it", async () => {
    const w = world();
    const resource = await book(w);
    await expect(w.ada.as.contracts.resources.permit(resource + 1, 7, true, 1n))
      .to.be.revertedWithCustomError(w.resources, "ResourceUnknown")
      .withArgs(resource + 1);
    await expect(w.bob.as.contracts.resources.permit(resource, 7, true, 1n))
      .to.be.revertedWithCustomError(w.resources, "ResourceRightMissing")
      .withArgs(w.ada.id, w.bob.key.address);
  });

  it("refuses a royalty on a work whose licence waives it, now or from next month on", async () => {
    const w = world();
    const resource = await book(w);
    await wait(3);
    const mine = w.ada.as.contracts.resources;
    await mine.license(resource, LICENCE.BY);
    await expect(mine.permit(resource, 7, true, 1n))
      .to.be.revertedWithCustomError(w.resources, "ResourceRoyaltyWaived")
      .withArgs(resource, LICENCE.BY);
    await mine.permit(resource, 7, true, 0n);
  });

  it("permits from the next month on, for a royalty or for none", async () => {
    const w = world();
    const resource = await book(w);
    const mine = w.ada.as.contracts.resources;
    await expect(mine.permit(resource, 7, true, MOST))
      .to.emit(w.resources, "UseGranted")
      .withArgs(resource, 7, true, MOST, NOVEMBER);
    await mine.permit(resource, 8, true, 0n);
    expect(await copyOf(w, resource, OCTOBER)).to.deep.equal(NO);
    expect(await copyOf(w, resource, NOVEMBER)).to.deep.equal([true, MOST]);
    expect(await copyOf(w, resource, NOVEMBER, { service: 8 })).to.deep.equal([true, 0n]);
    expect(await copyOf(w, resource, NOVEMBER, { service: 9 })).to.deep.equal(NO);
    expect(await copyOf(w, resource + 1, NOVEMBER)).to.deep.equal(NO);
  });

  it("refuses another within four months of the last, each service for itself", async () => {
    const w = world();
    const resource = await book(w);
    const mine = w.ada.as.contracts.resources;
    await mine.permit(resource, 7, true, 1n);
    await w.time.setNextBlockTimestamp(periodStart(addMonths(OCTOBER, 4)) - 1);
    await expect(mine.permit(resource, 7, true, 2n))
      .to.be.revertedWithCustomError(w.resources, "ResourceTooSoon")
      .withArgs(resource, NOVEMBER + 4);
    await mine.permit(resource, 8, true, 2n);
    await mine.permit(resource, 7, true, 2n);
    const found = await Promise.all([4, 5].map((month) => copyOf(w, resource, OCTOBER + month)));
    expect(found).to.deep.equal([
      [true, 1n],
      [true, 2n],
    ]);
  });

  it("takes a permission back without a royalty left, and earlier months keep theirs (invariant 7)", async () => {
    const w = world();
    const resource = await book(w);
    const mine = w.ada.as.contracts.resources;
    await mine.permit(resource, 7, true, 5n);
    await wait(4);
    await expect(mine.permit(resource, 7, false, 9n))
      .to.emit(w.resources, "UseGranted")
      .withArgs(resource, 7, false, 0n, OCTOBER + 5);
    expect(await copyOf(w, resource, OCTOBER + 5)).to.deep.equal(NO);
    for (const month of [1, 2, 3, 4]) {
      expect(await copyOf(w, resource, OCTOBER + month)).to.deep.equal([true, 5n]);
    }
  });

  it("bears no royalty once the licence waives it, and does again once it does not", async () => {
    const w = world();
    const resource = await book(w);
    const mine = w.ada.as.contracts.resources;
    await mine.permit(resource, 7, true, 5n);
    await wait(3);
    await mine.license(resource, LICENCE.BY);
    expect(await copyOf(w, resource, OCTOBER + 3)).to.deep.equal([true, 5n]);
    await wait(7);
    await mine.license(resource, LICENCE.Reserved);
    const royalties = async (...months: number[]) =>
      (await Promise.all(months.map((month) => copyOf(w, resource, OCTOBER + month)))).map(
        ([, each]) => each,
      );
    expect(await royalties(4, 7, 8)).to.deep.equal([0n, 0n, 5n]);
  });

  it("is not needed for lending, and bears no royalty there", async () => {
    const w = world();
    const resource = await book(w);
    await w.ada.as.contracts.resources.permit(resource, 7, true, 5n);
    for (const month of [OCTOBER - 1, OCTOBER, NOVEMBER]) {
      expect(await copyOf(w, resource, month, { act: ACT.Lend })).to.deep.equal([true, 0n]);
    }
    expect(await copyOf(w, resource + 1, NOVEMBER, { act: ACT.Lend })).to.deep.equal(NO);
  });
});
