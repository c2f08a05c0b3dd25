import { decodeVotes, SUPPORTS } from "../../../core/ballot.ts";
import { tell } from "../ground.ts";
import { TYPES } from "./digests.ts";
import { deadlineOf, shareOfVotes, type Proposal, type ProposalStage } from "./proposals.ts";
import type { ChamberSettings } from "./settings.ts";
import type { VoteGround } from "./votes.ts";

export interface TallyEvents {
  BallotsCast: { proposalId: bigint; counted: bigint; ballots: Uint8Array };
  ProposalExtended: { proposalId: bigint; extendedDeadline: bigint };
}

/** How a chamber counts. Twin of contracts/governance/Tally.sol. */
export class TallyFold {
  readonly #votes: VoteGround;
  readonly #settings: ChamberSettings;
  readonly #known: (id: bigint) => Proposal | undefined;
  readonly #stageOf: (one: Proposal) => ProposalStage;
  /** A vote that has to be prolonged, in this transaction. */
  #due: Proposal | undefined;

  constructor(
    votes: VoteGround,
    settings: ChamberSettings,
    known: (id: bigint) => Proposal | undefined,
    stageOf: (one: Proposal) => ProposalStage,
  ) {
    this.#votes = votes;
    this.#settings = settings;
    this.#known = known;
    this.#stageOf = stageOf;
  }

  readonly handlers: { [K in keyof TallyEvents]: (event: TallyEvents[K]) => void } = {
    BallotsCast: ({ proposalId, counted, ballots }) => {
      const one = this.#known(proposalId);
      if (one === undefined) return;
      const { now } = this.#votes.state.ground;
      const stage = this.#stageOf(one);
      if (stage !== "active") {
        const [expected, found] = [tell.time(deadlineOf(one)), tell.time(now)];
        const message = `Ballots on a proposal of ${this.#votes.name} were taken while it was ${stage}: voting lasts from ${tell.time(one.snapshot + 1)} to ${expected}.`;
        this.#votes.state.ground.find("BallotsUntimely", message, { expected, found });
      }
      this.#count(one, counted, ballots);
      this.#prolong(one);
    },
    ProposalExtended: ({ proposalId, extendedDeadline }) => {
      const one = this.#known(proposalId);
      if (one === undefined) return;
      if (this.#due !== one || BigInt(one.extended) !== extendedDeadline) {
        const expected = this.#due === one ? tell.time(one.extended) : "no change";
        this.#unprolonged(expected, tell.time(Number(extendedDeadline)));
      }
      this.#due = undefined;
      one.extended = Number(extendedDeadline);
    },
  };

  endTransaction(): void {
    if (this.#due !== undefined) this.#unprolonged(tell.time(this.#due.extended), "no change");
    this.#due = undefined;
  }

  #count(one: Proposal, counted: bigint, bytes: Uint8Array): void {
    const { papers, hasher, electorate, address, name, state } = this.#votes;
    const what = `A ballot of ${name}`;
    // What means nothing never counts, whatever was signed.
    const all = papers.read(bytes, what, decodeVotes, ({ voter, nonce, support }) => ({
      support,
      digest: hasher.digest([TYPES.vote, one.id, voter, SUPPORTS[support ?? "against"], nonce]),
    }));
    if (all === undefined) return;
    state.counts.ballots += all.length;
    papers.judge({
      ...{ electorate, contract: address, papers: all, counted, what },
      misfit: ({ voter, support }) => {
        if (one.voted.has(voter)) return ["BallotTwice", "it had voted before"];
        if (electorate.votesAt(voter, one.snapshot) === 0n) return ["BallotIneligible", "it had no vote"];
        return support === undefined ? ["BallotUnsound", "it says nothing that ballots can"] : undefined;
      },
      take: ({ voter, support }) => {
        one.voted.add(voter);
        if (support !== undefined) one.votes[support] += electorate.votesAt(voter, one.snapshot);
      },
    });
  }

  /** A quorum that is reached late prolongs the vote, once. */
  #prolong(one: Proposal): void {
    if (one.extended !== 0) return;
    const { electorate, state } = this.#votes;
    const { for: support, abstain } = one.votes;
    const quorum = shareOfVotes(electorate.totalAt(one.snapshot), one.quorumBps, one.halvings);
    if (support + abstain < quorum) return;
    const extended = state.ground.now + this.#settings.lateExtension;
    if (extended > deadlineOf(one)) this.#due = one;
    one.extended = extended;
  }

  #unprolonged(expected: string, found: string): void {
    const message = `A vote of ${this.#votes.name} was prolonged by ${found}, and by the rules it is ${expected}.`;
    this.#votes.state.ground.find("DeadlineWrong", message, { expected, found });
  }
}
