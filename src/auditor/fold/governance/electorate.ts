import type { VoterSort } from "../../../core/voter.ts";

/** Whether a key may vote, and the nonce that its ballots must bear. */
export interface KeyStanding {
  readonly may: boolean;
  readonly nonce: number;
}

/** Who votes, and with how much, by the logs. Twin of contracts/interfaces/IElectorate.sol and ERC-5805. */
export interface Electorate {
  readonly sort: VoterSort;
  /** As it stood when a log was written. */
  mayVoteAt(voter: number, key: string, position: number): KeyStanding;
  /** Whether a voter was on a constituency's roll at a second. */
  onRoll(constituency: number, voter: number, time: number): boolean;
  /** How many were. */
  electors(constituency: number, time: number): number;
  /** What a voter weighed at a second. */
  votesAt(voter: number, time: number): bigint;
  /** What all weighed together. */
  totalAt(time: number): bigint;
}

/** How a voter is told of. */
export const tellVoter = (sort: VoterSort, voter: number): string => `${sort} ${voter}`;
