import { expect } from "chai";
import { BOARD_DELAY, useChambers } from "../../support/chambers.ts";
import type { Chambers } from "../../support/chambers.ts";
import { DAY } from "../../support/claims.ts";
import {
  act,
  closed,
  decide,
  draft,
  due,
  enact,
  execute,
  opened,
  propose,
  queue,
  stateOf,
  vote,
} from "../../support/motions.ts";

/** Moves ada to another region: an act of the registrar's. */
const move = (w: Chambers, region = 7) => act(w.register, "classify", [w.ada.id, 1, region]);
const regionOf = async (w: Chambers) => (await w.register.membership(w.ada.id)).region;

/** The Council has the charter cancel what the Board scheduled. */
async function veto(w: Chambers, region = 7) {
  const { target, data } = await move(w, region);
  return act(w.charter, "cancel", [w.board.chamber.target, target, data]);
}

describe("Chamber: an act of the Board", () => {
  const world = useChambers();

  it("goes from proposal to execution, by anyone's hand, with the charter's delay between", async () => {
    const w = world();
    const motion = await propose(w.board, [await move(w)], "to another region");
    expect(await stateOf(motion)).to.equal("Pending");
    await opened(w, motion);
    expect(await stateOf(motion)).to.equal("Active");
    await expect(vote(w, motion, w.board.voters)).to.emit(w.board.chamber, "BallotsCast");
    expect(await stateOf(await closed(w, motion))).to.equal("Succeeded");

    await expect(execute(w, motion)).to.be.revertedWithCustomError(
      w.board.chamber,
      "GovernorUnexpectedProposalState",
    );
    await queue(w, motion);
    expect(await stateOf(motion)).to.equal("Queued");
    const eta = BigInt((await w.time.latest()) + BOARD_DELAY);
    expect(await w.board.chamber.proposalEta(motion.id)).to.equal(eta);
    await w.time.setNextBlockTimestamp(eta - 1n);
    await expect(execute(w, motion))
      .to.be.revertedWithCustomError(w.board.chamber, "GovernorUnmetDelay")
      .withArgs(motion.id, eta);
    await w.time.setNextBlockTimestamp(eta);
    await expect(execute(w, motion)).to.emit(w.register, "MemberClassified").withArgs(w.ada.id, 1, 7);
    expect([await stateOf(motion), await regionOf(w)]).to.deep.equal(["Executed", 7n]);
    await expect(execute(w, motion)).to.be.revertedWithCustomError(
      w.board.chamber,
      "GovernorUnexpectedProposalState",
    );
  });

  it("fails with as many against as for, and with fewer than half of the seats", async () => {
    const w = world();
    const tied = await decide(w, w.board, [await move(w)], { votes: [1, 1, 1] });
    expect(await stateOf(tied)).to.equal("Defeated");
    const few = await decide(w, w.board, [await move(w, 8)], { votes: [1] });
    expect(await w.board.chamber.quorumOf(few.id)).to.equal(2n);
    expect(await stateOf(few)).to.equal("Defeated");
    const enough = await decide(w, w.board, [await move(w, 9)], { votes: [1, 0, 1] });
    expect(await stateOf(enough)).to.equal("Succeeded");
  });

  it("expires fourteen days after its vote, or after its time where it was queued", async () => {
    const w = world();
    const idle = await decide(w, w.board, [await move(w)]);
    await w.time.increaseTo((await w.board.chamber.proposalDeadline(idle.id)) + BigInt(14 * DAY) - 1n);
    expect(await stateOf(idle)).to.equal("Succeeded");
    await w.time.increase(1);
    expect(await stateOf(idle)).to.equal("Expired");
    await expect(queue(w, idle)).to.be.revertedWithCustomError(
      w.board.chamber,
      "GovernorUnexpectedProposalState",
    );

    const late = await due(w, await queue(w, await decide(w, w.board, [await move(w, 8)])));
    await w.time.increase(14 * DAY - 1);
    expect(await stateOf(late)).to.equal("Queued");
    await w.time.increase(1);
    expect(await stateOf(late)).to.equal("Expired");
    await expect(execute(w, late)).to.be.revertedWithCustomError(
      w.board.chamber,
      "GovernorUnexpectedProposalState",
    );
  });

  it("can be put again once it has expired", async () => {
    const w = world();
    const first = await due(w, await queue(w, await decide(w, w.board, [await move(w)])));
    await w.time.increase(14 * DAY);
    expect(await stateOf(first)).to.equal("Expired");
    await enact(w, w.board, [await move(w)], { description: "once more" });
    expect(await regionOf(w)).to.equal(7n);
    expect(await stateOf(first)).to.equal("Expired");
  });

  it("is vetoed by the Council during its delay, and shows as canceled for good", async () => {
    const w = world();
    const motion = await queue(w, await decide(w, w.board, [await move(w)]));
    const eta = await w.board.chamber.proposalEta(motion.id);
    const vetoing = await decide(w, w.council, [await veto(w)]);
    expect(BigInt(await w.time.latest()) < eta).to.equal(true);
    await expect(execute(w, vetoing)).to.emit(w.charter, "OperationCanceled");
    expect(await stateOf(motion)).to.equal("Canceled");
    await w.time.increaseTo(eta);
    for (const verb of [execute, queue] as const) {
      await expect(verb(w, motion)).to.be.revertedWithCustomError(
        w.board.chamber,
        "GovernorUnexpectedProposalState",
      );
    }
    await enact(w, w.board, [await move(w)], { description: "the Council came round" });
    expect([await stateOf(motion), await regionOf(w)]).to.deep.equal(["Canceled", 7n]);
  });

  it("is vetoed whole where one of its calls is", async () => {
    const w = world();
    const acts = [await move(w), await act(w.register, "scheduleTier", [w.bob.id, 2])];
    const motion = await queue(w, await decide(w, w.board, acts));
    await enact(w, w.council, [await veto(w)]);
    expect(await stateOf(motion)).to.equal("Canceled");
    await w.time.increaseTo(await w.board.chamber.proposalEta(motion.id));
    await expect(execute(w, motion)).to.be.revertedWithCustomError(
      w.board.chamber,
      "GovernorUnexpectedProposalState",
    );
  });

  it("which the Council vetoed passes in the Assembly all the same, after its own delay", async () => {
    const w = world();
    const motion = await queue(w, await decide(w, w.board, [await move(w)]));
    await enact(w, w.council, [await veto(w)]);
    expect(await stateOf(motion)).to.equal("Canceled");
    const override = await queue(w, await decide(w, w.assembly, [await move(w)], { votes: [6, 4] }));
    await expect(execute(w, override)).to.be.revertedWithCustomError(
      w.assembly.chamber,
      "GovernorUnmetDelay",
    );
    await execute(w, await due(w, override));
    expect(await regionOf(w)).to.equal(7n);
  });

  it("is put to the Assembly by the Council, which is its sponsor", async () => {
    const w = world();
    const { target, data } = await move(w);
    const put = await act(w.assembly.chamber, "propose", [[target], [0], [data], "from the Council"]);
    await enact(w, w.council, [put]);
    const motion = await draft(w.assembly, [{ target, data }], "from the Council");
    expect(await w.assembly.chamber.proposalProposer(motion.id)).to.equal(w.council.chamber.target);
    await vote(w, await opened(w, motion), w.assembly.voters);
    await execute(w, await due(w, await queue(w, await closed(w, motion))));
    expect(await regionOf(w)).to.equal(7n);
  });
});
