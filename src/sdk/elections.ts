import type { TransactionReceipt } from "ethers";
import type { Body } from "../chain/ballotSigning.ts";
import { countedOf, encodeApprovals, encodeConsent, encodeSignatories } from "../core/ballot.ts";
import type { ApprovalBallot, Candidacy, Consent, Signed } from "../core/ballot.ts";
import { ConsortiaError } from "../core/error.ts";
import { delegateId } from "../core/ids.ts";
import type { DelegateId, Voter } from "../core/ids.ts";
import type { Elections } from "../chain/types/index.ts";
import type { Consortium } from "./consortium.ts";
import { eventOf } from "./receipt.ts";
import { read, verb } from "./verb.ts";

/** One of the elections to a body. */
export interface ElectionOf {
  readonly body: Body;
  readonly election: number;
}

/** A body's elections. */
export function electionsOf({ contracts: { governance } }: Consortium, body: Body): Elections {
  return governance[`${body}Elections`];
}

const opening = verb<{ body: Body; constituency: number }>((c, a) =>
  electionsOf(c, a.body).open.populateTransaction(a.constituency),
);
/** Opens an election for all seats of a constituency that are due. Anyone. */
export const prepareOpening = opening.prepare;

/** Opens an election and returns its number. */
export async function sendOpening(
  consortium: Consortium,
  input: { body: Body; constituency: number },
): Promise<{ election: number; receipt: TransactionReceipt }> {
  const receipt = await opening.send(consortium, input);
  const { args } = eventOf(electionsOf(consortium, input.body), receipt, "ElectionOpened");
  return { election: Number(args.election), receipt };
}

/** A candidate with its consent and those who support it. */
export interface Nomination extends Candidacy {
  readonly body: Body;
  readonly supporters: readonly Signed[];
  readonly consent: Consent;
}

const nomination = verb<Nomination>((c, a) =>
  electionsOf(c, a.body).nominate.populateTransaction(
    a.election,
    a.delegate,
    a.statement,
    encodeSignatories(a.supporters),
    encodeConsent(a.consent),
  ),
);
/** Nominates a delegate with its consent and enough supports. Anyone. */
export const prepareNomination = nomination.prepare;

/** Nominates a delegate and returns its place on the ballot, with the supports that counted. */
export async function sendNomination(
  consortium: Consortium,
  input: Nomination,
): Promise<{ candidate: number; counted: readonly Signed[]; receipt: TransactionReceipt }> {
  const receipt = await nomination.send(consortium, input);
  const { args } = eventOf(electionsOf(consortium, input.body), receipt, "CandidateNominated");
  const counted = countedOf(input.supporters, args.counted as bigint);
  return { candidate: Number(args.candidate), counted, receipt };
}

/** Ballots of an election, 256 at the most. */
export interface ApprovalBatch extends ElectionOf {
  readonly ballots: readonly ApprovalBallot[];
}

const approvals = verb<ApprovalBatch>((c, a) =>
  electionsOf(c, a.body).cast.populateTransaction(a.election, encodeApprovals(a.ballots)),
);
/** Casts ballots. Anyone; one that is not good is left out. */
export const prepareApprovals = approvals.prepare;

/** Casts ballots and returns those that counted. */
export async function sendApprovals(
  consortium: Consortium,
  input: ApprovalBatch,
): Promise<{ counted: readonly ApprovalBallot[]; receipt: TransactionReceipt }> {
  const receipt = await approvals.send(consortium, input);
  const { args } = eventOf(electionsOf(consortium, input.body), receipt, "BallotsCast");
  return { counted: countedOf(input.ballots, args.counted as bigint), receipt };
}

/** Ends an election whose time is over, and seats who won. Anyone. */
export const { prepare: prepareCount, send: sendCount } = verb<ElectionOf>((c, a) =>
  electionsOf(c, a.body).count.populateTransaction(a.election),
);

