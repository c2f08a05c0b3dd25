import { decodeSignatories } from "../../../core/ballot.ts";
import { tell } from "../ground.ts";
import type { ElectionState } from "./election.ts";
import { TYPES } from "./digests.ts";
import type { SeatsFold } from "./seats.ts";
import type { VoteGround } from "./votes.ts";

export interface CandidateNominated {
  election: number;
  candidate: number;
  delegate: number;
  statement: string;
  counted: bigint;
  supporters: Uint8Array;
}

/** Who stands in elections. Twin of contracts/governance/Nominations.sol. */
export class Nominations {
  readonly #votes: VoteGround;
  readonly #seats: SeatsFold;

  constructor(votes: VoteGround, seats: SeatsFold) {
    this.#votes = votes;
    this.#seats = seats;
  }

  /** Takes a nomination: in time, of somebody free to stand, with enough supporters. */
  nominate(election: ElectionState, event: CandidateNominated): void {
    const { now } = this.#votes.state.ground;
    const { delegate, candidate } = event;
    if (now > election.nominateUntil) {
      this.#find(event, `nominations ended ${tell.time(election.nominateUntil)}`, "NominationUntimely");
    }
    if (candidate !== election.candidates.length) {
      this.#find(event, `${election.candidates.length} is the next place on the ballot`);
    }
    if (election.candidates.includes(delegate)) this.#find(event, "it was nominated before");
    const at = this.#seats.placeOf(delegate, now);
    if (at !== undefined && !election.fills(at)) this.#find(event, `it sits on ${at}`);
    const supporters = this.#support(election, event);
    if (supporters < election.support) {
      this.#find(event, `${supporters} supported it where ${election.support} must`);
    }
    election.candidates.push(delegate);
    election.approvals.push(0);
  }

  /** Judges the supporters' signatures. @returns how many counted */
  #support(election: ElectionState, { delegate, counted, supporters }: CandidateNominated): number {
    const { papers, hasher, electorate, address, state } = this.#votes;
    const what = `A support of delegate ${delegate} in election ${election.number}`;
    const all = papers.read(supporters, what, decodeSignatories, ({ voter, nonce }) => ({
      digest: hasher.digest([TYPES.support, election.number, delegate, voter, nonce]),
    }));
    if (all === undefined) return 0;
    state.counts.ballots += all.length;
    return papers.judge({
      ...{ electorate, contract: address, papers: all, counted, what },
      misfit: ({ voter }) => {
        if (election.supporters.has(voter)) return ["BallotTwice", "it had supported somebody before"];
        return election.eligible(voter) ? undefined : ["BallotIneligible", "it was not on the roll"];
      },
      take: ({ voter }) => election.supporters.add(voter),
    });
  }

  #find(
    { election, delegate }: CandidateNominated,
    why: string,
    code: "NominationWrong" | "NominationUntimely" = "NominationWrong",
  ): void {
    const message = `Delegate ${delegate} was nominated in election ${election}, and ${why}.`;
    this.#votes.state.ground.find(code, message, { found: String(delegate) });
  }
}
