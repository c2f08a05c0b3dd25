import { expect } from "chai";
import { addMonths, periodStart } from "../../../src/core/period.ts";
import { OCTOBER } from "../../support/consortium.ts";
import { useWorld } from "../../support/world.ts";

const [SEPTEMBER, NOVEMBER, DECEMBER] = [OCTOBER - 1, OCTOBER + 1, OCTOBER + 2] as const;

describe("Register.wasMember", () => {
  const world = useWorld();

  async function months(member: number): Promise<boolean[]> {
    const { register } = world();
    return Promise.all([SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER].map((m) => register.wasMember(member, m)));
  }

  it("says no of whom nobody knows, and of applicants", async () => {
    const { register, strange, stranger, ada } = world();
    await strange.register.applyFor((await register.membership(ada.id)).isil, 1, 1, 1, 1, stranger.address);
    expect(await months(99)).to.deep.equal([false, false, false, false]);
    expect(await months(Number(await register.lastMember()))).to.deep.equal([false, false, false, false]);
  });

  it("says yes from the month of admission to this month", async () => {
    const { ada, time } = world();
    expect(await months(ada.id)).to.deep.equal([false, true, false, false]);
    await time.increaseTo(periodStart(addMonths(OCTOBER, 1)));
    expect(await months(ada.id)).to.deep.equal([false, true, true, false]);
  });

  it("says yes of a suspended member", async () => {
    const { register, ada, time } = world();
    await register.suspend(ada.id);
    await time.increaseTo(periodStart(addMonths(OCTOBER, 1)));
    expect(await months(ada.id)).to.deep.equal([false, true, true, false]);
  });

  it("says yes of one that left, to its last month", async () => {
    const { ada, time } = world();
    await ada.as.contracts.register.leave(ada.id);
    await time.increaseTo(periodStart(addMonths(OCTOBER, 2)));
    expect(await months(ada.id)).to.deep.equal([false, true, false, false]);
  });

  it("says yes of COMMONS since the beginning", async () => {
    expect(await months(1)).to.deep.equal([true, true, false, false]);
  });
});
