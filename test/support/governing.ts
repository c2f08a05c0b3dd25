import type { Interface } from "ethers";
import { hash } from "../../src/core/ids.ts";
import type { DelegateId } from "../../src/core/ids.ts";
import { addMonths, periodStart } from "../../src/core/period.ts";
import { handoverCalls } from "../../deploy/modules/Handover.ts";
import type { CharterCall, Handover } from "../../deploy/modules/Handover.ts";
import * as ballots from "../../src/sdk/ballots.ts";
import { sendApprovals, sendNomination, sendOpening } from "../../src/sdk/elections.ts";
import { sendVoiceSyncAll } from "../../src/sdk/voice.ts";
import { sendEnrolment } from "../../src/sdk/delegates.ts";
import { sendProposal, sendQueue, sendVotes } from "../../src/sdk/proposals.ts";
import type { Motion } from "../../src/sdk/proposals.ts";
import { readRights } from "../../src/sdk/rights.ts";
import { OCTOBER } from "./consortium.ts";
import type { TestFounder } from "./consortium.ts";
import type { World } from "./world.ts";

const DAY = 86_400;

/** Two weeks: more than the Council needs for a veto in the tests' consortium. */
export const BOARD_DELAY = 14 * DAY;

/** The hash of what a candidate says of itself. */
export const STATEMENT = hash(`0x${"5a".repeat(32)}`);

/** Moves the clock on until members of October have a voice, and syncs it. */
export async function giveVoice(w: World): Promise<void> {
  await w.time.increaseTo(periodStart(addMonths(OCTOBER, 3)) + DAY);
  await sendVoiceSyncAll(w.admin, [w.ada.id, w.bob.id, w.eve.id]);
  await w.time.increase(1);
}

/** Opens an election to the Council by all members, and enrols a delegate with a key of its own. */
export async function openElection(
  w: World,
): Promise<{ election: number; delegate: DelegateId; key: TestFounder["key"] }> {
  await giveVoice(w);
  const { election } = await sendOpening(w.admin, { body: "council", constituency: 0 });
  const key = await w.createKey();
  const { delegate } = await sendEnrolment(w.admin, { key: key.address });
  return { election, delegate, key };
}

/** What nominates a delegate that a member supports. */
export async function nominationOf(
  w: World,
  { election, delegate, key }: Awaited<ReturnType<typeof openElection>>,
) {
  const body = "council" as const;
  const support = { body, election, delegate, voter: w.ada.id };
  const candidacy = { body, election, delegate, statement: STATEMENT };
  return {
    ...candidacy,
    supporters: [await ballots.signSupport(w.admin, w.ada.key, support)],
    consent: await ballots.signConsent(w.admin, key, candidacy),
  };
}

/** An election with one candidate, whose time for ballots has begun. */
export async function electionWithCandidate(w: World) {
  const opened = await openElection(w);
  await sendNomination(w.admin, await nominationOf(w, opened));
  await w.time.increase(21 * DAY + 1);
  return opened;
}

/** One member's signed ballot for the only candidate. */
export async function approvalOf(w: World, election: number) {
  const ballot = { body: "council" as const, election, voter: w.bob.id, candidates: [0] };
  return { body: ballot.body, election, ballots: [await ballots.signApproval(w.admin, w.bob.key, ballot)] };
}

/** An election whose time is over, with one ballot. */
export async function electionOver(w: World): Promise<number> {
  const { election } = await electionWithCandidate(w);
  await sendApprovals(w.admin, await approvalOf(w, election));
  await w.time.increase(14 * DAY + 1);
  return election;
}

/** Who sits in a chamber of founders. */
export function housed(w: World, house: "council" | "board"): readonly TestFounder[] {
  return w.founders[house];
}

/** Puts a motion as the first founder of a chamber and moves the clock to its vote. */
export async function put(w: World, motion: Motion & { house: "council" | "board" }): Promise<bigint> {
  const [first] = housed(w, motion.house);
  const { proposal } = await sendProposal(first!.as, { ...motion, voter: first!.delegate });
  await w.time.increase(2 * DAY + 1);
  return proposal;
}

/** The signed ballots of all founders of a chamber. */
export async function votesOf(w: World, house: "council" | "board", proposal: bigint) {
  const signed = housed(w, house).map(({ key, delegate: voter }) =>
    ballots.signVote(w.admin, key, { house, proposal, voter, support: "for" }),
  );
  return { house, proposal, ballots: await Promise.all(signed) };
}

/** Has a chamber of founders pass a motion; where it must wait, it is queued. */
export async function pass(
  w: World,
  motion: Motion & { house: "council" | "board" },
  queue = false,
): Promise<bigint> {
  const proposal = await put(w, motion);
  await sendVotes(w.admin, await votesOf(w, motion.house, proposal));
  await w.time.increase(7 * DAY + 1);
  if (queue) await sendQueue(w.admin, motion);
  return proposal;
}

/** What hands a world over. */
export async function handoverOf(w: World, changes: Partial<Handover> = {}): Promise<Handover> {
  const { council, board, assembly, amendments, admissions } = w.deployment.governance;
  const { held } = await readRights(w.admin);
  return {
    charter: w.deployment.charter,
    ...{ council, board, assembly, amendments, admissions },
    boardDelay: BOARD_DELAY,
    holders: held,
    ...changes,
  };
}

/** Hands a world over, in one transaction. @param edit leaves something out, or slips something in */
export async function handOverWorld(
  w: World,
  changes: Partial<Handover> = {},
  edit: (calls: CharterCall[]) => CharterCall[] = (calls) => calls,
): Promise<void> {
  const calls = edit(handoverCalls(await handoverOf(w, changes)));
  const face: Interface = w.charter.interface;
  await w.charter.multicall(calls.map(({ name, args }) => face.encodeFunctionData(name, args)));
}
