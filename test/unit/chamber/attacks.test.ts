import { expect } from "chai";
import { Contract, Interface, concat } from "ethers";
import { contractsAt } from "../../../src/chain/contracts.ts";
import { addMonths, periodStart } from "../../../src/core/period.ts";
import { ROLE, useChambers } from "../../support/chambers.ts";
import type { Chambers, Hall, Voter } from "../../support/chambers.ts";
import { DAY } from "../../support/claims.ts";
import { JANUARY } from "../../support/governance.ts";
import { elect, enrol } from "../../support/elect.ts";
import {
  AGAINST,
  FOR,
  act,
  ballot,
  closed,
  decide,
  draft,
  enact,
  execute,
  opened,
  ownBallot,
  propose,
  send,
  stateOf,
  vote,
} from "../../support/motions.ts";
import type { Motion } from "../../support/motions.ts";
import { bill, c, loans } from "../../support/statements.ts";
import { credits } from "../../../src/core/money.ts";

const M = 1_000_000n;
const WALLET = new Interface([
  "function execute(address,bytes) returns (bytes)",
  "error WalletFailed(bytes)",
]);
const move = (w: Chambers, region = 7) => act(w.register, "classify", [w.ada.id, 1, region]);
const tally = async ({ hall, id }: Motion) => [...(await hall.chamber.proposalVotes(id))];
const voter = ({ voters }: Hall, place: number): Voter => {
  const found = voters[place];
  if (found === undefined) throw new Error(`nobody votes at place ${place}`);
  return found;
};

describe("Attacks on votes", () => {
  const world = useChambers();

  it("flash votes: voice that comes after the snapshot weighs nothing in it", async () => {
    const w = world();
    await w.time.increaseTo(periodStart(addMonths(JANUARY, 3)) - 4 * DAY);
    const before = await propose(w.assembly, [await move(w)]);
    await w.time.increaseTo(periodStart(addMonths(JANUARY, 3)) + DAY);
    await w.voice.connect(w.stranger).sync(w.newcomer.id);
    const late = { number: w.newcomer.id, key: w.newcomer.key };
    await vote(w, before, [late]);
    expect(await tally(before)).to.deep.equal([0n, 0n, 0n]);
    const after = await opened(w, await propose(w.assembly, [await move(w, 8)], "", voter(w.assembly, 1)));
    await vote(w, after, [late]);
    expect(await tally(after)).to.deep.equal([0n, M, 0n]);
  });

  it("lent votes: voice and seats cannot be handed over, sold or hooked into", async () => {
    const w = world();
    for (const votes of [w.voice, w.councilSeats]) {
      await expect(votes.connect(w.ada.key).delegate(w.stranger)).to.be.revertedWithCustomError(
        votes,
        "OwnVotesNotDelegable",
      );
      const names = votes.interface.fragments.flatMap((f) => ("name" in f ? [String(f.name)] : []));
      const handing = /^(transfer|transferFrom|approve|mint|burn|send|tokensReceived|onTokenTransfer)$/;
      expect(names.filter((name) => handing.test(name))).to.deep.equal([]);
    }
  });

  it("double votes: a second key, a new key and a signed copy count once", async () => {
    const w = world();
    const motion = await opened(w, await propose(w.assembly, [await move(w)]));
    const [ada, bob] = [voter(w.assembly, 0), voter(w.assembly, 1)];
    await w.ada.as.contracts.register.setKey(w.ada.id, w.stranger.address, 63);
    const both = concat([await ballot(motion, ada, FOR), await ballot(motion, ada, FOR, { by: w.stranger })]);
    await w.assembly.chamber.cast(motion.id, both);
    expect(await tally(motion)).to.deep.equal([0n, M, 0n]);

    const old = await ballot(motion, bob, FOR);
    const next = await w.createKey();
    await w.bob.as.contracts.register.rotateKey(w.bob.id, next.address);
    await w.assembly.chamber.cast(motion.id, old); // the key is no more
    expect(await tally(motion)).to.deep.equal([0n, M, 0n]);
    await w.assembly.chamber.cast(motion.id, await ballot(motion, bob, AGAINST, { by: next }));
    await contractsAt(w.deployment, next).register.rotateKey(w.bob.id, w.bob.key.address);
    await w.assembly.chamber.cast(motion.id, old);
    expect(await tally(motion)).to.deep.equal([M, M, 0n]);
  });

  it("ballots signed before a seat's key was rotated, or its ballots voided, are void", async () => {
    const w = world();
    const motion = await opened(w, await propose(w.board, [await move(w)]));
    const [one, two] = [voter(w.board, 0), voter(w.board, 1)];
    const [first, second] = [await ballot(motion, one, FOR), await ballot(motion, two, FOR)];
    const key = await w.createKey();
    await w.delegates.connect(one.key).rotate(one.number, key.address);
    await w.delegates.connect(two.key).voidBallots(two.number);
    await w.board.chamber.cast(motion.id, concat([first, second]));
    expect(await tally(motion)).to.deep.equal([0n, 0n, 0n]);
    // The old key does not come back by being rotated to: the nonce is the delegate's.
    await w.delegates.connect(key).rotate(one.number, one.key.address);
    await w.board.chamber.cast(motion.id, first);
    expect(await tally(motion)).to.deep.equal([0n, 0n, 0n]);
    await w.board.chamber.cast(motion.id, await ballot(motion, two, FOR, { nonce: 1 }));
    expect(await tally(motion)).to.deep.equal([0n, 1n, 0n]);
  });

  it("changes of the roll: who leaves after the snapshot votes once, who came does not", async () => {
    const w = world();
    const motion = await opened(w, await propose(w.assembly, [await move(w)]));
    const quorum = await w.assembly.chamber.quorumOf(motion.id);
    await w.eve.as.contracts.register.leave(w.eve.id);
    expect(await w.assembly.chamber.quorumOf(motion.id)).to.equal(quorum);
    const eve = await ballot(motion, voter(w.assembly, 2), FOR);
    await w.assembly.chamber.cast(motion.id, concat([eve, eve]));
    const [, support] = await tally(motion);
    expect(support === M || support === 0n).to.equal(true);
    await closed(w, motion);
    const next = await opened(w, await propose(w.assembly, [await move(w, 8)]));
    await w.assembly.chamber.cast(next.id, await ballot(next, voter(w.assembly, 2), FOR));
    expect(await tally(next)).to.deep.equal([0n, 0n, 0n]);
  });

  it("a trustee that lost its seat decides on what was put before, and on nothing after", async () => {
    const w = world();
    const trustee = voter(w.board, 0);
    const motion = await opened(w, await propose(w.board, [await move(w)], "", trustee));
    await w.boardSeats.connect(trustee.key).resign(0, 0);
    const successor = await enrol(w);
    await vote(w, motion, w.board.voters.slice(0, 2));
    expect(await tally(motion)).to.deep.equal([0n, 2n, 0n]);
    await closed(w, motion);
    await expect(send(await draft(w.board, [await move(w, 8)], ""), trustee))
      .to.be.revertedWithCustomError(w.board.chamber, "ChamberVotesShort")
      .withArgs(0n, 1n);
    await elect(w, w.boardElections, 0, w.council.voters, [successor]);
    const next = await opened(w, await propose(w.board, [await move(w, 9)], "", successor));
    await vote(w, next, [trustee, successor]);
    expect(await tally(next)).to.deep.equal([0n, 1n, 0n]);
    expect(await w.board.chamber.quorumOf(next.id)).to.equal(2n);
  });

  it("a relayer's own vote is never cast for it by what it posts, unless it holds a voter's key", async () => {
    const w = world();
    const motion = await opened(w, await propose(w.assembly, [await move(w)]));
    const planted = concat(w.assembly.voters.map(({ number }) => ownBallot(number, FOR)));
    await w.assembly.chamber.connect(w.stranger).cast(motion.id, planted);
    expect(await tally(motion)).to.deep.equal([0n, 0n, 0n]);
    await w.assembly.chamber.connect(w.ada.key).cast(motion.id, planted);
    expect(await tally(motion)).to.deep.equal([0n, M, 0n]);
  });
});

