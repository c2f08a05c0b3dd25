import { expect } from "chai";
import { concat } from "ethers";
import { useChambers } from "../../support/chambers.ts";
import type { Chambers } from "../../support/chambers.ts";
import { act, draft, petition, propose, send, signature, stateOf } from "../../support/motions.ts";

const asked = async (w: Chambers, description = "") =>
  draft(w.assembly, [await act(w.register, "classify", [w.ada.id, 1, 7])], description);

describe("Chamber.petition", () => {
  const world = useChambers();

  it("puts what three in ten signed, whoever files it; the chamber itself counts as its proposer", async () => {
    const w = world();
    const motion = await asked(w);
    const { chamber } = w.assembly;
    expect(await chamber.petitionThreshold()).to.equal(3_000_000n);
    await expect(petition(w, motion, w.assembly.voters.slice(0, 2)))
      .to.be.revertedWithCustomError(chamber, "ChamberVotesShort")
      .withArgs(2_000_000n, 3_000_000n);
    const filed = petition(w, motion, w.assembly.voters.slice(0, 3));
    await expect(filed).to.emit(chamber, "PetitionFiled");
    expect(await chamber.proposalProposer(motion.id)).to.equal(chamber.target);
    expect(await stateOf(motion)).to.equal("Pending");
    await expect(petition(w, motion, w.assembly.voters.slice(0, 3))).to.be.revertedWithCustomError(
      chamber,
      "GovernorUnexpectedProposalState",
    );
  });

  it("counts each signatory once, and passes over signatures that are not good", async () => {
    const w = world();
    const motion = await asked(w);
    const { chamber, voters } = w.assembly;
    const file = (signatures: readonly string[]) => {
      const [targets, values, calldatas] = motion.args;
      return chamber.petition(targets, values, calldatas, motion.description, concat([...signatures]));
    };
    const good = await Promise.all(voters.map((voter) => signature(motion, voter)));
    const [first, second, third] = good as [string, string, string];
    for (const order of [
      [first, first, second],
      [second, first, third],
    ]) {
      await expect(file(order)).to.be.revertedWithCustomError(chamber, "ChamberSignatoriesUnsorted");
    }
    const other = await asked(w, "something else");
    const wrong = await Promise.all(voters.slice(3, 6).map((voter) => signature(other, voter)));
    const void_ = await Promise.all(voters.slice(3, 6).map((voter) => signature(motion, voter, 1)));
    for (const [bad, label] of [
      [wrong, "of another text"],
      [void_, "of another nonce"],
    ] as const) {
      await expect(file([first, second, ...bad]), label)
        .to.be.revertedWithCustomError(chamber, "ChamberVotesShort")
        .withArgs(2_000_000n, 3_000_000n);
    }
    await file([first, second, ...wrong.slice(0, 1), good[4] ?? ""]);
    expect(await stateOf(motion)).to.equal("Pending");
  });

  it("is void once its signatories take their words back", async () => {
    const w = world();
    const motion = await asked(w);
    await w.members[2]?.as.contracts.register.voidBallots(w.members[2].id);
    await expect(petition(w, motion, w.assembly.voters.slice(0, 3)))
      .to.be.revertedWithCustomError(w.assembly.chamber, "ChamberVotesShort")
      .withArgs(2_000_000n, 3_000_000n);
  });

  it("cannot be forestalled where its text names the chamber as the proposer", async () => {
    const w = world();
    const { chamber, voters } = w.assembly;
    const motion = await asked(w, `for the region #proposer=${await chamber.getAddress()}`);
    await expect(send(motion)).to.be.revertedWithCustomError(chamber, "GovernorRestrictedProposer");
    await petition(w, motion, voters.slice(0, 3));
    expect(await chamber.proposalProposer(motion.id)).to.equal(chamber.target);
  });

  it("lets members put what nobody may put alone, beside proposals of theirs", async () => {
    const w = world();
    await propose(w.assembly, [await act(w.register, "classify", [w.ada.id, 1, 8])], "a member's own");
    const motion = await asked(w);
    await petition(w, motion, w.assembly.voters.slice(0, 3));
    expect(await stateOf(motion)).to.equal("Pending");
  });
});
