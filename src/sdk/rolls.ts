import type { Body, House } from "../chain/ballotSigning.ts";
import type { Voter } from "../core/ids.ts";
import { voterAccount, type VoterSort } from "../core/voter.ts";
import type { Consortium } from "./consortium.ts";
import { chamberOf, type ProposalOf } from "./proposals.ts";
import { read } from "./verb.ts";

/** How many voters one word of a roll holds. */
const WORD_VOTERS = 208;

/** Who elects a body: members the Council, the Council's delegates the Board. */
export function electorsOf(body: Body): VoterSort {
  return body === "council" ? "member" : "delegate";
}

/** Who decides in a house. */
export function votersOf(house: House): VoterSort {
  return house === "assembly" ? "member" : "delegate";
}

/** Whether a voter stands on the roll of a constituency as it was at a second that is over. */
export async function isOnRoll(
  { contracts: { governance } }: Consortium,
  { body, constituency, voter, at }: { body: Body; constituency: number; voter: Voter; at: number },
): Promise<boolean> {
  const electorate = body === "council" ? governance.voice : governance.councilSeats;
  const word = await read(electorate.rollWord(constituency, Math.floor(voter / WORD_VOTERS), at));
  return ((word >> BigInt(voter % WORD_VOTERS)) & 1n) === 1n;
}

/** What a voter's word weighed in a house at a second that is over: seats, or units of voice. */
export async function weightOf(
  { contracts: { governance } }: Consortium,
  { house, voter, at }: { house: House; voter: Voter; at: number },
): Promise<bigint> {
  const votes = house === "assembly" ? governance.voice : governance[`${house}Seats`];
  return read(votes.getPastVotes(voterAccount(votersOf(house), voter), at));
}

/** Whether a voter's ballot on a proposal was counted. */
export async function hasVotedOn(
  consortium: Consortium,
  { house, proposal }: ProposalOf,
  voter: Voter,
): Promise<boolean> {
  return read(chamberOf(consortium, house).hasVoted(proposal, voterAccount(votersOf(house), voter)));
}
