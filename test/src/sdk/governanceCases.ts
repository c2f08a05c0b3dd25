import { memberId } from "../../../src/core/ids.ts";
import type { Hash, MemberId } from "../../../src/core/ids.ts";
import { ROLES } from "../../../src/core/roles.ts";
import * as admissions from "../../../src/sdk/admissions.ts";
import * as amendments from "../../../src/sdk/amendments.ts";
import * as ballots from "../../../src/sdk/ballots.ts";
import { actAs } from "../../../src/sdk/consortium.ts";
import { proposalIdOf, type Motion } from "../../../src/sdk/proposals.ts";
import { listSeats, holdingOf } from "../../../src/sdk/seats.ts";
import { addMonths, periodStart } from "../../../src/core/period.ts";
import { OCTOBER } from "../../support/consortium.ts";
import {
  approvalOf,
  electionOver,
  electionWithCandidate,
  giveVoice,
  handOverWorld,
  nominationOf,
  openElection,
  pass,
  put,
  votesOf,
} from "../../support/governing.ts";
import type { World } from "../../support/world.ts";
import type { Case } from "./verbCases.ts";

const DAY = 86_400;
const admin = (w: World) => w.admin;
const anyone = (w: World) => actAs(w.admin, w.stranger);
const founder = (w: World) => w.founders.council[0]!;
const as = async (w: World, role: keyof typeof ROLES) =>
  w.charter.grantRole(ROLES[role], await w.admin.signer!.getAddress(), 0);

/** What was worked out before, for the verb's input. */
const noted = new WeakMap<World, unknown>();
const note = async <T>(w: World, made: Promise<T>): Promise<void> => void noted.set(w, await made);
const told = (w: World): unknown => noted.get(w);

/** A motion that changes nothing for anybody but a delegate who does not vote. */
const motion = (w: World): Motion & { house: "council" } => ({
  house: "council",
  calls: [
    {
      to: w.deployment.governance.voice,
      data: w.governance.voice.interface.encodeFunctionData("sync", [w.bob.id]),
    },
  ],
  description: "Weigh Bob.",
});
/** Something that the charter makes the Board wait for. */
const acting = (w: World): Motion & { house: "board" } => ({
  house: "board",
  calls: [
    {
      to: w.deployment.register,
      data: w.register.interface.encodeFunctionData("classify", [w.bob.id, 2, 2]),
    },
  ],
  description: "Bob has moved.",
});
const grantBoard = (w: World) =>
  w.charter.grantRole(ROLES.registrar, w.deployment.governance.board, 14 * DAY);

async function applicant(w: World, tier = 3): Promise<MemberId> {
  await w.time.increaseTo(periodStart(addMonths(OCTOBER, 13)) + DAY);
  await w.strange.register.applyFor(`0x44452d31${"00".repeat(12)}`, 1, tier, 1, 1, w.stranger.address);
  return memberId(Number(await w.register.lastMember()));
}
async function sponsored(w: World): Promise<MemberId> {
  const one = await applicant(w);
  await admissions.sendSponsorship(w.ada.as, { applicant: one, sponsor: w.ada.id });
  await admissions.sendSponsorship(w.bob.as, { applicant: one, sponsor: w.bob.id });
  await w.charter.grantRole(ROLES.admitter, w.deployment.governance.admissions, 0);
  return one;
}
async function appealed(w: World): Promise<MemberId> {
  const one = await sponsored(w);
  await admissions.sendApplicantRejection(w.admin, one);
  await admissions.sendAdmissionAppeal(anyone(w), one);
  await w.time.increase(30 * DAY);
  return one;
}
const amendment = (w: World): amendments.AmendmentBody => ({
  calls: [
    { to: w.deployment.charter, data: w.charter.interface.encodeFunctionData("labelRole", [12, "steward"]) },
  ],
});
async function amended(w: World): Promise<void> {
  await note(
    w,
    amendments.sendAmendment(w.admin, amendment(w)).then((sent) => sent.amendment),
  );
}

