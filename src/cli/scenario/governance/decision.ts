import type { Support } from "../../../core/ballot.ts";
import { signVote } from "../../../sdk/ballots.ts";
import {
  readProposal,
  sendExecution,
  sendProposal,
  sendQueue,
  sendVotes,
  type Motion,
  type Proposal,
  type ProposalOf,
} from "../../../sdk/proposals.ts";
import type { Elector, Polity } from "./polity.ts";

/** What a voter says, by its place among the voters. */
export type Opinion = (voter: number) => Support;

export const allFor: Opinion = () => "for";
/** Two for, one against. */
export const mostFor: Opinion = (voter) => (voter % 3 === 2 ? "against" : "for");

/** A motion that was put. */
export interface Matter extends ProposalOf {
  readonly motion: Motion;
}

/** Puts a motion in a voter's name. */
export async function put(polity: Polity, motion: Motion, by: Elector): Promise<Matter> {
  const { proposal } = await sendProposal(polity.as(by), { ...motion, voter: by.voter });
  return { house: motion.house, proposal, motion };
}

/** Has a chamber vote on proposals, beside each other. @returns how they stand afterwards */
export async function vote(
  polity: Polity,
  proposals: readonly ProposalOf[],
  opinion: Opinion = allFor,
): Promise<Proposal[]> {
  const { relay } = polity;
  for (const one of proposals) await polity.waitUntil((await readProposal(relay, one)).snapshot + 1);
  for (const one of proposals) {
    const voters = await polity.house(one.house);
    const signed = voters.map(({ voter, key }, index) =>
      signVote(relay, key, { ...one, voter, support: opinion(index) }),
    );
    await sendVotes(relay, { ...one, ballots: await Promise.all(signed) });
  }
  // A quorum that comes late lengthens the vote.
  for (const one of proposals) await polity.waitUntil((await readProposal(relay, one)).deadline + 1);
  return Promise.all(proposals.map((one) => readProposal(relay, one)));
}

/** Executes what has passed, after its wait where it has one; what waits does so beside the others. */
export async function carry(polity: Polity, matters: readonly Matter[]): Promise<void> {
  const { relay } = polity;
  for (const matter of matters) {
    if ((await readProposal(relay, matter)).waits) await sendQueue(relay, matter.motion);
  }
  for (const matter of matters) {
    const { readyAt = 0 } = await readProposal(relay, matter);
    await polity.waitUntil(readyAt);
    await sendExecution(relay, matter.motion);
  }
}

/** Has a chamber put, pass and execute a motion of one of its own. */
export async function decide(polity: Polity, motion: Motion, opinion: Opinion = allFor): Promise<void> {
  const matter = await put(polity, motion, await polity.first(motion.house));
  await vote(polity, [matter], opinion);
  await carry(polity, [matter]);
}
