import { Signature, concat, id, toBeHex, zeroPadValue } from "ethers";
import type { BaseContract, HDNodeWallet, TypedDataDomain } from "ethers";
import type { Chamber } from "../../src/chain/types/index.ts";
import { CHAMBER_TYPES } from "../../src/core/ballot.ts";
import type { Chambers, Hall, Voter } from "./chambers.ts";

/** As the Governor numbers them. */
export const STATES = [
  "Pending",
  "Active",
  "Canceled",
  "Defeated",
  "Succeeded",
  "Queued",
  "Expired",
  "Executed",
] as const;
export const AGAINST = 0;
export const FOR = 1;
export const ABSTAIN = 2;

/** A call that a chamber decides on. */
export interface Act {
  readonly target: string;
  readonly data: string;
}

/** A proposal. */
export interface Motion {
  readonly hall: Hall;
  readonly id: bigint;
  readonly description: string;
  /** As the Governor's `queue` and `execute` want it. */
  readonly args: [string[], bigint[], string[], string];
}

/** A number in so many bytes. */
export const bytes = (value: number | bigint, size: number) => zeroPadValue(toBeHex(value), size);

/** A call of a contract's function. */
export async function act(contract: BaseContract, name: string, args: readonly unknown[]): Promise<Act> {
  return { target: await contract.getAddress(), data: contract.interface.encodeFunctionData(name, args) };
}

export async function domainOf(chamber: Chamber): Promise<TypedDataDomain> {
  const { name, version, chainId, verifyingContract } = await chamber.eip712Domain();
  return { name, version, chainId, verifyingContract };
}

/** A proposal as it would be, proposed or not. */
export async function draft(hall: Hall, acts: readonly Act[], description: string): Promise<Motion> {
  const calls = [acts.map(({ target }) => target), acts.map(() => 0n), acts.map(({ data }) => data)] as const;
  const args: Motion["args"] = [...calls, id(description)];
  return { hall, id: await hall.chamber.getProposalId(...args), description, args };
}

/** Sends a proposal in a voter's name, the first one's unless told otherwise. */
export async function send(motion: Motion, voter = first(motion.hall)) {
  const [targets, values, calldatas] = motion.args;
  return motion.hall.chamber
    .connect(voter.key)
    .proposeAs(voter.number, targets, values, calldatas, motion.description);
}

/** Proposes. */
export async function propose(hall: Hall, acts: readonly Act[], description = "", voter = first(hall)) {
  const motion = await draft(hall, acts, description);
  await send(motion, voter);
  return motion;
}

/** A signed ballot, packed. `by` is the voter's key and `domain` the chamber's unless a test says otherwise. */
export async function ballot(
  motion: Motion,
  voter: Voter,
  support: number,
  other: { by?: HDNodeWallet; domain?: TypedDataDomain; nonce?: number; proposalId?: bigint } = {},
): Promise<string> {
  const { by = voter.key, nonce = 0, proposalId = motion.id } = other;
  const domain = other.domain ?? (await domainOf(motion.hall.chamber));
  const signed = await by.signTypedData(domain, CHAMBER_TYPES.ballot, {
    proposalId,
    voter: voter.number,
    support,
    nonce,
  });
  const { r, yParityAndS } = Signature.from(signed);
  return concat([bytes(voter.number, 4), bytes(nonce, 4), bytes(support, 1), "0x00", r, yParityAndS]);
}

/** A ballot for which the sender stands itself. */
export function ownBallot(voter: number, support: number, nonce = 0): string {
  return concat([bytes(voter, 4), bytes(nonce, 4), bytes(support, 1), "0x02"]);
}

/** A signature under a petition, packed. */
export async function signature(motion: Motion, voter: Voter, nonce = 0): Promise<string> {
  const domain = await domainOf(motion.hall.chamber);
  const value = { proposalId: motion.id, voter: voter.number, nonce };
  const { r, yParityAndS } = Signature.from(
    await voter.key.signTypedData(domain, CHAMBER_TYPES.petition, value),
  );
  return concat([bytes(voter.number, 4), bytes(nonce, 4), "0x00", r, yParityAndS]);
}

/** Files a petition with these signatories; anyone may, so a stranger does. */
export async function petition(w: Chambers, motion: Motion, signatories: readonly Voter[]) {
  const [targets, values, calldatas] = motion.args;
  const signatures = await Promise.all(signatories.map((voter) => signature(motion, voter)));
  return motion.hall.chamber
    .connect(w.stranger)
    .petition(targets, values, calldatas, motion.description, concat(signatures));
}

/** Casts ballots of these voters, all alike, in one batch that a stranger posts. */
export async function vote(w: Chambers, motion: Motion, voters: readonly Voter[], support = FOR) {
  const ballots = await Promise.all(voters.map((voter) => ballot(motion, voter, support)));
  return motion.hall.chamber.connect(w.stranger).cast(motion.id, concat(ballots));
}

export async function stateOf(motion: Motion): Promise<(typeof STATES)[number] | undefined> {
  return STATES[Number(await motion.hall.chamber.state(motion.id))];
}

/** Waits until ballots are taken. */
export async function opened(w: Chambers, motion: Motion): Promise<Motion> {
  await w.time.increaseTo((await motion.hall.chamber.proposalSnapshot(motion.id)) + 1n);
  return motion;
}

/** Waits until no more ballots are taken. */
export async function closed(w: Chambers, motion: Motion): Promise<Motion> {
  await w.time.increaseTo((await motion.hall.chamber.proposalDeadline(motion.id)) + 1n);
  return motion;
}

/** Proposes and has so many vote for, against and abstain, in this order, until voting is over. */
export async function decide(
  w: Chambers,
  hall: Hall,
  acts: readonly Act[],
  options: { description?: string; voter?: Voter; votes?: readonly [number, number?, number?] } = {},
): Promise<Motion> {
  const motion = await opened(w, await propose(hall, acts, options.description, options.voter));
  const [yes, no = 0, neither = 0] = options.votes ?? [hall.voters.length];
  await vote(w, motion, hall.voters.slice(0, yes), FOR);
  await vote(w, motion, hall.voters.slice(yes, yes + no), AGAINST);
  await vote(w, motion, hall.voters.slice(yes + no, yes + no + neither), ABSTAIN);
  return closed(w, motion);
}

/** Anyone queues what passed. */
export async function queue(w: Chambers, motion: Motion): Promise<Motion> {
  await motion.hall.chamber.connect(w.stranger).queue(...motion.args);
  return motion;
}

/** Anyone executes what passed. */
export async function execute(w: Chambers, motion: Motion) {
  return motion.hall.chamber.connect(w.stranger).execute(...motion.args);
}

/** Waits for a queued proposal's time. */
export async function due(w: Chambers, motion: Motion): Promise<Motion> {
  await w.time.increaseTo(await motion.hall.chamber.proposalEta(motion.id));
  return motion;
}

/** From proposal to execution, with everybody's votes unless told otherwise. */
export async function enact(
  w: Chambers,
  hall: Hall,
  acts: readonly Act[],
  options: Parameters<typeof decide>[3] = {},
): Promise<Motion> {
  const motion = await decide(w, hall, acts, options);
  if (await hall.chamber.proposalNeedsQueuing(motion.id)) await due(w, await queue(w, motion));
  await execute(w, motion);
  return motion;
}

function first(hall: Hall): Voter {
  const [voter] = hall.voters;
  if (voter === undefined) throw new Error("a chamber without voters cannot propose");
  return voter;
}
