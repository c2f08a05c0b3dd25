/** An election as it is opened; see contracts/interfaces/IElections.sol. */
export interface OpenedElection {
  readonly constituency: number;
  readonly openedAt: number;
  readonly nominateUntil: number;
  readonly ballotUntil: number;
  readonly support: number;
  readonly electors: number;
  readonly candidates: number;
  readonly counted: boolean;
  readonly seats: bigint;
  readonly quorum: number;
  readonly ballots: number;
}

/** An election so far. */
export interface ElectionState extends Omit<OpenedElection, "candidates" | "ballots" | "counted"> {
  readonly number: number;
  /** Delegates by their places on the ballot, and how many approved of each. */
  readonly candidates: number[];
  readonly approvals: number[];
  readonly supporters: Set<number>;
  readonly voted: Set<number>;
  counted: boolean;
  /** Whether the roll that was frozen at its opening holds a voter. */
  eligible(voter: number): boolean;
  /** Whether a seat is up. */
  fills(at: string): boolean;
}