/** Where an election stands by the chain's clock. */
export type ElectionStage = "nominations" | "ballots" | "countable" | "counted";

/** An election as it was opened, and what has come of it so far; times in seconds since 1970. */
export interface Election extends ElectionOf {
  readonly constituency: number;
  readonly stage: ElectionStage;
  readonly openedAt: number;
  /** Last second for nominations, and for ballots. */
  readonly nominateUntil: number;
  readonly ballotUntil: number;
  /** How many voters must support a nomination. */
  readonly support: number;
  readonly electors: number;
  /** How many ballots it needs, and has. */
  readonly quorum: number;
  readonly ballots: number;
  /** The seats that are filled. */
  readonly seats: readonly number[];
  /** In the order of nomination. */
  readonly candidates: readonly Candidate[];
}

export interface Candidate {
  readonly candidate: number;
  readonly delegate: DelegateId;
  readonly approvals: number;
}

/** One election with its candidates. @throws `ElectionUnknown` */
export async function readElection(
  consortium: Consortium,
  { body, election }: ElectionOf,
): Promise<Election> {
  const elections = electionsOf(consortium, body);
  const [one, block] = await read(
    Promise.all([elections.electionOf(election), consortium.provider.getBlock("latest")]),
  );
  if (one.openedAt === 0n) {
    throw new ConsortiaError("ElectionUnknown", `There is no election ${election} to the ${body}.`, {
      values: { body, election },
    });
  }
  const places = Array.from({ length: Number(one.candidates) }, (_, place) => place);
  const candidates = await Promise.all(places.map((place) => readCandidate(elections, election, place)));
  const [nominateUntil, ballotUntil] = [Number(one.nominateUntil), Number(one.ballotUntil)];
  return {
    body,
    election,
    constituency: Number(one.constituency),
    stage: one.counted ? "counted" : stageAt(block?.timestamp ?? 0, nominateUntil, ballotUntil),
    openedAt: Number(one.openedAt),
    nominateUntil,
    ballotUntil,
    support: Number(one.support),
    electors: Number(one.electors),
    quorum: Number(one.quorum),
    ballots: Number(one.ballots),
    seats: seatsIn(one.seats),
    candidates,
  };
}

/** Whether a voter's ballot was counted. */
export async function hasVotedIn(consortium: Consortium, { body, election }: ElectionOf, voter: Voter) {
  return read(electionsOf(consortium, body).hasVoted(election, voter));
}

/** A constituency as it stands. */
export interface Constituency {
  readonly seats: number;
  readonly groups: number;
  /** The election under way; undefined where there is none. */
  readonly running?: number;
  /** How often in a row the quorum was missed. */
  readonly misses: number;
  /** The seats that an election opened now would fill. */
  readonly due: readonly number[];
}

export async function readConstituency(
  consortium: Consortium,
  { body, constituency }: { body: Body; constituency: number },
): Promise<Constituency> {
  const elections = electionsOf(consortium, body);
  const [one, due] = await read(
    Promise.all([elections.constituencyOf(constituency), elections.dueSeats(constituency)]),
  );
  return {
    seats: Number(one.seats),
    groups: Number(one.groups),
    ...(one.running === 0n ? {} : { running: Number(one.running) }),
    misses: Number(one.misses),
    due: seatsIn(due),
  };
}

async function readCandidate(elections: Elections, election: number, place: number): Promise<Candidate> {
  const [delegate, count] = await read(elections.candidateOf(election, place));
  return { candidate: place, delegate: delegateId(Number(delegate)), approvals: Number(count) };
}

function stageAt(now: number, nominateUntil: number, ballotUntil: number): ElectionStage {
  if (now <= nominateUntil) return "nominations";
  return now <= ballotUntil ? "ballots" : "countable";
}

/** The numbers of the bits that are set. */
function seatsIn(mask: bigint): number[] {
  return Array.from({ length: 64 }, (_, seat) => seat).filter((seat) => ((mask >> BigInt(seat)) & 1n) === 1n);
}
