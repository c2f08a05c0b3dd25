import type { Command } from "commander";
import { memberId, type MemberId } from "../../core/ids.ts";
import {
  readApplication,
  readAuthorityAllowance,
  sendAdmissionAppeal,
  sendAppealAdmission,
  sendSponsorship,
} from "../../sdk/admissions.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { time } from "../houses/format.ts";
import { command, does, reading } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import { sent } from "./member.ts";

/** Applicants have no ISIL of their own before they are admitted. */
const applicant: (text: string) => MemberId = reading((text) => memberId(Number(text)));
const APPLICANT = 'its number, as "member list" has it';

export function addApplication(program: Command): void {
  const noun = program
    .command("application")
    .description("applications for membership: two sponsors, a wait, the board's vote");

  const sponsor = command(
    noun,
    "sponsor",
    "speak for an applicant, as one of two members (a voting key)",
    "application sponsor 9 --sponsor DE-1 --keystore keys/de-1.json",
  )
    .argument("<applicant>", APPLICANT, applicant)
    .requiredOption("--sponsor <member>", "the member that speaks for it, by number or ISIL");
  does(sponsor, async ({ writer }, number: MemberId, options: { sponsor: string }) => {
    const consortium = await writer();
    const member = await memberNamed(consortium, options.sponsor);
    const receipt = await sendSponsorship(consortium, { applicant: number, sponsor: member });
    const facts = await factsOf(consortium, number);
    return sent(`Member ${member} speaks for applicant ${number}.`, receipt, facts);
  });

  const show = command(noun, "show", "where an application stands", "application show 9").argument(
    "<applicant>",
    APPLICANT,
    applicant,
  );
  does(show, async ({ reader }, number: MemberId) => {
    const { consortium } = await reader();
    return { data: await factsOf(consortium, number) };
  });

  const appeal = command(
    noun,
    "appeal",
    "turn to the public authority, after a rejection or without a decision in time (a voting key of the applicant)",
    "application appeal 9 --keystore keys/de-9.json",
  ).argument("<applicant>", APPLICANT, applicant);
  does(appeal, async ({ writer }, number: MemberId) => {
    const consortium = await writer();
    const receipt = await sendAdmissionAppeal(consortium, number);
    return sent(`Applicant ${number} appeals to the authority.`, receipt, await factsOf(consortium, number));
  });

  const admit = command(
    noun,
    "admit",
    "let in who appealed (the authority's key; few a year)",
    "application admit 9 --keystore keys/authority.json",
  ).argument("<applicant>", APPLICANT, applicant);
  does(admit, async ({ writer }, number: MemberId) => {
    const consortium = await writer();
    const receipt = await sendAppealAdmission(consortium, number);
    const { used, allowance } = await readAuthorityAllowance(consortium);
    const facts = { ...(await factsOf(consortium, number)), usedThisYear: used, allowance };
    return sent(`Applicant ${number} is admitted on appeal.`, receipt, facts);
  });
}

async function factsOf(consortium: Consortium, number: MemberId): Promise<Record<string, unknown>> {
  const { stage, sponsors, readyAt } = await readApplication(consortium, number);
  return { applicant: number, stage, sponsors, readyAt: readyAt === undefined ? null : time(readyAt) };
}
