import type { MemberId } from "../core/ids.ts";
import type { Consortium } from "./consortium.ts";
import { read, verb } from "./verb.ts";

/** Speaks for an applicant. A voting key of the sponsor. */
export const { prepare: prepareSponsorship, send: sendSponsorship } = verb<{
  applicant: MemberId;
  sponsor: MemberId;
}>((c, a) => c.contracts.governance.admissions.sponsor.populateTransaction(a.applicant, a.sponsor));

/** Lets an applicant in whose wait is over. Registrar. */
export const { prepare: prepareApplicantAdmission, send: sendApplicantAdmission } = verb<MemberId>(
  (c, applicant) => c.contracts.governance.admissions.admit.populateTransaction(applicant),
);

/** Turns an applicant down that has its sponsors. Registrar. */
export const { prepare: prepareApplicantRejection, send: sendApplicantRejection } = verb<MemberId>(
  (c, applicant) => c.contracts.governance.admissions.reject.populateTransaction(applicant),
);

/** Turns to the authority as a small library, after a rejection or without a decision. A voting key of the applicant. */
export const { prepare: prepareAdmissionAppeal, send: sendAdmissionAppeal } = verb<MemberId>((c, applicant) =>
  c.contracts.governance.admissions.appeal.populateTransaction(applicant),
);

/** Lets in who appealed. Authority; at most 2 % of the members in a year. */
export const { prepare: prepareAppealAdmission, send: sendAppealAdmission } = verb<MemberId>((c, applicant) =>
  c.contracts.governance.admissions.admitOnAppeal.populateTransaction(applicant),
);

/** Where an application stands, in the order of the contract's `ApplicationStage`. */
export const APPLICATION_STAGES = ["unsponsored", "waiting", "rejected", "appealed", "admitted"] as const;
export type ApplicationStage = (typeof APPLICATION_STAGES)[number];

/** An application and who sponsored it. */
export interface ApplicationState {
  readonly applicant: MemberId;
  readonly stage: ApplicationStage;
  readonly sponsors: readonly MemberId[];
  /** From when it can be admitted, in seconds since 1970; undefined without both sponsors. */
  readonly readyAt?: number;
}

export async function readApplication(
  consortium: Consortium,
  applicant: MemberId,
): Promise<ApplicationState> {
  const one = await read(consortium.contracts.governance.admissions.applicationOf(applicant));
  return {
    applicant,
    stage: APPLICATION_STAGES[Number(one.stage)] ?? "unsponsored",
    sponsors: [one.first, one.second]
      .filter((sponsor) => sponsor !== 0n)
      .map((one) => Number(one) as MemberId),
    ...(one.readyAt === 0n ? {} : { readyAt: Number(one.readyAt) }),
  };
}

/** How many the authority has let in this calendar year, and may. */
export async function readAuthorityAllowance({
  contracts,
}: Consortium): Promise<{ used: number; allowance: number }> {
  const { used, allowance } = await read(contracts.governance.admissions.authorityAllowance());
  return { used: Number(used), allowance: Number(allowance) };
}
