import { expect } from "chai";
import { useChambers } from "../../support/chambers.ts";
import type { Chambers, Hall } from "../../support/chambers.ts";
import { DAY } from "../../support/claims.ts";
import { act, decide, enact, opened, propose, stateOf } from "../../support/motions.ts";
import type { Motion } from "../../support/motions.ts";

const M = 1_000_000n;

/** The same calls once more, decided by these votes. */
async function again(w: Chambers, votes: readonly [number, number?, number?], options = {}): Promise<Motion> {
  const acts = [await act(w.register, "classify", [w.ada.id, 1, 7])];
  return decide(w, w.assembly, acts, { votes, description: `in ${await w.time.latest()}`, ...options });
}
const quorum = (motion: Motion) => motion.hall.chamber.quorumOf(motion.id);
/** Thirty days after its deadline, less a second for the transaction's own block. */
async function rest(w: Chambers, { hall, id }: Motion, less = 0): Promise<void> {
  await w.time.increaseTo((await hall.chamber.proposalDeadline(id)) + BigInt(30 * DAY - 1 - less));
}
async function quorumNow(
  w: Chambers,
  hall: Hall,
  description: string,
  voter = hall.voters[0],
): Promise<bigint> {
  const acts = [await act(w.register, "classify", [w.ada.id, 1, 7])];
  return quorum(await opened(w, await propose(hall, acts, description, voter)));
}

describe("Chamber: calls that are put again", () => {
  const world = useChambers();

  it("come with half the quorum after thirty days, then a quarter, then an eighth, and never less", async () => {
    const w = world();
    const found: bigint[] = [];
    for (const votes of [2, 1, 0, 0, 0]) {
      const motion = await again(w, [votes]);
      found.push(await quorum(motion));
      expect(await stateOf(motion)).to.equal("Defeated");
      await rest(w, motion);
    }
    expect(found).to.deep.equal([3n * M, 1_500_000n, 750_000n, 375_000n, 375_000n]);
    const last = await again(w, [1]);
    expect([await quorum(last), await stateOf(last)]).to.deep.equal([375_000n, "Succeeded"]);
  });

  it("come with the whole quorum a second too soon, which changes nothing of the repeat's time", async () => {
    const w = world();
    const missed = await again(w, [1]);
    await rest(w, missed, 1);
    expect(await quorumNow(w, w.assembly, "a second too soon", w.assembly.voters[1])).to.equal(3n * M);
    expect(await quorumNow(w, w.assembly, "in time", w.assembly.voters[2])).to.equal(1_500_000n);
  });

  it("are no repeat of calls with anything else in them", async () => {
    const w = world();
    await rest(w, await again(w, [1]));
    const other = await propose(w.assembly, [await act(w.register, "classify", [w.ada.id, 1, 8])]);
    expect(await quorum(await opened(w, other))).to.equal(3n * M);
  });

  it("wear nothing down by many copies: those beside or soon after one another count as one", async () => {
    const w = world();
    const missed = await again(w, [1]);
    for (let copy = 0; copy < 3; copy++) expect(await quorum(await again(w, [0]))).to.equal(3n * M);
    await rest(w, missed);
    const [one, two, three] = w.assembly.voters;
    expect(await quorumNow(w, w.assembly, "halved", one)).to.equal(1_500_000n);
    // Beside the repeat: no quarter, and no whole quorum either.
    expect(await quorumNow(w, w.assembly, "beside", two)).to.equal(1_500_000n);
    expect(await quorumNow(w, w.assembly, "and beside", three)).to.equal(1_500_000n);
  });

  it("start anew once enough voters refused them", async () => {
    const w = world();
    await rest(w, await again(w, [1]));
    const refused = await again(w, [1, 2]);
    expect([await quorum(refused), await stateOf(refused)]).to.deep.equal([1_500_000n, "Defeated"]);
    await rest(w, refused);
    expect(await quorum(await again(w, [0]))).to.equal(3n * M);
  });

  it("start anew once they were executed, or have expired", async () => {
    const w = world();
    await rest(w, await again(w, [1]));
    const passed = await again(w, [2]);
    expect([await quorum(passed), await stateOf(passed)]).to.deep.equal([1_500_000n, "Succeeded"]);
    await w.time.increase(40 * DAY);
    expect(await stateOf(passed)).to.equal("Expired");
    await rest(w, await again(w, [1]));
    const acts = [await act(w.register, "classify", [w.ada.id, 1, 7])];
    const done = await enact(w, w.assembly, acts, { votes: [2], description: "done" });
    expect(await quorum(done)).to.equal(1_500_000n);
    await w.time.increase(40 * DAY);
    expect(await quorum(await again(w, [0]))).to.equal(3n * M);
  });

  it("are not kept from their repeat by one vote against, where those who voted wanted them", async () => {
    const w = world();
    // Two for and one against are as many as the quorum asks for, but against does not count towards it.
    const missed = await again(w, [2, 1]);
    expect(await stateOf(missed)).to.equal("Defeated");
    await rest(w, missed);
    const repeated = await again(w, [2, 1]);
    expect([await quorum(repeated), await stateOf(repeated)]).to.deep.equal([1_500_000n, "Succeeded"]);
  });
});
