import { decodeApprovals } from "../../../core/ballot.ts";
import { keccak256 } from "../../../core/keccak.ts";
import { MOST_VOTERS, rankCandidates } from "../../../core/ranking.ts";
import type { ElectionsSite } from "../../chain/governance.ts";
import { tell } from "../ground.ts";
import type { FoldState } from "../state.ts";
import { ConstituencyFold, shareOf } from "./constituencies.ts";
import { encodeWords, TYPES } from "./digests.ts";
import type { ElectionState, OpenedElection } from "./election.ts";
import type { Electorate } from "./electorate.ts";
import { Nominations, type CandidateNominated } from "./nominations.ts";
import { RecallFold } from "./recalls.ts";
import { seatName, type SeatChange, type SeatsFold } from "./seats.ts";
import { voteGround, type VoteGround } from "./votes.ts";

export interface ElectionEvents {
  ElectionOpened: { election: number; constituency: number; opened: OpenedElection };
  CandidateNominated: CandidateNominated;
  BallotsCast: { election: number; counted: bigint; ballots: Uint8Array };
  ElectionCounted: { election: number; ballots: number; ranked: readonly number[] };
  ElectionMissed: { election: number; ballots: number; quorum: number };
}

const REPEAT_AFTER = 30 * 86_400;
const HALVINGS = 3;

/** Elections to the seats of a body. Twin of contracts/governance/Elections.sol. */
export class ElectionsFold {
  readonly address: string;
  readonly electorate: Electorate;
  readonly seats: SeatsFold;
  readonly constituencies: ConstituencyFold;
  readonly recalls: RecallFold;
  readonly handlers: object;
  last = 0;
  /** What has to become of seats in this transaction. */
  readonly due: SeatChange[] = [];
  readonly #votes: VoteGround;
  readonly #nominations: Nominations;
  readonly #elections = new Map<number, ElectionState>();

