import { expect } from "chai";
import { OCTOBER } from "../../support/consortium.ts";
import { NOVEMBER, moveTo, openGrant, openRelief, quoteOf, some } from "../../support/pricing.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";

describe("Pricing.endRelief", () => {
  const world = useWorld();

  it("refuses who is no scheduler", async () => {
    const w = world();
    const relief = await openRelief(w);
    await expect(w.pricing.connect(w.stranger).endRelief(relief, NOVEMBER))
      .to.be.revertedWithCustomError(w.pricing, "AccessManagedUnauthorized")
      .withArgs(w.stranger.address);
  });

  it("refuses what was never opened, and a grant", async () => {
    const w = world();
    const grant = await openGrant(w, { until: NOVEMBER + 6 });
    for (const relief of [grant, grant + 1]) {
      await expect(w.pricing.endRelief(relief, NOVEMBER))
        .to.be.revertedWithCustomError(w.pricing, "ReliefUnknown")
        .withArgs(relief);
    }
  });

  it("refuses a month that is over", async () => {
    const w = world();
    const relief = await openRelief(w);
    await moveTo(w, NOVEMBER + 1);
    for (const last of [NOVEMBER, 0]) {
      await expect(w.pricing.endRelief(relief, last))
        .to.be.revertedWithCustomError(w.pricing, "ReliefTooLate")
        .withArgs(last, NOVEMBER + 1);
    }
  });

  it("lengthens nothing, and revives nothing", async () => {
    const w = world();
    const relief = await openRelief(w, { until: NOVEMBER + 1 });
    const end = (last: number) => w.pricing.endRelief(relief, last);
    for (const last of [NOVEMBER + 1, NOVEMBER + 2]) {
      await expect(end(last)).to.be.revertedWithCustomError(w.pricing, "ReliefTermsInvalid");
    }
    await moveTo(w, NOVEMBER + 2);
    await expect(end(NOVEMBER + 2)).to.be.revertedWithCustomError(w.pricing, "ReliefTermsInvalid");
  });

  it("pays the last month still, and the next no more", async () => {
    const w = world();
    const relief = await openRelief(w);
    await moveTo(w, NOVEMBER);
    await expect(w.pricing.endRelief(relief, NOVEMBER))
      .to.emit(w.pricing, "ReliefEnded")
      .withArgs(relief, NOVEMBER);
    expect((await quoteOf(w, [some(1)])).relieved).to.equal(c("6"));
    expect((await quoteOf(w, [some(1)], { period: NOVEMBER + 1 })).relieved).to.equal(0n);
  });

  it("takes back what has not begun", async () => {
    const w = world();
    const relief = await openRelief(w, { from: NOVEMBER + 2, until: NOVEMBER + 3 });
    await w.pricing.endRelief(relief, OCTOBER);
    expect((await quoteOf(w, [some(1)], { period: NOVEMBER + 2 })).relieved).to.equal(0n);
  });
});
