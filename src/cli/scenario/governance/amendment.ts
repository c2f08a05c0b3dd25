import { id } from "ethers";
import { hash } from "../../../core/ids.ts";
import {
  prepareApproval,
  prepareRatification,
  readAmendment,
  sendAmendment,
  sendAmendmentExecution,
} from "../../../sdk/amendments.ts";
import type { AmendmentBody } from "../../../sdk/amendments.ts";
import { proposalIdOf, type Motion } from "../../../sdk/proposals.ts";
import { carry, decide, mostFor, vote } from "./decision.ts";
import type { Polity } from "./polity.ts";

/** What share of all voice a petition shall need, in basis points. */
const PETITION = 400;

/**
 * Makes petitions easier: the Council ratifies by two thirds and in the same act puts it to the Assembly, the Assembly
 * approves, and after its delay anybody executes it.
 */
export async function amend(polity: Polity): Promise<void> {
  const { relay, stage } = polity;
  const body = await bodyOf(polity);
  const { amendment } = await sendAmendment(relay, body);
  const referendum: Motion = {
    house: "assembly",
    calls: [await prepareApproval(relay, amendment)],
    description: "Approve that 4 % of all voice are enough for a petition.",
  };
  const calls = [await prepareRatification(relay, amendment), referral(polity, referendum)];
  const description = "Ratify that 4 % of all voice are enough for a petition, and ask the Assembly.";
  await decide(polity, { house: "council", calls, description }, mostFor);
  await polity.note("the Council ratifies an amendment by two thirds and puts it to the Assembly");

  const proposal = await proposalIdOf(relay, referendum);
  const matter = { house: referendum.house, proposal, motion: referendum };
  await vote(polity, [matter], (voter) => (voter % 5 === 4 ? "against" : "for"));
  await carry(polity, [matter]);
  await polity.note("the Assembly approves it");

  const { readyAt = 0 } = await readAmendment(relay, amendment);
  await polity.waitUntil(readyAt);
  await sendAmendmentExecution(relay, body);
  const days = stage.preset.governance.amendments.delay / 86_400;
  await polity.note(`after ${days} days somebody executes it; the charter has another text`);
}

async function bodyOf({ relay, stage }: Polity): Promise<AmendmentBody> {
  const { preset } = stage;
  const { assembly } = relay.contracts.governance;
  const quorum = preset.governance.chambers.assembly.quorumBps;
  const { to, data } = await assembly.setShares.populateTransaction(quorum, PETITION);
  const text = `${preset.charterText}\n## Amendment 1\n\nA petition needs 4 % of all voice.\n`;
  return { calls: [{ to, data }], text: hash(id(text)) };
}

/** The Council is the Assembly's sponsor: what it proposes needs neither voice nor petition. */
function referral({ relay }: Polity, { calls, description }: Motion): { to: string; data: string } {
  const { assembly } = relay.contracts.governance;
  const data = assembly.interface.encodeFunctionData("propose", [
    calls.map(({ to }) => to),
    calls.map(() => 0n),
    calls.map((call) => call.data),
    description,
  ]);
  return { to: relay.deployment.governance.assembly, data };
}
