import { expect } from "chai";
import { Ledger__factory } from "../../../src/chain/types/index.ts";
import { insist, proposed, ratify } from "../../support/amending.ts";
import { BOARD_ROLES, ROLE, TEXT, useChambers } from "../../support/chambers.ts";
import type { Chambers, Voter } from "../../support/chambers.ts";
import { DAY } from "../../support/claims.ts";
import { call, elect, enrol, poll } from "../../support/elect.ts";
import {
  act,
  decide,
  due,
  enact,
  execute,
  opened,
  propose,
  queue,
  send,
  stateOf,
  draft,
  vote,
} from "../../support/motions.ts";
import { c } from "../../support/statements.ts";

const move = (w: Chambers, region = 7) => act(w.register, "classify", [w.ada.id, 1, region]);
const regionOf = async (w: Chambers) => Number((await w.register.membership(w.ada.id)).region);
/** Everybody who sits on the Board gives the seat up. */
async function vacate(w: Chambers): Promise<void> {
  for (const [seat, { key }] of w.board.voters.entries()) await w.boardSeats.connect(key).resign(0, seat);
}
/** Waits until founders can have successors. */
const succession = async (w: Chambers) =>
  w.time.increaseTo((await w.boardSeats.FOUNDERS_UNTIL()) - BigInt(90 * DAY));

