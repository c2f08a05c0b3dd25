import { EXPIRATION, type OperationFold } from "../operations.ts";
import type { Electorate } from "./electorate.ts";
import { deadlineOf, shareOfVotes, type Proposal, type ProposalStage } from "./proposals.ts";

const REPEAT_AFTER = 30 * 86_400;
const HALVINGS = 3;

/** What a repeat of the same calls is weighed by. */
export interface Repeat {
  /** How often its quorum is halved. */
  readonly halvings: number;
  /** Whether the one after it counts from it. */
  readonly anchors: boolean;
}

/** Whether it is still voted on, or will be. */
export const isLive = (stage: ProposalStage): boolean => stage === "pending" || stage === "active";

/** Where a chamber's proposals stand. Twin of `Chamber.state`. */
export class Stages {
  readonly #electorate: Electorate;
  readonly #operations: OperationFold;

  constructor(electorate: Electorate, operations: OperationFold) {
    this.#electorate = electorate;
    this.#operations = operations;
  }

  /** How many votes a proposal needs. Only once voting has begun. */
  quorumOf({ snapshot, quorumBps, halvings }: Proposal): bigint {
    return shareOfVotes(this.#electorate.totalAt(snapshot), quorumBps, halvings);
  }

  /** Where a proposal stands at a second, what its own execution does in the transaction at hand apart. */
  at(one: Proposal, now: number): ProposalStage {
    if (one.executed) return "executed";
    if (now <= one.snapshot) return "pending";
    if (now <= deadlineOf(one)) return "active";
    if (!succeeded(one) || !this.#quorumReached(one)) return "defeated";
    const since = one.eta === 0 ? deadlineOf(one) : one.eta;
    if (now >= since + EXPIRATION) return "expired";
    const waits = (id: string): boolean => this.#operations.scheduleBefore(id, now) === one.eta;
    if (!one.operations.every(waits)) return "canceled";
    return one.eta === 0 ? "succeeded" : "queued";
  }

  /** How calls are weighed that come again. Twin of `Chamber._repeated`. */
  repeat(last: Proposal | undefined, now: number): Repeat {
    if (last === undefined) return { halvings: 0, anchors: true };
    const stage = this.at(last, now);
    if (isLive(stage)) return { halvings: last.halvings, anchors: false };
    if (stage !== "defeated" || !this.#quorumMissed(last)) return { halvings: 0, anchors: true };
    if (now < deadlineOf(last) + REPEAT_AFTER) return { halvings: 0, anchors: false };
    return { halvings: Math.min(last.halvings + 1, HALVINGS), anchors: true };
  }

  #quorumReached(one: Proposal): boolean {
    return one.votes.for + one.votes.abstain >= this.quorumOf(one);
  }

  /** Whether it failed for want of votes, and not by them. */
  #quorumMissed(one: Proposal): boolean {
    const { against, for: support, abstain } = one.votes;
    if (against + support + abstain < this.quorumOf(one)) return true;
    return !this.#quorumReached(one) && succeeded(one);
  }
}

/** Whether more voted for than against, or twice as many. */
function succeeded({ votes, twoThirds }: Proposal): boolean {
  if (votes.for === 0n) return false;
  return twoThirds ? votes.for >= 2n * votes.against : votes.for > votes.against;
}