  constructor(state: FoldState, site: ElectionsSite, electorate: Electorate, seats: SeatsFold) {
    this.address = site.address;
    this.electorate = electorate;
    this.seats = seats;
    this.#votes = voteGround(state, site, electorate);
    this.constituencies = new ConstituencyFold(state.ground, seats, this.due);
    this.recalls = new RecallFold(this.#votes, this.constituencies, this.due);
    this.#nominations = new Nominations(this.#votes, seats);
    this.handlers = { ...this.constituencies.handlers, ...this.recalls.handlers, ...this.own };
  }

  readonly own: { [K in keyof ElectionEvents]: (event: ElectionEvents[K]) => void } = {
    ElectionOpened: ({ election, constituency, opened }) => {
      const { state } = this.#votes;
      state.counts.elections += 1;
      this.#checkOpening(election, constituency, opened);
      this.last = Math.max(this.last, election);
      this.constituencies.of(constituency).running = election;
      this.#elections.set(election, {
        ...opened,
        ...{ number: election, candidates: [], approvals: [], counted: false },
        ...{ supporters: new Set<number>(), voted: new Set<number>() },
        eligible: (voter) => this.electorate.onRoll(constituency, voter, opened.openedAt - 1),
        fills: (at) => seatsIn(opened.seats).some((seat) => at === seatName(constituency, seat)),
      });
    },
    CandidateNominated: (event) => {
      const one = this.#known(event.election);
      if (one !== undefined) this.#nominations.nominate(one, event);
    },
    BallotsCast: ({ election, counted, ballots }) => {
      const one = this.#known(election);
      if (one === undefined) return;
      const { now } = this.#votes.state.ground;
      if (now <= one.nominateUntil || now > one.ballotUntil) {
        const message = `Ballots in election ${election} were taken at ${tell.time(now)}, and their time is from ${tell.time(one.nominateUntil + 1)} to ${tell.time(one.ballotUntil)}.`;
        this.#find("BallotsUntimely", message, tell.time(one.ballotUntil), tell.time(now));
      }
      this.#cast(one, counted, ballots);
    },
    ElectionCounted: ({ election, ballots, ranked }) => {
      const one = this.#end(election, ballots);
      if (one === undefined) return;
      if (one.voted.size < one.quorum) {
        const message = `Election ${election} was decided by ${one.voted.size} ballots, and its quorum is ${one.quorum}.`;
        this.#find("QuorumWrong", message, String(one.quorum), String(one.voted.size));
      }
      const expected = rankCandidates(one.approvals);
      if (expected.join() !== ranked.join()) {
        const message = `Election ${election} ranks its candidates ${ranked.join(", ")}, and their approvals rank them ${expected.join(", ")}.`;
        this.#find("RankingWrong", message, expected.join(", "), ranked.join(", "));
      }
      this.constituencies.of(one.constituency).misses = 0;
      this.#seat(one, ranked);
    },
    ElectionMissed: ({ election, ballots, quorum }) => {
      const one = this.#end(election, ballots);
      if (one === undefined) return;
      if (one.voted.size >= one.quorum || quorum !== one.quorum) {
        const message = `Election ${election} is said to have missed a quorum of ${quorum}, with ${one.voted.size} ballots of ${one.quorum} needed.`;
        this.#find("QuorumWrong", message, String(one.quorum), String(quorum));
      }
      const group = this.constituencies.of(one.constituency);
      group.misses = Math.min(group.misses + 1, HALVINGS);
      group.missedAt = this.#votes.state.ground.now;
    },
  };

  all(): Iterable<ElectionState> {
    return this.#elections.values();
  }

  endTransaction(): void {
    this.due.length = 0;
  }

  #checkOpening(election: number, constituency: number, opened: OpenedElection): void {
    const { now } = this.#votes.state.ground;
    const { rules } = this.constituencies;
    const group = this.constituencies.of(constituency);
    const seats = this.constituencies.dueSeats(constituency, now);
    const voters = this.electorate.electors(constituency, now - 1);
    const nominateUntil = now + rules.nominationTime;
    const figures: OpenedElection = {
      ...{ constituency, openedAt: now, nominateUntil, ballotUntil: nominateUntil + rules.ballotTime },
      ...{ support: this.constituencies.supportNeeded(voters), electors: voters, candidates: 0 },
      ...{ counted: false, seats, quorum: shareOf(voters, rules.quorumBps >> group.misses), ballots: 0 },
    };
    const differing = (Object.keys(figures) as (keyof OpenedElection)[]).filter(
      (name) => figures[name] !== opened[name],
    );
    if (differing.length > 0) {
      const spell = (one: OpenedElection) =>
        differing.map((name) => `${name} ${String(one[name])}`).join(", ");
      const message = `Election ${election} was opened with ${spell(opened)}, and rules, roll and seats give ${spell(figures)}.`;
      this.#find("ElectionWrong", message, spell(figures), spell(opened));
    }
    const why = this.#barred(election, seats, voters, group);
    if (why !== undefined) {
      this.#find("ElectionUndue", `Election ${election} was opened, and ${why}.`, "", String(election));
    }
  }

  #barred(
    election: number,
    seats: bigint,
    voters: number,
    { running, misses, missedAt }: { running: number; misses: number; missedAt: number },
  ): string | undefined {
    if (election !== this.last + 1) return `${this.last + 1} is next`;
    if (running !== 0) return `election ${running} was under way`;
    if (seats === 0n) return "no seat was due";
    const readyAt = misses === 0 ? 0 : missedAt + REPEAT_AFTER;
    if (this.#votes.state.ground.now < readyAt) return `a repeat waits until ${tell.time(readyAt)}`;
    return voters === 0 || voters > MOST_VOTERS ? `its roll holds ${voters} voters` : undefined;
  }

  #cast(one: ElectionState, counted: bigint, bytes: Uint8Array): void {
    const { papers, hasher, electorate, address, state } = this.#votes;
    const what = `A ballot in election ${one.number}`;
    const all = papers.read(bytes, what, decodeApprovals, ({ voter, nonce, candidates: approved }) => {
      const list = keccak256(encodeWords(approved));
      return { approved, digest: hasher.digest([TYPES.ballot, one.number, voter, list, nonce]) };
    });
    if (all === undefined) return;
    state.counts.ballots += all.length;
    papers.judge({
      ...{ electorate, contract: address, papers: all, counted, what },
      misfit: ({ voter, approved }) => {
        if (one.voted.has(voter)) return ["BallotTwice", "it had voted before"];
        if (!one.eligible(voter)) return ["BallotIneligible", "it was not on the roll"];
        const sound =
          approved.length > 0 && approved.every((candidate, i) => candidate > (approved[i - 1] ?? -1));
        if (sound && approved.every((candidate) => candidate < one.candidates.length)) return undefined;
        return ["BallotUnsound", "it names no candidates, or not as ballots do"];
      },
      take: ({ voter, approved }) => {
        one.voted.add(voter);
        for (const candidate of approved) {
          if (candidate < one.approvals.length) one.approvals[candidate]! += 1;
        }
      },
    });
  }

  /** Ends an election whose time is over. */
  #end(election: number, ballots: number): ElectionState | undefined {
    const one = this.#known(election);
    if (one === undefined) return undefined;
    const { now } = this.#votes.state.ground;
    if (one.counted || now <= one.ballotUntil) {
      const why = one.counted
        ? "it had been before"
        : `ballots were taken until ${tell.time(one.ballotUntil)}`;
      const message = `Election ${election} was counted at ${tell.time(now)}, and ${why}.`;
      this.#find("CountUntimely", message, tell.time(one.ballotUntil), tell.time(now));
    }
    if (ballots !== one.voted.size) {
      const message = `Election ${election} is said to have ${ballots} ballots, and ${one.voted.size} were counted.`;
      this.#find("BallotsMiscounted", message, String(one.voted.size), String(ballots));
    }
    one.counted = true;
    this.constituencies.of(one.constituency).running = 0;
    return one;
  }

  /** What has to become of the seats that were up: emptied, then filled in the candidates' order. */
  #seat({ constituency, seats: mask, candidates }: ElectionState, ranked: readonly number[]): void {
    const { now } = this.#votes.state.ground;
    const group = this.constituencies.of(constituency);
    const up = seatsIn(mask);
    const emptied = new Set(up.map((seat) => seatName(constituency, seat)));
    for (const at of emptied) {
      const held = this.seats.seat(at);
      if (held !== undefined) this.due.push({ kind: "vacated", at, delegate: held.delegate });
    }
    const seated = new Set<number>();
    const free = (delegate: number): boolean => {
      const at = this.seats.placeOf(delegate, now);
      return !seated.has(delegate) && (at === undefined || emptied.has(at));
    };
    const rest = ranked.map((candidate) => candidates[candidate] ?? 0).filter((delegate) => delegate !== 0);
    for (const seat of up) {
      const next = rest.findIndex(free);
      if (next < 0) return;
      const [delegate] = rest.splice(0, next + 1).slice(-1) as [number];
      seated.add(delegate);
      const until = this.constituencies.untilOf(group, seat, now);
      this.due.push({ kind: "taken", at: seatName(constituency, seat), delegate, until });
    }
  }

  #known(election: number): ElectionState | undefined {
    const one = this.#elections.get(election);
    if (one === undefined)
      this.#find("ElectionUnknown", `Nobody opened election ${election}.`, "", String(election));
    return one;
  }

  #find(
    code: Parameters<FoldState["ground"]["find"]>[0],
    message: string,
    expected: string,
    found: string,
  ): void {
    this.#votes.state.ground.find(code, message, { ...(expected === "" ? {} : { expected }), found });
  }
}

/** The seats of a mask, in order. */
function seatsIn(mask: bigint): number[] {
  return Array.from({ length: 64 }, (_, seat) => seat).filter((seat) => ((mask >> BigInt(seat)) & 1n) === 1n);
}
