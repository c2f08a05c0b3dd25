import type { HDNodeWallet } from "ethers";
import { addMonths, periodStart } from "../../../core/period.ts";
import {
  prepareApplicantAdmission,
  prepareApplicantRejection,
  readApplication,
  sendAdmissionAppeal,
  sendAppealAdmission,
  sendSponsorship,
} from "../../../sdk/admissions.ts";
import { actAs } from "../../../sdk/consortium.ts";
import { readMember, sendApplication } from "../../../sdk/members.ts";
import type { PreparedCall } from "../../../sdk/verb.ts";
import type { Player } from "../cast.ts";
import { createKey, type Actor } from "../stage.ts";
import { APPLICANTS } from "./cast.ts";
import { carry, put, vote, type Matter } from "./decision.ts";
import { DAY, type Polity } from "./polity.ts";

/**
 * Two small libraries find sponsors and wait. The Board votes the one in and turns the other down, which appeals to the
 * public authority and is admitted.
 */
export async function admitSmallLibraries(polity: Polity, authority: HDNodeWallet): Promise<void> {
  const { relay } = polity;
  await waitForSponsors(polity);
  const [welcome, refused] = [await apply(polity, APPLICANTS[0], 0), await apply(polity, APPLICANTS[1], 2)];
  await polity.note(`${welcome.name} and ${refused.name} apply, each with two sponsors`);

  const { readyAt = 0 } = await readApplication(relay, refused.id);
  await polity.waitUntil(readyAt);
  await decideBoth(polity, [
    {
      call: await prepareApplicantAdmission(relay, welcome.id),
      description: `Admit member ${welcome.id}.`,
    },
    {
      call: await prepareApplicantRejection(relay, refused.id),
      description: `Turn member ${refused.id} down.`,
    },
  ]);
  await polity.note(`the Board votes ${welcome.name} in and turns ${refused.name} down`);

  await sendAdmissionAppeal(refused.as, refused.id);
  await polity.note(`${refused.name} appeals to the public authority`);
  await polity.wait(7 * DAY);
  await sendAppealAdmission(actAs(relay, authority), refused.id);
  await polity.note(`the authority admits ${refused.name}`);
}

/** Sponsors have been members for some months. */
async function waitForSponsors(polity: Polity): Promise<void> {
  const { relay, stage } = polity;
  const [sponsor] = stage.actors;
  const { since } = await readMember(relay, (sponsor as Actor).id);
  if (since === undefined) throw new TypeError("a founding member was never admitted");
  await polity.waitUntil(periodStart(addMonths(since, stage.preset.governance.admissions.seniority)) + DAY);
}

/** @param first place of the first of its two sponsors among the founding members */
async function apply(polity: Polity, player: Player | undefined, first: number): Promise<Actor> {
  const { stage, relay } = polity;
  if (player === undefined) throw new TypeError("nobody applies");
  const key = await createKey(stage.chain);
  const as = actAs(relay, key);
  const { member } = await sendApplication(as, {
    ...{ isil: player.isil, kind: 3, tier: player.tier, constituency: 3, region: 1 },
    payee: key.address,
  });
  for (const sponsor of stage.actors.slice(first, first + 2)) {
    await sendSponsorship(sponsor.as, { applicant: member, sponsor: sponsor.id });
  }
  return { ...player, id: member, key, as };
}

/** Two trustees put a motion each, since a voter has one at a time. */
async function decideBoth(
  polity: Polity,
  acts: readonly { call: PreparedCall; description: string }[],
): Promise<void> {
  const trustees = await polity.sitting("board");
  const matters: Matter[] = [];
  for (const [index, { call, description }] of acts.entries()) {
    const trustee = trustees[index];
    if (trustee === undefined) throw new TypeError("the Board has too few trustees");
    matters.push(await put(polity, { house: "board", calls: [call], description }, trustee));
  }
  await vote(polity, matters);
  await carry(polity, matters);
}
