import { expect } from "chai";
import { ZeroHash } from "ethers";
import { ROLE, TEXT, useChambers } from "../../support/chambers.ts";
import type { Chambers } from "../../support/chambers.ts";
import { act, decide, propose, stateOf } from "../../support/motions.ts";
import { DAY } from "../../support/claims.ts";

/** An amendment that pins another text. */
async function amendment(w: Chambers): Promise<string> {
  await w.amendments.connect(w.stranger).propose([], [], TEXT);
  return w.amendments.idOf([], [], TEXT);
}

describe("Chamber: two thirds", () => {
  const world = useChambers();

  for (const [votes, expected] of [
    [[4, 2, 0], "Succeeded"],
    [[3, 2, 1], "Defeated"],
    [[2, 1, 3], "Succeeded"],
    [[3, 1, 2], "Succeeded"],
    [[5, 1, 0], "Succeeded"],
    [[0, 0, 6], "Defeated"],
  ] as const) {
    it(`of the Council ratify an amendment: ${votes.join(", ")} for, against, abstaining: ${expected}`, async () => {
      const w = world();
      const acts = [await act(w.amendments, "ratify", [await amendment(w)])];
      expect(await stateOf(await decide(w, w.council, acts, { votes }))).to.equal(expected);
    });
  }

  for (const [votes, expected] of [
    [[6, 3, 1], "Succeeded"],
    [[6, 4, 0], "Defeated"],
    [[5, 3, 2], "Defeated"],
    [[4, 2, 0], "Succeeded"],
  ] as const) {
    it(`of the Assembly insist on one: ${votes.join(", ")}: ${expected}`, async () => {
      const w = world();
      const acts = [await act(w.amendments, "insist", [await amendment(w)])];
      expect(await stateOf(await decide(w, w.assembly, acts, { votes }))).to.equal(expected);
    });
  }

  it("are not needed to approve one, nor by calls that are merely called alike", async () => {
    const w = world();
    const approve = [await act(w.amendments, "approve", [await amendment(w)])];
    expect(await stateOf(await decide(w, w.assembly, approve, { votes: [4, 3] }))).to.equal("Succeeded");
    const { data } = await act(w.amendments, "ratify", [ZeroHash]);
    const alike = [{ target: w.stranger.address, data }];
    expect(await stateOf(await decide(w, w.council, alike, { votes: [3, 2] }))).to.equal("Succeeded");
  });

  it("are needed wherever one of several calls needs them", async () => {
    const w = world();
    const ratify = await act(w.amendments, "ratify", [await amendment(w)]);
    const office = await act(w.charter, "grantRole", [ROLE.guardian, w.stranger.address, 0]);
    for (const acts of [
      [office, ratify],
      [ratify, office],
    ]) {
      const motion = await propose(w.council, acts);
      const [event] = await w.council.chamber.queryFilter(
        w.council.chamber.filters.ProposalWeighed(motion.id),
      );
      expect(event?.args.twoThirds).to.equal(true);
      await w.time.increase(8 * DAY);
    }
  });
});