/** The verbs by which members govern. */
export const GOVERNANCE_CASES: readonly Case[] = [
  { verb: "VoiceSync", as: anyone, input: (w) => w.bob.id },
  { verb: "VoiceSyncAll", as: anyone, input: (w) => [w.ada.id, w.bob.id] },
  {
    verb: "SuspensionConfirmation",
    as: admin,
    given: async (w) => {
      await as(w, "council");
      await w.register.suspend(w.bob.id);
    },
    input: (w) => w.bob.id,
  },
  { verb: "BallotVoid", as: (w) => w.bob.as, input: (w) => w.bob.id },
  { verb: "Enrolment", as: anyone, input: (w) => ({ key: w.stranger.address }) },
  {
    verb: "DelegateRotation",
    as: (w) => founder(w).as,
    input: (w) => ({ delegate: founder(w).delegate, key: w.stranger.address }),
  },
  { verb: "DelegateVoid", as: (w) => founder(w).as, input: (w) => founder(w).delegate },
  { verb: "Opening", as: anyone, given: giveVoice, input: () => ({ body: "council", constituency: 0 }) },
  {
    verb: "Nomination",
    as: anyone,
    given: (w) =>
      note(
        w,
        openElection(w).then((opened) => nominationOf(w, opened)),
      ),
    input: told,
  },
  {
    verb: "Approvals",
    as: anyone,
    given: (w) =>
      note(
        w,
        electionWithCandidate(w).then(({ election }) => approvalOf(w, election)),
      ),
    input: told,
  },
  {
    verb: "Count",
    as: anyone,
    given: (w) => note(w, electionOver(w)),
    input: (w) => ({ body: "council", election: told(w) }),
  },
  {
    verb: "Resignation",
    as: (w) => founder(w).as,
    input: () => ({ body: "council", constituency: 0, seat: 0 }),
  },
  {
    verb: "SeatRecall",
    as: anyone,
    given: giveVoice,
    input: async (w) => {
      const [seat] = await listSeats(w.admin, { body: "council", constituency: 0 });
      const holding = { body: "council" as const, ...holdingOf(seat!)!, voter: w.bob.id };
      const signatures = [await ballots.signRecall(w.admin, w.bob.key, holding)];
      return { body: "council", constituency: 0, seat: 0, signatures };
    },
  },
  {
    verb: "Proposal",
    as: (w) => founder(w).as,
    input: (w) => ({ ...motion(w), voter: founder(w).delegate }),
  },
  {
    verb: "Petition",
    as: anyone,
    input: async (w) => {
      const proposal = await proposalIdOf(w.admin, motion(w));
      const { key, delegate: voter } = founder(w);
      const signed = await ballots.signPetition(w.admin, key, { house: "council", proposal, voter });
      return { ...motion(w), signatures: [signed] };
    },
  },
  {
    verb: "Votes",
    as: anyone,
    given: (w) =>
      note(
        w,
        put(w, motion(w)).then((proposal) => votesOf(w, "council", proposal)),
      ),
    input: told,
  },
  {
    verb: "Queue",
    as: anyone,
    given: async (w) => {
      await grantBoard(w);
      await pass(w, acting(w));
    },
    input: acting,
  },
  { verb: "Execution", as: anyone, given: (w) => pass(w, motion(w)), input: motion },
  { verb: "Amendment", as: anyone, input: amendment },
  ...(["Ratification", "Approval", "Insistence"] as const).map((verb) => ({
    verb,
    as: admin,
    given: async (w: World) => {
      await amended(w);
      await as(w, verb === "Ratification" ? "council" : "assembly");
    },
    input: told,
  })),
  {
    verb: "AmendmentExecution",
    as: anyone,
    given: async (w) => {
      await amended(w);
      await as(w, "council");
      await as(w, "assembly");
      await amendments.sendRatification(w.admin, told(w) as Hash);
      await amendments.sendApproval(w.admin, told(w) as Hash);
      await handOverWorld(w);
      await w.time.increase(30 * DAY);
    },
    input: amendment,
  },
  {
    verb: "Sponsorship",
    as: (w) => w.ada.as,
    given: (w) => note(w, applicant(w)),
    input: (w) => ({ applicant: told(w), sponsor: w.ada.id }),
  },
  {
    verb: "ApplicantAdmission",
    as: admin,
    given: async (w) => {
      await note(w, sponsored(w));
      await w.time.increase(30 * DAY);
    },
    input: told,
  },
  { verb: "ApplicantRejection", as: admin, given: (w) => note(w, sponsored(w)), input: told },
  {
    verb: "AdmissionAppeal",
    as: anyone,
    given: async (w) => {
      await note(w, sponsored(w));
      await admissions.sendApplicantRejection(w.admin, told(w) as MemberId);
    },
    input: told,
  },
  { verb: "AppealAdmission", as: admin, given: (w) => note(w, appealed(w)), input: told },
  {
    verb: "Veto",
    as: admin,
    given: async (w) => {
      await grantBoard(w);
      await pass(w, acting(w), true);
    },
    input: (w) => ({ call: acting(w).calls[0]! }),
  },
  { verb: "OfficeGrant", as: admin, input: (w) => ({ office: "arbiter", holder: w.stranger.address }) },
  {
    verb: "OfficeRevocation",
    as: admin,
    given: (w) => w.charter.grantRole(ROLES.arbiter, w.stranger, 0),
    input: (w) => ({ office: "arbiter", holder: w.stranger.address }),
  },
];
