import { AbiCoder, getBytes, hexlify } from "ethers";
import type { Support } from "../../../core/ballot.ts";
import { keccak256, toHash } from "../../../core/keccak.ts";

export interface ProposalCreated {
  proposalId: bigint;
  proposer: string;
  targets: readonly string[];
  values: readonly bigint[];
  calldatas: readonly Uint8Array[];
  voteStart: bigint;
  voteEnd: bigint;
  description: Uint8Array;
}

/** Where a proposal stands, in the order of OpenZeppelin's `ProposalState`. */
export const STATES = [
  "pending",
  "active",
  "canceled",
  "defeated",
  "succeeded",
  "queued",
  "expired",
  "executed",
] as const;
export type ProposalStage = (typeof STATES)[number];

/** A proposal so far. */
export interface Proposal {
  readonly id: bigint;
  readonly proposer: string;
  readonly targets: readonly string[];
  readonly calldatas: readonly string[];
  /** Voting begins after this second and ends with the other. */
  readonly snapshot: number;
  readonly voteEnd: number;
  /** What voting was prolonged to, as far as it was checked; zero before the quorum is reached. */
  extended: number;
  /** Its id were its description's hash zero. */
  readonly subject: bigint;
  /** How long it has to wait after its vote, in seconds. */
  readonly delay: number;
  quorumBps: number;
  halvings: number;
  twoThirds: boolean;
  readonly votes: Record<Support, bigint>;
  readonly voted: Set<number>;
  /** From when it can be executed; zero before it is queued. */
  eta: number;
  /** What it has scheduled in the charter. */
  operations: readonly string[];
  executed: boolean;
}

const encode = (
  targets: readonly string[],
  values: readonly bigint[],
  calls: readonly string[],
  hash: string,
) =>
  BigInt(
    toHash(
      keccak256(
        getBytes(
          AbiCoder.defaultAbiCoder().encode(
            ["address[]", "uint256[]", "bytes[]", "bytes32"],
            [targets, values, calls, hash],
          ),
        ),
      ),
    ),
  );

/** A proposal's id and its subject, worked out from what it says. */
export function identify(event: ProposalCreated): { readonly id: bigint; readonly subject: bigint } {
  const { targets, values, description } = event;
  const calls = event.calldatas.map((data) => hexlify(data));
  return {
    id: encode(targets, values, calls, toHash(keccak256(description))),
    subject: encode(targets, values, calls, `0x${"0".repeat(64)}`),
  };
}

/** When voting ends. */
export const deadlineOf = ({ voteEnd, extended }: Proposal): number => Math.max(voteEnd, extended);

/** The sum of votes that a share of all votes comes to: rounded up, at least one. */
export function shareOfVotes(total: bigint, bps: number, halvings = 0): bigint {
  const whole = 10_000n << BigInt(halvings);
  const share = (total * BigInt(bps) + whole - 1n) / whole;
  return share > 1n ? share : 1n;
}