describe("Attacks on proposals", () => {
  const world = useChambers();

  it("spam: a voter has one at a time, and numbers without votes have none", async () => {
    const w = world();
    const first = await propose(w.assembly, [await move(w)]);
    for (const phase of [opened, null] as const) {
      await expect(send(await draft(w.assembly, [await move(w, 8)], "")))
        .to.be.revertedWithCustomError(w.assembly.chamber, "ChamberVoterBusy")
        .withArgs(w.ada.id, first.id);
      await phase?.(w, first);
    }
    await propose(w.assembly, [await move(w, 8)], "", voter(w.assembly, 1)); // nobody else is kept from it
    await closed(w, first);
    await propose(w.assembly, [await move(w, 9)]);
    for (let crowd = 0; crowd < 3; crowd++) {
      const nobody = await enrol(w);
      await expect(send(await draft(w.council, [await move(w)], ""), nobody)).to.be.revertedWithCustomError(
        w.council.chamber,
        "ChamberVotesShort",
      );
    }
  });

  it("forestalling: what the Council will put to the Assembly cannot be put first, if its text says so", async () => {
    const w = world();
    const text = `from the Council #proposer=${await w.council.chamber.getAddress()}`;
    const motion = await draft(w.assembly, [await move(w)], text);
    await expect(send(motion)).to.be.revertedWithCustomError(
      w.assembly.chamber,
      "GovernorRestrictedProposer",
    );
    const [targets, values, calldatas] = motion.args;
    await enact(w, w.council, [await act(w.assembly.chamber, "propose", [targets, values, calldatas, text])]);
    expect(await stateOf(motion)).to.equal("Pending");
  });

  it("quorum games: those who stay away and those who are against do not make a quorum", async () => {
    const w = world();
    const alone = await decide(w, w.assembly, [await move(w)], { votes: [2, 1] });
    expect(await stateOf(alone)).to.equal("Defeated");
    const abstained = await decide(w, w.assembly, [await move(w, 8)], { votes: [1, 0, 2] });
    expect(await stateOf(abstained)).to.equal("Succeeded");
    const outvoted = await decide(w, w.assembly, [await move(w, 9)], { votes: [1, 2, 7] });
    expect(await stateOf(outvoted)).to.equal("Defeated");
  });

  it("many copies: each is vetoed in its own time, as often as the Board schedules it", async () => {
    const w = world();
    const copies: Motion[] = [];
    for (const [place, trustee] of w.board.voters.entries()) {
      copies.push(await propose(w.board, [await move(w)], `copy ${place}`, trustee));
    }
    for (const copy of copies) await vote(w, await atLeastOpen(w, copy), w.board.voters);
    for (const copy of copies) await closedAtLeast(w, copy);
    const { target, data } = await move(w);
    const veto = [await act(w.charter, "cancel", [w.board.chamber.target, target, data])];
    const [first, second, third] = copies as [Motion, Motion, Motion];
    await w.board.chamber.queue(...first.args);
    await expect(w.board.chamber.queue(...second.args)).to.be.revertedWithCustomError(
      w.charter,
      "AccessManagerAlreadyScheduled",
    );
    await enact(w, w.council, veto);
    await w.board.chamber.queue(...second.args); // the seventh day of fourteen
    await enact(w, w.council, veto, { description: "again" });
    for (const copy of [first, second]) expect(await stateOf(copy)).to.equal("Canceled");
    await w.time.increase(4 * DAY);
    expect(await stateOf(third)).to.equal("Expired");
  });

  it("a takeover with 51 % of standing, and more: it doubles one voice in ten, and passes nothing against the rest", async () => {
    const w = world();
    for (let month = 0; month < 3; month++) await w.closeMonth();
    // Ada lends for 696 credits, seven times the cap that doubles a voice; hardly anybody else lends at all.
    await bill(w, { period: JANUARY, lastPeriod: JANUARY, lines: loans(58), maximum: credits(10n ** 12n) });
    await w.closeMonth();
    await w.ledger.touch(w.ada.id);
    await w.voice.syncAll(w.members.map(({ id }) => id));
    expect((await w.ledger.account(w.ada.id)).standing >= c("100")).to.equal(true);
    const motion = await opened(w, await propose(w.assembly, [await move(w)]));
    await vote(w, motion, w.assembly.voters.slice(0, 1));
    expect(await tally(motion)).to.deep.equal([0n, 2n * M, 0n]);
    expect(await w.assembly.chamber.quorumOf(motion.id)).to.equal(3_300_000n);
    await closed(w, motion);
    expect(await stateOf(motion)).to.equal("Defeated");
    const joined = await decide(w, w.assembly, [await move(w, 8)], {
      votes: [2, 4],
      voter: voter(w.assembly, 1),
    });
    expect(await stateOf(joined)).to.equal("Defeated");
  });

  it("re-entry: a contract that a chamber calls acts in its own name, and finds the proposal executed", async () => {
    const w = world();
    const deployed = await w.ethers.deployContract("AcceptingWallet");
    const account = await deployed.getAddress();
    const wallet = new Contract(account, WALLET);
    const grant = await act(w.charter, "grantRole", [ROLE.guardian, w.stranger.address, 0]);
    const inner = await decide(w, w.council, [grant]);
    const through = (target: string, data: string) => ({
      target: account,
      data: WALLET.encodeFunctionData("execute", [target, data]),
    });
    const again = w.council.chamber.interface.encodeFunctionData("execute", inner.args);
    const chamber = await w.council.chamber.getAddress();
    for (const [what, acts] of [
      ["its caller's rights", [through(grant.target, grant.data)]],
      [
        "its caller's settings",
        [through(chamber, w.council.chamber.interface.encodeFunctionData("setVotingDelay", [0]))],
      ],
      ["a second execution", [through(chamber, again), through(chamber, again)]],
    ] as const) {
      const outer = await decide(w, w.council, acts, { voter: voter(w.council, 1), description: what });
      await expect(execute(w, outer), what).to.be.revertedWithCustomError(wallet, "WalletFailed");
    }
    // Once is what anybody may do at any time.
    const fresh = await decide(w, w.council, [grant], { description: "afresh" });
    const data = w.council.chamber.interface.encodeFunctionData("execute", fresh.args);
    await w.time.increase(1);
    const once = await decide(w, w.council, [through(chamber, data)], { voter: voter(w.council, 1) });
    await execute(w, once);
    expect(await stateOf(fresh)).to.equal("Executed");
  });
});

async function atLeastOpen(w: Chambers, motion: Motion): Promise<Motion> {
  const snapshot = Number(await motion.hall.chamber.proposalSnapshot(motion.id));
  if ((await w.time.latest()) <= snapshot) await w.time.increaseTo(snapshot + 1);
  return motion;
}

async function closedAtLeast(w: Chambers, motion: Motion): Promise<void> {
  const deadline = Number(await motion.hall.chamber.proposalDeadline(motion.id));
  if ((await w.time.latest()) <= deadline) await w.time.increaseTo(deadline + 1);
}
