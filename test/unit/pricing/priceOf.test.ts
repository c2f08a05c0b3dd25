import { expect } from "chai";
import { COPY, LOAN } from "../../support/consortium.ts";
import { ANY_TIER, NOVEMBER, openGrant, openRelief, publishBeside } from "../../support/pricing.ts";
import { c } from "../../support/statements.ts";
import { condition } from "../../support/conditions.ts";
import { useWorld } from "../../support/world.ts";

describe("Pricing.priceOf", () => {
  const world = useWorld();
  const plain = async (month: number = NOVEMBER, service: number = LOAN, tier = 1) =>
    (await world().pricing.priceOf(month, service, tier, 1)).plain;

  it("is the schedule's, and all there is to it, where it is offered", async () => {
    const { pricing } = world();
    expect([...(await pricing.priceOf(NOVEMBER, LOAN, 1, 1))]).to.deep.equal([
      true,
      c("12"),
      c("0.26"),
      true,
    ]);
    expect([...(await pricing.priceOf(NOVEMBER, 99, 1, 1))]).to.deep.equal([false, 0n, 0n, false]);
  });

  it("is not plain where a line is bounded", async () => {
    const w = world();
    await publishBeside(w, [
      condition({ service: LOAN, tier: 1, price: 1n, cap: 9n, fee: 0n }),
      condition({ service: COPY, tier: 2, price: 1n, minimum: 9n, fee: 0n }),
    ]);
    expect(await plain()).to.equal(false);
    expect(await plain(NOVEMBER, COPY, 2)).to.equal(false);
    expect(await plain(NOVEMBER, COPY, 1)).to.equal(true);
    expect(await plain(NOVEMBER, LOAN, 2)).to.equal(true);
  });

  it("is plain before a relief begins and after it ends, and for other services and tiers", async () => {
    await openRelief(world(), { tier: 2, from: NOVEMBER + 1, until: NOVEMBER + 2 });
    const found = [];
    for (let month = NOVEMBER; month < NOVEMBER + 4; ++month) found.push(await plain(month, LOAN, 2));
    expect(found).to.deep.equal([true, false, false, true]);
    expect(await plain(NOVEMBER + 1, LOAN, 1)).to.equal(true);
    expect(await plain(NOVEMBER + 1, COPY, 2)).to.equal(true);
  });

  it("is not plain for anything where every service and tier is relieved, in whatever region", async () => {
    await openRelief(world(), { service: 0, tier: ANY_TIER, region: 9 });
    expect(await plain(NOVEMBER, LOAN)).to.equal(false);
    expect(await plain(NOVEMBER, COPY, 3)).to.equal(false);
  });

  it("is not plain where a grant runs, even an empty one for others", async () => {
    const w = world();
    await openGrant(w, {}, [w.eve.id]);
    expect(await plain()).to.equal(false);
    expect(await plain(NOVEMBER + 1)).to.equal(true);
  });
});
