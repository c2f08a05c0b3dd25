import { id, type TransactionReceipt } from "ethers";
import type { House } from "../chain/ballotSigning.ts";
import type { Chamber } from "../chain/types/index.ts";
import { countedOf, encodeSignatories, encodeVotes } from "../core/ballot.ts";
import type { ProposalBallot, Signed, Support } from "../core/ballot.ts";
import { ConsortiaError } from "../core/error.ts";
import type { Voter } from "../core/ids.ts";
import type { Consortium } from "./consortium.ts";
import { eventOf } from "./receipt.ts";
import { read, verb } from "./verb.ts";
import type { PreparedCall } from "./verb.ts";

/** What a chamber is to decide: the calls it makes if it agrees, in this order, and why. */
export interface Motion {
  readonly house: House;
  readonly calls: readonly PreparedCall[];
  readonly description: string;
}

/** A chamber. */
export function chamberOf({ contracts: { governance } }: Consortium, house: House): Chamber {
  return governance[house];
}

/** A motion as the Governor takes it. Chambers hold no coins, so every call carries none. */
function actsOf({ calls }: Motion): [targets: string[], values: bigint[], calldatas: string[]] {
  return [calls.map(({ to }) => to), calls.map(() => 0n), calls.map(({ data }) => data)];
}

/** A motion's number, whether it was put yet or not: what its ballots and petitions sign. */
export async function proposalIdOf(consortium: Consortium, motion: Motion): Promise<bigint> {
  const chamber = chamberOf(consortium, motion.house);
  return read(chamber.hashProposal(...actsOf(motion), id(motion.description)));
}

const proposal = verb<Motion & { voter: Voter }>((c, a) =>
  chamberOf(c, a.house).proposeAs.populateTransaction(a.voter, ...actsOf(a), a.description),
);
/** Proposes as a voter that has no other proposal that is voted on. A key of the voter. */
export const prepareProposal = proposal.prepare;

/** Proposes and returns the proposal's number. */
export async function sendProposal(
  consortium: Consortium,
  input: Motion & { voter: Voter },
): Promise<{ proposal: bigint; receipt: TransactionReceipt }> {
  const receipt = await proposal.send(consortium, input);
  return { proposal: proposalIn(consortium, input, receipt), receipt };
}

/** A motion with the voters who want it put. */
export interface Petition extends Motion {
  readonly signatures: readonly Signed[];
}

const petition = verb<Petition>((c, a) =>
  chamberOf(c, a.house).petition.populateTransaction(
    ...actsOf(a),
    a.description,
    encodeSignatories([...a.signatures].sort((one, other) => one.voter - other.voter)),
  ),
);
/** Proposes what enough voters signed. Anyone; their order does not matter. */
export const preparePetition = petition.prepare;

/** Proposes by petition and returns the proposal's number and the votes behind the good signatures. */
export async function sendPetition(
  consortium: Consortium,
  input: Petition,
): Promise<{ proposal: bigint; weight: bigint; receipt: TransactionReceipt }> {
  const receipt = await petition.send(consortium, input);
  const { args } = eventOf(chamberOf(consortium, input.house), receipt, "PetitionFiled");
  return { proposal: args.proposalId as bigint, weight: args.weight as bigint, receipt };
}

/** One of a chamber's proposals. */
export interface ProposalOf {
  readonly house: House;
  readonly proposal: bigint;
}

/** Ballots on a proposal, 256 at the most. */
export interface VoteBatch extends ProposalOf {
  readonly ballots: readonly (ProposalBallot & { readonly support: Support })[];
}

const votes = verb<VoteBatch>((c, a) =>
  chamberOf(c, a.house).cast.populateTransaction(a.proposal, encodeVotes(a.ballots)),
);
/** Casts ballots. Anyone; one that is not good is left out. */
export const prepareVotes = votes.prepare;

/** Casts ballots and returns those that counted. */
export async function sendVotes(
  consortium: Consortium,
  input: VoteBatch,
): Promise<{ counted: VoteBatch["ballots"]; receipt: TransactionReceipt }> {
  const receipt = await votes.send(consortium, input);
  const { args } = eventOf(chamberOf(consortium, input.house), receipt, "BallotsCast");
  return { counted: countedOf(input.ballots, args.counted as bigint), receipt };
}

/** Queues what has passed and must wait. Anyone. */
export const { prepare: prepareQueue, send: sendQueue } = verb<Motion>((c, a) =>
  chamberOf(c, a.house)
    .getFunction("queue(address[],uint256[],bytes[],bytes32)")
    .populateTransaction(...actsOf(a), id(a.description)),
);

/** Executes what has passed, once it has waited. Anyone. */
export const { prepare: prepareExecution, send: sendExecution } = verb<Motion>((c, a) =>
  chamberOf(c, a.house)
    .getFunction("execute(address[],uint256[],bytes[],bytes32)")
    .populateTransaction(...actsOf(a), id(a.description)),
);

/** Where a proposal stands, in the order of the Governor's states. */
export const PROPOSAL_STATES = [
  "pending",
  "active",
  "canceled",
  "defeated",
  "succeeded",
  "queued",
  "expired",
  "executed",
] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** A proposal as it stands; times in seconds since 1970. */
export interface Proposal extends ProposalOf {
  readonly state: ProposalState;
  /** When voting begins and votes are weighed, and when it ends. */
  readonly snapshot: number;
  readonly deadline: number;
  /** From when it can be executed; undefined while it is not queued. */
  readonly readyAt?: number;
  readonly votes: Readonly<Record<Support, bigint>>;
  /** What for and abstain must reach; undefined before voting begins. */
  readonly quorum?: bigint;
  /** Whether it must wait in the queue once it has passed. */
  readonly waits: boolean;
}

/** One proposal. @throws `GovernorNonexistentProposal` */
export async function readProposal(
  consortium: Consortium,
  { house, proposal: number }: ProposalOf,
): Promise<Proposal> {
  const chamber = chamberOf(consortium, house);
  const state = PROPOSAL_STATES[Number(await read(chamber.state(number)))] ?? "pending";
  const [snapshot, deadline, eta, counted, waits] = await read(
    Promise.all([
      chamber.proposalSnapshot(number),
      chamber.proposalDeadline(number),
      chamber.proposalEta(number),
      chamber.proposalVotes(number),
      chamber.proposalNeedsQueuing(number),
    ]),
  );
  const quorum = state === "pending" ? undefined : await read(chamber.quorumOf(number));
  const [against, agreed, abstain] = counted;
  return {
    house,
    proposal: number,
    state,
    snapshot: Number(snapshot),
    deadline: Number(deadline),
    ...(eta === 0n ? {} : { readyAt: Number(eta) }),
    votes: { against, for: agreed, abstain },
    ...(quorum === undefined ? {} : { quorum }),
    waits,
  };
}

function proposalIn(consortium: Consortium, { house }: Motion, receipt: TransactionReceipt): bigint {
  const { args } = eventOf(chamberOf(consortium, house), receipt, "ProposalCreated");
  const number: unknown = args.proposalId;
  if (typeof number === "bigint") return number;
  throw new ConsortiaError("EventMissing", `Transaction ${receipt.hash} names no proposal.`);
}
