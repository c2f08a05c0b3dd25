import type { House } from "../../chain/ballotSigning.ts";
import { ConsortiaError } from "../../core/error.ts";
import { memberId, type MemberId } from "../../core/ids.ts";
import { parsePeriod } from "../../core/period.ts";
import { OFFICES, type Office } from "../../core/roles.ts";
import { prepareApplicantAdmission, prepareApplicantRejection } from "../../sdk/admissions.ts";
import { prepareApproval, prepareInsistence, prepareRatification } from "../../sdk/amendments.ts";
import { prepareOfficeGrant, prepareOfficeRevocation, prepareVeto } from "../../sdk/charter.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { prepareReinstatement, prepareSuspension, prepareTier } from "../../sdk/members.ts";
import { preparePublication, prepareScheduleWithdrawal } from "../../sdk/schedules.ts";
import type { PreparedCall } from "../../sdk/verb.ts";
import { prepareSuspensionConfirmation } from "../../sdk/voice.ts";
import { memberNamed } from "../shell/context.ts";
import { addressOf } from "../terms/named.ts";
import { act, whole, type Act } from "./act.ts";
import { BALANCE_ACTS } from "./balanceActs.ts";
import { amendmentNamed, proposalNamed } from "./named.ts";

/** What proposals can be about by name. */
export const ACTS: Readonly<Record<string, Act>> = {
  publish: act("board", ["version", "month"], (c, [version, from]) =>
    preparePublication(c, { version: BigInt(whole(version)), from: parsePeriod(from ?? "") }),
  ),
  withdraw: act("board", ["month"], (c, [from]) => prepareScheduleWithdrawal(c, parsePeriod(from ?? ""))),
  admit: act("board", ["applicant"], (c, [name]) => prepareApplicantAdmission(c, applicant(name))),
  reject: act("board", ["applicant"], (c, [name]) => prepareApplicantRejection(c, applicant(name))),
  suspend: onMember("board", prepareSuspension),
  reinstate: onMember("board", prepareReinstatement),
  tier: act("board", ["member", "tier"], async (c, [name, tier]) =>
    prepareTier(c, { member: await memberNamed(c, name ?? ""), tier: whole(tier) }),
  ),
  "confirm-suspension": onMember("council", prepareSuspensionConfirmation),
  "grant-office": act("council", ["office", "address"], (c, [name, holder = ""]) =>
    prepareOfficeGrant(c, { office: office(name), holder: addressOf(holder) }),
  ),
  "revoke-office": act("council", ["office", "address"], (c, [name, holder = ""]) =>
    prepareOfficeRevocation(c, { office: office(name), holder: addressOf(holder) }),
  ),
  veto: {
    takes: ["proposal"],
    house: "council",
    calls: async (c, [text]) => {
      const { calls } = await proposalNamed(c, text ?? "", "board");
      return Promise.all(calls.map((call) => prepareVeto(c, { call })));
    },
  },
  ratify: onAmendment("council", prepareRatification),
  approve: onAmendment("assembly", prepareApproval),
  insist: onAmendment("assembly", prepareInsistence),
  ...BALANCE_ACTS,
};

/** The acts as help shows them: `publish <version> <month>`. */
export function usageOf(name: string): string {
  return [name, ...(ACTS[name]?.takes ?? []).map((word) => `<${word}>`)].join(" ");
}

/**
 * The calls of an act that somebody named.
 * @throws `ActUnknown`, `ActIncomplete`, and what the words of an act may say
 */
export async function callsOfAct(
  consortium: Consortium,
  words: readonly string[],
): Promise<{ readonly house: House; readonly calls: readonly PreparedCall[] }> {
  const [name = "", ...given] = words;
  const found = ACTS[name];
  if (found === undefined) {
    throw new ConsortiaError(
      "ActUnknown",
      `No act is called "${name}". There are ${Object.keys(ACTS).join(", ")}; for anything else, name a JSON file with its calls.`,
      { values: { name } },
    );
  }
  if (given.length !== found.takes.length) {
    throw new ConsortiaError("ActIncomplete", `Write this act as "${usageOf(name)}".`, { values: { name } });
  }
  return { house: found.house, calls: await found.calls(consortium, given) };
}

function onMember(house: House, build: (c: Consortium, member: MemberId) => Promise<PreparedCall>): Act {
  return act(house, ["member"], async (c, [name]) => build(c, await memberNamed(c, name ?? "")));
}

function onAmendment(house: House, build: typeof prepareRatification): Act {
  return act(house, ["amendment"], async (c, [text]) =>
    build(c, (await amendmentNamed(c, text ?? "")).amendment),
  );
}

/** An applicant has no ISIL of its own yet. */
function applicant(text = ""): MemberId {
  return memberId(Number(text));
}

function office(text = ""): Office {
  const found = OFFICES.find((one) => one === text);
  if (found !== undefined) return found;
  const message = `"${text}" is no office. There are ${OFFICES.join(", ")}.`;
  throw new ConsortiaError("OfficeUnknown", message, { values: { text } });
}
