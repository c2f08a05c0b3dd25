import { expect } from "chai";
import { demandOf } from "../../../src/core/demand.ts";
import { memberId } from "../../../src/core/ids.ts";

const [ADA, BOB] = [memberId(3), memberId(4)];

describe("demandOf", () => {
  it("counts for all and for each member that asked; those of others count only for all", () => {
    const demand = demandOf([
      { consumer: BOB, outcome: "filled", turnaround: 300 },
      { consumer: BOB, outcome: "filled", turnaround: 100 },
      { consumer: ADA, outcome: "unfilled" },
      { consumer: BOB, outcome: "open" },
      { consumer: undefined, outcome: "unfilled" },
    ]);
    expect(demand).to.deep.include({ requests: 5, filled: 2, unfilled: 2, open: 1, fillRate: 500 });
    expect(demand.members.map(({ member, requests }) => [member, requests])).to.deep.equal([
      [ADA, 1],
      [BOB, 3],
    ]);
    expect(demand.members[0]).to.deep.include({ fillRate: 0, turnaround: null });
  });

  it("takes the median, the lower of two in the middle", () => {
    const of = (...times: number[]) =>
      demandOf(times.map((turnaround) => ({ consumer: ADA, outcome: "filled" as const, turnaround })));
    expect(of(5, 1, 9).turnaround).to.equal(5);
    expect(of(9, 1, 5, 3).turnaround).to.equal(3);
    expect(of(0).turnaround).to.equal(0);
  });

  it("says that nothing is known instead of nothing", () => {
    expect(demandOf([])).to.deep.equal({
      ...{ requests: 0, filled: 0, unfilled: 0, open: 0, fillRate: null, turnaround: null, members: [] },
    });
    expect(demandOf([{ consumer: ADA, outcome: "open" }]).fillRate).to.equal(null);
  });
});