describe("No deadlock", () => {
  const world = useChambers();

  it("founders' seats expire by themselves", async () => {
    const w = world();
    const { chamber, voters } = w.council;
    const until = Number(await w.councilSeats.FOUNDERS_UNTIL());
    const pending = await propose(w.council, [await act(w.charter, "grantRole", [4, w.stranger.address, 0])]);
    await opened(w, pending);
    await w.time.increaseTo(until - 1);
    expect(await w.councilSeats.getPastTotalSupply(until - 2)).to.equal(6n);
    await w.time.increaseTo(until + 2);
    expect(await w.councilSeats.getPastTotalSupply(until)).to.equal(0n);
    for (const [seat, { number }] of voters.entries()) {
      expect((await w.councilSeats.seatOf(1, seat)).delegate).to.equal(0n);
      expect(await chamber.getVotes(await w.councilSeats.accountOf(number), until)).to.equal(0n);
    }
    const late = await draft(w.council, [await act(w.charter, "grantRole", [6, w.stranger.address, 0])], "");
    await expect(send(late)).to.be.revertedWithCustomError(chamber, "ChamberVotesShort").withArgs(0n, 1n);
    expect(await w.councilElections.dueSeats(1)).to.equal(0b111111n);
  });

  it("anyone opens a due election, and nobody one that is not", async () => {
    const w = world();
    for (const [elections, constituency] of [
      [w.councilElections, 1],
      [w.boardElections, 0],
    ] as const) {
      await expect(elections.connect(w.stranger).open(constituency)).to.be.revertedWithCustomError(
        elections,
        "ElectionsNotDue",
      );
    }
    await succession(w);
    expect(await call(w, w.councilElections, 1)).to.equal(1);
    expect(await call(w, w.boardElections, 0)).to.equal(1);
  });

  it("incumbents hold over until the election has ended, and vote meanwhile", async () => {
    const w = world();
    await succession(w);
    const people = await several(w, 3);
    await elect(w, w.boardElections, 0, w.council.voters, people);
    await elect(w, w.councilElections, 1, w.assembly.voters, await several(w, 6));
    const board = { ...w.board, voters: people };
    await w.time.increase(3 * 730 * DAY); // no election is opened for years
    expect(await w.boardElections.dueSeats(0)).to.equal(0b111n);
    await enact(w, board, [await move(w)]);
    expect(await regionOf(w)).to.equal(7);
    const election = await call(w, w.boardElections, 0);
    await enact(w, board, [await move(w, 8)]); // while it runs
    await poll(w, w.boardElections, election, []);
    await w.boardElections.count(election); // and after it missed its quorum
    await enact(w, board, [await move(w, 9)]);
    expect(await regionOf(w)).to.equal(9);
  });

  it("an election's missed quorum is halved on the repeat, after thirty days", async () => {
    const w = world();
    await succession(w);
    const quorums: bigint[] = [];
    for (let time = 0; time < 3; time++) {
      const election = await call(w, w.councilElections, 1);
      quorums.push((await w.councilElections.electionOf(election)).quorum);
      await poll(w, w.councilElections, election, []);
      await w.councilElections.count(election);
      const missedAt = await w.time.latest();
      await w.time.setNextBlockTimestamp(missedAt + 30 * DAY - 1);
      await expect(w.councilElections.open(1)).to.be.revertedWithCustomError(
        w.councilElections,
        "ElectionsTooSoon",
      );
      await w.time.setNextBlockTimestamp(missedAt + 30 * DAY);
    }
    expect(quorums).to.deep.equal([4n, 2n, 1n]);
  });

  it("a proposal's missed quorum is halved on the repeat, after thirty days", async () => {
    const w = world();
    const missed = await decide(
      w,
      w.council,
      [await act(w.charter, "grantRole", [4, w.stranger.address, 0])],
      {
        votes: [2],
      },
    );
    expect(await stateOf(missed)).to.equal("Defeated");
    await w.time.increase(30 * DAY);
    await enact(w, w.council, [await act(w.charter, "grantRole", [4, w.stranger.address, 0])], {
      votes: [2],
      description: "once more",
    });
    expect((await w.charter.hasRole(ROLE.guardian, w.stranger))[0]).to.equal(true);
  });

  it("a vacant Board's acts fall to the Council after thirty days, with the Board's delay", async () => {
    const w = world();
    await vacate(w);
    const vacantSince = await w.boardSeats.vacantSince();
    await w.time.increaseTo(vacantSince + BigInt(30 * DAY) - 1n);
    expect(await w.charter.devolved()).to.equal(false);
    await w.time.increase(1);
    expect(await w.charter.devolved()).to.equal(true);
    const motion = await queue(w, await decide(w, w.council, [await move(w)]));
    await expect(execute(w, motion)).to.be.revertedWithCustomError(w.council.chamber, "GovernorUnmetDelay");
    await execute(w, await due(w, motion));
    expect(await regionOf(w)).to.equal(7);
  });

  it("and go back to the Board once one seat of it is taken, whatever was under way", async () => {
    const w = world();
    await vacate(w);
    await w.time.increase(30 * DAY);
    const queued = await queue(w, await decide(w, w.council, [await move(w)]));
    const waiting = await decide(w, w.council, [await move(w, 8)]);
    const trustee = await enrol(w);
    await elect(w, w.boardElections, 0, w.council.voters, [trustee]);
    expect(await w.charter.devolved()).to.equal(false);
    await expect(execute(w, queued)).to.be.revertedWithCustomError(
      w.charter,
      "AccessManagerUnauthorizedCall",
    );
    await expect(queue(w, waiting)).to.be.revertedWithCustomError(
      w.council.chamber,
      "GovernorUnexpectedProposalState",
    );
    await enact(w, { ...w.board, voters: [trustee] }, [await move(w, 9)]);
    expect(await regionOf(w)).to.equal(9);
  });

  it("two votes of two thirds in the Assembly, sixty days apart, replace a Council that is not there", async () => {
    const w = world();
    for (const [seat, { key }] of w.council.voters.entries())
      await w.councilSeats.connect(key).resign(1, seat);
    const { amending, id } = await proposed(w, [], TEXT);
    await expect(ratify(w, id)).to.be.revertedWithCustomError(w.council.chamber, "ChamberVotesShort");
    await insist(w, id);
    await w.time.increase(60 * DAY);
    await insist(w, id);
    await w.time.increase(14 * DAY);
    await w.amendments.connect(w.stranger).execute(...amending);
    expect(await w.charter.textHash()).to.equal(TEXT);
  });

  it("the Board's delays exceed the Council's time to veto, with a day to spare", async () => {
    const w = world();
    const longest = await w.council.chamber.longestDecision();
    expect(await w.amendments.vetoTime()).to.equal(longest + BigInt(DAY));
    for (const role of BOARD_ROLES) {
      const [, delay] = await w.charter.hasRole(role, w.board.chamber);
      expect(delay > longest + BigInt(DAY)).to.equal(true);
    }
    // The slowest veto there is: begun a day late, prolonged in its last second.
    const motion = await queue(w, await decide(w, w.board, [await move(w)]));
    await w.time.increase(DAY);
    const { target, data } = await move(w);
    const veto = await propose(w.council, [
      await act(w.charter, "cancel", [w.board.chamber.target, target, data]),
    ]);
    await w.time.increaseTo((await w.council.chamber.proposalDeadline(veto.id)) - 10n);
    await vote(w, veto, w.council.voters.slice(0, 3));
    await w.time.increaseTo((await w.council.chamber.proposalDeadline(veto.id)) + 1n);
    await execute(w, veto);
    expect(await stateOf(motion)).to.equal("Canceled");
  });

  it("a Council that vetoes whatever the Board does is overridden by the Assembly", async () => {
    const w = world();
    const { target, data } = await move(w);
    for (const attempt of ["once", "twice"]) {
      const motion = await queue(w, await decide(w, w.board, [await move(w)], { description: attempt }));
      await enact(w, w.council, [await act(w.charter, "cancel", [w.board.chamber.target, target, data])], {
        description: attempt,
      });
      expect(await stateOf(motion)).to.equal("Canceled");
    }
    await enact(w, w.assembly, [await move(w)], { votes: [4, 3] });
    expect(await regionOf(w)).to.equal(7);
  });

  it("a guardian's pause ends by itself, cannot be chained and never stops a withdrawal", async () => {
    const w = world();
    const guardians = [await w.createKey(), await w.createKey()] as const;
    const grants = guardians.map(({ address }) => act(w.charter, "grantRole", [ROLE.guardian, address, 0]));
    await enact(w, w.council, await Promise.all(grants));
    const [one, other] = guardians.map((key) => Ledger__factory.connect(w.deployment.ledger, key)) as [
      typeof w.ledger,
      typeof w.ledger,
    ];
    await expect(one.pausePosting(7 * DAY + 1)).to.be.revertedWithCustomError(w.ledger, "LedgerPauseTooLong");
    await w.ada.as.contracts.ledger.announceWithdrawal(w.ada.id, c("100"));
    await w.time.increase(7 * DAY - 60);
    await one.pausePosting(7 * DAY);
    const until = await w.ledger.pausedUntil();
    for (const [guardian, when] of [
      [one, until - 10n],
      [other, until],
      [other, until + BigInt(30 * DAY) - 1n],
    ] as const) {
      if (when === until - 10n) {
        await w.time.increase(60);
        await w.ledger.connect(w.stranger).withdraw(w.ada.id); // in the middle of the pause
        expect(await w.asset.balanceOf(w.ada.payee)).to.equal(c("100"));
      }
      await w.time.setNextBlockTimestamp(when);
      await expect(guardian.pausePosting(DAY))
        .to.be.revertedWithCustomError(w.ledger, "LedgerPauseCooling")
        .withArgs(until + BigInt(30 * DAY));
    }
    await w.time.setNextBlockTimestamp(until + BigInt(30 * DAY));
    await other.pausePosting(DAY);
  });
});

async function several(w: Chambers, number: number): Promise<Voter[]> {
  const found: Voter[] = [];
  while (found.length < number) found.push(await enrol(w));
  return found;
}
